"""What a condition says about one version of a plan: true, false, or not to be known, and then why."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from milepost.conditions.choosing import Record, choose, records_of, status_of
from milepost.conditions.functions import KINDS, REFERRING
from milepost.conditions.tree import (
    Both,
    Call,
    Comparison,
    Condition,
    Either,
    Filter,
    Literal,
    Node,
    Not,
    Sum,
    Term,
    Type,
)
from milepost.model.distribution import middle_hours
from milepost.model.effort import to_hours
from milepost.model.estimate import Amount, Estimate, Unit
from milepost.model.item import Ref
from milepost.model.plan import Goal, Plan, Release
from milepost.model.work import Milestone, Work

_Value = date | Fraction | str | bool | Amount
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_FOUND_AS = ("milestone", "task", "goal", "risk", "release", "person", "sprint", "feedback", "review")
_MAY_BE_NAMED = ("milestone", "task")  # by a reference that does not say of which kind it is


class Answer(NamedTuple):
    """True or false; None where the plan does not say, and then in `unknown` what is missing."""

    value: bool | None
    unknown: str | None = None


class _UnknownError(Exception):
    """The plan does not say what was asked for."""


class Asked:
    """A plan, and what was already asked about it: many conditions ask the same, and each question reads all of it.

    `called` is what the plan calls items of which conditions have another name, by that name: an older plan has older
    ids. None where a name is that of an item which is not there.
    """

    def __init__(self, plan: Plan, called: Mapping[Ref, Ref | None] | None = None) -> None:
        self.plan = plan
        self.known: dict[Call, _Value | _UnknownError] = {}
        self._called = called or {}

    def find(self, name: str) -> Record | None:
        """The item with an id, or with `kind:id` where several kinds share it."""
        kind, colon, id = name.partition(":")
        named = [Ref(kind, id)] if colon else [Ref(one, name) for one in _FOUND_AS]
        refs = (self._called.get(ref, ref) for ref in named)
        ref = next((ref for ref in refs if ref in self.plan.items), None)
        return next((record for record in records_of(self.plan, ref.kind) if record.ref == ref), None) if ref else None

    def filters(self, call: Call) -> list[Filter]:
        """The filters of a question, with the ids that the plan has."""
        return [self._filter(one) if self._called else one for one in call.filters]

    def _filter(self, one: Filter) -> Filter:
        if one.value is None or one.name not in REFERRING:
            return one
        kind = REFERRING[one.name]
        named = [Ref(each, one.value) for each in ((kind,) if kind else _MAY_BE_NAMED)]
        ref = next((ref for ref in named if ref in self._called), named[0])
        here = self._called.get(ref, ref)
        return replace(one, value=here.id if here else "")  # nothing has an id without letters

    def name_of(self, ref: Ref) -> str:
        """What conditions call an item of the plan."""
        return next((name.id for name, here in self._called.items() if here == ref), ref.id)


def evaluate_condition(condition: Condition, plan: Plan | Asked) -> Answer:
    """What a condition says about a plan. `and` and `or` answer where one part alone decides (Kleene's logic)."""
    return _answer(condition.root, plan if isinstance(plan, Asked) else Asked(plan))


def _answer(node: Node, asked: Asked) -> Answer:
    match node:
        case Not(part):
            answer = _answer(part, asked)
            return answer if answer.value is None else Answer(not answer.value)
        case Both(left, right):
            return _join(_answer(left, asked), _answer(right, asked), False)
        case Either(left, right):
            return _join(_answer(left, asked), _answer(right, asked), True)
    try:
        return Answer(_holds(node, asked))
    except _UnknownError as error:
        return Answer(None, str(error))


def _join(left: Answer, right: Answer, decisive: bool) -> Answer:
    """One decisive part decides; else one unknown part leaves the whole unknown."""
    if decisive in (left.value, right.value):
        return Answer(decisive)
    return next((part for part in (left, right) if part.value is None), Answer(not decisive))


def _holds(node: Comparison | Call, asked: Asked) -> bool:
    if isinstance(node, Call):
        return bool(_call(node, asked))
    left, right = _value(node.left, asked), _value(node.right, asked)
    types = (node.left.type, node.right.type)
    return _COMPARE[node.operator](_adapt(left, types, asked), _adapt(right, types, asked))


def _value(term: Term, asked: Asked) -> _Value:
    match term:
        case Literal(value=value):
            return Fraction(repr(value)) if isinstance(value, float) else value
        case Call():
            return _call(term, asked)
    left, right = _value(term.left, asked), _value(term.right, asked)
    return _sum(term, left, right, asked)


def _sum(term: Sum, left: Any, right: Any, asked: Asked) -> _Value:
    types = (term.left.type, term.right.type)
    if term.type is Type.DATE:
        days = _adapt(right, (Type.DAYS, term.right.type), asked)
        return _shifted(left, int(days) if term.operator == "+" else -int(days))
    if term.left.type is Type.DATE:
        return Fraction((left - right).days)
    one, other = _adapt(left, types, asked), _adapt(right, types, asked)
    found: Fraction = one + other if term.operator == "+" else one - other
    return found


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _UnknownError("there is no such day") from None


def _adapt(value: Any, types: tuple[Type, Type], asked: Asked) -> Any:
    """An amount as what it is compared with: days between dates, else hours of effort."""
    if not isinstance(value, Amount):
        return value
    if Type.DAYS in types:
        return Fraction(repr(value.number)) * (7 if value.unit is Unit.WEEKS else 1)
    hours = to_hours(value, asked.plan.calendar)
    if hours is None:
        raise _UnknownError("points become effort only by a team's velocity")
    return hours


def _call(call: Call, asked: Asked) -> _Value:
    """What a question is answered with, from what is known where it was asked before."""
    if call not in asked.known:
        try:
            asked.known[call] = _find_out(call, asked)
        except _UnknownError as error:
            asked.known[call] = error
    found = asked.known[call]
    if isinstance(found, _UnknownError):
        raise found
    return found


def _find_out(call: Call, asked: Asked) -> _Value:
    plan = asked.plan
    if call.function == "exists":
        return asked.find(call.subject or "") is not None
    if call.function == "count":
        return Fraction(len(choose(plan, records_of(plan, KINDS[call.subject or ""]), asked.filters(call))))
    if call.function == "effort":
        work = [work for milestone in plan.milestones for work in milestone.tasks or (milestone,)]
        return sum((_hours(work, plan) or Fraction(0) for work in choose(plan, work, asked.filters(call))), Fraction(0))
    if call.function in ("earliest_due", "latest_due"):
        return _extreme_due(call, asked)
    record = asked.find(call.subject or "")
    if record is None:
        raise _UnknownError(f"there is no {call.subject}")
    value = _ask(call.function, record, asked)
    if value is None:
        raise _UnknownError(f"{call.subject} has no {call.function}")
    return value


def _extreme_due(call: Call, asked: Asked) -> date:
    chosen = choose(asked.plan, asked.plan.milestones, asked.filters(call))
    days = [one.due.day for one in chosen if isinstance(one, Milestone) and one.due and one.due.day]
    if not days:
        raise _UnknownError("no milestone of that kind has a due date")
    return min(days) if call.function == "earliest_due" else max(days)


def _ask(function: str, record: Record, asked: Asked) -> _Value | None:
    if function == "status":
        return status_of(record)
    if function == "due" and isinstance(record, Release):
        return record.due
    if function == "due" and isinstance(record, Milestone | Goal):
        return record.due.day if record.due else None
    if function == "finished" and isinstance(record, Milestone):
        return record.finish
    if function == "estimate":
        return _estimate(record, asked.plan)
    value = getattr(record, function, None)
    if function == "goal" and value:
        return asked.name_of(Ref("goal", value))
    return Fraction(repr(value)) if isinstance(value, float) else value


def _estimate(record: Record, plan: Plan) -> Fraction | None:
    """Hours of a task; of a milestone with tasks, those of its tasks that are not dropped."""
    if isinstance(record, Milestone) and record.tasks:
        hours = [_hours(task, plan) for task in record.tasks]
        known = [one for one in hours if one is not None]
        return sum(known, Fraction(0)) if known else None
    return _hours(record, plan)


def _hours(record: Record, plan: Plan) -> Fraction | None:
    """The middle estimate in hours; None for what is dropped, not wanted, unestimated or in points."""
    if not isinstance(record, Work) or record.dropped or record.priority == "wont":
        return None
    return _middle(record.estimate, plan) if record.estimate else None


def _middle(estimate: Estimate, plan: Plan) -> Fraction | None:
    hours = middle_hours(estimate, plan.calendar)
    return Fraction(round(hours, 6)).limit_denominator(10**6) if hours is not None else None
