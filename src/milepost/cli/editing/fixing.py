"""`check --fix`: mends what is safe to mend, in the files of our own format."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import nullcontext
from datetime import date
from typing import NamedTuple

from milepost.cli.options import note
from milepost.cli.session import Session

#: What a fix did, by the rule that asked for it.
_WORDS = {
    "ambiguous-scalar": ("text put in quotes", "texts put in quotes"),
    "bad-char": ("byte order mark removed", "byte order marks removed"),
    "bare-cr": ("line end mended", "line ends mended"),
    "unused-ignore": ("comment that silences nothing removed", "comments that silence nothing removed"),
}


class _Fix(NamedTuple):
    before: bytes
    after: bytes
    done: tuple[tuple[str, int], ...]  # by rule, how often


def fix_work_tree(
    session: Session, today: date, only: Collection[str], takes: Callable[[str], bool], dry_run: bool
) -> None:
    """Mends the work tree's files that `takes` says yes to, and tells what was done. Writes all of them or none."""
    from milepost.cli.editing.lock import lock_work_tree
    from milepost.cli.editing.save import save_files

    folder = session.repository.work_folder
    with lock_work_tree(folder) if folder is not None and not dry_run else nullcontext():
        fixes = _find_fixes(session, today, only or _WORDS.keys(), takes)
        if folder and fixes and not dry_run:
            save_files(folder, {path: (fix.before, fix.after) for path, fix in fixes.items()})
    for path, fix in fixes.items():
        what = ", ".join(f"{count:,} {_WORDS[rule][count != 1]}" for rule, count in fix.done)
        note(f"{path}: {'would be mended: ' if dry_run else ''}{what}.")
    if not fixes:
        note("There is nothing that can be mended without asking.")


def _find_fixes(session: Session, today: date, rules: Collection[str], takes: Callable[[str], bool]) -> dict[str, _Fix]:
    """What comments silence is known only once the files can be read: so there are two rounds."""
    from milepost.cli.checking import examine, layout_to_check
    from milepost.documents.ignores import drop_ignores
    from milepost.documents.mending import mend_document
    from milepost.loader.overlay import Overlay
    from milepost.loader.plan import plan_names

    tree = session.repository.work_tree()
    layout = layout_to_check(session, tree)
    fixes: dict[str, _Fix] = {}
    own = {entry.path: tree.read(entry) for entry in plan_names(tree, layout) if entry.regular and takes(entry.path)}
    for path, before in own.items():
        if kind := layout.kind_of(path):
            fixes[path] = _Fix(before, *mend_document(kind, before, rules))
    mended: dict[str, bytes | None] = {path: fix.after for path, fix in fixes.items() if fix.done}
    unused = examine(session, Overlay(tree, mended), today).unused if "unused-ignore" in rules else {}
    for path in fixes.keys() & unused.keys():
        before, after, done = fixes[path]
        if (dropped := drop_ignores(after, unused[path])) != after:
            fixes[path] = _Fix(before, dropped, (*done, ("unused-ignore", len(unused[path]))))
    return {path: fix for path, fix in fixes.items() if fix.done}
