"""`milepost accuracy`: how good estimates have been, and how sure one can be of that."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from milepost.analyses.accuracy import Accuracy, Moment
from milepost.analyses.punctuality import Lateness, Punctuality, Rate
from milepost.analyses.scoring import ENOUGH, RangeScore, Score
from milepost.render.chances import plausible_words
from milepost.render.flow import WIDTH
from milepost.render.paint import Paint
from milepost.render.words import count_words, signed_days, to_json

_NAMES = {
    "first_said": "the date first said",
    "last_said": "the date last said",
    "first_promise": "the date first promised",
    "last_promise": "the date last promised",
}
_WIDTH, _DATE_WIDTH = 22, 24


def render_accuracy_text(accuracy: Accuracy, dates: Punctuality, paint: Paint) -> str:
    """Effort, ranges and dates, each with how many it rests on."""
    lines = [paint.bold("Effort: what it took, by what was said"), *_effort(accuracy, paint)]
    lines += ["", paint.bold("Ranges: how many held that should hold 8 times of 10"), *_ranges(accuracy, paint)]
    lines += ["", paint.bold("Dates: how many milestones were reached by"), *_dates(dates, paint)]
    return "".join(f"{line}\n" for line in lines)


def render_scores_text(scores: Mapping[str, Score], notes: str, paint: Paint) -> str:
    """The figures for estimates that are kept elsewhere."""
    lines = [paint.dim(notes), *_table(scores, paint)]
    for name, score in scores.items():
        lines += [paint.text(line) for line in _wrap(f"{name}: {_shares(score)}")]
    return "".join(f"{line}\n" for line in lines)


def _shares(score: Score) -> str:
    """How many took longer, and how much longer on average, and so on."""
    longer, less = (f" ({mean:.2f} ×)" if mean else "" for mean in (score.under_mean, score.over_mean))
    shares = f"{score.under:.0%} took longer{longer}, {score.exact:.0%} as said, {score.over:.0%} less{less}"
    return f"{shares}; all in all {score.total_ratio:.2f} × what was said"


def render_accuracy_json(accuracy: Accuracy, dates: Punctuality) -> str:
    """The same as data, with the figures that only experts ask for."""
    return to_json(
        {
            "format": "milepost-accuracy",
            "version": 1,
            "effort": {moment: score_record(score) for moment, score in accuracy.moments.items()},
            "ranges": {moment: _range_record(score) for moment, score in accuracy.ranges.items()},
            "calibration": {
                moment: [
                    {"sure": one.sure, "held": one.held, "n": one.n, "interval": list(map(_round, one.interval))}
                    for one in levels
                ]
                for moment, levels in accuracy.calibration.items()
            },
            "groups": {
                name: {group: score_record(score) for group, score in groups.items()}
                for name, groups in accuracy.groups.items()
            },
            "left_out": dict(accuracy.left_out),
            "dates": {
                "rates": {name: _rate_record(rate) for name, rate in dates.rates.items()},
                "ratio": dates.ratios and dict(zip(("p10", "median", "p90"), map(_round, dates.ratios), strict=True)),
                "estimating_quality_factor": dates.qualities
                and dict(zip(("q1", "median", "q3"), map(_round, dates.qualities), strict=True)),
                "groups": {
                    name: {group: _lateness_record(one) for group, one in groups.items()}
                    for name, groups in dates.groups.items()
                },
                "milestones": [
                    {
                        "id": one.item.id,
                        "days_late": {name: getattr(one, name) for name in _NAMES},
                        "ratio": _round(one.ratio),
                        "estimating_quality_factor": _round(one.quality),
                    }
                    for one in dates.reached
                ],
                "done": dates.done,
                "open": dates.open,
                "dropped": dates.dropped,
            },
        }
    )


def score_record(score: Score) -> dict[str, object]:
    """A score as data, rounded so that every machine prints the same."""
    record: dict[str, object] = {}
    for key, value in asdict(score).items():
        if isinstance(value, dict):
            record[key] = {name: _round(number) for name, number in value.items()}
        elif isinstance(value, tuple):
            record[key] = [_round(number) for number in value]
        else:
            record[key] = value if isinstance(value, int) else _round(value)
    return record


def render_scores_json(scores: Mapping[str, Score], counts: Mapping[str, int]) -> str:
    """The figures for estimates that are kept elsewhere, as data."""
    groups = {name: score_record(score) for name, score in scores.items()}
    return to_json({"format": "milepost-accuracy-data", "version": 1, **counts, "groups": groups})


def _effort(accuracy: Accuracy, paint: Paint) -> Iterator[str]:
    if accuracy.moments:
        yield from _table(accuracy.moments, paint)
        for name, groups in accuracy.groups.items():
            if len(groups) > 1:
                yield ""
                yield from _table(groups, paint, f"first said, by {name}")
    else:
        yield "  No finished task says what it took: milepost finish ID --actual 3d"
    for reason, number in accuracy.left_out.items():
        yield f"  {paint.dim(f'left out: {number} {reason}')}"


def _table(scores: Mapping[str, Score] | Mapping[Moment, Score], paint: Paint, title: str = "") -> Iterator[str]:
    yield paint.dim(f"  {title:{_WIDTH}} {'n':>6}  {'middle':>7}  {'mean (95 % sure)':>20}  {'8 of 10 between':>16}")
    for name, score in scores.items():
        mean = f"{score.geometric_mean:.2f} ×"
        if interval := score.geometric_interval:
            mean += f" ({interval.low:.2f}–{interval.high:.2f})"
        spread = f"{score.ratio_p10:.2f}–{score.ratio_p90:.2f}"
        row = f" {score.n:>6}  {score.median_ratio:>5.2f} ×  {mean:>20}  {spread:>16}"
        if len(name) > _WIDTH:
            yield f"  {paint.text(name)}"
        yield f"  {paint.text(f'{name if len(name) <= _WIDTH else str():{_WIDTH}}{row}')}"


def _ranges(accuracy: Accuracy, paint: Paint) -> Iterator[str]:
    if not accuracy.ranges:
        yield "  No finished task was given a range, such as 3d..8d"
        return
    for moment, score in accuracy.ranges.items():
        held = f"{score.hits} of {score.n} held"
        doubt = "" if score.is_enough else "; not enough data"
        yield f"  {paint.text(f'{moment:{_WIDTH}}')} {held}, {plausible_words(score.interval, score.nominal)}{doubt}"
    if not all(score.is_enough for score in accuracy.ranges.values()):
        yield f"  {paint.dim(f'fewer than {ENOUGH} are not enough data to judge by')}"
    enough = {moment: accuracy.calibration[moment] for moment, score in accuracy.ranges.items() if score.is_enough}
    if enough:
        yield from ("", paint.bold("How sure the ranges said it was that so much is enough, and how often it was"))
        yield "  " + paint.dim(f"{'':{_WIDTH}} " + "".join(f"{one.sure:>8.0%}" for one in next(iter(enough.values()))))
        for moment, levels in enough.items():
            yield f"  {moment:{_WIDTH}} " + "".join(f"{one.held / one.n:>8.0%}" for one in levels)


def _dates(dates: Punctuality, paint: Paint) -> Iterator[str]:
    if not dates.rates:
        yield "  No milestone with a date was reached yet."
    for name, rate in dates.rates.items():
        words = f"{_NAMES[name]:{_DATE_WIDTH}} {rate.on_time} of {rate.n}, {plausible_words(rate.interval)}"
        yield f"  {paint.text(words)}"
    if dates.ratios:
        low, middle, high = dates.ratios
        yield from _wrap(
            f"From start to end they took {middle:.2f} × the time first said (8 of 10: {low:.2f}–{high:.2f})."
        )
    if dates.qualities:
        low, middle, high = dates.qualities
        words = f"Estimating quality factor {middle:.1f} (half of them {low:.1f}–{high:.1f})"
        yield from _wrap(f"{words}: the time it took over the mean error of all that was said. Higher is better.")
    yield f"  {paint.dim(_completion(dates))}"
    if len(dates.reached) >= ENOUGH:
        for name, groups in dates.groups.items():
            yield from _lateness(name, groups, paint)


def _lateness(name: str, groups: Mapping[str, Lateness], paint: Paint) -> Iterator[str]:
    """How late milestones were that have something in common; nothing where all have the same."""
    if len(groups) < 2:
        return
    yield ""
    heading = f"first said, by {name}"
    yield paint.dim(f"  {heading:{_WIDTH}} {'n':>6}  {'on time':>8}  {'middle':>8}  {'8 of 10 between':>22}")
    for group, one in groups.items():
        if len(group) > _WIDTH:
            yield f"  {paint.text(group)}"
        spread = f"{signed_days(round(one.p10))} and {signed_days(round(one.p90))}"
        row = f" {one.n:>6}  {one.on_time:>8}  {signed_days(round(one.median)):>8}  {spread:>22}"
        yield f"  {paint.text(f'{group if len(group) <= _WIDTH else str():{_WIDTH}}{row}')}"


def _completion(dates: Punctuality) -> str:
    """How many milestones of all that were ever planned and not deleted are done."""
    every = dates.done + dates.open + dates.dropped
    if not every:
        return "there are no milestones"
    counts = [f"{dates.done} of {count_words(every, 'milestone')} reached", f"{dates.open} open"]
    return ", ".join([*counts, *([f"{dates.dropped} dropped"] if dates.dropped else [])])


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _range_record(score: RangeScore) -> dict[str, object]:
    return {
        "n": score.n,
        "hits": score.hits,
        "nominal": score.nominal,
        "interval": [_round(score.interval.low), _round(score.interval.high)],
        "tail": _round(score.tail),
        "interval_score": _round(score.interval_score),
        "enough": score.is_enough,
    }


def _lateness_record(one: Lateness) -> dict[str, object]:
    return {
        "n": one.n,
        "on_time": one.on_time,
        "days_late": {"p10": _round(one.p10), "median": _round(one.median), "p90": _round(one.p90)},
    }


def _rate_record(rate: Rate) -> dict[str, object]:
    return {"on_time": rate.on_time, "n": rate.n, "interval": [_round(rate.interval.low), _round(rate.interval.high)]}


def _round(number: float | None) -> float | str | None:
    """Six digits are what every machine agrees on; JSON has no infinity."""
    if number is None:
        return None
    return round(number, 6) if number != float("inf") else "infinite"
