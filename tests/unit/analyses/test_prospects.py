"""What lies ahead of a whole plan, and what of it may be told of a part: the same dates, and no other names."""

from __future__ import annotations

from datetime import date

from milepost.analyses.forecasts.prospects import DETAILED, UNSHOWN, Prospects, foresee
from milepost.model.history import History, Identity, Revision
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)
BETA, DEAL, PAGE = Ref("milestone", "beta"), Ref("milestone", "deal"), Ref("task", "beta/page")
FILES = (
    milestone("""
        {id: beta, title: Beta, due: 2027-04-02, owner: ada, depends_on: [deal], tasks: [
          {id: page, title: Page, estimate: 4d..6d}, {id: check, title: Check, estimate: 2d..9d, depends_on: [page]}]}
    """),
    milestone("{id: deal, title: Deal, estimate: 8d..12d, owner: ada}"),
    milestone("{id: free, title: Free, due: 2027-06-01, depends_on: [open], estimate: 1d..2d}"),
    milestone("{id: open, title: Open}"),
    ("risk", "{id: rain, title: Rain, threatens: [beta], probability: 50%, impact: 4d..8d}"),
    ("risk", "{id: snow, title: Snow, threatens: [beta], probability: 50%, impact: 4d..8d}"),
)


def none_yet() -> History:
    return History("main", Revision("0" * 40, Identity("Ada", "ada@example.org"), 0, "Plan"), ())


def ahead_of(plan: Plan, *shown: str) -> Prospects:
    refs = [ref for ref in plan.items if ref.id in shown or ref.kind == "plan"] if shown else None
    return foresee(plan, none_yet(), TODAY, refs)


def test_a_part_has_the_dates_of_the_whole() -> None:
    plan = plan_of(*FILES)
    whole, part = ahead_of(plan), ahead_of(plan, "beta", "beta/page", "free", "rain")
    alone = ahead_of(plan_of(milestone("{id: beta, title: Beta, due: 2027-04-02, owner: ada, estimate: 4d..6d}")))
    told = [one.outlook(BETA) for one in (whole, part, alone)]
    assert told[0] and told[1] and told[2]
    assert told[0].days == told[1].days and told[0].chance == told[1].chance
    assert told[0].days != told[2].days
    rows = [one.schedule.of(PAGE) for one in (whole, part) if one.schedule]
    assert rows[0] == rows[1] is not None
    assert whole.curves[BETA] == part.curves[BETA]


def test_a_part_names_nothing_else() -> None:
    part = ahead_of(plan_of(*FILES), "beta", "beta/page", "free", "rain")
    assert part.schedule and part.forecast and part.register
    shown = {BETA, PAGE, Ref("milestone", "free"), Ref("risk", "rain"), UNSHOWN}
    named = {row.item for row in part.schedule.rows} | {item for row in part.schedule.rows if (item := row.waits_for)}
    named |= {one.item for one in part.forecast.outlooks} | set(part.forecast.unsized) | set(part.schedule.path)
    named |= {item for one in part.forecast.outlooks for item in one.missing}
    for detail in part.details.values():
        named |= {one.item for one in detail.drivers} | {one.item for one in detail.paths}
        named |= {one.item for one in detail.starts}
    named |= {cost.threat.risk.ref for cost in part.register.costs} | {
        cost.item for cost in part.register.costs if cost.item
    }
    assert named <= shown
    assert UNSHOWN in named, "that something is missing is not hidden"
    assert part.details[BETA].drivers


def test_without_a_schedule_or_a_forecast_a_sentence_says_why() -> None:
    circle = (milestone("{id: a, title: A, estimate: 2d, depends_on: [b]}"),
              milestone("{id: b, title: B, estimate: 2d, depends_on: [a]}"))  # fmt: skip
    whole, part = ahead_of(plan_of(*circle)), ahead_of(plan_of(*circle), "a")
    assert whole.schedule is None and whole.forecast is None
    assert "a" in whole.no_schedule and "b" in whole.no_forecast
    assert part.no_schedule and part.no_schedule == part.no_forecast != whole.no_forecast


def test_a_plan_without_estimates_has_no_dates() -> None:
    ahead = ahead_of(plan_of(milestone("{id: beta, title: Beta, due: 2027-04-02}")))
    assert not ahead.has_dates and ahead.forecast and not ahead.curves and ahead.register is None


def test_what_drives_a_date_is_worked_out_for_the_first_ones() -> None:
    many = [milestone(f"{{id: m{n}, title: M, due: 2027-06-01, estimate: 1d..2d}}") for n in range(DETAILED + 3)]
    seen: list[tuple[int, int]] = []
    ahead = foresee(plan_of(*many), none_yet(), TODAY, progress=lambda done, total: seen.append((done, total)))
    assert len(ahead.details) == DETAILED and len(ahead.curves) == DETAILED + 3
    assert seen == [(number, DETAILED) for number in range(1, DETAILED + 1)]
