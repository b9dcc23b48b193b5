"""What a team's own past says of the work ahead: at one moment, from what was accepted until then.

Each part is there only where enough was finished; else a forecast says what it takes instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import exp, log

from milepost.analyses.accuracy import find_last_pairs, size_name
from milepost.analyses.focus import UNKNOWN, Focus, measure_focus
from milepost.analyses.forecasts.lateness import Lifetime, find_begins, find_lifetimes
from milepost.analyses.growth import measure_every_growth
from milepost.analyses.known import NOTHING, Known, significant
from milepost.analyses.points import measure_point
from milepost.analyses.schedules.project import Sizing
from milepost.analyses.slip import measure_slips
from milepost.model.calendar import Calendar
from milepost.model.derived import Scaled
from milepost.model.distribution import Distribution, distribution_of, in_points, middle_of
from milepost.model.effort import to_hours
from milepost.model.estimate import Form
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task, Work
from milepost.scheduling.calibration import FEWEST, Calibration, Past, Ratios, calibrate

_HALF = 8  # milestones that were reached, for their growth to count half


@dataclass(frozen=True, slots=True)
class Experience:
    """What is known of how this team's plans turn out. Without anything it is what any team's is taken to be.

    `finished` is how many finished items say what they took. `growth` is the final by the first planned work of
    milestones that were reached; `grown` says by how much that of each open one has grown so far. `sizes` is the hours
    that finished tasks of a kind took, `begins` when the planned span of each open milestone with a date began.
    """

    calibration: Calibration | None = None
    finished: int = 0
    focus: Focus = UNKNOWN
    point: Known = NOTHING  # hours that a point takes
    growth: Known = NOTHING
    grown: Mapping[Ref, float] = field(default_factory=dict)
    sizes: Mapping[str, Known] = field(default_factory=dict)
    lifetimes: tuple[Lifetime, ...] = ()
    begins: Mapping[Ref, date] = field(default_factory=dict)

    def size(self, calendar: Calendar) -> Sizing:
        """How much work something is, by its estimate and what became of such estimates; else by its kind."""

        def size(work: Work, milestone: Milestone) -> Distribution | None:
            own = self._estimated(work, milestone, calendar)
            kind = self.sizes.get(work.kind) if isinstance(work, Task) else None
            return own or (kind.ratios if kind else None)

        return size

    def draws(self, work: Work, calendar: Calendar) -> bool:
        """Whether it has no estimate of its own that can be used, and is taken to be like others of its kind."""
        kind = self.sizes.get(work.kind) if isinstance(work, Task) else None
        return kind is not None and kind.ratios is not None and self._estimated(work, None, calendar) is None

    def rounded(self) -> tuple[object, ...]:
        """All of it as plain values that are the same on every machine."""
        past = self.calibration.past if self.calibration else ()
        return (
            [(one.owner, one.size, significant(one.ratio)) for one in past],
            self.focus.rounded(),
            self.point.rounded(),
            self.growth.rounded(),
            sorted((ref, significant(ratio)) for ref, ratio in self.grown.items()),
            sorted((kind, known.rounded()) for kind, known in self.sizes.items()),
            self.lifetimes,
            sorted(self.begins.items()),
        )

    def growth_ahead(self, milestone: Ref) -> Distribution | None:
        """What the work that is listed has to be multiplied by, for that which nobody has written down yet."""
        return Unlisted(self.growth.ratios, self.grown.get(milestone, 1.0)) if self.growth.ratios else None

    def _estimated(self, work: Work, milestone: Milestone | None, calendar: Calendar) -> Distribution | None:
        said = distribution_of(work.estimate, calendar) if work.estimate else None
        if said is None or work.estimate is None:
            return None
        if in_points(work.estimate):
            return Scaled(said, self.point.value) if self.point.value else None
        middle = middle_of(work.estimate, calendar)
        if self.calibration is None or middle is None:
            return said
        owner = work.owner or (milestone.owner if milestone else None)
        ratios = self.calibration.ratios(owner, size_name(middle, calendar))
        # A range says how sure somebody is, so that it keeps its width; a single value says nothing of that.
        return Scaled(ratios, middle) if work.estimate.form is Form.MEDIAN else Scaled(said, ratios.quantile(0.5))


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What work grows by from here on: as much as others' grew in all, by what it has grown already; never less."""

    ratios: Ratios
    so_far: float

    @property
    def mean(self) -> float:
        """The expected value."""
        return sum(max(1.0, value / self.so_far) * part for value, part in self.ratios.parts)

    def quantile(self, p: float) -> float:
        """The value that is not exceeded with probability `p`, between 0 and 1."""
        return max(1.0, self.ratios.quantile(p) / self.so_far)

    def cdf(self, value: float) -> float:
        """The probability, 0 to 1, that a value is not exceeded."""
        return self.ratios.cdf(value * self.so_far) if value >= 1 else 0.0


def gain_experience(plan: Plan, history: History) -> Experience:
    """What a plan and its accepted history say, as of the last revision of that history."""
    past = [
        Past(one.groups["owner"], one.groups["size"], pair.actual / pair.estimate)
        for one, pair in find_last_pairs(plan, history)  # open estimates are like those before the start
    ]
    calibration = calibrate(past)
    focus = measure_focus(plan, history, by_actual=calibration is not None)
    growth, grown = _grown(plan, history)
    slips = measure_slips(history)
    return Experience(
        calibration=calibration,
        finished=len(past),
        focus=focus,
        point=measure_point(plan, history, focus),
        growth=growth,
        grown=grown,
        sizes=_sizes(plan),
        lifetimes=find_lifetimes(plan, slips),
        begins=find_begins(plan, slips),
    )


def _grown(plan: Plan, history: History) -> tuple[Known, dict[Ref, float]]:
    """What the work of milestones grew by: of those that were reached in all, of the open ones so far."""
    growths = measure_every_growth(history)
    done, grown = [], {}
    for milestone in plan.milestones:
        growth = growths.get(milestone.ref)
        if growth is None or growth.first <= 0 or growth.now <= 0:
            continue
        if milestone.finish:
            done.append(growth.now / growth.first)
        elif milestone.status.is_open:
            grown[milestone.ref] = growth.now / growth.first
    weight = len(done) / (len(done) + _HALF)
    return _known(exp(weight * log(ratio)) for ratio in done), grown


def _sizes(plan: Plan) -> dict[str, Known]:
    """The hours that finished tasks took, by kind; only what says so itself, as time that went by is no effort."""
    hours: dict[str, list[float]] = {}
    for task in plan.tasks():
        effort = to_hours(task.actual, plan.calendar) if task.finished and task.actual and not task.dropped else None
        if effort:
            hours.setdefault(task.kind, []).append(float(effort))
    return {kind: _known(found) for kind, found in hours.items()}


def _known(values: Iterable[float]) -> Known:
    """A distribution in which each value is as likely as any other, where there are enough of them."""
    ordered = tuple(sorted(values))
    n = len(ordered)
    if n < FEWEST:
        return Known(n)
    return Known(n, ratios=Ratios(ordered, tuple((place + 1) / n for place in range(n))))
