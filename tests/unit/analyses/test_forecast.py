"""When milestones are likely to be reached: worked examples in the plan language, and what is never taken as none."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import Forecast, expect, forecast_plan
from milepost.analyses.forecasts.outlook import Basis, Outlook, Verdict
from milepost.analyses.forecasts.worlds import Settings, imagine
from milepost.analyses.schedules.placement import CircleError
from milepost.analyses.sizes import Gap
from milepost.errors import MilepostError
from milepost.model.derived import Remaining
from milepost.model.distribution import Lognormal
from milepost.model.due import Commitment, Due
from milepost.model.item import Ref
from tests.unit.conftest import Version, tell
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)  # a Monday
ALONE = Settings(correlation=0.0)  # everything goes wrong by itself


def forecast_of(*files: str | tuple[str, str], settings: Settings = ALONE) -> Forecast:
    pairs = [milestone(one) if isinstance(one, str) else one for one in files]
    return forecast_plan(plan_of(*pairs), TODAY, Experience(), settings)


def outlook_of(forecast: Forecast, id: str, kind: str = "milestone") -> Outlook:
    found = forecast.outlook(Ref(kind, id))
    assert found is not None
    return found


def position(outlook: Outlook, p: float) -> float:
    """Working days from today on until it is done with probability `p`."""
    found = outlook.days[p].position
    assert found is not None
    return found


EXAMPLES = {
    "{pert: [2d, 4d, 12d]}": {0.5: 4.766723, 0.8: 6.502586, 0.95: 8.212767},
    "2d..5d": {0.5: 3.162278, 0.8: 4.272359},
    "2d..4d..10d": {0.5: 4.0, 0.8: 7.172436},
}


@pytest.mark.parametrize("estimate", EXAMPLES)
def test_an_estimate_means_what_it_says(estimate: str) -> None:
    outlook = outlook_of(forecast_of(f"{{id: beta, title: Beta, estimate: {estimate}}}"), "beta")
    for p, days in EXAMPLES[estimate].items():
        assert position(outlook, p) == pytest.approx(days, rel=0.03)


def test_work_one_after_the_other() -> None:
    forecast = forecast_of("""
        id: beta
        title: Beta
        tasks:
          - {id: one, title: One, estimate: 2.5d..10d}
          - {id: two, title: Two, estimate: 1.5d..6d, depends_on: [one]}
    """)
    found = [position(outlook_of(forecast, "beta"), p) for p in (0.5, 0.8, 0.95)]
    assert found == pytest.approx([8.505976, 11.938055, 16.617008], rel=0.03)


def test_work_that_waits_for_two() -> None:
    forecast = forecast_of("""
        id: beta
        title: Beta
        due: 2027-03-16
        tasks:
          - {id: one, title: One, estimate: 2.5d..10d}
          - {id: two, title: Two, estimate: 3.125d..8d}
          - {id: three, title: Three, estimate: 1.5d..6d, depends_on: [one, two]}
    """)
    outlook = outlook_of(forecast, "beta")
    found = [position(outlook, p) for p in (0.5, 0.8, 0.95)]
    assert found == pytest.approx([9.815723, 12.913457, 17.185661], rel=0.03)
    assert outlook.chance == pytest.approx(0.733270, abs=0.015)
    assert outlook.verdict is Verdict.AT_RISK


@pytest.mark.parametrize(("due", "chance"), [("2027-03-12", 0.56), ("2027-03-19", 0.8), ("2027-03-26", 0.94)])
def test_two_risks_at_one_milestone(due: str, chance: float) -> None:
    forecast = forecast_of(
        f"{{id: beta, title: Beta, estimate: 10d..10d, due: {due}}}",
        ("risk", "{id: one, title: One, threatens: [beta], probability: 30%, impact: 5d..5d}"),
        ("risk", "{id: two, title: Two, threatens: [beta], probability: 20%, impact: 10d..10d}"),
    )
    assert outlook_of(forecast, "beta").chance == pytest.approx(chance, abs=0.015)


def test_people_do_one_thing_at_a_time_and_the_forecast_without_that_stands_beside() -> None:
    forecast = forecast_of("""
        id: beta
        title: Beta
        owner: ada
        tasks:
          - {id: one, title: One, estimate: 4d..4d}
          - {id: two, title: Two, estimate: 4d..4d}
          - {id: three, title: Three, estimate: 4d..4d, owner: bo}
    """)
    outlook = outlook_of(forecast, "beta")
    assert outlook.day(0.8) == date(2027, 3, 10)
    assert outlook.unlimited is not None
    assert outlook.unlimited.day == date(2027, 3, 4)


def test_work_without_an_estimate_is_named_and_so_is_all_that_waits_for_it() -> None:
    forecast = forecast_of(
        "{id: alpha, title: Alpha, tasks: [{id: vague, title: V}, {id: clear, title: C, estimate: 1d}]}",
        "{id: beta, title: Beta, estimate: 1d, depends_on: [alpha]}",
        "{id: gamma, title: Gamma, estimate: 1d, depends_on: [{item: alpha/vague, type: SS}]}",
        "{id: points, title: Points, estimate: 5pt}",
        "{id: nothing, title: Nothing, estimate: 0d}",
        "{id: other, title: Other, estimate: 2d}",
    )
    vague = Ref("task", "alpha/vague")
    assert outlook_of(forecast, "alpha").missing == {vague: Gap.NO_ESTIMATE}
    assert outlook_of(forecast, "beta").missing == {vague: Gap.NO_ESTIMATE}
    assert outlook_of(forecast, "beta").basis is Basis.NOTHING
    assert outlook_of(forecast, "beta").verdict is Verdict.NO_FORECAST
    assert outlook_of(forecast, "gamma").days, "it waits for the start alone"
    assert set(outlook_of(forecast, "points").missing.values()) == {Gap.POINTS}
    assert set(outlook_of(forecast, "nothing").missing.values()) == {Gap.UNCLEAR}
    assert outlook_of(forecast, "other").days
    assert [item.id for item in forecast.unsized] == ["alpha/vague", "points", "nothing"]


def test_work_in_a_circle_is_named() -> None:
    with pytest.raises(CircleError, match="alpha → beta → alpha wait for each other in a circle"):
        forecast_of(
            "{id: alpha, title: A, estimate: 1d, depends_on: [beta]}",
            "{id: beta, title: B, estimate: 1d, depends_on: [alpha]}",
        )
    with pytest.raises(CircleError, match="alpha depends on itself"):
        forecast_of("{id: alpha, title: A, estimate: 1d, depends_on: [alpha]}")


def test_what_ends_with_other_work_ends_no_earlier_in_any_run() -> None:
    found = forecast_of(
        "{id: alpha, title: A, estimate: 5d, depends_on: [{item: beta, type: SS}]}",
        "{id: beta, title: B, estimate: 1h, depends_on: [{item: alpha, type: FF}]}",
    )
    alpha, beta = (outlook_of(found, id) for id in ("alpha", "beta"))
    assert all(position(beta, p) >= position(alpha, p) for p in (0.1, 0.5, 0.8, 0.95))


def test_a_goal_is_reached_with_the_last_of_its_milestones() -> None:
    forecast = forecast_of(
        ("goal", "{id: whole, title: Whole, due: 2027-03-31}"),
        ("goal", "{id: part, title: Part, serves: whole}"),
        "{id: alpha, title: A, goal: whole, estimate: 3d..3d}",
        "{id: beta, title: B, goal: part, estimate: 5d..5d}",
        "{id: done, title: D, goal: part, finished: 2027-02-01}",
    )
    assert outlook_of(forecast, "whole", "goal").day(0.8) == date(2027, 3, 5)
    assert outlook_of(forecast, "whole", "goal").verdict is Verdict.ON_TRACK
    assert outlook_of(forecast, "part", "goal").verdict is Verdict.NO_DATE
    assert forecast.outlook(Ref("milestone", "done")) is None


def test_a_date_that_has_passed_is_off_track_whatever_is_left() -> None:
    outlook = outlook_of(forecast_of("{id: beta, title: Beta, estimate: 1d, due: 2027-02-26}"), "beta")
    assert (outlook.verdict, outlook.chance, outlook.is_past) == (Verdict.OFF_TRACK, 0.0, True)


BETA = "{id: beta, title: Beta, owner: ada, estimate: 3d, due: 2027-05-03}"


@pytest.mark.parametrize("due", ["2027-03-01", "2027-02-28", "2027-02-26"])
def test_what_is_open_ends_today_at_the_earliest_however_little_is_left_of_it(due: str) -> None:
    spent = "{id: spent, title: Out of time, kind: research, estimate: 5d, timebox: 2d, started: 2027-02-01}"
    found = outlook_of(forecast_of(f"{{id: beta, title: Beta, due: {due}, tasks: [{spent}]}}"), "beta")
    assert {bound.day for bound in found.days.values()} == {TODAY}
    assert found.chance == (1.0 if due == "2027-03-01" else 0.0)


def test_where_everybody_is_away_no_day_is_told() -> None:
    people = "milepost: 1\ntitle: X\npeople: {ada: {name: Ada, away: [2020-01-01..9999-12-31]}}"
    outlook = outlook_of(forecast_of(("plan", people), BETA), "beta")
    assert (outlook.day(0.1), outlook.day(0.8), outlook.chance) == (None, None, 0.0)


def test_where_nobody_ever_works_that_is_an_error() -> None:
    closed = "milepost: 1\ntitle: X\ncalendar: {closed: [2020-01-01..9999-12-31]}\npeople: {ada: {name: Ada}}"
    with pytest.raises(MilepostError, match="The calendar has no working day"):
        forecast_of(("plan", closed), BETA)


def test_a_release_that_does_not_exist_gives_no_chance() -> None:
    outlook = outlook_of(forecast_of("{id: beta, title: Beta, estimate: 3d..3d, due: v9}"), "beta")
    assert (outlook.day(0.8), outlook.chance, outlook.verdict) == (date(2027, 3, 3), None, Verdict.NO_DATE)


def test_the_same_plan_gives_the_same_forecast_and_another_seed_another() -> None:
    text = "{id: beta, title: Beta, estimate: 2d..8d, due: 2027-03-08}"
    first, again, other = (forecast_of(text, settings=Settings(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first.inputs == again.inputs
    assert other.inputs != first.inputs
    assert other.outlooks[0].chance != first.outlooks[0].chance
    assert forecast_of(text.replace("8d", "9d")).inputs != first.inputs


def test_of_work_that_has_begun_only_the_rest_is_to_come() -> None:
    forecast = forecast_of("{id: beta, title: Beta, estimate: 2d..8d, started: 2027-02-25}")
    rest = Remaining(Lognormal(log(4), log(4) / (2 * 1.2815515655)), 2.0)  # Thursday and Friday are over
    for p in (0.1, 0.5, 0.8):
        assert position(outlook_of(forecast, "beta"), p) == pytest.approx(rest.quantile(p), rel=0.05)


@pytest.mark.parametrize(("chance", "percent"), [(0.7951, 79), (0.8, 80), (0.4999, 49), (0.5, 50), (0.004, 0)])
def test_a_chance_is_never_rounded_up_to_a_word_that_it_does_not_deserve(chance: float, percent: int) -> None:
    due = Due("2027-04-05", date(2027, 4, 5))
    outlook = Outlook(
        item=Ref("milestone", "beta"), title="Beta", due=due, commitment=Commitment.PROMISE, chance=chance
    )
    assert outlook.percent == percent


def test_a_change_keeps_the_order_of_the_accepted_version() -> None:
    ref = {id: Ref("milestone", id) for id in ("alpha", "beta")}

    def version(alpha: str, beta: str) -> Version:
        short, long = {"estimate": "4h..4h", "due": alpha}, {"estimate": "2d..2d", "due": beta}
        work = {ref[id]: {"title": "M", "owner": "ada", **one} for id, one in (("alpha", short), ("beta", long))}
        return Version(TODAY, {Ref("person", "ada"): {"name": "Ada"}, **work})

    first, then = version("2027-03-01", "2027-03-26"), version("2027-03-26", "2027-03-02")
    _, history = tell([first])
    plan, _ = tell([then])
    kept = expect(imagine(plan, TODAY, history), plan.milestones[0])
    free = expect(imagine(plan, TODAY, None), plan.milestones[0])
    assert kept is not None
    assert free is not None
    assert (kept.day(0.8), free.day(0.8)) == (date(2027, 3, 1), date(2027, 3, 3)), "half a day late"
