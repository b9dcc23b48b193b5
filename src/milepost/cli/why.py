"""`milepost why`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_item
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import expect_date
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.history import History
    from milepost.model.item import Ref


@click.command("why")
@click.argument("item", metavar="ID[.FIELD]", shell_complete=complete_ids())
@format_option("text", "json")
@today_option
@history_options
@plan_options
@even_of_nothing("why")
def command(
    item: str, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None, folder: Path
) -> None:
    """Where a date came from: first said, each move, who, reason, days.

    With a field, as in public-beta.owner, where that value came from. Of a task it is the estimate that is told.
    """
    from milepost.analyses.why import explain_date
    from milepost.documents.values import field_names
    from milepost.render.paint import Paint
    from milepost.render.why import render_why_json, render_why_text

    session = Session(folder, config, branch, not no_cache)
    history = session.history
    ref, field = _asked(history, item)
    if field is None and ref.kind == "task":
        field = "estimate"
    if field is not None:
        write_out(_tell(session, ref, field, today, form))
        return
    if "due" not in field_names(ref.kind):
        raise UsageError(
            f"{ref} is a {ref.kind}, which has no date; a field of it can be asked for.", _hint(history, ref)
        )
    explanation = explain_date(session.accepted_plan, history, ref)
    outlook = expect_date(session, session.accepted_plan, ref, today)
    if form == "json":
        write_out(render_why_json(explanation, today, session.address, outlook))
    else:
        write_out(render_why_text(explanation, today, Paint(use_colour()), outlook, session.address))


def _hint(history: History, ref: Ref) -> str:
    """A question that has an answer: about the field of it that was said last."""
    latest = next((change.field for change in reversed(history.of(ref))), None)
    return f"milepost why {ref}.{latest}" if latest else f"milepost show {ref}"


def _tell(session: Session, ref: Ref, field: str, today: date, form: str) -> str:
    """The story of one field."""
    from milepost.analyses.story import tell_story
    from milepost.analyses.why import title_of
    from milepost.model.nearest import Nearest
    from milepost.render.paint import Paint
    from milepost.render.story import render_story_json, render_story_text

    story = tell_story(session.history, ref, field, title_of(session.accepted_plan, session.history, ref))
    if story is None:
        known = list(dict.fromkeys(change.field for change in session.history.of(ref)))
        near = None if _is_field(session.history, field) else Nearest().find(field, known)
        hint = f"milepost why {ref}.{near}" if near else f"it has or had {', '.join(known) or 'nothing'}"
        raise UsageError(f"{ref} never had {field}", hint)
    if form == "json":
        return render_story_json(story, today, session.address)
    return render_story_text(story, today, session.address, Paint(use_colour()))


def _asked(history: History, name: str) -> tuple[Ref, str | None]:
    """The item, and the field after the last dot where that is one. Ids of other shapes may have dots themselves."""
    known = history.ever
    former = history.former_ids
    id, dot, field = name.rpartition(".")
    if not dot or _is_known(name, known, former) or not (_is_field(history, field) or _is_known(id, known, former)):
        return find_item(name, known, former), None
    return find_item(id, known, former), field


def _is_known(id: str, known: Iterable[Ref], former: Mapping[str, Ref]) -> bool:
    return id in former or any(id in (ref.id, f"{ref.kind}:{ref.id}") for ref in known)


def _is_field(history: History, name: str) -> bool:
    from milepost.cli.completion import all_fields

    return name in all_fields() or any(change.field == name for change in history.changes)
