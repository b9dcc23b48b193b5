"""`milepost new`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.completion import complete_assignments, complete_ids, complete_people
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.outline import KINDS, Outline
from milepost.cli.set import parse_assignment
from milepost.errors import UsageError


@click.command("new")
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS), required=False)
@click.argument("assignments", metavar="[FIELD=VALUE]...", nargs=-1, shell_complete=complete_assignments)
@click.option("--title", help="What it is called.  [milestone, task, risk, goal]")
@click.option("--name", help="What somebody is called.  [person]")
@click.option("--due", metavar="DATE", help="By when: a date, 2027-04, 2027-Q2 or a release.  [milestone, goal]")
@click.option("--estimate", metavar="AMOUNT", help="How much work it is, as in 4d or 3d..12d.  [milestone, task]")
@click.option("--owner", metavar="PERSON", shell_complete=complete_people,
              help="Who answers for it.  [milestone, task, risk, goal]")  # fmt: skip
@click.option("--goal", metavar="GOAL", shell_complete=complete_ids("goal"),
              help="What it serves, by id; for a sprint, what will be true.  [milestone, sprint]")  # fmt: skip
@click.option("--in", "parent", metavar="MILESTONE", shell_complete=complete_ids("milestone", own=True),
              help="The milestone that it leads to.  [task]")  # fmt: skip
@click.option("--id", metavar="ID", help="The id, made from the title if you give none.  [every KIND]")
@edit_options
def command(
    kind: str | None, assignments: tuple[str, ...], title: str | None, name: str | None, due: str | None,
    estimate: str | None, owner: str | None, goal: str | None, parent: str | None, id: str | None, today: date,
    folder: Path, no_input: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Add a milestone, task, risk, goal, sprint, feedback, review or person.

    \b
    milepost new milestone --title "Public beta" --due 2027-03-15
    milepost new task --in public-beta --title "Audit log" --estimate 3d..8d
    milepost new risk --title "The vendor is late" threatens=public-beta

    KIND is one of these; each option says in brackets with which it goes. A task is added to its milestone's file, a
    person to milepost.yaml, everything else is a file of its own. Nothing is overwritten. A sprint follows the last
    one, as long as that was, if you give no start and end.
    """
    editing = Editing(folder, today, dry_run, no_input)
    kind = kind or editing.require("KIND", f"What? ({', '.join(KINDS)})", KINDS, _read_kind)
    options = {"id": id, "title": title, "name": name, "due": due, "estimate": estimate, "owner": owner, "goal": goal}
    outline = Outline(editing, kind, parent)
    for text in assignments:
        assignment = parse_assignment(text)
        if assignment.sign == "-=":
            raise UsageError("There is nothing to take out of a new item.", f"{assignment.keys[0]}={assignment.text}")
        outline.give(assignment.keys, assignment.text)
    for field, value in options.items():
        if value is not None:
            outline.give_option(field, value)
    outline.complete()
    outline.add()
    editing.save()


def _read_kind(text: str) -> str:
    if text.strip() not in KINDS:
        raise UsageError(f"{text!r} is none of these.", ", ".join(KINDS))
    return text.strip()
