"""`schedule`: what a user sees, on the demo's plan, on small ones, on large ones and on bad ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Checkout, Golden, MakeRepository, Run

TODAY = ("--today", "2027-03-01")  # a Monday
DEMO = ("--today", "2026-11-23")
OWN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada Bright}, bo: {name: Bo Lind}}\n"


def files(*milestones: str, own: str = OWN) -> dict[str, str]:
    named = {f"plan/milestones/m{number}.yaml": f"{text}\n" for number, text in enumerate(milestones)}
    return {"plan/milepost.yaml": own, **named}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repository."""
    from milepost.repository.story import read_story, write_story
    from milepost.resources import resource_folder

    folder = tmp_path_factory.mktemp("heron")
    write_story(read_story(resource_folder("stories") / "heron", date(2026, 11, 23)), folder)
    return folder


def shown(run: Run, folder: Path, *arguments: str) -> str:
    result = run("schedule", *arguments, folder=folder)
    assert result.exit_code == 0, result.output
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert "\x1b" not in result.stdout
    return result.stdout


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("plain", ()),
        ("levelled", ("--level",)),
        ("table", ("--level", "--table")),
        ("one", ("public-beta", "--level")),
        ("goal", ("self-serve",)),
        ("backward", ("--backward", "general-availability")),
        ("by-owner", ("--by-owner",)),
        ("backward-late", ("--backward", "help-pages", "--level")),
    ],
)
def test_the_demo(run: Run, demo: Path, golden: Golden, name: str, arguments: tuple[str, ...]) -> None:
    golden(f"schedule/{name}.txt", shown(run, demo, *arguments, *DEMO))


def test_json_says_the_same(run: Run, demo: Path, golden: Golden) -> None:
    golden("schedule/plain.json", shown_json(run, demo, *DEMO))
    found = json.loads(shown_json(run, demo, "public-beta", "--level", *DEMO))
    assert {item["id"].partition("/")[0] for item in found["items"]} == {"public-beta"}
    assert json.loads(shown_json(run, demo, "--backward", "self-serve", *DEMO))["missing_days"] < 0


def shown_json(run: Run, folder: Path, *arguments: str) -> str:
    result = run("schedule", "--format", "json", *arguments, folder=folder)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_hours_of_each_person_are_told_by_week(make_repository: MakeRepository, run: Run) -> None:
    people = "{bo: {name: Bo Lind, away: [2027-03-08..2027-03-12]}, cy: {name: Cy, works: 4d/w}}"
    checkout = make_repository(
        files(
            "{id: a, title: A, estimate: 4d, owner: bo}",
            "{id: b, title: B, estimate: 3d, owner: bo}",
            "{id: c, title: C, estimate: 2d, owner: cy}",
            "{id: d, title: D, estimate: 1d}",
            "{id: e, title: E, owner: cy}",
            own=f"milepost: 1\ntitle: Heron\npeople: {people}\n",
        )
    )

    def weeks(person: str | None, *more: str) -> list[tuple[float, float | None, bool]]:
        found = json.loads(shown_json(run, checkout.path, "--by-owner", *more, *TODAY))
        assert found["without_estimate"] == ["e"]
        mine = next(one["weeks"] for one in found["people"] if one["person"] == person)
        return [(week["booked"], week["available"], week["over"]) for week in mine[:3]]

    assert weeks("bo") == [(56, 40, True), (0, 0, False), (0, 40, False)]
    assert weeks("bo", "--level") == [(40, 40, False), (0, 0, False), (16, 40, False)]
    assert weeks("cy")[0] == (16, 32, False)
    assert weeks(None)[0] == (8, None, False)
    text = shown(run, checkout.path, "--by-owner", *TODAY)
    rows = {line[:20].strip(): line[20:].split()[:3] for line in text.splitlines()[1:4]}
    assert rows == {
        "Bo Lind": ["56/40!", "0/0", "0/40"],
        "Cy": ["16/32", "0/32", "0/32"],
        "nobody in the plan": ["8", "0", "0"],
    }
    assert "!" not in shown(run, checkout.path, "--by-owner", "--level", *TODAY)


def test_hours_of_nobody_are_said_to_be_none(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"})
    assert shown(run, checkout.path, "--by-owner", *TODAY).startswith("The plan names no people")


def test_the_bottleneck_is_named_in_a_sentence(make_repository: MakeRepository, run: Run) -> None:
    own = "milepost: 1\ntitle: Heron\npeople: {bo: {name: Bo Lind}, cy: {name: Cy, works: 4d/w}}\n"
    checkout = make_repository(
        files(
            "{id: beta, title: Beta, due: 2027-03-19, not_before: 2027-03-08, owner: bo, estimate: 8d}",
            "{id: audit, title: Audit, due: 2027-03-19, not_before: 2027-03-08, owner: bo, estimate: 6d}",
            "{id: docs, title: Docs, due: 2027-03-05, owner: cy, estimate: 5d}",
            own=own,
        )
    )
    text = " ".join(shown(run, checkout.path, *TODAY).split())
    assert "to keep these dates Bo Lind has 14 d of work in the 10 working days 8–19 Mar 2027" in text
    assert "; 1 more person has too much." in text


def test_the_accepted_order_is_kept_and_another_one_can_be(make_repository: MakeRepository, run: Run) -> None:
    def plan(*order: int) -> dict[str, str]:
        return files(*(f"{{id: m{n}, title: M, owner: ada, estimate: {days}d}}" for n, days in enumerate(order)))

    checkout = make_repository(plan(3, 3, 3, 3))
    before = starts(run, checkout)
    checkout.write(plan(3, 3, 2, 3))
    changed = starts(run, checkout)
    assert sorted(changed, key=changed.__getitem__) == sorted(before, key=before.__getitem__)
    assert starts(run, checkout, "--base", "HEAD") == changed
    missing = run("schedule", "--level", "--base", "nowhere", *TODAY, folder=checkout.path)
    assert missing.exit_code == 2 and "nowhere" in missing.stderr


def test_an_accepted_order_that_can_not_be_read_is_told(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(files("{id: m0, title: M, estimate: 3d"))
    checkout.write(files("{id: m0, title: M, estimate: 3d}"))
    result = run("schedule", "--level", *TODAY, folder=checkout.path)
    assert result.exit_code == 0
    assert "note: The order of the accepted version can't be kept: plan/milestones/m0.yaml: " in result.stderr


def starts(run: Run, checkout: Checkout, *more: str) -> dict[str, str]:
    found = json.loads(shown_json(run, checkout.path, "--level", *more, *TODAY))
    return {item["id"]: item["start"] for item in found["items"]}


def test_a_crowded_plan_shows_milestones_and_how_to_see_more(make_repository: MakeRepository, run: Run) -> None:
    task = "tasks: [{{id: a, title: A, estimate: 2d}}, {{id: b, title: B, estimate: 1d, depends_on: [a]}}]"
    text = "{{id: item-{0}, title: Item, owner: ada, " + task + "}}"
    checkout = make_repository(files(*(text.format(number) for number in range(20))))
    lines = shown(run, checkout.path, "--level", *TODAY)
    assert sum(line.startswith("○ item-") for line in lines.splitlines()) == 20
    assert "○ a" not in lines
    assert "40 tasks left out: milepost schedule ID shows those of one milestone." in lines
    checkout.write(files(*(text.format(number) for number in range(300))))
    lines = shown(run, checkout.path, "--level", *TODAY)
    assert sum(line.startswith("○ item-") for line in lines.splitlines()) == 40
    assert "260 more milestones left out" in lines
    assert sum("○ " in line for line in shown(run, checkout.path, "--level", "--table", *TODAY).splitlines()) == 900


#: What is wrong, the plan, and what has to be said of it.
BAD: list[tuple[str, Mapping[str, str], int, str]] = [
    ("no milestones", files(), 0, "There is no work in the plan."),
    ("all done", files("{id: a, title: A, finished: 2027-02-01}"), 0, "There is no open work."),
    ("no estimates", files("{id: a, title: A, due: 2027-05-01}"), 0, "No date can be told: nothing of what is left"),
    ("a circle", files(*("{id: a, title: A, estimate: 1d, depends_on: [b]}",
                         "{id: b, title: B, estimate: 1d, depends_on: [a]}")), 3, "a → b → a wait for each other"),
    ("itself", files("{id: a, title: A, estimate: 1d, depends_on: [a]}"), 3, "a depends on itself, so no date"),
    ("zero", files("{id: a, title: A, estimate: 0d}"), 0, "1 estimate is zero or does not go upwards"),
    ("huge", files("{id: a, title: A, estimate: 999999999d}"), 0, "after 2126"),
    ("huge and due", files("{id: a, title: A, estimate: 999999999w, due: 2027-04-01}"), 0, "a (after 2126)"),
    ("everyone away", files("{id: a, title: A, estimate: 1d, owner: ada}", own=OWN.replace(
        "{name: Ada Bright}", "{name: Ada, away: [2020-01-01..9999-12-31]}")), 0, "after 2126"),
    ("no working day", files("{id: a, title: A, estimate: 1d}",
                             own=OWN + "calendar: {closed: [2020-01-01..9999-12-31]}\n"), 3, "has no working day"),
    ("no workdays", files("{id: a, title: A, estimate: 1d}", own=OWN + "calendar: {workdays: []}\n"), 3,
     "calendar.workdays can't be understood"),
    ("due far away", files("{id: a, title: A, estimate: 1d, due: 9999-12-31}"), 0, "1 Mar 2027"),
    ("past", files("{id: a, title: A, estimate: 2d, due: 2027-02-01}"), 0, "a (21 d late)"),
    ("no such release", files("{id: a, title: A, estimate: 2d, due: v9}"), 0, "a is due with v9, which has no day"),
    ("points", files("{id: a, title: A, estimate: 3pt}", "{id: b, title: B, estimate: 1d, depends_on: [a]}"), 0,
     "1 item is estimated in points, which are time only by the team's velocity: a."),
    ("unknown links", files("{id: a, title: A, estimate: 2d, depends_on: [nobody]}"), 0, "Done by 2 Mar 2027"),
    ("text of a terminal", files('{id: a, title: "A \\e[31mred", estimate: 2d}'), 0, "Done by 2 Mar 2027"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "code", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
@pytest.mark.parametrize("more", [(), ("--level",), ("--table",), ("--format", "json")], ids=" ".join)
def test_bad_input_is_told_and_gives_no_wrong_date(
    make_repository: MakeRepository, run: Run, plan: Mapping[str, str], code: int, said: str, more: tuple[str, ...]
) -> None:
    checkout = make_repository(plan)
    result = run("schedule", *more, *TODAY, folder=checkout.path)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    if more != ("--format", "json") or code:
        assert said in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody",), "Nothing in the plan has the id nobody"),
        (("ada",), "ada is a person: only goals, milestones and tasks are scheduled."),
        (("--backward", "ada"), "ada is a person: only from the date of a goal or a milestone"),
        (("--backward", "undated"), "undated has no date"),
        (("--backward", "whole/part"), "hint: milepost schedule --backward whole"),
        (("--base", "HEAD"), "Only a levelled schedule has an order to keep."),
        (("dropped",), "dropped is dropped, or will not be done, so it has no dates."),
        (("undated", "--backward", "undated"), "--backward is about one goal or milestone."),
        (("undated", "--by-owner"), "--by-owner is about everybody's weeks"),
        (("--by-owner", "--backward", "undated"), "--backward is about one goal or milestone."),
    ],
)
def test_what_can_not_be_asked(
    make_repository: MakeRepository, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    checkout = make_repository(
        files(
            "{id: undated, title: U, estimate: 1d}",
            "{id: dropped, title: D, estimate: 1d, dropped: 2027-02-01}",
            "{id: whole, title: W, tasks: [{id: part, title: P, estimate: 1d}]}",
        )
    )
    result = run("schedule", *arguments, *TODAY, folder=checkout.path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_id_means_what_can_be_scheduled(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(files("{id: ada, title: A map for Ada, estimate: 1d}"))
    assert "A map for Ada can be done by" in shown(run, checkout.path, "ada", *TODAY)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (files("{id: beta, title: B, estimate: 1d, due: 2027-04-01, depends_on: [beta]}"), "beta depends on itself"),
        (files("{id: beta, title: B, estimate: 999999999w, due: 2027-04-01}"), "more than a hundred years of working"),
        (files("{id: beta, title: B, estimate: 1d, due: 9999-12-31}"), "more than a hundred years of working days to"),
        (files("{id: beta, title: B, due: 2027-04-01}"), "1 item has no estimate that gives time"),
        (files("{id: beta, title: B, due: v9}"), "beta is due with v9, which has no day in this plan."),
        (files("{id: beta, title: B, due: 2027-04-01, finished: 2027-02-01}"), "Nothing is left to do for it."),
        (files(f"{{id: beta, title: {'Beta ' * 16}, due: 2027-04-01, estimate: 2d}}"), "Beta due 1 Apr 2027"),
        (files("{id: beta, title: B, due: 2027-02-01, estimate: 2d}"), "It does not fit: 21 working days too late."),
    ],
)
@pytest.mark.parametrize("more", [(), ("--level",)], ids=" ".join)
def test_backward_on_bad_input(
    make_repository: MakeRepository, run: Run, plan: Mapping[str, str], said: str, more: tuple[str, ...]
) -> None:
    checkout = make_repository(plan)
    result = run("schedule", "--backward", "beta", *more, *TODAY, folder=checkout.path)
    assert said in " ".join(result.output.split())
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    as_data = run("schedule", "--backward", "beta", *more, *TODAY, "--format", "json", folder=checkout.path)
    assert as_data.exit_code == result.exit_code
    assert "Traceback" not in as_data.output


def in_points(count: int, days: int = 1) -> dict[str, str]:
    """A plan in points, and as many finished tasks of two points, each of which took so many days."""
    done = "{{id: t{0}, title: T, estimate: 2pt, started: 2027-02-{0:02}, finished: 2027-02-{0:02}, actual: {1}d}}"
    past = ", ".join(done.format(number, days) for number in range(1, count + 1))
    return files(
        f"{{id: alpha, title: Alpha, finished: 2027-02-19, owner: ada, tasks: [{past}]}}",
        "{id: beta, title: Beta, due: 2027-03-12, owner: bo, tasks: [{id: map, title: Map, estimate: 10pt}, "
        "{id: page, title: Page, estimate: 5pt..9pt, owner: ada, depends_on: [map]}]}",
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("chart", ()),
        ("table", ("--table", "--level")),
        ("backward", ("--backward", "beta")),
        ("by-owner", ("--by-owner",)),
    ],
)
@pytest.mark.parametrize(("count", "known"), [(8, "known"), (7, "unknown")])
def test_points_are_time_by_what_finished_points_took(
    make_repository: MakeRepository, run: Run, golden: Golden, name: str, arguments: tuple[str, ...], count: int,
    known: str,
) -> None:  # fmt: skip
    checkout = make_repository(in_points(count))
    golden(f"schedule/points-{known}-{name}.txt", shown(run, checkout.path, *arguments, *TODAY))


@pytest.mark.parametrize("arguments", [(), ("--level",), ("--backward", "beta"), ("--by-owner",)], ids=" ".join)
def test_data_says_how_long_a_point_is_as_the_forecast_does(
    make_repository: MakeRepository, run: Run, arguments: tuple[str, ...]
) -> None:
    checkout = make_repository(in_points(9))
    found = json.loads(shown_json(run, checkout.path, *arguments, *TODAY))
    assert found["hours_a_point"] == {"n": 9, "value": 4}
    forecast = json.loads(run("forecast", "--format", "json", *TODAY, folder=checkout.path).stdout)
    assert forecast["experience"]["hours_a_point"] == found["hours_a_point"]
    checkout.write({"plan/milestones/m1.yaml": "{id: beta, title: Beta, due: 2027-03-12, owner: bo, estimate: 3d}\n"})
    assert json.loads(shown_json(run, checkout.path, *arguments, *TODAY))["hours_a_point"] is None


def test_a_clone_without_the_past_still_has_the_dates_of_all_else(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(in_points(8))
    checkout.commit({"plan/milestones/m2.yaml": "{id: gamma, title: Gamma, estimate: 2d}\n"})
    shallow = checkout.path.parent / "shallow"
    checkout.git("clone", "-q", "--depth", "1", f"file://{checkout.path}", str(shallow))
    result = run("schedule", *TODAY, folder=shallow)
    assert result.exit_code == 0
    assert "What can be dated is done by 2 Mar 2027" in result.stdout
    assert "time only by the team's velocity: beta/map and beta/page." in " ".join(result.stdout.split())
    assert "How long a point takes can't be told: " in result.stderr


def test_nothing_accepted_yet_is_no_failure(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(in_points(8))
    assert "(n = 0)" in shown(run, checkout.path, *TODAY)


@pytest.mark.parametrize("count", [8, 7])
def test_check_finds_the_bottleneck_that_a_schedule_in_points_names(
    make_repository: MakeRepository, run: Run, count: int
) -> None:
    beta = "{id: beta, title: Beta, due: 2027-03-12, owner: bo, estimate: 10pt}\n"
    checkout = make_repository({**in_points(count, days=3), "plan/milestones/m1.yaml": beta})  # 12 hours a point
    told = " ".join(shown(run, checkout.path, *TODAY).split())
    found = " ".join(run("check", "--rule", "over-allocated", *TODAY, folder=checkout.path).stdout.split())
    if count == 8:
        assert "Bo Lind has 15 d of work in the 10 working days 1–12 Mar 2027" in told
        assert "bo has 15 d of work in the 10 working days from 2027-03-01 to 2027-03-12" in found
    else:
        assert "Bo Lind has" not in told
        assert found == "No findings."


def test_many_cuts_are_listed_in_short(make_repository: MakeRepository, run: Run) -> None:
    first = "{id: t0, title: T, estimate: 1d}"
    task = "{{id: t{0}, title: T, priority: could, estimate: 1d, depends_on: [t{1}]}}"
    tasks = ", ".join(task.format(number, number - 1) for number in range(1, 31))
    checkout = make_repository(
        files(f"{{id: beta, title: B, priority: must, due: 2027-03-04, tasks: [{first}, {tasks}]}}")
    )
    text = shown(run, checkout.path, "--backward", "beta", *TODAY)
    assert text.count("could") == 19
    assert "  … 8 more …\n" in text
    assert text.endswith("nothing: it fits\n")
