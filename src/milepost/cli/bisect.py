"""`milepost bisect`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.bar import Bar
from milepost.cli.items import find_item
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, use_colour, write_out
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.history import History


@click.command("bisect")
@click.argument("condition")
@format_option("text", "json")
@history_options
@plan_options
@even_of_nothing("bisect")
def command(condition: str, form: str, branch: str | None, no_cache: bool, config: Path | None, folder: Path) -> None:
    """The accepted changes after which a condition became true, or ceased to be, latest first.

    \b
    milepost bisect 'due(public-beta) > 2027-03-01'
    milepost bisect 'effort(goal=self-serve) > 200d and count(risks, open) > 5'

    A condition that flips several times is reported each time. The language: docs/conditions.md.
    """
    from milepost.analyses.bisect import bisect_condition
    from milepost.conditions.language import parse_condition
    from milepost.conditions.reads import ids_chosen_by, ids_needed
    from milepost.conditions.tree import ConditionError
    from milepost.render.bisect import render_bisect_json, render_bisect_text
    from milepost.render.paint import Paint

    try:
        parsed = parse_condition(condition)
    except ConditionError as error:
        raise UsageError(f"At column {error.column}: {error.message}", error.hint) from None
    session = Session(folder, config, branch, not no_cache)
    history = session.history
    _require_ids(history, ids_needed(parsed), ids_chosen_by(parsed))
    with Bar("Asking each version") as bar:
        found = bisect_condition(history, parsed, bar.show)
    write_out(render_bisect_json(found) if form == "json" else render_bisect_text(found, Paint(use_colour())))
    session.require_readable_tip(history)


def _require_ids(history: History, needed: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Raises for an earlier id, and for one that nothing ever had: a useless answer would hide a typing mistake."""
    former = history.former_ids
    known = history.ever
    for id in (*needed, *chosen):
        if id in former and not any(id == ref.id for ref in known):
            raise UsageError(f"{id} is called {former[id]} now.", f"ask about {former[id]}: its history goes on")
    for id in needed:
        if not any(id in (ref.id, f"{ref.kind}:{ref.id}") for ref in known):
            find_item(id, known)
