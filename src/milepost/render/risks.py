"""`milepost risks`: what each risk may cost, and what is done about it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.register import Cost, Record, Register, Worth
from milepost.model.plan import Plan
from milepost.model.risk import Risk
from milepost.render.chances import missing_words, signed_working_days, working_days
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.foundations import runs_line
from milepost.render.paint import Paint
from milepost.render.words import count_words, day_words, to_json

_TITLE = 44


def render_risks_text(register: Register, forecast: Forecast, plan: Plan, paint: Paint) -> str:
    """The open risks, what may cost most first, each with what is done about it; then those that are over."""
    lines: list[str] = []
    if register.costs:
        lines.append(paint.dim(f"{'':{_TITLE}}  {'may cost':>9}  {'untreated':>9}  {'on average':>10}"))
    for cost in register.costs:
        lines += _cost(cost, plan, paint)
    if not register.costs and not register.unrated:
        lines.append("No risk is open.")
    notes = [*_notes(register), *([runs_line(forecast)] if register.costs else [])]
    if notes:
        lines.append("")
    for note in notes:
        wrapped = textwrap.wrap(note, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        lines += map(paint.text, wrapped)
    return "".join(f"{line}\n" for line in lines)


def render_risks_json(register: Register, forecast: Forecast) -> str:
    """The same as data; days are working days, chances from 0 to 1."""
    return to_json(
        {
            "format": "milepost-risks",
            "version": 1,
            "today": forecast.today.isoformat(),
            "seed": forecast.settings.seed,
            "samples": forecast.settings.samples,
            "inputs": forecast.inputs,
            "risks": [_cost_record(cost) for cost in register.costs],
            "without_odds": [risk.id for risk in register.unrated],
            "expired_unsaid": [risk.id for risk in register.unsaid],
            "record": _record_of(register.record) if register.record else None,
        }
    )


def _cost(cost: Cost, plan: Plan, paint: Paint) -> Iterator[str]:
    risk = cost.threat.risk
    costs = [_days(cost.residual), _days(cost.inherent), working_days(cost.expected)]
    title = cut(risk.title, _TITLE)
    yield f"{paint.bold(f'{title:{_TITLE}}')}  {costs[0]:>9}  {costs[1]:>9}  {costs[2]:>10}"
    yield from flow((f"  {'   '.join(_facts(cost, plan))}", paint.dim))
    for worth in cost.worths:
        yield from worth_lines(worth, plan, paint)


def _facts(cost: Cost, plan: Plan) -> Iterator[str]:
    risk, now, before = cost.threat.risk, cost.threat.residual, cost.threat.inherent
    yield risk.id
    was = f" (was {share_words(before.probability)})" if before.probability != now.probability else ""
    yield f"{share_words(now.probability)}{was}"
    if cost.item:
        yield f"most for {cost.item}"
    yield plan.person_name(risk.owner) or "nobody's"


def worth_lines(worth: Worth, plan: Plan, paint: Paint) -> Iterator[str]:
    """A mitigation with the days that it saves, or would save."""
    one = worth.mitigation
    saved = "" if worth.days is None else working_days(max(0.0, worth.days))
    facts = [plan.person_name(one.owner), None if one.done or not one.due else f"due {day_words(one.due)}"]
    details = f" ({', '.join(filter(None, facts))})" if any(facts) else ""
    verb = "saves" if one.done else "would save"
    head = f"    {'done' if one.done else 'to do':<5}  {f'{verb} {saved}' if saved else '':<18}  "
    first, *rest = textwrap.wrap(one.action + details, WIDTH - len(head)) or [""]
    yield paint.text(head + first)
    yield from (paint.text(f"{'':{len(head)}}{line}") for line in rest)


def _notes(register: Register) -> Iterator[str]:
    if register.costs:
        yield (
            "May cost: working days that it adds to the day we are 80 % sure of, for the date it delays most; "
            "untreated: had nothing been done. On average: its probability times its impact. They overlap: no sum."
        )
    if register.unrated:
        yield f"Without odds, or without what they threaten: {_named(register.unrated)}."
    if register.unsaid:
        yield f"Over, and nobody wrote whether it happened: {_named(register.unsaid)}."
    if register.record:
        yield _record_words(register.record)


def _record_words(record: Record) -> str:
    are, given = "is" if record.n == 1 else "are", share_words(record.given)
    return (
        f"Of {count_words(record.n, 'risk')} that {are} over, {record.happened} happened; they were given {given} on "
        f"average. Brier score {record.brier:.2f}, and {record.base:.2f} had each been given the rate itself "
        f"(n = {record.n})."
    )


def _cost_record(cost: Cost) -> dict[str, object]:
    threat = cost.threat
    return {
        "id": threat.risk.id,
        "title": threat.risk.title,
        "delays": [{"id": str(item), "days_at_p80": _rounded(days)} for item, days in cost.effects],
        "delays_most": str(cost.item) if cost.item else None,
        "days_at_p80": _rounded(cost.residual),
        "days_at_p80_untreated": _rounded(cost.inherent),
        "probability": threat.residual.probability,
        "probability_untreated": threat.inherent.probability,
        "mean_impact": _rounded(threat.residual.impact.mean),
        "expected_days": _rounded(cost.expected),
        "expected_days_untreated": _rounded(threat.inherent.mean),
        "mitigation": [
            {
                "action": one.mitigation.action,
                "done": one.mitigation.done.isoformat() if one.mitigation.done else None,
                "days_saved": _rounded(one.days),
            }
            for one in cost.worths
        ],
    }


def _record_of(record: Record) -> dict[str, object]:
    return {
        "n": record.n,
        "happened": record.happened,
        "given": round(record.given, 4),
        "brier": round(record.brier, 4),
        "brier_of_base_rate": round(record.base, 4),
    }


def _days(days: float | None) -> str:
    return "–" if days is None else signed_working_days(days)


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 2)


def share_words(share: float) -> str:
    """`30 %`."""
    return f"{share * 100:.0f} %"


def _named(risks: tuple[Risk, ...]) -> str:
    return missing_words([risk.ref for risk in risks])
