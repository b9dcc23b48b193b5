"""What all commands that change the plan share: the plan as it stands in the work tree, the checks, and saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from milepost.cli.editing.asking import ask, can_ask
from milepost.cli.editing.instead import instead
from milepost.cli.items import find_item
from milepost.cli.options import note, today_option, use_colour, write_out
from milepost.cli.session import Session
from milepost.errors import MilepostError, UsageError
from milepost.model.former import identities, retired_ids

if TYPE_CHECKING:
    from milepost.loader.editing import Draft
    from milepost.loader.layout import Layout
    from milepost.model.finding import Finding
    from milepost.model.item import Item, Ref
    from milepost.model.plan import Plan
    from milepost.repository.files import Tree

Function = Callable[..., Any]
T = TypeVar("T")

_REFUSED = 1


def edit_options(function: Function) -> Function:
    """How a command changes files."""
    place = click.Path(exists=True, file_okay=False, path_type=Path)
    text = "Show the difference and write nothing."
    function = today_option(function)
    function = click.option("-C", "folder", type=place, default=".", metavar="DIR", help="Run as if started there.")(
        function
    )
    function = click.option("--no-input", is_flag=True, help="Ask nothing; what is missing is an error.")(function)
    return click.option("-n", "--dry-run", is_flag=True, help=text)(function)


class Editing:
    """The plan in the work tree while one command changes it."""

    def __init__(self, folder: Path, today: date, dry_run: bool, no_input: bool) -> None:
        self.session = Session(folder)
        self.today = today
        self.asks = can_ask(no_input)
        self._dry_run = dry_run

    @cached_property
    def tree(self) -> Tree:
        """The files on disk. Where no questions are asked, nobody else writes until the command ends."""
        from milepost.cli.editing.lock import lock_work_tree

        tree, root = self.session.repository.work_tree(), self.session.repository.work_folder
        if root is not None and not self.asks and not self._dry_run:
            click.get_current_context().with_resource(lock_work_tree(root))
        return tree

    @cached_property
    def layout(self) -> Layout:
        """Where the plan's files are."""
        return self.session.layout(self.tree)

    @cached_property
    def draft(self) -> Draft:
        """The edits so far."""
        from milepost.loader.editing import Draft

        return Draft(self.tree, self.layout)

    @property
    def plan(self) -> Plan:
        """The plan before the edits."""
        return self.draft.plan

    def ids(self, *kinds: str) -> list[str]:
        """The ids of items that can be changed here; of all kinds if none is named."""
        items = self.plan.items.items()
        found = (ref for ref, item in items if item.place.path not in self.plan.foreign)
        return [ref.id for ref in found if not kinds or ref.kind in kinds]

    def find(self, name: str | None, *kinds: str) -> Item:
        """The item that was named, or is asked for, to be changed. Raises where only its source can change it."""
        if name is None:
            return self.require("ID", "Which one (its id)?", self.ids(*kinds), lambda text: self._named(text, kinds))
        return self._named(name, kinds)

    def _named(self, name: str, kinds: tuple[str, ...]) -> Item:
        try:
            item = self.plan.items[find_item(name, self.plan.items, retired_ids(self.plan.items))]
        except UsageError as error:
            if self.draft.unreadable:
                message = f"{error.message}, and a file can't be read: {next(iter(self.draft.unreadable.values()))}"
                raise MilepostError(message, "milepost check") from None
            if unopened := self.draft.unopened():
                message = f"{error.message}, and {unopened[0]} is not opened: it is a link, or no file"
                raise UsageError(message, "put the file itself there; milepost show --ids lists all ids") from None
            raise
        self._require_editable(item)
        if kinds and item.ref.kind not in kinds:
            command = click.get_current_context().info_name or ""
            hint = instead(command, item)
            raise UsageError(f"{item.ref} is a {item.ref.kind}, not a {' or a '.join(kinds)}.", hint)
        return item

    def require(self, argument: str, question: str, words: Sequence[str], read: Callable[[str], T]) -> T:
        """An argument that was not given: asked for on a terminal until `read` takes it, an error elsewhere."""
        if not self.asks:
            command = click.get_current_context().command_path
            raise UsageError(f"{argument} is missing.", f"{command} --help")
        return ask(question, read, words)

    def accepted(self, ref: Ref) -> Item | None:
        """The item as the accepted branch has it; None where nothing of it is accepted yet, or can't be read."""
        items = self.accepted_plan.items if self.accepted_plan else {}
        return next((items[name] for name in identities(self.plan.items, ref) if name in items), None)

    @cached_property
    def accepted_plan(self) -> Plan | None:
        """The plan as the accepted branch has it; None where there is none, or it does not parse."""
        from milepost.repository.objects import DamagedError

        try:
            return self.session.plan(self.session.tip_tree)
        except DamagedError:  # a promise in it would be changed without a word
            raise
        except MilepostError:
            return None

    def save(self) -> None:
        """Writes the edits, or shows them for `--dry-run`, and tells the warnings that come with them.

        Refuses those that bring an error into the plan.
        """
        from milepost.cli.editing.save import save_files
        from milepost.model.finding import Level
        from milepost.render.patch import render_patch, render_saved

        files = self.draft.files()
        if not files:
            note("The plan says this already, so nothing was changed.")
            return
        found = self.draft.new_findings(self.today)
        if errors := [one for one in found if one.level is Level.ERROR]:
            _refuse(errors)
        if self._dry_run:
            write_out(render_patch(files, use_colour()))
        else:
            root = self.session.repository.work_folder
            assert root is not None
            save_files(root, files)
            changes = [(one.path, f"{one.label} {one.field}".strip(), one.old, one.new) for one in self.draft.changes]
            write_out(render_saved(files, changes))
        if found:
            _tell(found)

    def _require_editable(self, item: Item) -> None:
        if item.place.path in self.plan.foreign:
            message = f"{item.ref} comes from {item.place.path}, which `sources` reads and Milepost never changes."
            raise UsageError(message, f"change {item.place.path} itself")
        if twins := [pair for pair in self.plan.duplicates if pair[0].ref == item.ref]:
            paths = sorted({one.place.path for pair in twins for one in pair})
            raise MilepostError(f"Two items are called {item.ref} (in {' and '.join(paths)}).", "milepost check")


def _tell(findings: list[Finding]) -> None:
    from milepost.render.findings import render_findings_text

    click.echo(render_findings_text(findings, use_colour()), nl=False, err=True)


def _refuse(errors: list[Finding]) -> None:
    _tell(errors)
    note("The plan would have these errors afterwards, so nothing was changed.")
    raise SystemExit(_REFUSED)
