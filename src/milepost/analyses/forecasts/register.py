"""What may each risk cost? The register in the order of the working days by which each makes a date later.

Each is taken away alone, in the same worlds; effects overlap, so that they are never added up. Risks that are over are
scored: did they happen as often as was said?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from milepost.analyses.forecasts.drivers import measure_effects
from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.outlook import Basis
from milepost.analyses.forecasts.threats import Threat
from milepost.analyses.forecasts.worlds import Worlds
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.risk import Mitigation, Risk

_FELT = 0.05  # working days, which are shown to a tenth


@dataclass(frozen=True, slots=True)
class Worth:
    """A mitigation, and the working days that it has saved, or would save if it were done."""

    mitigation: Mitigation
    days: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """A risk that may still come. `item` is the date that it makes later the most; None where none is forecast.

    Days are working days: `residual` with all that was done about it, `inherent` as if nothing were. `expected` is its
    probability times its mean impact, whether or not it meets the longest path. `effects` are the working days by which
    it makes each date later, the most first; only what can be told from none.
    """

    threat: Threat
    item: Ref | None
    residual: float | None
    inherent: float | None
    worths: tuple[Worth, ...]
    effects: tuple[tuple[Ref, float], ...] = ()

    @property
    def expected(self) -> float:
        """Working days that it costs on average where it strikes."""
        return self.threat.residual.mean


@dataclass(frozen=True, slots=True)
class Record:
    """The risks that are over: how many happened, how many were given on average, and how good that was.

    `brier` is the mean square error of the probabilities, `base` what it were had each been given the rate itself.
    """

    n: int
    happened: int
    given: float
    brier: float
    base: float


@dataclass(frozen=True, slots=True)
class Register:
    """All risks of a plan: the open ones, what costs most first; those without odds; and those that are over."""

    costs: tuple[Cost, ...]
    unrated: tuple[Risk, ...]
    unsaid: tuple[Risk, ...]  # expired, and nobody wrote down whether it happened
    record: Record | None

    def about(self, risk: Risk) -> Register:
        """Of one risk alone."""
        costs = (one for one in self.costs if one.threat.risk == risk)
        return Register(tuple(costs), _only(self.unrated, risk), _only(self.unsaid, risk), None)


def make_register(worlds: Worlds, forecast: Forecast) -> Register:
    """What each risk may cost, of all dates that are forecast by their work."""
    dates = [one.item for one in forecast.outlooks if one.basis is Basis.WORK and one.item.kind == "milestone"]
    costs = sorted((_cost(worlds, threat, dates) for threat in worlds.threats), key=_order)
    unsaid = (risk for risk in worlds.plan.risks if risk.is_open and risk.expires and risk.expires < worlds.today)
    return Register(tuple(costs), worlds.unrated, tuple(unsaid), score_risks(worlds.plan))


def _only(risks: tuple[Risk, ...], risk: Risk) -> tuple[Risk, ...]:
    return tuple(one for one in risks if one == risk)


def score_risks(plan: Plan) -> Record | None:
    """Of risks that happened or were closed: how often, beside what was said; None without any."""
    over = [(risk, odds) for risk in plan.risks if not risk.is_open and (odds := _last_odds(risk)) is not None]
    if not over:
        return None
    outcomes = [(odds, float(risk.occurred is not None)) for risk, odds in over]
    rate = fmean(came for _, came in outcomes)
    return Record(
        n=len(over),
        happened=sum(risk.occurred is not None for risk, _ in over),
        given=fmean(odds for odds, _ in outcomes),
        brier=fmean((odds - came) ** 2 for odds, came in outcomes),
        base=rate * (1 - rate),
    )


def _last_odds(risk: Risk) -> float | None:
    """Its probability as it stood at the end: with what had been done by then."""
    over = risk.occurred or risk.closed or date.max
    done = [one.probability for one in risk.mitigation if one.done and one.done <= over]
    return min((one for one in (risk.probability, *done) if one is not None), default=None)


def _cost(worlds: Worlds, threat: Threat, dates: Sequence[Ref]) -> Cost:
    groups = [(item,) for item in dates]
    effects = measure_effects(worlds, worlds.with_odds(threat, None), groups)
    most = max(range(len(dates)), key=lambda number: (round(effects[number], 2), -number), default=None)
    if most is None or not worlds.enters(threat):
        return Cost(threat, None, None, None, tuple(Worth(one.mitigation, None) for one in threat.options))
    group = groups[most]
    more = _effect(worlds, threat, group)
    worths, felt = _worths(worlds, threat, group), _felt(dates, effects)
    return Cost(threat, dates[most], effects[most], effects[most] + more, tuple(worths), tuple(felt))


def _felt(dates: Sequence[Ref], effects: Sequence[float]) -> Iterator[tuple[Ref, float]]:
    """The dates that are later by a tenth of a day or more, those that are it most first."""
    pairs = sorted(zip(dates, effects, strict=True), key=lambda one: -round(one[1], 2))
    return ((item, days) for item, days in pairs if days >= _FELT)


def _effect(worlds: Worlds, threat: Threat, group: Sequence[Ref]) -> float:
    """Working days that are saved by all that was done about a risk."""
    return -measure_effects(worlds, worlds.with_odds(threat, threat.inherent), [group])[0]


def _worths(worlds: Worlds, threat: Threat, group: Sequence[Ref]) -> Iterator[Worth]:
    for option in threat.options:
        done = option.mitigation.done
        days = measure_effects(worlds, worlds.with_odds(threat, option.without_it if done else option.with_it), [group])
        yield Worth(option.mitigation, -days[0] if done else days[0])


def _order(one: Cost) -> tuple[float, float, str]:
    days = -1.0 if one.residual is None else round(one.residual, 1)
    return -days, -round(one.expected, 3), one.threat.risk.id
