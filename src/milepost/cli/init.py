"""`milepost init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.editing.asking import can_ask
from milepost.cli.editing.first import First, Rough, first_milestone
from milepost.cli.editing.lock import lock_work_tree
from milepost.cli.editor import VSCODE, advice, schema_files, schema_folder, vscode_files
from milepost.cli.options import note
from milepost.cli.session import Session
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from milepost.model.plan import Plan

_PLAN_FOLDER = "plan"
_PLAN = """\
# yaml-language-server: $schema=.schemas/plan.schema.json
milepost: 1
title: {title}
# vision: one sentence that says what the world looks like when you are done
# people:
#   ada: {{name: Ada Bright}}
"""
_MILESTONE = """\
# yaml-language-server: $schema=../.schemas/milestone.schema.json
id: {id}
title: {title}
due: {due}
"""


@click.command("init")
@click.option("-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".",
              metavar="DIR", help="Run as if started there.")  # fmt: skip
@click.option("--title", help="What a user will be able to do first.")
@click.option("--due", type=Rough(), metavar="DATE", help="By when: a date, 2027-04 or 2027-Q2.")
@click.option("--id", metavar="ID", help="Its id.  [default: made from the title]")
@click.option("--no-input", is_flag=True, help="Ask nothing; without --title and --due no milestone is written.")
@click.option(
    "--refresh", is_flag=True, help="Write only the editor's schemas, anew: with the ids of the plan as it is."
)
def command(
    folder: Path, title: str | None, due: str | None, id: str | None, no_input: bool, refresh: bool
) -> None:  # fmt: skip
    """Add a plan to this repository. Asks two questions, overwrites nothing.

    Your editor completes and explains every field offline, and completes the ids of the plan: the schemas lie beside
    it. After new people, goals or milestones --refresh tells the editor.
    """
    session = Session(folder)
    root = session.repository.work_folder
    if root is None:
        raise MilepostError("This repository is bare: there is no work tree to put a plan in.", "git clone it first")
    if refresh:
        with lock_work_tree(root):
            _refresh(session, root)
        return
    first = first_milestone(title, due, id, can_ask(no_input))
    with lock_work_tree(root):
        written, left = _write_all(session, root, first)
    _say_what_is_there(root, written, left)
    plan = _plan_there(session)
    _say_next(plan is None or bool(plan.milestones), written)


def _write_all(session: Session, root: Path, first: First | None) -> tuple[list[str], list[str]]:
    """The plan, the schemas and the editor's settings: what was written, and what was left alone."""
    written, left = _write(root, _files(root, first))
    for files in (schema_files(_PLAN_FOLDER, _plan_there(session)), vscode_files(_PLAN_FOLDER)):
        more, as_before = _write(root, files)
        written, left = [*written, *more], [*left, *as_before]
    return written, left


def _refresh(session: Session, root: Path) -> None:
    """Writes the schemas of the plan that is there, and nothing else."""
    from milepost.loader.plan import load_plan

    tree = session.repository.work_tree()
    layout = session.layout(tree)
    if layout.folder is None:
        raise MilepostError("There is no plan folder, so there is nothing to edit with schemas.", "milepost init")
    plan, unreadable = load_plan(tree, layout)
    for line in unreadable.values():
        note(f"{line} Its ids are left out.")
    files = schema_files(layout.folder, plan)
    old = {name: (root / name).read_bytes() if (root / name).is_file() else None for name in files}
    changed = {name: (old[name], text.encode()) for name, text in files.items() if old[name] != text.encode()}
    from milepost.cli.editing.save import save_files

    save_files(root, changed)
    click.echo(f"{schema_folder(layout.folder)}/ is up to date: {len(changed)} of {len(files)} schemas changed.")


def _plan_there(session: Session) -> Plan | None:
    """The plan as it is now, as far as it can be read: its ids are a help, no more."""
    from milepost.loader.plan import load_plan

    tree = session.repository.work_tree()
    try:
        return load_plan(tree, session.layout(tree))[0]
    except MilepostError:
        return None


def _files(root: Path, first: First | None) -> dict[str, str]:
    files = {f"{_PLAN_FOLDER}/milepost.yaml": _PLAN.format(title=_quote(root.name))}
    if first is not None:
        title, due, id = first
        name = f"{_PLAN_FOLDER}/milestones/{id}.yaml"
        files[name] = _MILESTONE.format(id=_quote(id), title=_quote(title), due=due)
    return files


def _write(root: Path, files: dict[str, str]) -> tuple[list[str], list[str]]:
    """What was written, and what was left alone. Links out of the repository are not followed."""
    left = [name for name in files if (root / name).exists() or (root / name).is_symlink()]
    written = [name for name in files if name not in left]
    from milepost.cli.editing.save import save_files

    save_files(root, {name: (None, files[name].encode()) for name in written})
    return written, left


def _say_what_is_there(root: Path, written: list[str], left: list[str]) -> None:
    for path in _briefly(written):
        click.echo(f"wrote  {path}")
    for path in _briefly(left):
        click.echo(f"left   {path}, it was there already")
    settings = root / VSCODE
    if VSCODE in left and settings.is_file() and not settings.is_symlink():
        text = advice(_PLAN_FOLDER, settings.read_text("utf-8", errors="replace"))
        click.echo(f"\n{text}" if text else "", nl=bool(text))


def _briefly(names: list[str]) -> list[str]:
    """The files that somebody will edit, and one line for the schemas."""
    folder = schema_folder(_PLAN_FOLDER)
    schemas = [name for name in names if name.startswith(f"{folder}/")]
    own = [name for name in names if name not in schemas]
    return [*own, f"{folder}/ ({len(schemas)} schemas, for your editor)"] if schemas else own


def _say_next(has_milestone: bool, written: list[str]) -> None:
    click.echo("\nNext:")
    if not has_milestone:
        click.echo("  milepost new milestone")
    click.echo("  milepost check")
    folders = " ".join(dict.fromkeys([_PLAN_FOLDER, *(name.partition("/")[0] for name in written)]))
    click.echo(f"  git add {folders} && git commit -m 'Add the plan'")


def _quote(text: str) -> str:
    """The text on one line, in quotes where a reader of YAML could take it for something else."""
    from milepost.documents.quoting import quote

    return quote("".join(char for char in " ".join(text.split()) if char.isprintable()), flow=False)
