"""What fits into the next sprint? By priority and rank, as far as people have time and past sprints bear it out.

What is committed is what this team has finished in four sprints of five. Each person's own time is respected, and so
are dependencies: work fits only when all that it waits for is done, or is in the sprint before it. Of a sprint that
runs already, only the time from today on counts, as of the work in it only what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from heapq import heapify, heappop, heappush

from milepost.analyses.capacity import WorkingTime, measure_working_time
from milepost.analyses.focus import UNKNOWN, Focus
from milepost.analyses.remainder import measure_remainder
from milepost.analyses.scoring import Interval
from milepost.analyses.sizes import Size, measure_amount, size_left, usual_unit
from milepost.analyses.sprints.course import Course
from milepost.analyses.sprints.ranking import Piece, rank_open_work
from milepost.analyses.sprints.readiness import Readiness
from milepost.analyses.sprints.velocity import Velocity, measure_velocity
from milepost.model.estimate import Unit
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.sprint import Sprint

_NOTHING = 1e-9


class Basis(StrEnum):
    """Where the room for work comes from."""

    WRITTEN = "written"  # the sprint's own `capacity`
    PAST = "past"  # what past sprints finished
    TIME = "time"  # working time and focus alone: there are too few past sprints, or they vary too much
    UNKNOWN = "unknown"  # points, and no sprint that finished any


class Why(StrEnum):
    """Why open work does not fit."""

    BLOCKED = "blocked"
    LATER = "later"  # `not_before` is after the end
    UNESTIMATED = "unestimated"
    OTHER_UNIT = "other unit"
    WAITS = "waits"
    PERSON = "person"  # its owner has no time left for it
    ROOM = "room"  # the team has none


@dataclass(frozen=True, slots=True)
class Taken:
    """Work that is in the sprint. `is_new` where it is only proposed."""

    piece: Piece
    size: Size
    is_new: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Work that does not fit, and why; `waits_for` is what it waits for first."""

    piece: Piece
    size: Size
    why: Why
    waits_for: Ref | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sprint, what it may hold and what it should. Amounts are in `unit`: hours or points.

    `begin` is the day from which on there is time for work: today in a sprint that runs, else its first. `time` is that
    from then on, and `days` are all working days that the sprint has.
    """

    start: date
    end: date
    begin: date
    days: int
    sprint: Sprint | None  # None where it is not written yet
    unit: Unit
    velocity: Velocity
    time: WorkingTime
    capacity: float
    is_written: bool  # whether that is the sprint's own `capacity`
    committable: float | None
    likely: Interval | None
    room: float
    basis: Basis
    taken: tuple[Taken, ...]
    left: tuple[Left, ...]  # in the plan's order
    elsewhere: tuple[Ref, ...]  # open work of other sprints that have not ended

    @property
    def is_running(self) -> bool:
        """Whether a part of it is over."""
        return self.begin > self.start

    @property
    def filled(self) -> float:
        """How much is in it."""
        return sum(one.size.measure(self.unit) for one in self.taken)

    @property
    def excess(self) -> float:
        """How much more is in it than there is room for."""
        return max(0.0, self.filled - self.room)

    def share_of(self, person: str) -> float:
        """How much of the capacity is a person's."""
        return self.time.part_of(self.capacity, person)


def propose_sprint(
    plan: Plan,
    courses: Sequence[Course],
    span: tuple[date, date],
    sprint: Sprint | None,
    today: date,
    focus: Focus = UNKNOWN,
) -> Proposal:
    """What to put into a sprint between two days, from today on; `sprint` is the one that is written already.

    `focus` is that of all finished tasks by their estimates, which stands where too few sprints are over.
    """
    pieces = rank_open_work(plan)
    remainder = measure_remainder(plan, today, focus.pace)
    sizes = {piece.ref: size_left(piece.work, piece.milestone, remainder) for piece in pieces}
    unit = usual_unit(sizes.values())
    velocity = measure_velocity((one for one in courses if one.end < span[0]), unit, focus)
    begin = max(span[0], today)
    whole, time = (measure_working_time(plan, day, span[1]) for day in (span[0], begin))
    written = measure_amount(sprint.capacity, unit, plan.calendar) if sprint and sprint.capacity else None
    if written is not None and whole.hours:
        written *= time.hours / whole.hours
    capacity = velocity.focus * time.hours if written is None else written
    committable = velocity.committable(time.hours)
    basis, room = _room(velocity, capacity, committable, written is not None)
    elsewhere = _elsewhere(plan, sprint, span, today)
    filling = _Filling(plan, pieces, sizes, unit, span, room, {p: time.part_of(capacity, p) for p in time.people})
    filling.fill(dict.fromkeys(sprint.items) if sprint else {}, elsewhere)
    return Proposal(
        start=span[0], end=span[1], begin=begin, days=whole.days, sprint=sprint, unit=unit, velocity=velocity,
        time=time, capacity=capacity, is_written=written is not None, committable=committable,
        likely=velocity.likely(time.hours), room=room, basis=basis,
        taken=tuple(filling.taken), left=tuple(sorted(filling.left, key=lambda one: one.piece.order)),
        elsewhere=tuple(piece.ref for piece in pieces if piece.ref in elsewhere),
    )  # fmt: skip


def _room(velocity: Velocity, capacity: float, committable: float | None, is_written: bool) -> tuple[Basis, float]:
    if committable is not None and committable > _NOTHING and committable < capacity:
        return Basis.PAST, committable
    if is_written:
        return Basis.WRITTEN, capacity
    return (Basis.TIME if velocity.unit is not Unit.POINTS or velocity.n else Basis.UNKNOWN), capacity


def _elsewhere(plan: Plan, sprint: Sprint | None, span: tuple[date, date], today: date) -> frozenset[Ref]:
    """What other sprints have taken on that are not over, and don't begin after this one."""
    others = (one for one in plan.sprints if sprint is None or one.ref != sprint.ref)
    running = (one for one in others if one.start and one.end and one.end > today and one.start <= span[1])
    return frozenset(item for one in running for item in one.items)


@dataclass(slots=True)
class _Filling:
    """A sprint while it fills up."""

    plan: Plan
    pieces: Sequence[Piece]
    sizes: Mapping[Ref, Size]  # what is left today
    unit: Unit
    span: tuple[date, date]
    room: float
    people: dict[str, float]
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def fill(self, inside: Iterable[Ref], elsewhere: frozenset[Ref]) -> None:
        """Takes what is in it already, then what fits: what has begun first among what is needed as much."""
        readiness = Readiness(self.plan, self.pieces)
        known = {piece.ref: piece for piece in self.pieces}
        waiting = {piece.ref: piece for piece in self.pieces if piece.ref not in elsewhere}
        for ref in elsewhere:
            list(readiness.take(ref))
        for ref in inside:
            if ref in known:
                waiting.pop(ref, None)
                self._take(known[ref], is_new=False)
                list(readiness.take(ref))
        heap = [(_urgency(piece), ref) for ref, piece in waiting.items() if not readiness.waits_for(ref)]
        heapify(heap)
        while heap:
            piece = waiting.pop(heappop(heap)[1])
            if why := self._obstacle(piece):
                self.left.append(Left(piece, self.sizes[piece.ref], why))
                continue
            self._take(piece, is_new=True)
            for freed in readiness.take(piece.ref):
                if freed.ref in waiting:
                    heappush(heap, (_urgency(freed), freed.ref))
        for ref, piece in waiting.items():
            self.left.append(Left(piece, self.sizes[piece.ref], Why.WAITS, readiness.waits_for(ref)[0]))

    def _take(self, piece: Piece, is_new: bool) -> None:
        size = self.sizes[piece.ref]
        self.room -= size.measure(self.unit)
        if piece.owner in self.people:
            self.people[piece.owner] -= size.measure(self.unit)
        self.taken.append(Taken(piece, size, is_new))

    def _obstacle(self, piece: Piece) -> Why | None:
        size = self.sizes[piece.ref]
        days = [day for day in (piece.work.not_before, piece.milestone.not_before) if day]
        if piece.work.blocked or piece.milestone.blocked:
            return Why.BLOCKED
        if any(day > self.span[1] for day in days):
            return Why.LATER
        if size.unknown:
            return Why.UNESTIMATED
        if not size.is_in(self.unit):
            return Why.OTHER_UNIT
        if piece.owner in self.people and size.measure(self.unit) > self.people[piece.owner] + _NOTHING:
            return Why.PERSON
        return Why.ROOM if size.measure(self.unit) > self.room + _NOTHING else None


def _urgency(piece: Piece) -> tuple[int, bool, tuple[int, float, date, str, str]]:
    """What was begun goes on before anything else that is needed as much is begun."""
    return piece.order[0], not piece.work.started, piece.order
