"""`milepost forecast --replay`: what would have been said at past versions, beside what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from milepost.analyses.forecasts.outlook import EVEN, SURE
from milepost.analyses.forecasts.replay import PastForecast
from milepost.analyses.forecasts.verification import ENOUGH as ENOUGH_CHANCES
from milepost.analyses.forecasts.verification import Bin, Chances, Verification
from milepost.analyses.forecasts.worlds import Settings
from milepost.analyses.scoring import ENOUGH
from milepost.render.chances import percent_words, plausible_words
from milepost.render.flow import flow
from milepost.render.paint import Paint
from milepost.render.words import count_words, day_words, to_json

_WIDTH = 26
_BAR = 20


def render_replay_text(found: Verification, settings: Settings, paint: Paint) -> str:
    """The scores, each with how many it rests on."""
    if not found.forecasts:
        return "No past version had anything to forecast: an open milestone with estimates.\n"
    lines = [paint.bold("What would have been said, with only what was known then"), *_scores(found)]
    if found.chances:
        lines += ["", *_reliability(found.chances, paint)]
    lines += ["", *(line for note in _notes(found, settings) for line in flow((note, paint.dim), hang=2))]
    return "".join(f"{line}\n" for line in lines)


def render_said_text(said: Sequence[PastForecast], title: str, finish: date | None, paint: Paint) -> str:
    """What would have been said of one milestone, oldest first."""
    if not said:
        told = flow((title, paint.text), (": no past version had anything to forecast it by.", paint.text), hang=2)
        return "".join(f"{line}\n" for line in told)
    state = f"   reached {day_words(finish)}" if finish else "   open"
    lines = list(flow((title, paint.bold), (state, paint.text), hang=2))
    lines.append(paint.dim(f"  {'on':>11}  {'due':>11}  {'50 % by':>11}  {'80 % sure by':>12}  {'likely':>6}"))
    lines += [f"  {_row(one)}" for one in said]
    return "".join(f"{line}\n" for line in lines)


def render_replay_json(found: Verification, said: Sequence[PastForecast], settings: Settings) -> str:
    """Everything that would have been said, and its scores, as data."""
    return to_json(
        {
            "format": "milepost-replay",
            "version": 1,
            "seed": settings.seed,
            "samples": settings.samples,
            "forecasts": found.forecasts,
            "milestones": found.milestones,
            "not_known_yet": found.open,
            "range_80": found.ranges and {"n": found.ranges.n, "held": found.ranges.hits,
                                          "interval": [round(end, 4) for end in found.ranges.interval]},
            "sure_80": found.sure and {"n": found.sure.n, "held": found.sure.hits,
                                       "interval": [round(end, 4) for end in found.sure.interval]},
            "chances": found.chances and _chances_record(found.chances),
            "said": [_said_record(one) for one in said],
        }
    )  # fmt: skip


def _scores(found: Verification) -> Iterator[str]:
    if found.ranges is None and found.sure is None:
        yield "  None of it can be scored yet: no milestone was reached, no date has passed."
    if ranges := found.ranges:
        doubt = "" if ranges.n >= ENOUGH else "; too few to judge by"
        plausibly = plausible_words(ranges.interval, ranges.nominal)
        yield f"  {'Within the 80 % range':{_WIDTH}} {ranges.hits} of {ranges.n}, {plausibly}{doubt}"
    if sure := found.sure:
        plausibly = plausible_words(sure.interval, SURE)
        yield f"  {'By the day 80 % sure of':{_WIDTH}} {sure.hits} of {sure.n}, {plausibly}"
    if chances := found.chances:
        yield f"  {'Due dates that were kept':{_WIDTH}} {round(chances.rate * chances.n)} of {chances.n}"
        yield f"  {'Brier score of chances':{_WIDTH}} {chances.brier:.2f}; always naming the rate, {chances.base:.2f}"


def _reliability(chances: Chances, paint: Paint) -> Iterator[str]:
    if not chances.reliability:
        yield paint.dim(f"  Fewer than {ENOUGH_CHANCES} chances (n = {chances.n}): too few to compare with what came.")
        return
    yield paint.dim(f"  {'said':>6}  {'came true':>9}  {'of':>4}")
    yield from map(_bin_row, chances.reliability)


def _bin_row(one: Bin) -> str:
    mark = min(round(one.said * _BAR), _BAR - 1)
    bar = ["█" if place < round(one.came * _BAR) else "·" for place in range(_BAR)]
    bar[mark] = "┃" if bar[mark] == "█" else "│"
    return f"  {one.said:>6.0%}  {one.came:>9.0%}  {one.n:>4}  {''.join(bar)}"


def _notes(found: Verification, settings: Settings) -> Iterator[str]:
    yield f"{count_words(found.forecasts, 'forecast')}, {_judged(found)}."
    yield "Forecasts of one milestone are alike, so there is less to go by than n says."
    yield "The model and its defaults are today's; the plan and the record of the team"
    yield f"are as they were. {settings.samples:,} runs each, seed {settings.seed}."


def _judged(found: Verification) -> str:
    if found.open == found.forecasts:
        return "which can't be judged yet"
    milestones = count_words(found.milestones, "milestone")
    return (
        f"{found.open} of which can't be judged yet; the others are of {milestones}"
        if found.open
        else f"of {milestones}"
    )


def _row(one: PastForecast) -> str:
    due = day_words(one.due) if one.due else "–"
    even, sure = (day_words(day) if (day := one.days.get(p)) else "–" for p in (EVEN, SURE))
    return f"{day_words(one.on):>11}  {due:>11}  {even:>11}  {sure:>12}  {percent_words(one.chance):>6}"


def _chances_record(chances: Chances) -> dict[str, object]:
    return {
        "n": chances.n,
        "kept": round(chances.rate * chances.n),
        "brier": round(chances.brier, 4),
        "brier_of_the_base_rate": round(chances.base, 4),
        "reliability": [
            {"said": round(one.said, 3), "came_true": round(one.came, 3), "n": one.n} for one in chances.reliability
        ],
    }


def _said_record(one: PastForecast) -> dict[str, object]:
    return {
        "id": one.item.id,
        "commit": one.revision,
        "on": one.on.isoformat(),
        "due": one.due.isoformat() if one.due else None,
        "chance": None if one.chance is None else round(one.chance, 3),
        "days": {f"p{round(p * 100)}": day.isoformat() if day else None for p, day in one.days.items()},
        "basis": one.basis,
    }
