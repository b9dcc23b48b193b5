"""The timeline's page: which milestones it draws, and the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from milepost.analyses.roadmap import Entry
from milepost.model.work import Milestone
from milepost.render.charts.scale import add_days
from milepost.render.charts.timeline import Stretch, draw_timeline
from milepost.render.site.amounts import shift
from milepost.render.site.dates import due_words, short_day
from milepost.render.site.links import milestone_of
from milepost.render.site.material import Material
from milepost.render.site.sentences import aim_word

_DAYS_BACK = 120


def timeline_page(material: Material) -> Mapping[str, object]:
    """What the template of the timeline asks for. What was reached long ago is left to the table."""
    dated = sorted((e for e in material.roadmap.all if end_of(e) and not e.milestone.dropped), key=_in_time)
    limit = add_days(material.today, -_DAYS_BACK)
    drawn = [entry for entry in dated if entry.milestone.status.is_open or (end_of(entry) or limit) >= limit]
    return {
        "timeline": draw_timeline([_stretch(entry, material) for entry in drawn], material.today),
        "titles": {entry.milestone.id: _says(entry) for entry in drawn},
        "entries": dated,
        "starts": {entry.milestone.id: start_of(entry.milestone) for entry in dated},
        "before": len(dated) - len(drawn),
        "limit": limit,
        "undated": [entry for entry in material.roadmap.open if not end_of(entry)],
    }


def start_of(milestone: Milestone) -> date | None:
    """The first day of work, as far as work has begun."""
    days = [day for day in (milestone.started, *(task.started for task in milestone.tasks)) if day]
    return min(days, default=None)


def end_of(entry: Entry) -> date | None:
    """The day a milestone was reached, else the day it is due."""
    return entry.milestone.finish or (entry.due.day if entry.due else None)


def _in_time(entry: Entry) -> tuple[date, str]:
    return end_of(entry) or date.max, entry.milestone.id


def _stretch(entry: Entry, material: Material) -> Stretch:
    milestone = entry.milestone
    return Stretch(
        item=milestone.ref,
        label=material.title(milestone.ref),
        tone=entry.standing.name.lower(),
        start=start_of(milestone),
        end=end_of(entry) or material.today,
        original=entry.slip.original.day if entry.slip else None,
        after=tuple(dict.fromkeys(milestone_of(link.item) for link in milestone.depends_on)),
    )


def _says(entry: Entry) -> str:
    """What the chart shows of a milestone, in words."""
    finish, due = entry.milestone.finish, due_words(entry.due)
    when = f"reached {short_day(finish)}" if finish else f"{aim_word(entry.milestone.commitment).lower()} {due}"
    moved = f", {shift(entry.days)} since first said" if entry.days else ""
    return f"{entry.standing.value.lower()}, {when}{moved}"
