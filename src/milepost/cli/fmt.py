"""`milepost fmt`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.check import files_within
from milepost.cli.options import note, use_colour, write_out
from milepost.cli.session import Session
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from milepost.loader.layout import Layout
    from milepost.repository.files import Entry, Tree

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("fmt")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--check", "only_check", is_flag=True, help="Name the files that would change, write nothing, exit with 1."
)
@click.option("-n", "--dry-run", "--diff", is_flag=True, help="Show the difference and write nothing.")
@click.option("-C", "folder", type=_FOLDER, default=".", metavar="DIR", help="Run as if started there.")
def command(paths: tuple[str, ...], only_check: bool, dry_run: bool, folder: Path) -> None:
    """Lay plan files out the standard way; comments stay.

    Keys in the order of the documentation, two spaces, no quotes that nobody needs. What the files say stays the same.
    Without PATHs, all files of the plan. A file that can't be read is named and left alone, and the exit code is 3.
    """
    from milepost.cli.editing.lock import lock_work_tree

    session = Session(folder)
    root = session.repository.work_folder
    with lock_work_tree(root) if root is not None and not (dry_run or only_check) else nullcontext():
        tree = session.repository.work_tree()
        layout = session.layout(tree)
        entries = _plan_files(session, tree, layout, folder, paths)
        changes, failed = _lay_out(tree, layout, entries)
        if not (dry_run or only_check):
            _write(session, changes)
    if dry_run:
        _show(changes)
    else:
        _tell(changes, len(entries) - len(failed), "would change" if only_check else "laid out")
    _complain(failed)
    if only_check and changes:
        raise SystemExit(1)


def _plan_files(session: Session, tree: Tree, layout: Layout, folder: Path, paths: tuple[str, ...]) -> list[Entry]:
    """The regular files of our own format that were asked for."""
    from milepost.loader.plan import plan_names

    takes = files_within(session, folder, paths)
    found = [one for one in plan_names(tree, layout) if one.regular and layout.kind_of(one.path) and takes(one.path)]
    if not found:
        note("There are no plan files of our own format there.")
    return found


#: What a file holds and would hold, and what was wrong with those that can't be read.
_Changes = dict[str, tuple[bytes | None, bytes | None]]
_Failed = list[tuple[str, MilepostError]]


def _lay_out(tree: Tree, layout: Layout, entries: list[Entry]) -> tuple[_Changes, _Failed]:
    from milepost.documents.formatting import format_document

    changes: _Changes = {}
    failed: _Failed = []
    for entry in entries:
        try:
            old = tree.read(entry)
            new = format_document(layout.kind_of(entry.path) or "", old)
        except MilepostError as error:
            failed.append((entry.path, error))
            continue
        if new != old:
            changes[entry.path] = (old, new)
    return changes, failed


def _write(session: Session, changes: _Changes) -> None:
    from milepost.cli.editing.save import save_files

    root = session.repository.work_folder
    assert root is not None
    save_files(root, changes)


def _show(changes: _Changes) -> None:
    from milepost.render.patch import render_patch

    write_out(render_patch(changes, use_colour()))


def _tell(changes: _Changes, readable: int, word: str) -> None:
    from milepost.render.escape import escape_terminal
    from milepost.render.words import count_words

    for path in changes:
        click.echo(f"{word}  {escape_terminal(path)}")
    if readable:
        click.echo(f"{count_words(len(changes), 'file')} {word}, {readable - len(changes)} as they should be.")


def _complain(failed: _Failed) -> None:
    """Names the files that can't be read. Raises if there are any."""
    from milepost.render.words import count_words

    for path, error in failed:
        note(f"{path}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    if failed:
        raise MilepostError(
            f"{count_words(len(failed), 'file')} can't be laid out, and stayed as before.", "milepost check"
        )
