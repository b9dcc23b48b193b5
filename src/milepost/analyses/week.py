"""What became of a plan in the last seven days: which promises moved, and what was finished?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from milepost.analyses.roadmap import Entry, Roadmap
from milepost.model.due import Commitment
from milepost.model.item import Ref

DAYS = 7


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that is another than it was: by how many calendar days, positive is later; None where one has no day."""

    item: Ref
    days: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """What is another than it was at the end of the day `since`.

    `moved` are promises, or all dates of a plan without any; the one that moved most comes first. `finished` are
    milestones, the newest first, and `tasks` how many tasks of other milestones were finished.
    """

    since: date
    of_promises: bool
    moved: tuple[Moved, ...]
    finished: tuple[Ref, ...]
    tasks: int


def look_back(roadmap: Roadmap, today: date) -> Week:
    """The seven days that end with `today`."""
    since = date.fromordinal(max(today.toordinal() - DAYS, 1))
    kept = [entry for entry in roadmap.all if not entry.milestone.dropped]
    promises = [entry for entry in kept if entry.milestone.commitment is Commitment.PROMISE]
    finished = tuple(one.milestone.ref for one in kept if _is_within(one.milestone.finish, since, today))
    others = (entry.milestone for entry in kept if entry.milestone.ref not in finished)
    return Week(
        since=since,
        of_promises=bool(promises),
        moved=tuple(sorted(_moved(promises or kept, since, today), key=lambda one: (-abs(one.days or 0), one.item.id))),
        finished=finished,
        tasks=sum(_is_within(task.finished, since, today) for one in others for task in one.tasks),
    )


def _moved(entries: Iterable[Entry], since: date, today: date) -> Iterator[Moved]:
    """Dates that are not what they were: what moved there and back has not moved."""
    for entry in entries:
        moves = [move for move in entry.slip.moves if _is_within(move.revision.day, since, today)] if entry.slip else []
        if moves and moves[0].old != moves[-1].new:
            old, new = moves[0].old, moves[-1].new
            days = (new.day - old.day).days if old and new and old.day and new.day else None
            if days != 0:
                yield Moved(entry.milestone.ref, days)


def _is_within(day: date | None, since: date, today: date) -> bool:
    return day is not None and since < day <= today
