"""Laws of forecasts, whatever the plan."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import Forecast, forecast_plan
from milepost.analyses.forecasts.outlook import EVEN, QUANTILES, SURE, Basis, Outlook, Verdict
from milepost.analyses.forecasts.worlds import Settings
from milepost.model.item import Ref
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)
FEW = Settings(samples=200)

Task = tuple[float, float, tuple[int, ...]]  # P10, by how much P90 is more, and which earlier ones it waits for
plans = st.lists(
    st.tuples(st.integers(1, 20).map(float), st.floats(1.1, 8), st.sets(st.integers(0, 5), max_size=3).map(tuple)),
    min_size=1, max_size=6,
)  # fmt: skip
risks = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20), st.sets(st.integers(0, 5), min_size=1)), max_size=3)


def texts(tasks: list[Task], factor: float = 1.0) -> list[tuple[str, str]]:
    """A milestone for each task, each waiting for some before it. Nobody owns them: nobody's time is limited."""
    return [
        milestone(
            f"{{id: m{number}, title: M, estimate: {low * factor:.3f}d..{low * factor * wide:.3f}d, "
            f"depends_on: [{', '.join(f'm{other}' for other in before if other < number)}]}}"
        )
        for number, (low, wide, before) in enumerate(tasks)
    ]


def risk_texts(found: list[tuple[int, int, set[int]]], count: int) -> list[tuple[str, str]]:
    return [("risk", risk_text(number, one, count)) for number, one in enumerate(found)]


def risk_text(number: int, risk: tuple[int, int, set[int]], count: int) -> str:
    chance, days, hit = risk
    threatens = ", ".join(f"m{one}" for one in sorted(hit) if one < count)
    odds = f"probability: {chance}%, impact: {days}d..{days * 3}d"
    return f"{{id: r{number}, title: R, {odds}, threatens: [{threatens}]}}"


def forecast_of(files: list[tuple[str, str]], chosen: Settings = FEW) -> Forecast:
    return forecast_plan(plan_of(*files), TODAY, Experience(), chosen)


def positions(forecast: Forecast) -> dict[Ref, list[float]]:
    return {
        one.item: [bound.position for bound in one.days.values() if bound.position is not None]
        for one in forecast.outlooks
    }


@settings(max_examples=30, deadline=None)
@given(plans, plans)
def test_more_tasks_change_no_other_forecast(tasks: list[Task], more: list[Task]) -> None:
    before, after = positions(forecast_of(texts(tasks))), positions(forecast_of(texts([*tasks, *more])))
    assert {item: after[item] for item in before} == before


@settings(max_examples=30, deadline=None)
@given(plans, risks)
def test_a_risk_that_goes_makes_nothing_later(tasks: list[Task], found: list[tuple[int, int, set[int]]]) -> None:
    work = texts(tasks)
    for number in range(len(found)):
        every = positions(forecast_of([*work, *risk_texts(found, len(tasks))]))
        without = positions(forecast_of([*work, *risk_texts(found[:number], len(tasks))]))
        for item, quantiles in without.items():
            assert all(one <= other + 1e-9 for one, other in zip(quantiles, every[item], strict=True))


@settings(max_examples=30, deadline=None)
@given(plans)
def test_a_link_that_goes_makes_nothing_later(tasks: list[Task]) -> None:
    linked = positions(forecast_of(texts(tasks)))
    free = positions(forecast_of(texts([(low, wide, ()) for low, wide, _ in tasks])))
    for item, quantiles in free.items():
        assert all(one <= other + 1e-9 for one, other in zip(quantiles, linked[item], strict=True))


@settings(max_examples=30, deadline=None)
@given(plans, st.sampled_from([0.5, 2.0, 10.0]))
def test_twice_the_work_takes_twice_as_long(tasks: list[Task], factor: float) -> None:
    once, more = positions(forecast_of(texts(tasks))), positions(forecast_of(texts(tasks, factor)))
    for item, quantiles in once.items():
        for one, other in zip(quantiles, more[item], strict=True):
            assert abs(one * factor - other) < 0.01 * other


@settings(max_examples=60, deadline=None)
@given(plans, st.integers(0, 90))
def test_the_word_the_chance_and_the_day_agree(tasks: list[Task], later: int) -> None:
    due = TODAY + timedelta(days=later)
    files = [(kind, text.replace("title: M", f"title: M, due: {due}")) for kind, text in texts(tasks)]
    for one in forecast_of(files).outlooks:
        assert one.chance is not None
        assert one.percent is not None
        assert days_of(one) == sorted(days_of(one))
        for sure in (EVEN, SURE):
            day = one.day(sure)
            assert day is not None
            assert (day <= due) == (one.chance >= sure), "a day that is sure enough is likely enough"
            assert (one.percent >= sure * 100) == (one.chance >= sure), "and is printed so"
        words = {Verdict.ON_TRACK: one.chance >= SURE, Verdict.OFF_TRACK: one.chance < EVEN}
        assert words.get(one.verdict, EVEN <= one.chance < SURE)
        assert one.basis is Basis.WORK


def days_of(one: Outlook) -> list[date]:
    return [day for p in QUANTILES if (day := one.day(p))]
