"""The questions about a new item, asked one after the other until the answers fit the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import click

from milepost.cli.editing.asking import ask
from milepost.cli.editing.edit import Editing
from milepost.cli.editing.questions import QUESTIONS, Question
from milepost.cli.items import find_item
from milepost.errors import UsageError
from milepost.model.plan import Plan

#: Gives a field the value that a text means.
Give = Callable[[tuple[str, ...], str], None]


def ask_fields(
    editing: Editing, kind: str, fields: Mapping[str, object], give: Give, defaults: Callable[[], Mapping[str, str]]
) -> None:
    """Asks for the fields of a new item that are not there yet. `fields` are those that are, `give` adds one."""

    def put(question: Question) -> None:
        if question.field in fields:
            return
        words = editing.ids(*question.kinds) if question.kinds else []
        read = partial(_read, editing.plan, kind, question)
        answer = ask(question.text, read, words, defaults().get(question.field), question.optional)
        if answer:
            give((question.field,), answer)

    for question in QUESTIONS[kind]:
        put(question)
        while question.one_of and not fields.keys() & set(question.one_of):
            click.echo(f"  A {kind} needs one of the two: a date, even a rough one, or an estimate.")
            for again in QUESTIONS[kind]:
                if again.field in question.one_of:
                    put(again)


def _read(plan: Plan, kind: str, question: Question, text: str) -> str:
    """The text, if the field can be that, and names what is there."""
    from milepost.documents.values import entry_names, parse_field

    text = text.strip()
    if text:
        parse_field(kind, (question.field,), text)
        if question.field == "due":
            _require_day(plan, text)
        elif question.kinds:
            for name in entry_names(kind, (question.field,), text):
                find_item(name, [ref for ref in plan.items if ref.kind in question.kinds])
    return text


def _require_day(plan: Plan, text: str) -> None:
    from milepost.model.calendar import parse_date, parse_period

    releases = [release.id for release in plan.releases]
    if parse_date(text) is None and parse_period(text) is None and text not in releases:
        known = f", or {', '.join(releases)}" if releases else ""
        raise UsageError(f"There is no release {text} in this plan.", f"2027-03-15, 2027-04 or 2027-Q2{known}")
