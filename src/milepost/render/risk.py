"""`milepost risks ID`: how one risk stands, which dates it makes later, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.register import Cost, Register
from milepost.model.plan import Plan
from milepost.model.risk import Risk
from milepost.render.chances import signed_working_days, working_days
from milepost.render.flow import flow
from milepost.render.foundations import runs_line
from milepost.render.paint import Paint
from milepost.render.risks import share_words, worth_lines
from milepost.render.words import day_words

_MOST_DATES = 8


def render_risk_text(risk: Risk, register: Register, forecast: Forecast, plan: Plan, paint: Paint) -> str:
    """A risk in full; of one that is over, or of which nobody knows the odds, only how it stands."""
    lines = [*flow((risk.title, paint.bold), (f"   {risk.id}", paint.dim))]
    lines += flow(("   ".join(_facts(risk, plan)), paint.text), hang=2)
    cost = next(iter(register.costs), None)
    for sentence in _stands(risk, cost, register):
        lines += flow((sentence, paint.text), hang=2)
    if cost:
        lines += _cost(cost, plan, paint)
        lines += ["", *flow((runs_line(forecast), paint.dim), hang=2)]
    return "".join(f"{line}\n" for line in lines)


def _facts(risk: Risk, plan: Plan) -> Iterator[str]:
    yield plan.person_name(risk.owner) or "nobody's"
    if risk.response:
        yield f"response: {risk.response}"
    if risk.reviewed:
        yield f"looked at {day_words(risk.reviewed)}"
    if risk.is_open and risk.expires:
        yield f"expires {day_words(risk.expires)}"


def _stands(risk: Risk, cost: Cost | None, register: Register) -> Iterator[str]:
    """Whether it may still come, how likely it is, what it then costs, and how one would know."""
    if risk.occurred:
        yield f"It happened on {day_words(risk.occurred)}."
    elif risk.closed:
        yield f"It was closed on {day_words(risk.closed)}."
    elif risk in register.unsaid:
        yield (
            f"Its time is over, and nobody wrote whether it happened: milepost set {risk.id} occurred=DATE, "
            "or closed=DATE"
        )
    elif cost is None:
        yield f"Nobody can reckon with it yet: milepost set {risk.id} {_wanted(risk)}"
    else:
        yield _odds(cost)
    if risk.trigger and risk.is_open:
        yield f"It shows by: {risk.trigger}"


def _wanted(risk: Risk) -> str:
    """What to type for odds, or for what it threatens."""
    wanted = {"probability=30%": risk.probability, "impact=5d..15d": risk.impact, "threatens=MILESTONE": risk.threatens}
    return " ".join(one for one, given in wanted.items() if not given) or "impact=5d..15d"


def _odds(cost: Cost) -> str:
    now, before = cost.threat.residual, cost.threat.inherent
    was = f" (was {share_words(before.probability)})" if before.probability != now.probability else ""
    costs, cost_before = (working_days(one.impact.mean) for one in (now, before))
    more = f" (was {cost_before})" if cost_before != costs else ""
    return f"{share_words(now.probability)} likely{was}; if it happens it costs {costs}{more}, on average."


def _cost(cost: Cost, plan: Plan, paint: Paint) -> Iterator[str]:
    if cost.effects:
        yield from ("", paint.bold("Working days that it adds to the day we are 80 % sure of"))
        width = max(len(item.id) for item, _ in cost.effects[:_MOST_DATES])
        for item, days in cost.effects[:_MOST_DATES]:
            aside = _untreated(cost) if item == cost.item else ""
            yield from flow((f"  {item.id:{width}}  {signed_working_days(days):>8}{aside}", paint.text))
        if len(cost.effects) > _MOST_DATES:
            yield f"  and {len(cost.effects) - _MOST_DATES} more"
    else:
        yield from ("", "It adds nothing that can be told to any date that is forecast.")
    if cost.worths:
        yield from ("", paint.bold("What is done about it"))
    for worth in cost.worths:
        yield from worth_lines(worth, plan, paint)


def _untreated(cost: Cost) -> str:
    if not any(one.mitigation.done for one in cost.worths) or cost.inherent is None:
        return ""
    return f"   {signed_working_days(cost.inherent)} had nothing been done"
