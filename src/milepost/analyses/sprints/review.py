"""What came of a sprint? What was finished of what was committed, what is left over, and how fast sprints have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.sizes import Size, total_size, usual_unit
from milepost.analyses.sprints.course import Course, Entry
from milepost.analyses.sprints.velocity import Velocity, measure_velocity
from milepost.model.estimate import Unit
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.sprint import Sprint


@dataclass(frozen=True, slots=True)
class SprintReview:
    """A sprint that has begun. `carried` says of what is left over which later sprint has it; None where none does."""

    course: Course
    unit: Unit
    carried: Mapping[Ref, Sprint | None]
    velocity: Velocity  # of all sprints that are over

    @property
    def finished(self) -> tuple[Entry, ...]:
        """What was finished in it."""
        return tuple(one for one in self.course.entries if one.finished)

    @property
    def left_over(self) -> tuple[Entry, ...]:
        """What was still to be done at its end."""
        return tuple(one for one in self.course.entries if one.is_left_over)

    @property
    def finished_of_committed(self) -> Size:
        """How much of what it began with was finished."""
        return total_size(one.size for one in self.finished if not one.added)


def review_sprint(plan: Plan, courses: Sequence[Course], sprint: Sprint) -> SprintReview | None:
    """The review of a sprint; None where it has not begun."""
    course = next((one for one in courses if one.sprint.ref == sprint.ref), None)
    if course is None:
        return None
    unit = usual_unit(entry.size for one in courses for entry in one.entries)
    later = [one for one in plan.sprints if one.end and sprint.end and one.end > sprint.end]
    later.sort(key=lambda one: (one.end or course.end, one.id))
    left = [one.item for one in course.entries if one.is_left_over]
    carried = {item: next((one for one in later if item in one.items), None) for item in left}
    return SprintReview(course, unit, carried, measure_velocity(courses, unit))
