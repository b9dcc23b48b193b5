"""How good have our estimates of effort been? Finished items with what was said of each, when, and what it took.

An item counts where its plan says what it took (`actual`): time that merely went by is no effort. Three moments are
scored: what was first said, what was said when it was first promised, and what was last said before it was started.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf
from typing import NamedTuple

from milepost.analyses.scoring import (
    Interval,
    Level,
    Pair,
    RangeScore,
    Score,
    score_levels,
    score_pairs,
    score_ranges,
)  # fmt: skip
from milepost.model.calendar import Calendar
from milepost.model.distribution import Distribution, distribution_of, in_points, middle_hours, middle_of
from milepost.model.due import Commitment
from milepost.model.effort import to_hours
from milepost.model.estimate import Amount, Estimate, Form, Unit, parse_estimate
from milepost.model.history import Change, History
from milepost.model.item import Ref, Value
from milepost.model.plan import Plan

FEWEST_OF_A_PERSON = 10

#: Groups of sizes: at most so many days of work.
SIZES = ((1.0, "up to 1 d"), (3.0, "1 to 3 d"), (10.0, "3 to 10 d"), (inf, "over 10 d"))

_HORIZONS = ((14, "up to 2 weeks ahead"), (42, "2 to 6 weeks ahead"), (91, "6 to 13 weeks ahead"))
_FARTHEST = "over 13 weeks ahead"
_ORDER = (*(name for _, name in SIZES), *(name for _, name in _HORIZONS), _FARTHEST)


class Moment(StrEnum):
    """When an estimate was what was said."""

    FIRST = "first said"
    PROMISED = "when promised"
    STARTED = "last before the start"


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished item: its estimates by moment, what it took in hours (or points), and what it can be grouped by."""

    item: Ref
    estimates: Mapping[Moment, Estimate]
    actual: float
    in_points: bool
    groups: Mapping[str, str]  # kind, size, goal, horizon, quarter, owner


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The record. What was left out is counted, by the reason why."""

    moments: Mapping[Moment, Score]
    ranges: Mapping[Moment, RangeScore]
    calibration: Mapping[Moment, tuple[Level, ...]]  # of the same ranges
    groups: Mapping[str, Mapping[str, Score]]  # of what was first said: by kind, by size, …
    pairs: tuple[tuple[Ref, Pair], ...]  # of what was first said
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Story:
    """What history says of one task's estimates."""

    said: Mapping[Moment, Value] = field(default_factory=dict)
    first_said: date | None = None
    was_late: bool = False  # whether it was finished already when the first estimate was accepted


def measure_accuracy(plan: Plan, history: History, by_owner: bool = False) -> Accuracy:
    """The record over all finished work of a plan, with people only where asked for and with enough data."""
    left_out: dict[str, int] = {}
    finished = list(_finished(plan, history, left_out))
    first = [(one.item, _pair(one, Moment.FIRST, plan.calendar)) for one in finished]
    ranges = dict(_ranges(finished, plan.calendar))
    groupings = ("kind", "size", "goal", "horizon", "quarter", *(["owner"] if by_owner else []))
    return Accuracy(
        moments=dict(_scores(finished, plan.calendar)),
        ranges={moment: score for moment, said in ranges.items() if (score := score_ranges(_intervals(said)))},
        calibration={
            moment: score_levels([one.cdf(actual) for one, actual in said]) for moment, said in ranges.items()
        },
        groups={name: groups for name in groupings if (groups := _grouped(finished, name, plan.calendar))},
        pairs=tuple((item, pair) for item, pair in first if pair),
        left_out=left_out,
    )


def find_last_pairs(plan: Plan, history: History) -> Iterator[tuple[Finished, Pair]]:
    """Finished work, and what was last said before its start beside what it took; else what was first said."""
    for one in _finished(plan, history, {}):
        pair = _pair(one, Moment.STARTED, plan.calendar) or _pair(one, Moment.FIRST, plan.calendar)
        if pair:
            yield one, pair


def _finished(plan: Plan, history: History, left_out: dict[str, int]) -> Iterator[Finished]:
    stories = _read(history)
    for milestone in plan.milestones:
        for work in milestone.tasks:
            if work.dropped:
                _count(left_out, "dropped")
            if work.dropped or not work.finished:
                continue
            story = stories.get(work.ref, _Story())
            estimates = dict(_estimates(story))
            actual = _measure(work.actual, plan.calendar)
            if story.was_late:
                _count(left_out, "first estimated after they were finished")
            elif not estimates:
                _count(left_out, "never estimated")
            elif actual is None:
                _count(left_out, "finished without saying what they took")
            else:
                groups = {
                    "kind": work.kind,
                    "size": _size(estimates, plan.calendar),
                    "goal": milestone.goal or "none",
                    "horizon": _horizon(story.first_said, work.finished),
                    "quarter": f"{work.finished.year}-Q{(work.finished.month + 2) // 3}",
                    "owner": work.owner or milestone.owner or "nobody",
                }
                in_points = work.actual is not None and work.actual.unit is Unit.POINTS
                yield Finished(work.ref, estimates, actual, in_points, groups)


def _read(history: History) -> dict[Ref, _Story]:
    """What was said of every task. Fields of one accepted change count as said together."""
    order: dict[str, int] = {}
    for change in history.changes:
        order.setdefault(change.revision.id, len(order))
    return {
        item: _story(
            changes, order, _first(history.of(Ref("milestone", item.id.partition("/")[0])), _is_promise, order)
        )
        for item, changes in history.by_item.items()
        if item.kind == "task"
    }


def _story(changes: Sequence[Change], order: Mapping[str, int], promised: int | None) -> _Story:
    said = [change for change in changes if change.field == "estimate" and change.new is not None]
    if not said:
        return _Story()
    started = _first(changes, lambda change: change.field == "started" and change.new is not None, order)
    finished = _first(changes, lambda change: change.field == "finished" and change.new is not None, order)
    values: dict[Moment, Value] = {Moment.FIRST: said[0].new or ""}
    for moment, at in ((Moment.PROMISED, promised), (Moment.STARTED, started)):
        before = [change.new for change in said if at is not None and order[change.revision.id] <= at]
        if before and before[-1] is not None:
            values[moment] = before[-1]
    was_late = finished is not None and order[said[0].revision.id] >= finished
    return _Story(values, said[0].revision.day, was_late)


def _first(changes: Iterable[Change], is_it: Callable[[Change], bool], order: Mapping[str, int]) -> int | None:
    """The place in accepted order of the first change of some sort."""
    return next((order[change.revision.id] for change in changes if is_it(change)), None)


def _is_promise(change: Change) -> bool:
    return change.field == "commitment" and change.new == Commitment.PROMISE


def _estimates(story: _Story) -> Iterator[tuple[Moment, Estimate]]:
    for moment, value in story.said.items():
        if estimate := parse_estimate(value):
            yield moment, estimate


def _pair(one: Finished, moment: Moment, calendar: Calendar) -> Pair | None:
    """The middle of what was said beside what it took; None where nothing was said, or one of them is in points."""
    estimate = one.estimates.get(moment)
    if estimate is None or in_points(estimate) != one.in_points:
        return None
    middle = middle_of(estimate, calendar)
    return Pair(middle, one.actual) if middle else None


def _scores(finished: Sequence[Finished], calendar: Calendar) -> Iterator[tuple[Moment, Score]]:
    for moment in Moment:
        pairs = [pair for one in finished if (pair := _pair(one, moment, calendar))]
        if score := score_pairs(pairs):
            yield moment, score


class _Said(NamedTuple):
    """A range that was given, and what it took."""

    range: Distribution
    actual: float


def _ranges(finished: Sequence[Finished], calendar: Calendar) -> Iterator[tuple[Moment, list[_Said]]]:
    for moment in Moment:
        if found := [said for one in finished if (said := _range(one, moment, calendar))]:
            yield moment, found


def _range(one: Finished, moment: Moment, calendar: Calendar) -> _Said | None:
    """The range that was given beside what it took; a single value gives none."""
    estimate = one.estimates.get(moment)
    if estimate is None or estimate.form is Form.MEDIAN or _pair(one, moment, calendar) is None:
        return None
    distribution = distribution_of(estimate, calendar)
    return _Said(distribution, one.actual) if distribution else None


def _intervals(said: Sequence[_Said]) -> list[tuple[Interval, float]]:
    """The 80 % ranges beside what it took."""
    return [(Interval(one.quantile(0.1), one.quantile(0.9)), actual) for one, actual in said]


def _grouped(finished: Sequence[Finished], name: str, calendar: Calendar) -> dict[str, Score]:
    """The scores of what was first said, by the values of a grouping; persons only with enough data."""
    groups: dict[str, list[Pair]] = {}
    for one in finished:
        if pair := _pair(one, Moment.FIRST, calendar):
            groups.setdefault(one.groups[name], []).append(pair)
    fewest = FEWEST_OF_A_PERSON if name == "owner" else 1
    scores = ((group, score_pairs(pairs)) for group, pairs in sorted(groups.items(), key=_place))
    return {group: score for group, score in scores if score and score.n >= fewest}


def _place(group: tuple[str, Sequence[Pair]]) -> tuple[int, str]:
    """Sizes and horizons stand in their own order, everything else by name."""
    return (_ORDER.index(group[0]) if group[0] in _ORDER else -1), group[0]


def _measure(amount: Amount | None, calendar: Calendar) -> float | None:
    """Hours, or points; None for nothing."""
    if amount is None or amount.number <= 0:
        return None
    hours = to_hours(amount, calendar)
    return float(hours) if hours is not None else amount.number


def _size(estimates: Mapping[Moment, Estimate], calendar: Calendar) -> str:
    first = estimates.get(Moment.FIRST)
    middle = middle_hours(first, calendar) if first else None
    return "in points" if middle is None else size_name(middle, calendar)


def size_name(hours: float, calendar: Calendar) -> str:
    """The group of sizes to which some hours of effort belong."""
    days = hours / calendar.hours
    return next(name for most, name in SIZES if days <= most)


def _horizon(said: date | None, finished: date) -> str:
    if said is None:
        return "unknown"
    ahead = (finished - said).days
    return next((name for most, name in _HORIZONS if ahead <= most), _FARTHEST)


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
