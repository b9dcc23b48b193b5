"""The pages of the slip charts, for the plan and for each goal: how far every date has moved, and what moved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.roadmap import Entry
from milepost.model.plan import Goal
from milepost.render.charts.trend import Frame, draw_trend
from milepost.render.site.concerns import Concern, find_concerns, pace_of
from milepost.render.site.forecast import tell_goal
from milepost.render.site.front import draw_sparks, latest_reason
from milepost.render.site.material import Material
from milepost.render.site.split import split_slips
from milepost.render.site.tracks import track_of

_ROW = 36.0  # px of height for each label at the right of a small chart
_LOWEST, _HIGHEST = 240.0, 560.0


@dataclass(frozen=True, slots=True)
class GoalSlip:
    """A goal, how many of its dates moved later, and how far all moved together."""

    goal: Goal
    dates: int
    later: int
    total: int


def slip_page(material: Material) -> Mapping[str, object]:
    """What the template of the slip page asks for: chart, what moved the dates, and a row for each date said."""
    entries = _most_moved_first(material.roadmap.all, material)
    gone = [one for ref, one in material.breakdowns.items() if ref.kind == "milestone" and ref not in material.titles]
    return {
        **_dates(entries, material),
        "goals": list(_goals(material)),
        "gone": (len(gone), sum(one.total for one in gone)),
    }


def goal_page(goal: Goal, material: Material) -> Mapping[str, object]:
    """The same for the milestones that serve one goal, or a goal that serves it."""
    serving = material.serving(goal)
    entries = _most_moved_first(serving, material)
    return {
        **_dates(entries, material),
        "goal": goal,
        "likely": tell_goal(goal, material),
        "slip": material.slips.get(goal.ref),
        "undated": [entry for entry in serving if not entry.slip],
        "serves": next((other for other in material.plan.goals if other.id == goal.serves), None),
    }


def _dates(entries: Sequence[Entry], material: Material) -> dict[str, object]:
    said = (track_of(e, material.today, material.title(e.milestone.ref), rank) for rank, e in enumerate(entries))
    tracks = [track for track in said if track]
    frame = Frame(height=min(max(160.0 + _ROW * len(entries), _LOWEST), _HIGHEST))
    known = [one for entry in entries if (one := material.breakdowns.get(entry.milestone.ref))]
    return {
        "entries": entries,
        "trend": draw_trend(tracks, material.today, frame),
        "fresh": bool(tracks) and all(set(track.days_accepted) == {material.today} for track in tracks),
        "summary": _summary(entries),
        "split": split_slips(known),
        "concerns": sorted(_concerns(entries, material), key=lambda concern: concern.rank),
        "whereabouts": {
            "breakdowns": material.breakdowns,
            "paces": {ref: pace for ref, one in material.breakdowns.items() if (pace := pace_of(one)) is not None},
            "sparks": draw_sparks(material),
            "reasons": {entry.milestone.id: latest_reason(entry) for entry in entries},
        },
    }


def _concerns(entries: Iterable[Entry], material: Material) -> Iterator[Concern]:
    for entry in entries:
        if one := material.breakdowns.get(entry.milestone.ref):
            yield from find_concerns(one, entry.milestone.status.is_open, material.today)


def _goals(material: Material) -> Iterator[GoalSlip]:
    for goal in material.plan.goals:
        serving = [entry for entry in material.serving(goal) if entry.slip]
        known = [one for entry in serving if (one := material.breakdowns.get(entry.milestone.ref))]
        later = sum((entry.days or 0) > 0 for entry in serving)
        yield GoalSlip(goal, len(serving), later, sum(one.total for one in known))


def _most_moved_first(entries: Iterable[Entry], material: Material) -> list[Entry]:
    def place(entry: Entry) -> tuple[bool, int, int, str]:
        whole = material.breakdowns.get(entry.milestone.ref)
        days = abs(whole.total) if whole else 0
        return not entry.milestone.status.is_open, -days, -entry.moves, entry.milestone.id

    return sorted((entry for entry in entries if entry.slip), key=place)


def _summary(entries: Iterable[Entry]) -> tuple[int, int, int, int]:
    """How many dates were said, and how many of them moved later, moved earlier, and stand where they were."""
    days = [entry.days or 0 for entry in entries]
    return len(days), sum(day > 0 for day in days), sum(day < 0 for day in days), days.count(0)
