"""What can be begun? Open work that waits for nothing else that is still open, as more and more of it is taken up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from milepost.analyses.sprints.ranking import Piece
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Dependency, Milestone, Status

_AT_START = ("FS", "SS")


class Readiness:
    """Which open work still waits, and for what. What a milestone waits for holds the first of its tasks."""

    def __init__(self, plan: Plan, pieces: Iterable[Piece]) -> None:
        self._pieces = {piece.ref: piece for piece in pieces}
        self._milestones = {one.ref: one for one in plan.milestones if one.status.is_open and one.priority != "wont"}
        self._started = {task.ref for task in plan.tasks() if task.status is Status.IN_PROGRESS}
        self._waits = {ref: dict.fromkeys(self._predecessors(piece)) for ref, piece in self._pieces.items()}
        wholes = ((ref, dict.fromkeys(self._open_parts(one))) for ref, one in self._milestones.items())
        self._parts = {ref: parts for ref, parts in wholes if ref not in self._pieces}
        self._held = _turn_round({**self._waits, **self._parts})

    def waits_for(self, ref: Ref) -> tuple[Ref, ...]:
        """The open items that hold up one that is open, in the order of the plan."""
        return tuple(self._waits[ref])

    def take(self, ref: Ref) -> Iterator[Piece]:
        """Counts an item as being done; what can be begun after it follows."""
        for held in self._held.get(ref, ()):
            waits = self._waits[held] if held in self._pieces else self._parts[held]
            if ref not in waits:
                continue
            del waits[ref]
            if not waits and held in self._pieces:
                yield self._pieces[held]
            elif not waits:
                yield from self.take(held)

    def _predecessors(self, piece: Piece) -> Iterator[Ref]:
        siblings = {task.ref for task in piece.milestone.tasks}
        own = piece.work.depends_on
        if piece.work is not piece.milestone and not any(link.item in siblings for link in own):
            own = (*own, *(link for link in piece.milestone.depends_on if link.type in _AT_START))
        return (link.item for link in own if self._holds(link) and link.item != piece.milestone.ref)

    def _holds(self, link: Dependency) -> bool:
        """Whether what is waited for is still to come."""
        if link.item in self._started and link.type in ("SS", "SF"):
            return False
        return link.item in self._pieces or link.item in self._milestones

    def _open_parts(self, milestone: Milestone) -> Iterable[Ref]:
        """What is left to do in a milestone; itself, and so for ever, where nothing is that is meant to be done."""
        return [task.ref for task in milestone.tasks if task.ref in self._pieces] or [milestone.ref]


def order_by_links(plan: Plan, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Open work in the order in which it is given, but each after what it waits for; last what waits for ever."""
    readiness = Readiness(plan, pieces)
    places = {piece.ref: number for number, piece in enumerate(pieces)}
    waiting = dict(places)
    heap = [place for ref, place in places.items() if not readiness.waits_for(ref)]
    while heap:
        piece = pieces[heappop(heap)]
        del waiting[piece.ref]
        yield piece
        for freed in readiness.take(piece.ref):
            heappush(heap, places[freed.ref])
    yield from (pieces[place] for place in waiting.values())


def _turn_round(waits: Mapping[Ref, Iterable[Ref]]) -> dict[Ref, list[Ref]]:
    """For each item those that wait for it."""
    held: dict[Ref, list[Ref]] = {}
    for waiting, others in waits.items():
        for other in others:
            held.setdefault(other, []).append(waiting)
    return held
