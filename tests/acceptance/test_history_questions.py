"""What can be asked of accepted history: of whom, of when, of one field, of every branch, and why."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\nrepository: https://github.com/example/heron\n"
BETA, GA = "plan/milestones/beta.yaml", "plan/milestones/ga.yaml"


def milestone(id: str, *lines: str) -> str:
    return "\n".join([f"id: {id}", f"title: The {id}", *lines, ""])


def changes(run: Run, checkout: Checkout, *arguments: str) -> list[dict[str, Any]]:
    """The records of `log --format json`, oldest first."""
    result = run("log", "--format", "json", *arguments, folder=checkout.path)
    assert result.exit_code == 0, result.output
    records: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    return records[::-1]


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """Three accepted days: two milestones, a move by Bo, an owner."""
    made = make_repository({"plan/milepost.yaml": PLAN, BETA: milestone("beta", "due: 2027-03-15", "estimate: 4d")})
    moved = milestone("beta", "due: 2027-04-05", "estimate: 8d", "because: {scope: Sales needs it}")
    made.commit({BETA: moved}, day=date(2027, 1, 10), author="Bo Lind", message="Move it (#7)")
    made.commit({BETA: moved + "owner: bo\n"}, day=date(2027, 1, 20))
    return made


OPTIONS = [
    (("--field", "due,estimate"), {"due", "estimate"}, 4),
    (("--since", "2027-01-10", "--field", "due"), {"due"}, 1),
    (("--until", "2027-01-10", "--field", "due,owner"), {"due"}, 2),
    (("--since", "2027-01-11"), {"owner"}, 1),
    (("--author", "BO@example", "--field", "due"), {"due"}, 1),
    (("--author", "lind"), {"due", "estimate", "because"}, 3),
    (("--kind", "milestone", "--field", "title"), {"title"}, 1),
    (("--kind", "plan,task", "--field", "title"), {"title"}, 1),
]


@pytest.mark.parametrize(("arguments", "fields", "count"), OPTIONS)
def test_log_tells_what_is_asked_for(
    run: Run, checkout: Checkout, arguments: tuple[str, ...], fields: set[str], count: int
) -> None:
    found = changes(run, checkout, *arguments)
    assert ({change["field"] for change in found}, len(found)) == (fields, count)


def test_an_unknown_kind_is_a_usage_error(run: Run, checkout: Checkout) -> None:
    result = run("log", "--kind", "epic", folder=checkout.path)
    assert (result.exit_code, "milestone, task" in result.stderr) == (2, True)


def test_csv_never_starts_a_formula(run: Run, make_repository: MakeRepository) -> None:
    titles = {"a": "=1+1", "b": "+1", "c": "-1", "d": "@x", "e": "  =1", "f": 'plain, \\"quoted\\"'}
    files = {f"plan/milestones/{id}.yaml": f'id: {id}\ntitle: "{title}"\n' for id, title in titles.items()}
    checkout = make_repository({"plan/milepost.yaml": PLAN, **files})
    result = run("log", "--format", "csv", "--kind", "milestone", folder=checkout.path)
    rows = {row["id"]: row["new"] for row in csv.DictReader(io.StringIO(result.stdout))}
    assert rows == {"a": "'=1+1", "b": "'+1", "c": "'-1", "d": "'@x", "e": "'  =1", "f": 'plain, "quoted"'}


def test_graph_draws_the_course_of_dates_and_estimates(run: Run, checkout: Checkout) -> None:
    told = run("log", "beta", "--graph", folder=checkout.path).stdout
    assert "due       ▁█  2027-03-15 → 2027-04-05, 1 change" in told
    assert "estimate  ▁█  4d → 8d, 1 change" in told
    assert run("log", "--graph", "--format", "csv", folder=checkout.path).exit_code == 2


def test_a_release_is_told_with_its_day_and_its_moves_are_marked(run: Run, make_repository: MakeRepository) -> None:
    before = {"plan/milepost.yaml": PLAN + "releases: {v1: 2027-02-10}\n", BETA: milestone("beta", "due: 2027-02-01")}
    after = PLAN + "releases: {v1: {due: 2027-03-10, because: {external: the store}}}\n"
    checkout = make_repository(before, {BETA: milestone("beta", "due: v1")}, {"plan/milepost.yaml": after})
    told = run("log", "beta", "--field", "due", folder=checkout.path).stdout
    assert "due  2027-02-01 → v1 (10 Feb 2027)  +9 d" in told
    assert "(due  10 Feb 2027 → 10 Mar 2027, through release v1)  +28 d" in told
    assert "because external: the store" in told
    said = json.loads(run("log", "beta", "--format", "json", folder=checkout.path).stdout)
    assert len([change for change in said["changes"] if change["field"] == "due"]) == 2
    assert [(move["id"], move["days"], move["cause"]) for move in said["derived_moves"]] == [("beta", 28, "release")]


def test_all_parents_tells_branches_and_of_a_merge_only_what_it_decided(
    run: Run, make_repository: MakeRepository
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: milestone("beta", "due: 2027-03-15")})
    checkout.git("switch", "--quiet", "--create", "side")
    first = checkout.commit({BETA: milestone("beta", "due: 2027-04-01")}, author="Bo Lind")
    second = checkout.commit({BETA: milestone("beta", "due: 2027-04-05")}, author="Bo Lind")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({BETA: milestone("beta", "due: 2027-05-05")})
    people = ["-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org"]
    checkout.git(*people, "merge", "--quiet", "--no-ff", "--no-commit", "-s", "ours", "side")
    merge = checkout.commit({BETA: milestone("beta", "due: 2027-04-05", "owner: ada")})
    by_graph = changes(run, checkout, "beta", "--all-parents")
    due = [(change["commit"], change["new"]) for change in by_graph if change["field"] == "due"]
    assert {(first, "2027-04-01"), (second, "2027-04-05")} < set(due)
    assert [change["field"] for change in by_graph if change["commit"] == merge] == ["owner"]
    accepted = [change["commit"] for change in changes(run, checkout, "beta", "--field", "due")]
    assert merge in accepted
    assert first not in accepted


def test_a_task_that_is_carried_over_keeps_its_original_estimate(run: Run, make_repository: MakeRepository) -> None:
    task = "tasks: [{id: draw, title: Draw, estimate: %s}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("beta", task % "2d"), GA: milestone("ga")},
        {BETA: milestone("beta"), GA: milestone("ga", task % "3d")},
    )
    found = changes(run, checkout, "ga/draw", "--field", "estimate,id")
    assert [change["new"] for change in found if change["field"] == "estimate"] == ["2d", "3d"]
    assert [(change["old"], change["new"]) for change in found if change["field"] == "id"] == [("beta/draw", "ga/draw")]
    assert changes(run, checkout, "beta/draw") == changes(run, checkout, "ga/draw"), "the old id is still understood"
    assert "Renamed" in run("diff", "HEAD~1..HEAD", folder=checkout.path).stdout


def test_a_task_has_its_own_reason_else_its_milestones_for_what_is_its_scope(
    run: Run, make_repository: MakeRepository
) -> None:
    first = "tasks: [{id: a, estimate: 2d, owner: ada}, {id: b, estimate: 2d}]"
    second = "tasks: [{id: a, estimate: 3d, owner: bo}, {id: b, estimate: 3d, because: {capacity: Bo is ill}}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("beta", first)},
        {BETA: milestone("beta", second, "because: {scope: Sales needs it}")},
    )
    last = [change for change in changes(run, checkout, "--kind", "task") if change["old"] is not None]
    given = {(change["id"], change["field"]): change["reason"] and change["reason"]["text"] for change in last}
    assert given == {("beta/a", "estimate"): "Sales needs it", ("beta/a", "owner"): None,
                     ("beta/b", "estimate"): "Bo is ill"}  # fmt: skip


def test_tasks_of_one_name_that_leave_two_milestones_are_not_guessed(run: Run, make_repository: MakeRepository) -> None:
    task, other = "tasks: [{id: draw, estimate: 2d}]", "plan/milestones/c.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("beta", task), GA: milestone("ga", task), other: milestone("c")},
        {BETA: milestone("beta"), GA: milestone("ga"), other: milestone("c", task)},
    )
    assert [change["old"] for change in changes(run, checkout, "c/draw", "--field", "estimate")] == [None]
    for gone in ("beta/draw", "ga/draw"):
        assert [change["new"] for change in changes(run, checkout, gone, "--field", "estimate")] == ["2d", None]


def test_a_milestone_s_tasks_go_along_whatever_leaves_elsewhere(run: Run, make_repository: MakeRepository) -> None:
    task = "tasks: [{id: draw, estimate: %s}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("beta", task % "2d"), GA: milestone("ga", task % "7d")},
        {BETA: milestone("open-beta", "was: [beta]", task % "3d"), GA: milestone("ga")},
    )
    found = changes(run, checkout, "open-beta/draw", "--field", "estimate")
    assert [(change["old"], change["new"]) for change in found] == [(None, "2d"), ("2d", "3d")]


def test_ids_that_are_swapped_in_one_change_take_their_pasts_along(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("a", "due: 2027-01-01"), GA: milestone("b", "due: 2027-02-02")},
        {BETA: milestone("b", "was: [a]", "due: 2027-01-01"), GA: milestone("a", "was: [b]", "due: 2027-02-02")},
    )
    assert [change["new"] for change in changes(run, checkout, "milestone:b", "--field", "due")] == ["2027-01-01"]
    assert [change["new"] for change in changes(run, checkout, "milestone:a", "--field", "due")] == ["2027-02-02"]


@pytest.mark.parametrize("walk", [(), ("--all-parents",)], ids=["accepted", "all parents"])
def test_an_item_that_takes_over_the_past_of_another_keeps_its_own(
    run: Run, make_repository: MakeRepository, walk: tuple[str, ...]
) -> None:
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: milestone("a", "due: 2027-01-01"), GA: milestone("b", "due: 2027-02-02")},
        {BETA: None, GA: milestone("b", "was: [a]", "due: 2027-03-03")},
    )
    found = changes(run, checkout, "milestone:b", "--field", "due", *walk)
    assert sorted((change["old"] or "", change["new"]) for change in found) == [
        ("", "2027-01-01"), ("", "2027-02-02"), ("2027-02-02", "2027-03-03")
    ]  # fmt: skip


def test_history_goes_on_when_the_plan_moves_to_another_folder(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(
        {"milepost.yaml": PLAN, "milestones/beta.yaml": milestone("beta", "due: 2027-03-15")},
        {"milepost.yaml": None, "milestones/beta.yaml": None,
         "plan/milepost.yaml": PLAN, BETA: milestone("beta", "due: 2027-03-15")},
        {BETA: milestone("beta", "due: 2027-04-05"), "milestones/beta.yaml": "id: beta\ntitle: not the plan\n"},
    )  # fmt: skip
    found = changes(run, checkout, "beta", "--field", "due,title")
    assert [(change["date"], change["new"]) for change in found] == [
        ("2027-01-04", "The beta"), ("2027-01-04", "2027-03-15"), ("2027-01-06", "2027-04-05")
    ]  # fmt: skip


def test_why_tells_the_story_of_any_field(run: Run, checkout: Checkout) -> None:
    told = run("why", "beta.estimate", "--today", "2027-01-31", folder=checkout.path).stdout
    assert "estimate 8d" in told.splitlines()[0]
    assert "It has stood since 10 Jan 2027, for 21 days." in told
    assert "  4d → 8d\n  scope: Sales needs it\n  https://github.com/example/heron/pull/7\n" in told
    story = json.loads(run("why", "beta.due", "--today", "2027-01-31", "--format", "json", folder=checkout.path).stdout)
    assert (story["now"], story["age_days"]) == ("2027-04-05", 21)
    assert [(step["new"], step["days"]) for step in story["steps"]] == [("2027-03-15", None), ("2027-04-05", 21)]
    first = story["steps"][0]
    assert first["link"] == f"https://github.com/example/heron/commit/{first['commit']}"


def test_why_of_a_field_that_never_was_names_those_that_were(run: Run, checkout: Checkout) -> None:
    result = run("why", "beta.outcome", folder=checkout.path)
    assert (result.exit_code, "due" in result.stderr) == (2, True)
    assert run("why", "beta.nonsense", folder=checkout.path).exit_code == 2


def test_a_field_that_is_mistyped_is_told_with_the_one_that_is_meant(run: Run, checkout: Checkout) -> None:
    result = run("why", "beta.tittle", folder=checkout.path)
    assert result.exit_code == 2
    assert "error: beta never had tittle\n  hint: milepost why beta.title\n" in result.stderr
    assert "Nothing in the plan has the id betas\n" in run("why", "betas.title", folder=checkout.path).stderr
    assert "Nothing in the plan has the id betas.tittle" in run("why", "betas.tittle", folder=checkout.path).stderr


def test_growth_is_split_and_a_date_kept_by_dropping_scope_says_so(run: Run, make_repository: MakeRepository) -> None:
    def beta(*tasks: str) -> str:
        listed = ", ".join(f"{{id: {id}, estimate: {estimate}}}" for id, estimate in (task.split() for task in tasks))
        return milestone("beta", "due: 2027-03-15", f"tasks: [{listed}]")

    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("a 4d", "b 2d", "c 6d")},
        {BETA: beta("a 5d", "b 2d", "c 6d")},
        {BETA: beta("a 5d", "b 2d", "d 3d")},
    )
    told = run("why", "beta", folder=checkout.path).stdout
    assert "Work first 12d, now 10d: +1d re-estimated, +3d added, −6d dropped." in told
    assert "The date was kept by dropping 6d of work." in told
    work = json.loads(run("why", "beta", "--format", "json", folder=checkout.path).stdout)["work"]
    assert work["first"] + work["re_estimated"] + work["added"] - work["dropped"] == work["now"] == 80


def test_diff_with_a_version_before_the_plan_says_that_everything_is_new(
    run: Run, make_repository: MakeRepository
) -> None:
    checkout = make_repository({"README.md": "x\n"}, {"plan/milepost.yaml": PLAN, BETA: milestone("beta")})
    result = run("diff", "HEAD~1..HEAD", folder=checkout.path)
    assert (result.exit_code, "so everything is new" in result.stdout) == (0, True)
    assert "The beta (beta)" in result.stdout


def test_the_time_of_a_change_is_its_first_parents_committer_date_and_never_its_order(
    run: Run, make_repository: MakeRepository
) -> None:
    days = (date(2027, 1, 20), date(2027, 1, 5), date(2020, 1, 1), date(2027, 1, 9))
    checkout = make_repository({"plan/milepost.yaml": PLAN})
    for number, day in enumerate(days):
        checkout.commit({BETA: milestone("beta", f"due: 2027-03-0{number + 1}")}, day=day)
    for walk in ((), ("--all-parents",)):
        found = changes(run, checkout, "--field", "due", *walk)
        assert [change["new"] for change in found] == [f"2027-03-0{number + 1}" for number in range(4)]
        assert [change["date"] for change in found] == [day.isoformat() for day in days]


def test_a_date_that_is_no_text_does_not_stop_moves_from_being_told(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN + "releases: {v1: 2027-02-10}\n", BETA: milestone("beta", "due: {text: x}")},
        {"plan/milepost.yaml": PLAN + "releases: {v1: 2027-03-10}\n"},
    )
    assert run("log", "beta", folder=checkout.path).exit_code == 0


def test_why_of_what_has_no_date_says_what_can_be_asked(run: Run, checkout: Checkout) -> None:
    checkout.commit({"plan/risks/vendor.yaml": "id: vendor\ntitle: It fails\nthreatens: [beta]\nprobability: 20%\n"})
    result = run("why", "vendor", folder=checkout.path)
    assert result.exit_code == 2
    assert "vendor is a risk, which has no date" in result.stderr
    hint = result.stderr.partition("hint: milepost ")[2].split()
    assert run(*hint, folder=checkout.path).exit_code == 0


def test_why_says_once_where_the_last_move_can_be_read(run: Run, make_repository: MakeRepository) -> None:
    def beta(due: str) -> dict[str, str | bytes | None]:
        return {"plan/milestones/beta.yaml": f"id: beta\ntitle: Beta\ndue: {due}\n"}

    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n", **beta("2027-03-01")})
    checkout.commit(beta("2027-03-15"), message="Move beta (#118)")
    checkout.commit(beta("2027-04-05"), message="Move beta again (#140)")
    assert "https://" not in run("why", "beta", folder=checkout.path).stdout
    checkout.git("remote", "add", "origin", "git@github.com:example/heron.git")
    told = run("why", "beta", folder=checkout.path).stdout
    assert told.endswith("#140 is at https://github.com/example/heron/pull/140\n") and told.count("https://") == 1
    moves = json.loads(run("why", "beta", "--format", "json", folder=checkout.path).stdout)["moves"]
    assert [move["link"].rpartition("/")[2] for move in moves] == ["118", "140"]


def test_why_says_for_how_long_a_date_has_stood(run: Run, checkout: Checkout) -> None:
    text = run("why", "beta", "--today", "2027-01-15", folder=checkout.path).stdout
    assert "Said so since 10 Jan 2027, for 5 days.\n" in text
    checkout.commit({BETA: milestone("beta", "due: 2027-04-05", "finished: 2027-01-21")}, day=date(2027, 1, 21))
    assert "Said so since" not in run("why", "beta", "--today", "2027-01-25", folder=checkout.path).stdout


def test_today_can_be_set_for_a_whole_session(run: Run, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_TODAY", "2027-01-15")
    assert "for 5 days" in run("why", "beta", folder=checkout.path).stdout
    assert "for 6 days" in run("why", "beta", "--today", "2027-01-16", folder=checkout.path).stdout
    monkeypatch.setenv("MILEPOST_TODAY", "tomorrow")
    assert run("why", "beta", folder=checkout.path).exit_code == 2


def test_a_field_that_nothing_has_is_a_mistake(run: Run, checkout: Checkout) -> None:
    result = run("log", "--field", "due,estimte", folder=checkout.path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no field 'estimte'" in result.stderr
    assert "did you mean estimate?" in result.stderr
    assert run("log", "--field", "dropped", folder=checkout.path).exit_code == 0
