"""A plan as a network: what is left to do, for whom, and what has to come before it."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from milepost.analyses.schedules.project import Project, build_project
from milepost.model.item import Ref
from milepost.scheduling.critical import find_times
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)  # a Monday


def project_of(*texts: str, people: str = "ada: {name: Ada}, bo: {name: Bo, works: 4d/w}") -> Project:
    own = f"milepost: 1\ntitle: Heron\npeople: {{{people}}}\n"
    return build_project(plan_of(("plan", own), *map(milestone, texts)), TODAY)


def days(project: Project, id: str) -> tuple[str, str]:
    """First and last day of an item, if nobody's time were limited."""
    times = find_times(project.network)
    part = project.parts[Ref("task" if "/" in id else "milestone", id)]
    start = project.axis.day_of_start(min(times.early_start[number] for number in part.starts))
    end = project.axis.day_of_finish(times.early_finish[part.last])
    return str(start), str(end)


def test_effort_takes_as_long_as_its_owner_has_time_for_it() -> None:
    project = project_of("""
        id: beta
        title: Beta
        owner: bo
        tasks:
          - {id: four, title: Four days at four days a week, estimate: 4d}
          - {id: whole, title: Four days of somebody else, estimate: 4d, owner: ada}
          - {id: unnamed, title: Four days of somebody whom the plan does not name, estimate: 4d, owner: zoe}
    """)
    assert days(project, "beta/four") == ("2027-03-01", "2027-03-05")
    assert days(project, "beta/whole") == ("2027-03-01", "2027-03-04")
    assert days(project, "beta/unnamed") == ("2027-03-01", "2027-03-04")
    assert days(project, "beta") == ("2027-03-01", "2027-03-05")
    assert [project.network.activities[number].needs for number in range(3)] == [((1, 1.0),), ((0, 1.0),), ()]


def test_work_waits_while_its_owner_is_away() -> None:
    project = project_of(
        "{id: beta, title: Beta, owner: ada, estimate: 4d}", people="ada: {name: Ada, away: [2027-03-02..2027-03-07]}"
    )
    assert days(project, "beta") == ("2027-03-01", "2027-03-10")


def test_what_has_begun_keeps_its_start_and_has_something_left_to_do() -> None:
    project = project_of("""
        id: beta
        title: Beta
        owner: ada
        tasks:
          - {id: late, title: Ten days of work on a task of four, estimate: 4d, started: 2027-02-15}
          - {id: next, title: Next, estimate: 1d, depends_on: [late]}
    """)
    start, end = days(project, "beta/late")
    assert start == "2027-02-15"
    assert end > "2027-03-02"  # work that has taken long is likely to take longer
    assert days(project, "beta/next")[0] >= end


def test_what_is_finished_keeps_its_dates_and_bears_on_what_waits() -> None:
    project = project_of("""
        id: beta
        title: Beta
        tasks:
          - {id: poured, title: Pour, estimate: 2d, started: 2027-02-22, finished: 2027-02-26, depends_on: [later]}
          - {id: build, title: Build, estimate: 1d, depends_on: [{item: poured, lag: 3d}]}
          - {id: later, title: Later, estimate: 9d}
    """)
    assert days(project, "beta/poured") == ("2027-02-22", "2027-02-26")
    assert days(project, "beta/build") == ("2027-03-04", "2027-03-04")


def test_what_a_milestone_waits_for_holds_the_tasks_that_wait_for_no_other() -> None:
    first = "{id: alpha, title: Alpha, estimate: 5d}"
    project = project_of(
        first,
        """
        id: beta
        title: Beta
        depends_on: [alpha]
        tasks:
          - {id: one, title: One, estimate: 1d}
          - {id: two, title: Two, estimate: 1d, depends_on: [one]}
          - {id: begun, title: Begun before it might, estimate: 1d, started: 2027-03-01}
    """,
    )
    assert days(project, "beta/one") == ("2027-03-08", "2027-03-08")
    assert days(project, "beta/two") == ("2027-03-09", "2027-03-09")
    assert days(project, "beta/begun") == ("2027-03-01", "2027-03-01")


@pytest.mark.parametrize(
    ("link", "beta"),
    [
        ("{item: alpha, type: FS, lag: 1d}", ("2027-03-09", "2027-03-10")),
        ("{item: alpha, type: SS, lag: 2d}", ("2027-03-03", "2027-03-04")),
        ("{item: alpha, type: FF, lag: 1d}", ("2027-03-01", "2027-03-08")),
        ("{item: alpha, type: SF, lag: 8d}", ("2027-03-01", "2027-03-10")),
        ("{item: alpha, lag: -1w}", ("2027-03-01", "2027-03-02")),
    ],
)
def test_links_between_milestones_bind_tasks_or_the_end(link: str, beta: tuple[str, str]) -> None:
    project = project_of(
        "{id: alpha, title: Alpha, estimate: 5d}",
        f"{{id: beta, title: Beta, depends_on: [{link}], tasks: [{{id: one, title: One, estimate: 2d}}]}}",
    )
    assert days(project, "beta") == beta


def test_not_before_holds_work_and_a_milestone_holds_its_tasks() -> None:
    project = project_of("""
        id: beta
        title: Beta
        not_before: 2027-03-06
        tasks: [{id: one, title: One, estimate: 1d, not_before: 2027-03-03}]
    """)
    assert days(project, "beta/one") == ("2027-03-08", "2027-03-08")


def test_dropped_work_is_left_out_and_a_due_date_is_a_deadline() -> None:
    project = project_of("""
        id: beta
        title: Beta
        due: 2027-03-05
        estimate: 3d
        tasks:
          - {id: gone, title: Gone, estimate: 30d, dropped: 2027-02-01}
          - {id: never, title: Never, estimate: 30d, priority: wont}
    """)
    assert days(project, "beta") == ("2027-03-01", "2027-03-03")
    assert project.network.activities[project.parts[Ref("milestone", "beta")].end].deadline == 5
    assert Ref("task", "beta/gone") not in project.parts


def test_work_without_an_estimate_is_named_and_so_is_all_that_waits_for_it() -> None:
    project = project_of(
        "{id: alpha, title: Alpha, tasks: [{id: vague, title: Vague}, {id: clear, title: Clear, estimate: 1d}]}",
        "{id: beta, title: Beta, depends_on: [alpha], estimate: 2d}",
        "{id: points, title: Points, estimate: 5pt}",
    )
    assert [str(item) for item in project.unsized] == ["alpha/vague", "points"]
    waiting = {str(item) for item in project.waiting_for(project.unsized)}
    assert waiting == {"alpha/vague", "alpha", "beta", "points"}


def test_what_waits_for_the_start_of_unestimated_work_waits_for_nothing_that_is_not_known() -> None:
    project = project_of(
        "{id: alpha, title: Alpha, not_before: 2027-03-03}",
        "{id: beta, title: Beta, depends_on: [{item: alpha, type: SS}], estimate: 2d}",
        "{id: gamma, title: Gamma, depends_on: [alpha], estimate: 2d}",
        "{id: delta, title: Delta, depends_on: [{item: gamma, type: SS}], estimate: 2d}",
        "{id: last, title: Without an estimate itself, depends_on: [alpha]}",
    )
    waits = {str(item): str(cause) for item, cause in project.waits(project.unsized).items()}
    assert waits == {"alpha": "alpha", "gamma": "alpha", "delta": "alpha", "last": "alpha"}
    assert days(project, "beta") == ("2027-03-03", "2027-03-04")


@pytest.mark.parametrize("type", ["SS", "SF"])
def test_a_milestone_begins_with_the_first_of_its_tasks(type: str) -> None:
    tasks = "{id: one, title: One, estimate: 2d}, {id: two, title: Two, estimate: 10d, depends_on: [one]}"
    project = project_of(
        f"{{id: alpha, title: Alpha, tasks: [{tasks}]}}",
        f"{{id: beta, title: Beta, depends_on: [{{item: alpha, type: {type}, lag: 3d}}], estimate: 3d}}",
    )
    first = "2027-03-04" if type == "SS" else "2027-03-01"
    assert days(project, "beta")[0] == first


def test_what_waits_for_the_start_of_a_milestone_that_has_begun_waits_no_longer() -> None:
    tasks = "{id: one, title: One, estimate: 2d, not_before: 2027-04-01}, {id: two, title: Two, started: 2027-02-26}"
    project = project_of(
        f"{{id: alpha, title: Alpha, tasks: [{tasks}]}}",
        "{id: beta, title: Beta, depends_on: [{item: alpha, type: SS}], estimate: 2d}",
    )
    assert days(project, "beta") == ("2027-03-01", "2027-03-02")


def test_the_first_task_of_a_milestone_is_none_that_waits_for_what_waits_for_the_milestone() -> None:
    tasks = "{id: one, title: One, estimate: 2d, depends_on: [beta]}, {id: two, title: Two, not_before: 2027-03-08}"
    project = project_of(
        f"{{id: alpha, title: Alpha, tasks: [{tasks}]}}",
        "{id: beta, title: Beta, depends_on: [{item: alpha, type: SS}], estimate: 2d}",
    )
    assert days(project, "beta") == ("2027-03-08", "2027-03-09")


def test_research_ends_at_its_timebox() -> None:
    project = project_of(
        "{id: beta, title: Beta, tasks: [{id: find, title: Find out, kind: research, estimate: 10d, timebox: 2d}]}"
    )
    assert days(project, "beta") == ("2027-03-01", "2027-03-02")


def test_an_item_that_may_be_delayed_has_an_end_of_its_own_for_that() -> None:
    plan = plan_of(
        milestone("{id: alpha, title: Alpha, estimate: 2d}"),
        milestone("{id: beta, title: Beta, estimate: 1d, depends_on: [alpha]}"),
    )
    alpha = Ref("milestone", "alpha")
    project = build_project(plan, TODAY, delayed={alpha})
    delay = project.delays[alpha]
    durations = [activity.duration for activity in project.network.activities]
    durations[delay] = 3.0
    times = find_times(project.network.with_durations(durations))
    assert times.early_finish[project.parts[Ref("milestone", "beta")].last] == 6


def test_tasks_are_looked_at_once() -> None:
    tasks = [f"{{id: t{number}, title: T, estimate: 1d}}" for number in range(2_000)]
    plan = plan_of(milestone(f"{{id: beta, title: Beta, tasks: [{', '.join(tasks)}]}}"))
    beta = plan.milestones[0]
    looks = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal looks
        looks += event == "call"

    sys.setprofile(count)
    try:
        build_project(plan, TODAY)
    finally:
        sys.setprofile(None)
    assert looks < 100 * len(beta.tasks)
