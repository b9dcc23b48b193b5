"""`milepost vote`."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids, complete_people
from milepost.cli.editing.asking import ask
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.naming import make_id
from milepost.cli.options import note
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.documents.edits import New
    from milepost.model.plan import Plan

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

    editing = Editing(folder, today, dry_run, no_input)
    found = editing.find(item, "milestone")
    person = _find_person(editing, by)
    number = str(
        feasible or editing.require("N", "Can it be done as planned? (1 no, 5 certainly)", list("12345"), _read_number)
    )
    says = _require_words(editing, number, says)
    vote: New = Plain(number)
    if pace or says:
        parts = {"feasible": Plain(number), "pace": pace, "says": says}
        vote = {key: text for key, text in parts.items() if text}
    editing.draft.put(found, ("votes", person), vote)
    editing.save()


def _find_person(editing: Editing, by: str | None) -> str:
    """The person who votes: as named, by what git knows, or asked for."""
    from milepost.repository.user import configured_user

    people = editing.plan.people
    if by is None:
        name, email = configured_user(editing.session.repository.git_folder)
        keys = {text.casefold() for text in (name, email) if text}
        by = next((one.id for one in people if {one.name.casefold(), (one.email or "").casefold()} & keys), None)
        if by is None and keys:
            _tell_stranger(editing, name, email)
    read = partial(_read_person, editing.plan)
    return read(by) if by else editing.require("--by PERSON", "Whose vote is it?", [one.id for one in people], read)


def _read_person(plan: Plan, id: str) -> str:
    if plan.person(id.strip()) is None:
        known = ", ".join(person.id for person in plan.people) or "nobody yet"
        raise UsageError(f"{id} is not among the people of this plan.", f"known: {known}")
    return id.strip()


def _tell_stranger(editing: Editing, name: str | None, email: str | None) -> None:
    """Says whom git takes the user for, and how that becomes somebody of the plan. Raises where nobody is asked."""
    who = " ".join(filter(None, (name, email and f"<{email}>")))
    message = f"By what git is told you are {who}, and nobody in the plan has that name or address."
    id = make_id((name or email or "").partition(" ")[0].partition("@")[0])
    called, address = _plain(name, "NAME", quoted=" '"), _plain(email, "ADDRESS")
    if editing.plan.person(id):
        add = f"milepost set {id} email={address}"
    else:
        add = f'milepost new person --name "{called}" email={address}'
    if not editing.asks:
        raise UsageError(message, f"{add}   (or say who votes: --by PERSON)")
    note(f"{message} To change that: {add}")


def _plain(text: str | None, otherwise: str, quoted: str = "") -> str:
    """A name or address as it can be typed into any shell; with `quoted` characters only between quotes."""
    return text if text and all(char.isalnum() or char in f".-@+_{quoted}" for char in text) else otherwise


def _read_number(text: str) -> str:
    if text.strip() not in ("1", "2", "3", "4", "5"):
        raise UsageError(f"{text} is not a vote.", "a number from 1 to 5")
    return text.strip()


def _require_words(editing: Editing, number: str, says: str | None) -> str | None:
    """What stands behind a vote: a doubt without it helps nobody."""
    if says is not None and says.strip():
        return says
    if int(number) > _DOUBT:
        return None
    if editing.asks:
        return ask("What stands in the way?", _read_words)
    message = f"A vote of {number} needs a word on what stands in the way."
    raise UsageError(message, '--says "the vendor API still changes"')


def _read_words(text: str) -> str:
    if not text.strip():
        raise UsageError("A few words help more than the number.")
    return text
