"""The first milestone of a plan: what `init` is told or asks about it."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from milepost.cli.editing.asking import ask
from milepost.cli.editing.naming import make_id
from milepost.errors import UsageError


class Rough(click.ParamType[str]):
    """A day, a month or a quarter, as it is written."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was typed, if it means a day."""
        from milepost.model.calendar import parse_date, parse_period

        text = str(value).strip()
        if parse_date(text) is None and parse_period(text) is None:
            self.fail(f"{text!r} is not a day; write it as 2027-02-22, or roughly as 2027-04 or 2027-Q2.", param, ctx)
        return text


class First(NamedTuple):
    """What is written into its file."""

    title: str
    due: str
    id: str


def first_milestone(title: str | None, due: str | None, id: str | None, asks: bool) -> First | None:
    """The first milestone; None where there is to be none. Raises where only a part of it was given."""
    title, due = _ask(title, due) if asks else (title, due)
    title = (title or "").strip()
    if title and due:
        return First(title, due, _choose_id(title, id, asks))
    if title or due or id:
        message = "--title and --due go together: a milestone needs both, and without both none is written."
        raise UsageError(message, 'milepost init --title "Publish a map without help" --due 2027-Q2')
    return None


def _ask(title: str | None, due: str | None) -> tuple[str, str | None]:
    question = "What will a user be able to do first? (empty for no milestone yet)"
    title = title or click.prompt(question, default="", show_default=False)
    if title and not due:
        due = click.prompt("By when? (a date, 2027-04 or 2027-Q2)", type=Rough())
    return str(title), due if title else None


def _choose_id(title: str, id: str | None, asks: bool) -> str:
    """The id that was given, or that the title makes. Where it makes none it is asked for."""
    message = "No letter of this title can stand in an id."
    id = id or make_id(title)
    if id:
        return _read_id(id)
    if asks:
        return ask(f"{message} What is the id? (as in first-map)", _read_id)
    raise UsageError(message, "--id first-map")


def _read_id(text: str) -> str:
    from milepost.documents.values import parse_field

    parse_field("milestone", ("id",), text.strip())
    return text.strip()
