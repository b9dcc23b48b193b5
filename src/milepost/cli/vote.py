"""`milepost vote`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.asking import ask
from milepost.cli.completion import complete_ids, complete_people
from milepost.cli.edit import Work, edit_options
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.documents.edits import New

_DOUBT = 2  # a vote up to here says more by its reason than by its number


@click.command("vote")
@click.argument("item", metavar="ID", required=False, shell_complete=complete_ids("milestone", own=True))
@click.argument("feasible", metavar="N", type=click.IntRange(1, 5), required=False)
@click.option("--by", metavar="PERSON", shell_complete=complete_people,
              help="Whose vote it is.  [default: whom git takes you for]")  # fmt: skip
@click.option("--pace", type=click.Choice(["slow", "right", "fast"]), help="How the pace of the work feels.")
@click.option("--says", metavar="TEXT", help="What stands behind the vote; asked for with 1 and 2.")
@edit_options
def command(
    item: str | None, feasible: int | None, by: str | None, pace: str | None, says: str | None, today: date,
    folder: Path, no_input: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Say whether you believe a milestone, 1 to 5, and why.

    1 is "it cannot be done as planned", 5 is "certainly". Votes are talked about, never averaged.
    """
    from milepost.documents.edits import Plain

    work = Work(folder, today, dry_run, no_input)
    found = work.find(item, "milestone")
    person = _find_person(work, by)
    number = str(feasible or work.require("N", "Can it be done as planned? (1 no, 5 certainly)", list("12345")))
    number = _read_number(number)
    says = _require_words(work, number, says)
    vote: New = Plain(number)
    if pace or says:
        parts = {"feasible": Plain(number), "pace": pace, "says": says}
        vote = {key: text for key, text in parts.items() if text}
    work.draft.put(found, ("votes", person), vote)
    work.save()


def _find_person(work: Work, by: str | None) -> str:
    """The person who votes: as named, by what git knows, or asked for."""
    from milepost.repository.user import configured_user

    people = work.plan.people
    if by is None:
        name, email = configured_user(work.session.repository.git_folder)
        keys = {text.casefold() for text in (name, email) if text}
        by = next((one.id for one in people if {one.name.casefold(), (one.email or "").casefold()} & keys), None)
    by = by or work.require("--by PERSON", "Whose vote is it?", [person.id for person in people])
    if work.plan.person(by) is None:
        known = ", ".join(person.id for person in people) or "nobody yet"
        raise UsageError(f"{by} is not among the people of this plan.", f"known: {known}")
    return by


def _read_number(text: str) -> str:
    if text not in ("1", "2", "3", "4", "5"):
        raise UsageError(f"{text} is not a vote.", "a number from 1 to 5")
    return text


def _require_words(work: Work, number: str, says: str | None) -> str | None:
    """What stands behind a vote: a doubt without it helps nobody."""
    if says is not None and says.strip():
        return says
    if int(number) > _DOUBT:
        return None
    if work.asks:
        return ask("What stands in the way?", _read_words)
    message = f"A vote of {number} needs a word on what stands in the way."
    raise UsageError(message, '--says "the vendor API still changes"')


def _read_words(text: str) -> str:
    if not text.strip():
        raise UsageError("A few words help more than the number.")
    return text
