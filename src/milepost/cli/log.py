"""`milepost log`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_fields, complete_ids
from milepost.cli.items import find_item
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import (
    Day,
    format_option,
    history_options,
    note,
    plan_options,
    use_colour,
    write_out,
    write_pieces,
)
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.analyses.selection import Selection
    from milepost.model.history import Change, History
    from milepost.model.item import Ref
    from milepost.model.moves import Dated

_NAMED = 5

KINDS = ("plan", "goal", "milestone", "task", "risk", "sprint", "feedback", "review", "person", "release")


@click.command("log")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids())
@click.option(
    "--field", "fields", metavar="NAMES", shell_complete=complete_fields, help="Only these, as in due,estimate."
)
@click.option("--kind", "kinds", metavar="KINDS", help="Only items of these kinds, as in milestone,task.")
@click.option("--since", type=Day(), metavar="DATE", help="Only what was accepted on that day or later.")
@click.option("--until", type=Day(), metavar="DATE", help="Only what was accepted on that day or earlier.")
@click.option("--author", metavar="TEXT", help="Only what a person set or accepted: a part of a name or address.")
@click.option("--all-parents", is_flag=True, help="Walk the whole graph: what differs from every parent of a commit.")
@click.option("--graph", is_flag=True, help="Draw the course of every value that is a number or a date.")
@click.option("-v", "--verbose", is_flag=True, help="Name every revision that could not be read as it is meant.")
@format_option("text", "csv", "json")
@history_options
@plan_options
@even_of_nothing("log")
def command(
    item: str | None, fields: str | None, kinds: str | None, since: date | None, until: date | None,
    author: str | None, all_parents: bool, graph: bool, verbose: bool, form: str, branch: str | None, no_cache: bool,
    config: Path | None, folder: Path,
) -> None:  # fmt: skip
    """Every accepted value of every field, newest first.

    Follows items by id, through renames and moved files. The first value of a field is its original.
    """
    from milepost.analyses.selection import Selection

    if graph and form != "text":
        raise UsageError(
            f"--graph draws in the terminal, so it does not go with --format {form}", "leave one of them out"
        )
    names = Selection(None, _words(fields), _kinds(kinds), since, until, author or "")
    session = Session(folder, config, branch, not no_cache)
    history = session.graph if all_parents else session.history
    _require_fields(history, names.fields)
    selection = replace(names, item=_item(history, item)) if item is not None else names
    told = ((change.item, change.field, change) for change in reversed(history.changes))
    changes = list(selection.select(told))
    moves = [] if all_parents else _moves(history, selection, form)
    if graph:
        write_out(_draw(history, changes))
    else:
        write_pieces(
            _print(form, history, changes, moves, "all-parents" if all_parents else "first-parent", item is not None)
        )
    _name_flaws(history, {change.path for change in changes} if item else None, verbose)
    if not history.changes:
        note("The plan has no items yet. milepost init writes the first milestone.")
    elif not changes and not moves:
        note("No accepted change is like that. Leave out an option to see more.")
    session.require_readable_tip(history)


def _print(
    form: str, history: History, changes: list[Change], moves: list[Dated], walk: str, is_one_item: bool
) -> Iterable[str]:
    if form == "json":
        from milepost.render.log_json import render_log_json

        return render_log_json(history, changes, walk, _derived(moves))
    if form == "csv":
        from milepost.render.log_csv import render_log_csv

        return [render_log_csv(changes)]
    from milepost.render.log import render_log_text
    from milepost.render.paint import Paint

    if not is_one_item:
        return [render_log_text(changes, Paint(use_colour()))]
    order = {change.revision.id: number for number, change in enumerate(history.changes)}
    return [render_log_text(changes, Paint(use_colour()), moves, order)]


def _draw(history: History, changes: list[Change]) -> str:
    from milepost.analyses.values import follow_courses
    from milepost.model.calendar import parse_calendar
    from milepost.model.item import PLAN
    from milepost.render.log_graph import render_log_graph
    from milepost.render.paint import Paint

    plan = history.items.get(PLAN)
    calendar = parse_calendar(plan.fields.get("calendar") if plan else None)
    return render_log_graph(follow_courses(history, reversed(changes), calendar), Paint(use_colour()))


def _moves(history: History, selection: Selection, form: str) -> list[Dated]:
    """Every move of a date that is asked for, newest first. JSON tells only of those that nobody wrote."""
    if form == "json" and not history.may_derive_moves:
        return []
    from milepost.model.moves import replay_moves

    moves = {id(dated.move): dated for dated in replay_moves(history)}
    told = [(dated.item, "due", dated.move) for dated in moves.values()]
    return [moves[id(move)] for move in selection.select(reversed(told))]


def _derived(moves: list[Dated]) -> list[dict[str, object]]:
    """The moves that nobody wrote, as data."""
    if not moves:
        return []
    from milepost.model.moves import is_derived
    from milepost.render.moves import dated_record

    return [dated_record(dated) for dated in moves if is_derived(dated.move)]


def _words(text: str | None) -> frozenset[str]:
    return frozenset(word.strip() for word in (text or "").split(",") if word.strip())


def _kinds(text: str | None) -> frozenset[str]:
    kinds = _words(text)
    if unknown := sorted(kinds - set(KINDS)):
        raise UsageError(f"There is no kind {unknown[0]!r}.", f"the kinds are {', '.join(KINDS)}")
    return kinds


def _require_fields(history: History, fields: frozenset[str]) -> None:
    """Raises for a field that nothing has or had: to find no change of it would hide a typing mistake."""
    if not fields:
        return
    from milepost.cli.completion import all_fields
    from milepost.model.nearest import Nearest

    known = {*all_fields(), *(change.field for change in history.changes)}
    for name in sorted(fields - known):
        near = Nearest().find(name, sorted(known))
        raise UsageError(f"There is no field {name!r}.", f"did you mean {near}?" if near else "milepost log shows all")


def _item(history: History, name: str) -> Ref:
    return find_item(name, dict.fromkeys(change.item for change in history.changes), history.former_ids)


def _name_flaws(history: History, paths: set[str] | None, verbose: bool) -> None:
    """Names the revisions that could not be read: of all files, or of those that hold the item that was asked for."""
    flaws = [(flaw, "did not parse, so the last values stand") for flaw in history.unreadable]
    if verbose:
        flaws += [(flaw, "names a key twice, and the last one counts") for flaw in history.duplicates]
    flaws = [(flaw, what) for flaw, what in flaws if paths is None or flaw.path in paths]
    shown = flaws if verbose else flaws[:_NAMED]
    for flaw, what in shown:
        note(f"{flaw.path} in {flaw.revision.short_id} {what} ({flaw.message})")
    if len(flaws) > len(shown):
        note(f"{len(flaws) - len(shown)} more; --verbose names them all")
