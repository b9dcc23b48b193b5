"""How long a point takes, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milepost.analyses.known import Known
from milepost.analyses.points import open_in_points
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.render.words import count_words
from milepost.scheduling.calibration import FEWEST


def point_words(point: Known) -> str:
    """`a point is 5.3 h, by 12 finished tasks`; where that is not known, from when on it is."""
    if point.value:
        return f"a point is {point.value:.1f} h, by {count_words(point.n, 'finished task')}"
    return f"how long a point takes is known from {FEWEST} finished tasks in points on (n = {point.n})"


def sentence(words: str) -> str:
    """Some words as a sentence of their own."""
    return f"{words[0].upper()}{words[1:]}."


def points_words(plan: Plan, items: Iterable[Ref], point: Known | None) -> str:
    """How those of some items that are in points become time, or from when on they do; empty where nobody asked."""
    count = len(open_in_points(plan).intersection(items))
    if point is None or not count:
        return ""
    if not point.value:
        return sentence(point_words(point))
    who = count_words(count, "item in points counts", "items in points count")
    return f"{who} by the velocity of this team: {point_words(point)}."


def points_remarks(plan: Plan, items: Iterable[Ref], point: Known | None) -> Iterator[str]:
    """The same, with what to type where points are no time yet."""
    if words := points_words(plan, items, point):
        yield words
    if words and point and not point.value:
        yield (
            "Those count that say when they began or what they took: milepost start ID, "
            "milepost finish ID --actual 3d. Until then an estimate in days gives dates."
        )


def point_record(point: Known | None) -> dict[str, object] | None:
    """Hours of effort that a point takes, with how many finished tasks say so; None where nobody asked."""
    return {"n": point.n, "value": round(point.value, 3) if point.value else None} if point else None
