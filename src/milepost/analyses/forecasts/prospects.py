"""What lies ahead of a plan on a day: its levelled schedule, its forecast, what drives each date, what risks may cost.

All of it follows from the whole plan, also where a part alone is to be shown: without the work of others, dates would
come too early. What is not to be shown is left out, or called by one name for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from milepost.analyses.forecasts.curve import Reached, trace_curve
from milepost.analyses.forecasts.drivers import Detail, find_detail
from milepost.analyses.forecasts.experience import Experience, gain_experience
from milepost.analyses.forecasts.forecast import Forecast, forecast_worlds
from milepost.analyses.forecasts.outlook import Basis, Outlook
from milepost.analyses.forecasts.register import Register, make_register
from milepost.analyses.forecasts.worlds import Settings, Worlds
from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import Schedule, build_schedule
from milepost.analyses.sizes import Gap
from milepost.errors import MilepostError
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan

#: Stands for all work that is not to be shown.
UNSHOWN = Ref("task", "work that is not public")
DETAILED = 24  # dates of which it is worked out what drives them: promises, then the next ones

_UNTOLD = "What is not public does not allow for it."


@dataclass(frozen=True, slots=True)
class Prospects:
    """What is to be expected. Where there is no schedule, or no forecast, a sentence says why."""

    schedule: Schedule | None = None
    no_schedule: str = ""
    forecast: Forecast | None = None
    no_forecast: str = ""
    curves: Mapping[Ref, tuple[Reached, ...]] = field(default_factory=dict)
    details: Mapping[Ref, Detail] = field(default_factory=dict)
    register: Register | None = None

    def outlook(self, item: Ref) -> Outlook | None:
        """What is to be expected of an item that is open; None without a forecast of the plan."""
        return self.forecast.outlook(item) if self.forecast else None

    @property
    def has_dates(self) -> bool:
        """Whether any date can be forecast."""
        return bool(self.forecast and any(one.days for one in self.forecast.outlooks))


def foresee(
    plan: Plan,
    history: History,
    today: date,
    shown: Collection[Ref] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Prospects:
    """What lies ahead of a whole plan, told of the items that are `shown` (None: of all)."""
    part = None if shown is None else frozenset(shown)
    known = gain_experience(plan, history)
    ahead = _schedule(plan, today, known)
    try:
        worlds = Worlds(plan, today, known, Settings())
        ahead = replace(ahead, forecast=forecast_worlds(worlds))
    except MilepostError as error:
        ahead = replace(ahead, no_forecast=error.message)
        return ahead if part is None else _part_of(ahead, part)
    if part is not None:
        ahead = _part_of(ahead, part)
    return _explain(ahead, worlds, part, progress)


def _schedule(plan: Plan, today: date, known: Experience) -> Prospects:
    try:
        return Prospects(build_schedule(plan, today, level=True, point=known.point))
    except MilepostError as error:
        return Prospects(no_schedule=error.message)


def _explain(
    ahead: Prospects, worlds: Worlds, part: frozenset[Ref] | None, progress: Callable[[int, int], None] | None
) -> Prospects:
    """With the distribution of each date, what drives the first of them, and what each risk may cost."""
    known = [one for one in ahead.forecast.outlooks if one.days] if ahead.forecast else []
    by_work = [one for one in known if one.basis is Basis.WORK and one.item.kind == "milestone"]
    details: dict[Ref, Detail] = {}
    for number, one in enumerate(by_work[:DETAILED], start=1):
        details[one.item] = find_detail(worlds, one)
        if progress:
            progress(number, min(len(by_work), DETAILED))
    register = make_register(worlds, ahead.forecast) if ahead.forecast and by_work else None
    if part is not None:
        details = {item: _shown_detail(detail, part) for item, detail in details.items()}
        register = _shown_register(register, part) if register else None
    curves = {one.item: trace_curve(worlds, one) for one in known}
    return replace(ahead, details=details, register=register, curves=curves)


def _part_of(ahead: Prospects, shown: frozenset[Ref]) -> Prospects:
    """What is to be shown of it. Reasons name what stands in the way, which may be anything."""
    return replace(
        ahead,
        schedule=ahead.schedule and _shown_schedule(ahead.schedule, shown),
        no_schedule=ahead.no_schedule and _UNTOLD,
        forecast=ahead.forecast and _shown_forecast(ahead.forecast, shown),
        no_forecast=ahead.no_forecast and _UNTOLD,
    )


def _shown_schedule(schedule: Schedule, shown: frozenset[Ref]) -> Schedule:
    return replace(
        schedule,
        rows=tuple(_shown_row(row, shown) for row in schedule.rows if row.item in shown),
        target=schedule.target if schedule.target in shown else None,
        path=tuple(item for item in schedule.path if item in shown) if schedule.target in shown else (),
        bottlenecks=(),
        unnamed=schedule.unnamed & shown,
    )


def _shown_row(row: Row, shown: frozenset[Ref]) -> Row:
    return row if row.waits_for is None or row.waits_for in shown else replace(row, waits_for=UNSHOWN)


def _shown_forecast(forecast: Forecast, shown: frozenset[Ref]) -> Forecast:
    outlooks = (
        replace(one, missing=_shown_gaps(one.missing, shown), drawn=tuple(_named(one.drawn, shown)))
        for one in forecast.outlooks
        if one.item in shown
    )
    return replace(
        forecast,
        outlooks=tuple(outlooks),
        unsized=_shown_gaps(forecast.unsized, shown),
        own=None,
        unrated=tuple(risk for risk in forecast.unrated if risk.ref in shown),
    )


def _shown_gaps(gaps: Mapping[Ref, Gap], shown: frozenset[Ref]) -> dict[Ref, Gap]:
    return {item if item in shown else UNSHOWN: gap for item, gap in gaps.items()}


def _named(items: Iterable[Ref], shown: frozenset[Ref]) -> dict[Ref, None]:
    return dict.fromkeys(item if item in shown else UNSHOWN for item in items)


def _shown_detail(detail: Detail, shown: frozenset[Ref]) -> Detail:
    return Detail(
        tuple(one for one in detail.drivers if one.item in shown),
        tuple(one for one in detail.paths if one.item in shown),
        tuple(one for one in detail.starts if one.item in shown),
    )


def _shown_register(register: Register, shown: frozenset[Ref]) -> Register:
    """The risks that are shown. Those that are over are scored together, whosoever they are."""
    return Register(
        tuple(cost for cost in register.costs if cost.threat.risk.ref in shown),
        tuple(risk for risk in register.unrated if risk.ref in shown),
        tuple(risk for risk in register.unsaid if risk.ref in shown),
        None,
    )
