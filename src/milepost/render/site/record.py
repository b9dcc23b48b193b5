"""The page of the record: can these dates be believed? Estimates, ranges and dates against what came, never by person.

Small groups are not shown. Their figures say nothing, and of one task everybody knows whose it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from milepost.analyses.accuracy import SIZES, Accuracy, Moment
from milepost.analyses.forecasts.outlook import SURE
from milepost.analyses.forecasts.verification import Verification
from milepost.analyses.punctuality import Lateness, Punctuality
from milepost.analyses.scoring import ENOUGH, Interval, Level, Pair, RangeScore, Score, wilson_interval
from milepost.model.estimate import Unit
from milepost.model.plan import Plan
from milepost.render.charts.calibration import draw_calibration
from milepost.render.charts.interval import Span, draw_interval
from milepost.render.charts.scatter import draw_scatter
from milepost.render.site.amounts import count, part, share
from milepost.render.site.material import Material

FEWEST = 5  # tasks below which a group is not shown

_GROUPINGS = {"kind": "By kind", "size": "By size", "horizon": "By how far ahead", "quarter": "By quarter finished"}
_DATE_GROUPINGS = {"horizon": "By how far ahead it was first said", "quarter": "By quarter reached"}
_DATES = {
    "first_said": "the date first said",
    "last_said": "the date last said before it was reached",
    "first_promise": "the date first promised",
    "last_promise": "the date last promised",
}
_MOMENTS = {
    Moment.FIRST: "First said",
    Moment.PROMISED: "When it was promised",
    Moment.STARTED: "Last said before the start",
}


@dataclass(frozen=True, slots=True)
class Held:
    """How many of some kept what was said, where the share plausibly is, and the picture of both."""

    name: str
    hits: int
    n: int
    interval: Interval
    span: Span
    enough: bool
    meant: float | None = None  # what the share should be, where there is such a thing
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of estimates that have something in common."""

    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class SizeRow:
    """The scatter plot in numbers: of what was said to be of some size, how much took how many times as long."""

    name: str
    n: int
    counts: tuple[tuple[str, int], ...]  # how many times as long, and how many


def record_page(material: Material) -> Mapping[str, object]:
    """What the template of the record asks for."""
    accuracy, dates = material.accuracy, material.punctuality
    pairs, unit, others = _pairs(accuracy, material.plan)
    enough = len(pairs) >= FEWEST
    levels, reliability = _levels(accuracy), _reliability(material.verified)
    return {
        "sentences": record_sentences(accuracy, dates, material.verified),
        "scatter": draw_scatter(pairs) if enough else None,
        "unit": unit,
        "others": others,
        "scored": len(accuracy.pairs),
        "fewest": FEWEST,
        "sizes": list(_size_rows(pairs)) if enough and unit == "days" else [],
        "moments": [Group(_MOMENTS[m], score) for m, score in accuracy.moments.items() if score.n >= FEWEST],
        "groupings": list(_groupings(accuracy)),
        "ranges": [_range(_MOMENTS[moment], score) for moment, score in accuracy.ranges.items()],
        "calibration": draw_calibration(levels) if levels else None,
        "levels": levels,
        "dates": [_rate(name, dates) for name in _DATES if name in dates.rates],
        "lateness": list(_lateness(dates)),
        "ratios": dates.ratios if sum(one.ratio is not None for one in dates.reached) >= FEWEST else None,
        "qualities": dates.qualities if sum(one.quality is not None for one in dates.reached) >= FEWEST else None,
        "forecasts": _forecasts(material.verified) if material.verified else [],
        "verified": material.verified,
        "reliability": draw_calibration(reliability) if reliability else None,
        "bins": reliability,
        "past_runs": material.replay.settings.samples if material.replay else 0,
        "standing": (dates.done, dates.open, dates.dropped),
        "left_out": accuracy.left_out,
    }


def _forecasts(verified: Verification) -> list[Held]:
    """How many of the days that would have been forecast held what was said of them."""
    rows = []
    if sure := verified.sure:
        span = draw_interval(sure.hits / sure.n, sure.interval.low, sure.interval.high, SURE)
        rows.append(Held("days called 80\u202f% sure", sure.hits, sure.n, sure.interval, span, sure.n >= ENOUGH, SURE))
    if verified.ranges:
        rows.append(replace(_range("ranges of 80\u202f%", verified.ranges), verdict=""))
    return rows


def _reliability(verified: Verification | None) -> tuple[Level, ...]:
    """How likely due dates would have been called, and how many were kept; nothing where there are too few."""
    bins = verified.chances.reliability if verified and verified.chances else ()
    found = ((one, round(one.came * one.n)) for one in bins)
    return tuple(Level(one.said, held, one.n, wilson_interval(held, one.n)) for one, held in found)


def _levels(accuracy: Accuracy) -> tuple[Level, ...]:
    """How sure what was first said was, and how often it was enough; nothing where there are too few ranges."""
    ranges = accuracy.ranges.get(Moment.FIRST)
    return accuracy.calibration[Moment.FIRST] if ranges and ranges.is_enough else ()


def record_sentences(accuracy: Accuracy, dates: Punctuality, verified: Verification | None = None) -> list[str]:
    """The record in a few sentences, as far as there is one; empty where there is none."""
    sentences = []
    if rate := dates.rates.get("first_said"):
        done = "was" if 1 in (rate.on_time, rate.n) else "were"
        sentences.append(f"{rate.on_time:,} of {count(rate.n, 'milestone')} {done} reached by the date first said.")
    first = accuracy.moments.get(Moment.FIRST)
    if first and first.n >= FEWEST:
        times = f"{first.median_ratio:.2f} × what was first said"
        sentences.append(f"Half of {count(first.n, 'task')} took {times}, or more.")
    ranges = accuracy.ranges.get(Moment.FIRST)
    if ranges and ranges.is_enough:
        sentences.append(f"Of ranges that should hold 8 times of 10, {part(ranges.hits, ranges.n)} held.")
    if verified and verified.sure and verified.sure.n >= ENOUGH:
        of = f"for {count(verified.milestones, 'milestone')}"
        held = part(verified.sure.hits, verified.sure.n)
        sentences.append(f"Of days that would have been called 80\u202f% sure, {of}, {held} held.")
    return sentences


def _pairs(accuracy: Accuracy, plan: Plan) -> tuple[list[Pair], str, int]:
    """What can be drawn on one scale: work in days, else in points; its unit, and how many pairs have another."""
    in_points = {task.ref for task in plan.tasks() if task.actual and task.actual.unit is Unit.POINTS}
    hours = plan.calendar.hours
    days = [Pair(pair.estimate / hours, pair.actual / hours) for ref, pair in accuracy.pairs if ref not in in_points]
    points = [pair for ref, pair in accuracy.pairs if ref in in_points]
    return (days, "days", len(points)) if len(days) >= len(points) else (points, "points", len(days))


def _size_rows(pairs: Sequence[Pair]) -> Iterator[SizeRow]:
    least = 0.0
    for most, name in SIZES:
        ratios = [pair.actual / pair.estimate for pair in pairs if least < pair.estimate <= most]
        least = most
        if ratios:
            counts = (
                ("Under half", sum(ratio < 0.5 for ratio in ratios)),
                ("Half to all", sum(0.5 <= ratio <= 1 for ratio in ratios)),
                ("Up to 2 ×", sum(1 < ratio <= 2 for ratio in ratios)),
                ("Over 2 ×", sum(ratio > 2 for ratio in ratios)),
            )
            yield SizeRow(name, len(ratios), counts)


def _groupings(accuracy: Accuracy) -> Iterator[tuple[str, list[Group], int]]:
    """Each grouping with the groups that are large enough, and how many are not."""
    for name, title in _GROUPINGS.items():
        groups = accuracy.groups.get(name, {})
        shown = [Group(group, score) for group, score in groups.items() if score.n >= FEWEST]
        if shown:
            yield title, shown, len(groups) - len(shown)


def _lateness(dates: Punctuality) -> Iterator[tuple[str, dict[str, Lateness], int]]:
    """How late milestones were by what they have in common, where groups are large enough; and how many are not."""
    for name, title in _DATE_GROUPINGS.items():
        groups = dates.groups[name]
        shown = {group: one for group, one in groups.items() if one.n >= FEWEST}
        if shown and len(groups) > 1:
            yield title, shown, len(groups) - len(shown)


def _range(name: str, score: RangeScore) -> Held:
    span = draw_interval(score.hits / score.n, score.interval.low, score.interval.high, score.nominal)
    return Held(name, score.hits, score.n, score.interval, span, score.is_enough, score.nominal, _verdict(score))


def _verdict(score: RangeScore) -> str:
    low, high = score.interval
    if not score.is_enough:
        return f"Not enough data: fewer than {ENOUGH}"
    if high < score.nominal:
        return "Too narrow: surprises are more common than they allow for"
    if low > score.nominal:
        return "Wider than they need to be"
    return f"As far as can be told, what {share(score.nominal)} ranges should do"


def _rate(name: str, dates: Punctuality) -> Held:
    rate = dates.rates[name]
    span = draw_interval(rate.on_time / rate.n, rate.interval.low, rate.interval.high)
    return Held(_DATES[name], rate.on_time, rate.n, rate.interval, span, rate.n >= ENOUGH)
