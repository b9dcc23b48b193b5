"""The page of the slip chart: how far every date has moved since it was first said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milepost.analyses.roadmap import Entry
from milepost.render.charts.trend import draw_trend
from milepost.render.site.front import draw_sparks, latest_reason
from milepost.render.site.material import Material
from milepost.render.site.tracks import track_of

LABELS = 12


def slip_page(material: Material) -> Mapping[str, object]:
    """What the template of the slip page asks for: the chart, and a row for each date ever said."""
    entries = sorted((entry for entry in material.roadmap.all if entry.slip), key=_most_moved)
    tracks = [track_of(e, material.today, material.title(e.milestone.ref), rank) for rank, e in enumerate(entries)]
    return {
        "entries": entries,
        "trend": draw_trend([track for track in tracks if track], material.today),
        "sparks": draw_sparks(material),
        "reasons": {entry.milestone.id: latest_reason(entry) for entry in entries},
        "summary": _summary(entries),
    }


def _most_moved(entry: Entry) -> tuple[bool, int, int, str]:
    return not entry.milestone.status.is_open, -abs(entry.days or 0), -entry.moves, entry.milestone.id


def _summary(entries: Iterable[Entry]) -> tuple[int, int, int, int]:
    """How many dates were said, and how many of them moved later, moved earlier, and stand where they were."""
    days = [entry.days or 0 for entry in entries]
    return len(days), sum(day > 0 for day in days), sum(day < 0 for day in days), days.count(0)
