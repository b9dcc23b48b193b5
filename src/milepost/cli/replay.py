"""`milepost forecast --replay`: forecasts of the past, worked out once and kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from milepost.cli.items import find_among
from milepost.cli.session import Session

if TYPE_CHECKING:
    from milepost.analyses.forecasts.worlds import Settings


def replay(session: Session, name: str | None, today: date, settings: Settings, form: str) -> str:
    """What would have been said at each accepted version: the score of all, or all that was said of one milestone."""
    from milepost.analyses.forecasts.verification import verify_forecasts
    from milepost.cli.options import use_colour
    from milepost.model.former import retired_ids
    from milepost.render.paint import Paint
    from milepost.render.replay import render_replay_json, render_replay_text, render_said_text

    plan = session.accepted_plan
    asked, former = "only milestones were forecast in the past", retired_ids(plan.items)
    item = find_among(name, plan.items, ("milestone",), asked, former) if name else None
    said = tuple(one for one in session.replay(settings) if item is None or one.item == item)
    found = verify_forecasts(said, plan, today)
    if form == "json":
        return render_replay_json(found, said, settings)
    paint = Paint(use_colour())
    if item is None:
        return render_replay_text(found, settings, paint)
    milestone = plan.milestone(item.id)
    return render_said_text(said, plan.title_of(item), milestone.finish if milestone else None, paint)
