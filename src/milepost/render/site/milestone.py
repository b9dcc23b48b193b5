"""A milestone's own page: its facts, where its date came from, its work, its risks and everything accepted about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from milepost.analyses.forecasts.outlook import EVEN, SURE
from milepost.analyses.roadmap import Entry
from milepost.model.feedback import Feedback
from milepost.model.plan import Goal
from milepost.model.work import Milestone
from milepost.render.charts.scale import near
from milepost.render.charts.track import Likely
from milepost.render.charts.trend import Frame, Trend, draw_trend
from milepost.render.site.concerns import find_concerns, heading_of
from milepost.render.site.forecast import tell
from milepost.render.site.likely import list_gaps
from milepost.render.site.material import Material
from milepost.render.site.register import RiskEntry, arrange_risks
from milepost.render.site.split import split_slips
from milepost.render.site.steps import by_revision, field_label
from milepost.render.site.tracks import track_of

_COMPARED = ("title", "due", "commitment", "estimate", "owner", "priority", "goal", "outcome", "not_before")
_FRAME = Frame(width=800.0, height=300.0, gutter=24.0, labels=0, days=12)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field as first accepted and as it is now, in words, and how often it changed since."""

    label: str
    first: str
    now: str
    changes: int


def milestone_page(entry: Entry, material: Material) -> Mapping[str, object]:
    """What the template of a milestone's page asks for."""
    milestone = entry.milestone
    breakdown = material.breakdowns.get(milestone.ref)
    is_open = milestone.status.is_open
    drawn = _trend(entry, material)
    outlook = material.outlook(milestone.ref)
    return {
        "entry": entry,
        "milestone": milestone,
        "goal": _goal(milestone, material),
        "trend": drawn,
        "leads": bool(drawn and any(named.line.heading for named in drawn.lines)),
        "has_band": bool(drawn and any(named.line.band for named in drawn.lines)),
        "past_runs": material.replay.settings.samples if material.replay else 0,
        "split": split_slips([breakdown]) if breakdown else None,
        "concerns": list(find_concerns(breakdown, is_open, material.today)) if breakdown else [],
        "likely": tell(entry, outlook, material) if outlook and outlook.days else None,
        "gaps": list_gaps(outlook) if outlook and not outlook.days else [],
        "confidence": material.ahead.forecast.settings.confidence if material.ahead.forecast else 0.8,
        "comparisons": list(_compare(milestone, material)),
        "needed_by": material.needed_by.get(milestone.ref, ()),
        "risks": list(_threatening(milestone, material)),
        "feedback": _feedback(milestone, material),
        "acceptances": by_revision(material.steps_of.get(milestone.ref, ())),
    }


def _goal(milestone: Milestone, material: Material) -> Goal | None:
    return next((goal for goal in material.plan.goals if goal.id == milestone.goal), None)


def _trend(entry: Entry, material: Material) -> Trend | None:
    track = track_of(entry, material.today, "")
    if track is None:
        return None
    heading = heading_of(material.breakdowns.get(entry.milestone.ref), entry.milestone.status.is_open, material.today)
    track = replace(track, heading=heading, likely=tuple(_likely(entry, material)))
    return draw_trend([track], material.today, _FRAME)


def _likely(entry: Entry, material: Material) -> Iterator[Likely]:
    """What would have been forecast of it at past versions, as far as a chart can show it."""
    said = material.replay.said if material.replay else ()
    for one in said:
        even, sure = one.days.get(EVEN), one.days.get(SURE)
        if one.item == entry.milestone.ref and even and sure and near(sure, material.today):
            yield Likely(one.on, even, sure)


def _threatening(milestone: Milestone, material: Material) -> Iterator[RiskEntry]:
    own = {milestone.ref, *(task.ref for task in milestone.tasks)}
    for entry in arrange_risks(material.plan, material.today):
        if own & set(entry.risk.threatens):
            yield entry


def _feedback(milestone: Milestone, material: Material) -> list[Feedback]:
    """What was said about it or one of its tasks, the latest first."""
    own = {milestone.ref, *(task.ref for task in milestone.tasks)}
    about = [feedback for feedback in material.plan.feedback if feedback.about in own]
    return sorted(about, key=lambda one: (one.date or date.min, one.id), reverse=True)


def _compare(milestone: Milestone, material: Material) -> Iterator[Comparison]:
    """Fields that ever had a value, as first accepted and as last."""
    steps = [step for step in reversed(material.steps_of.get(milestone.ref, ())) if step.item == milestone.ref]
    for field in _COMPARED:
        values = [entry.new for step in steps if (entry := step.entry(field))]
        first = next((number for number, value in enumerate(values) if value), None)
        if first is not None:
            yield Comparison(field_label(field), values[first], values[-1], len(values) - first - 1)
