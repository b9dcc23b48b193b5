"""Tracks for the slip charts: what was said of each date, from the slips."""

from __future__ import annotations

from datetime import date

from milepost.analyses.roadmap import Entry
from milepost.render.charts.text import isolate, shorten, text_width
from milepost.render.charts.track import Track
from milepost.render.site.amounts import shift

_LABEL_WIDTH = 222.0


def track_of(entry: Entry, today: date, title: str, rank: int = 0) -> Track | None:
    """The track of one milestone; None where no date was ever said, or not at a time that a calendar knows."""
    slip = entry.slip
    if slip is None or slip.said.day is None or slip.original.day is None:
        return None
    moves = ((move.revision.day, move.new.day if move.new else None) for move in slip.moves)
    said = [(slip.said.day, slip.original.day), *((day, new) for day, new in moves if day)]
    milestone = entry.milestone
    end = milestone.finish or milestone.dropped or today
    return Track(
        item=milestone.ref,
        said=tuple(said),
        until=max(end, said[-1][0]),
        reached=milestone.finish,
        label=_label(title, (milestone.finish - slip.original.day).days if milestone.finish else slip.days),
        rank=rank,
    )


def _label(title: str, days: int | None) -> str:
    """A title with the days it moved, short enough for the room beside the chart."""
    moved = f" · {shift(days)}" if days else ""
    return isolate(shorten(title, _LABEL_WIDTH - text_width(moved))) + moved if title else ""
