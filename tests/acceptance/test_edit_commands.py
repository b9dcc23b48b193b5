"""The commands that change plan files, on real repositories: what they write, what they leave, what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from milepost.cli.editing.lock import lock_work_tree
from tests.conftest import Checkout, MakeRepository, Run

TODAY = ("--today", "2027-02-22")
PLAN = """\
milepost: 1
title: Heron
people: # everybody
  ada: {name: Ada Ash, email: ada@example.org, github: adab}
  bo: {name: Bo Lind}
releases:
  v1.4: 2027-06-09
assertions:
  - due(beta) <= 2027-12-31 # beta/tiles too
"""
BETA = """\
# The first thing that strangers see.
id: beta
title: Public beta   # not "open beta"
due: 2027-03-15
commitment: promise
because:
  dependency: vendor API came late
owner: ada
depends_on: [freeze]
labels: [maps]
tasks:
  - {id: schema, title: Agree the schema, estimate: 2d, started: 2027-01-04, finished: 2027-01-08}
  - id: tiles # draws
    title: Serve tiles
    estimate: 3d..12d
    depends_on: [schema, freeze]

# the end
"""
FREEZE = "id: freeze\ntitle: Design freeze\ndue: 2027-02-01\nowner: bo\n"
GOAL = "id: self-serve\ntitle: People publish\ndue: 2027-12-31\n"
RISK = "id: vendor\ntitle: The vendor leaves\nthreatens: [beta, beta/tiles]\nprobability: 30%\nimpact: 5d\nowner: ada\n"
FILES = {
    "plan/milepost.yaml": PLAN,
    "plan/milestones/beta.yaml": BETA,
    "plan/milestones/freeze.yaml": FREEZE,
    "plan/goals/self-serve.yaml": GOAL,
    "plan/risks/vendor.yaml": RISK,
}


@pytest.fixture
def heron(make_repository: MakeRepository) -> Checkout:
    """A committed plan with two milestones, two tasks, a goal, a risk, a release and two people."""
    return make_repository(FILES)


def label(value: object) -> str:
    """What was typed, for the name of a test; nothing for what comes out."""
    return " ".join(value)[:30] if isinstance(value, list) and value and not value[0].startswith(("+", "-")) else ""


def lines(checkout: Checkout) -> list[str]:
    """The lines that differ from what is committed, without their context."""
    diff = checkout.git("diff", "-U0", "--no-color")
    return [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def text(checkout: Checkout, path: str) -> str:
    return (checkout.path / path).read_bytes().decode()


# what is typed, the lines that change, what is printed about the file
SET = [
    (["freeze", "due=2027-02-08"], ["-due: 2027-02-01", "+due: 2027-02-08"], "due 2027-02-01 → 2027-02-08"),
    (["freeze", "priority=must"], ["+priority: must"], "priority must"),
    (["freeze", "goal=self-serve"], ["+goal: self-serve"], "goal self-serve"),
    (["freeze", "outcome=no"], ['+outcome: "no"'], "outcome no"),
    (["freeze", "outcome=12:30"], ['+outcome: "12:30"'], "outcome 12:30"),
    (["freeze", "outcome=2024-01-02"], ['+outcome: "2024-01-02"'], "outcome 2024-01-02"),
    (["freeze", "not_before=2027-01-02"], ["+not_before: 2027-01-02"], "not_before 2027-01-02"),
    (["freeze", "rank=10", "owner="], ["+rank: 10", "-owner: bo"], "rank 10, owner no longer bo"),
    (["beta", "labels+=a,b"], ["-labels: [maps]", "+labels: [maps, a, b]"], "labels + a, + b"),
    (["beta", "labels-=maps"], ["-labels: [maps]"], "labels no longer [maps]"),
    (["beta", "due=v1.4", "--because", "scope: it grew"],
     ["-due: 2027-03-15", "+due: v1.4", "-  dependency: vendor API came late", "+  scope: it grew"],
     "due 2027-03-15 → v1.4, because scope: it grew"),
    (["beta/tiles", "owner=bo"], ["+    owner: bo"], "tiles owner bo"),
    (["beta/schema", "actual=3d"],
     ["-  - {id: schema, title: Agree the schema, estimate: 2d, started: 2027-01-04, finished: 2027-01-08}",
      "+  - {id: schema, title: Agree the schema, estimate: 2d, started: 2027-01-04, finished: 2027-01-08,",
      "+     actual: 3d}"],
     "schema actual 3d"),
    (["beta/tiles", "depends_on-=freeze"],
     ["-    depends_on: [schema, freeze]", "+    depends_on: [schema]"], "tiles depends_on − freeze"),
    (["vendor", "closed=2027-02-02"], ["+closed: 2027-02-02"], "closed 2027-02-02"),
    (["bo", "github=bolind"], ["-  bo: {name: Bo Lind}", "+  bo: {name: Bo Lind, github: bolind}"], "bo github bolind"),
    (["v1.4", "due=2027-06-16", "--because", "external: a fair"],
     ["-  v1.4: 2027-06-09", "+  v1.4:", "+    due: 2027-06-16", "+    because: {external: a fair}"],
     "v1.4 due 2027-06-09 → 2027-06-16, v1.4 because external: a fair"),
    (["plan", "releases.v1.5=2027-09-08", "people.cy={name: Cy Okafor}"],
     ["+  v1.5: 2027-09-08", "+  cy: {name: Cy Okafor}"],
     "releases.v1.5 2027-09-08, people.cy {name: Cy Okafor}"),
    (["plan", "assertions+=due(freeze) < 2027-12-01", "rules.too-many-open.limit=3"],
     ["+  - due(freeze) < 2027-12-01", "+rules:", "+  too-many-open: {limit: 3}"],
     "assertions + due(freeze) < 2027-12-01, rules.too-many-open.limit 3"),
    (["plan", "calendar.hours=7.5"], ["+calendar: {hours: 7.5}"], "calendar.hours 7.5"),
    (["beta", "blocked.since=2027-02-03", "blocked.by=no key: none"],
     ['+blocked: {since: 2027-02-03, by: "no key: none"}'], "blocked.since 2027-02-03, blocked.by no key: none"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "changed", "told"), SET, ids=label)
def test_set_changes_these_lines_and_no_other(
    heron: Checkout, run: Run, typed: list[str], changed: list[str], told: str
) -> None:
    result = run("set", *typed, *TODAY, folder=heron.path)
    assert result.exit_code == 0, result.output
    assert sorted(lines(heron)) == sorted(changed)
    assert result.stdout.partition(": ")[2] == f"{told}\n"
    assert run("check", "--fail-on", "error", *TODAY, folder=heron.path).exit_code == 0


def test_crlf_and_a_missing_last_line_end_stay(make_repository: MakeRepository, run: Run) -> None:
    data = BETA.replace("\n", "\r\n").encode().removesuffix(b"\r\n\r\n# the end\r\n")
    checkout = make_repository({**FILES, "plan/milestones/beta.yaml": data})
    assert run("set", "beta", "owner=bo", *TODAY, folder=checkout.path).exit_code == 0
    assert (checkout.path / "plan/milestones/beta.yaml").read_bytes() == data.replace(b"owner: ada", b"owner: bo")


def test_what_is_said_already_is_not_written(heron: Checkout, run: Run) -> None:
    before = (heron.path / "plan/milestones/freeze.yaml").stat().st_mtime_ns
    result = run("set", "freeze", "owner=bo", "outcome=", folder=heron.path)
    assert (result.exit_code, result.stdout) == (2, ""), "an empty outcome that is not there is no outcome"
    result = run("set", "freeze", "owner=bo", folder=heron.path)
    assert (result.exit_code, result.stdout, "says this already" in result.stderr) == (0, "", True)
    assert (heron.path / "plan/milestones/freeze.yaml").stat().st_mtime_ns == before


def test_an_id_holds_the_words_that_fit_in_forty_characters(heron: Checkout, run: Run) -> None:
    for last, id in (("b" * 19, f"{'a' * 20}-{'b' * 19}"), ("b" * 20, "a" * 20)):
        assert run("new", "goal", "--title", f"{'A' * 20} {last}", folder=heron.path).exit_code == 0
        assert (heron.path / f"plan/goals/{id}.yaml").is_file()


def test_dry_run_shows_the_difference_and_writes_nothing(heron: Checkout, run: Run) -> None:
    result = run("set", "freeze", "outcome=\x1b[31mred", "due=2027-02-08", "--dry-run", folder=heron.path)
    assert result.exit_code == 1, "what no plan may hold is refused in a dry run too"
    result = run("set", "freeze", "due=2027-02-08", "--dry-run", folder=heron.path)
    assert (result.exit_code, lines(heron)) == (0, [])
    assert result.stdout == (
        "--- a/plan/milestones/freeze.yaml\n+++ b/plan/milestones/freeze.yaml\n@@ -1,4 +1,4 @@\n"
        " id: freeze\n title: Design freeze\n-due: 2027-02-01\n+due: 2027-02-08\n owner: bo\n"
    )
    new = run("new", "goal", "--title", "Another", "-n", folder=heron.path)
    assert new.stdout.startswith("--- /dev/null\n+++ b/plan/goals/another.yaml\n@@ -0,0 +1,2 @@\n+id: another\n")


# what is typed, the exit code, words that are printed
REFUSED = [
    (["set", "beta", "dues=2027-01-01"], 2, "did you mean due?"),
    (["set", "beta", "due"], 2, "is not FIELD=VALUE"),
    (["set", "beta", "started=soon"], 2, "soon is not a date"),
    (["set", "bta", "due=2027-01-01"], 2, "hint: did you mean beta?"),
    (["set", "beta", "owner=cy"], 1, "cy is not among the people"),
    (["set", "beta", "title="], 1, "has no title but needs one"),
    (["set", "beta", "labels-=sea"], 2, "has no sea"),
    (["set", "beta", "owner+=bo"], 2, "owner is not a list"),
    (["set", "freeze", "depends_on=beta"], 1, "error[dependency-cycle]"),
    (["set", "beta"], 2, "FIELD=VALUE is missing"),
    (["set"], 2, "ID is missing"),
    (["set", "ada", "id=ada-ash"], 2, "a key of milepost.yaml"),
    (["set", "beta", "id=freeze"], 1, "error[duplicate-id]"),
    (["set", "beta", "id=Beta 2"], 2, "write beta-2"),
    (["set", "beta", "--because", "late"], 2, "A reason is a category and a sentence"),
    (["set", "vendor", "impact=9d", "--because", "risk: worse"], 2, "A risk has no `because`"),
    (["start", "vendor"], 2, "is a risk, not a milestone or a task"),
    (["start", "beta/schema"], 2, "was started on 2027-01-04 already"),
    (["start", "beta/tiles", "--on", "2027-03-01"], 2, "still to come"),
    (["finish", "beta"], 1, "error[done-with-open-tasks]"),
    (["finish", "beta/schema"], 2, "was finished on 2027-01-08 already"),
    (["finish", "freeze", "--actual", "3d"], 2, "leave out --actual"),
    (["finish", "beta/tiles", "--actual", "3 days"], 2, '"3 days" is not an amount of work'),
    (["drop", "freeze"], 2, "--because"),
    (["vote", "beta", "2", "--by", "bo"], 2, "--says"),
    (["vote", "beta", "6", "--by", "bo"], 2, "1<=x<=5"),
    (["vote", "beta", "4", "--by", "cy"], 2, "known: ada, bo"),
    (["vote", "beta", "4"], 2, "--by PERSON is missing"),
    (["vote", "beta/tiles", "4", "--by", "bo"], 2, "is a task, not a milestone"),
    (["start", "tiles"], 2, "hint: did you mean beta/tiles?"),
    (["start", "nothing-like-it"], 2, "hint: milepost show --ids lists all ids"),
    (["set", "beta", "--because", "late"], 2, '"scope: what changed" (or: estimate, dependency,'),
    (["set", "beta", "tasks-=sea"], 2, "tasks of beta has no sea"),
    (["drop", "ada", "--because", "scope: x"], 2, "milepost set plan people.ada="),
    (["drop", "self-serve", "--because", "scope: x"], 2, "delete plan/goals/self-serve.yaml"),
    (["vote", "beta/tiles", "4", "--by", "bo"], 2, "hint: milepost vote beta N"),
    (["new"], 2, "KIND is missing"),
    (["new", "milestone", "--title", "X"], 2, "--due 2027-Q2   (or --estimate 8d..20d)"),
    (["new", "milestone", "--title", "public  BETA", "--due", "2027-05-05"], 2, "beta is a milestone with this title"),
    (["new", "task", "--in", "beta", "--title", "Serve tiles"], 2, "hint: --id serve-tiles for another one"),
    (["new", "sprint", "--title", "One"], 2, "--title goes with milestone, task, risk, goal"),
    (["new", "sprint", "--name", "One"], 2, "--name goes with person"),
    (["new", "sprint"], 2, "milepost new sprint start=2027-03-01 end=2027-03-12"),
    (["new", "person", "--name", "Ada", "--id", "ada"], 2, "Another item is called ada"),
    (["new", "person", "--name", "ada ash"], 2, "ada is a person with this name already"),
    (["new", "person", "--name", "地図"], 2, "No letter of this name can stand in an id"),
    (["show", "--ids", "beta"], 2, "milepost show --ids"),
    (["new", "milestone"], 2, "needs title"),
    (["new", "task", "--title", "X"], 2, "--in MILESTONE is missing"),
    (["new", "task", "--in", "beta", "--title", "X", "--id", "tiles"], 2, "hint: --id tiles-2"),
    (["new", "milestone", "--title", "X", "--due", "2027-05-05", "--id", "vendor"], 2, "hint: --id vendor-2"),
    (["new", "milestone", "--title", "地図", "--due", "2027-05-05"], 2, "--id"),
    (["new", "sprint"], 2, "needs start and end"),
    (["new", "goal", "--title", "X", "--in", "beta"], 2, "--in goes with a task"),
    (["new", "risk", "--title", "X", "threatens=nothing"], 1, "error[dangling-reference]"),
    (["new", "release"], 2, "'release' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code", "words"), REFUSED, ids=label)
def test_what_can_not_be_is_refused_and_nothing_is_written(
    heron: Checkout, run: Run, typed: list[str], code: int, words: str
) -> None:
    result = run(*typed, *TODAY, folder=heron.path)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert " ".join(words.split()) in " ".join(result.stderr.split())
    assert heron.git("status", "--porcelain") == ""


def test_an_error_that_was_there_before_stops_nobody(heron: Checkout, run: Run) -> None:
    heron.commit({"plan/milestones/other.yaml": "id: other\ntitle: Other\ndue: 2027-05-05\nowner: cy\nlabls: [a]\n"})
    assert run("set", "other", "rank=1", folder=heron.path).exit_code == 0
    assert run("set", "freeze", "rank=1", folder=heron.path).exit_code == 0
    assert run("set", "freeze", "owner=cy", folder=heron.path).exit_code == 1, "the same error in another place is new"


def test_a_promise_moves_only_with_a_reason(heron: Checkout, run: Run) -> None:
    result = run("set", "beta", "due=2027-04-05", folder=heron.path)
    assert (result.exit_code, lines(heron)) == (2, [])
    assert "a promise does not move without a reason" in result.stderr
    assert "estimate, dependency, capacity, risk, priority, external" in result.stderr
    for weaker in ("due=", "commitment=target", "commitment=", "priority=wont", "dropped=2027-02-01"):
        assert run("set", "beta", weaker, folder=heron.path).exit_code == 2
    assert run("set", "beta", "due=2027-04-05", "because=scope: more", folder=heron.path).exit_code == 0
    assert run("set", "beta", "due=2027-04-06", folder=heron.path).exit_code == 0, "the reason is there by now"
    assert (
        run("set", "beta", "due=2027-03-15", "because={dependency: vendor API came late}", folder=heron.path).exit_code
        == 0
    )
    assert lines(heron) == []


def test_where_it_can_not_be_told_what_is_promised_nothing_is_changed(heron: Checkout, run: Run) -> None:
    id = heron.git("rev-parse", "HEAD:plan/milestones/beta.yaml")
    (heron.path / ".git/objects" / id[:2] / id[2:]).unlink()
    before = (heron.path / "plan/milestones/beta.yaml").read_text()
    result = run("set", "beta", "due=2027-09-01", folder=heron.path)
    assert (result.exit_code, id in result.stderr) == (3, True), result.output
    assert (heron.path / "plan/milestones/beta.yaml").read_text() == before


def test_a_promise_that_was_renamed_before_it_moves_needs_a_reason_too(heron: Checkout, run: Run) -> None:
    assert run("set", "beta", "id=open-beta", folder=heron.path).exit_code == 0
    assert run("set", "open-beta", "due=2027-04-05", folder=heron.path).exit_code == 2


def test_a_release_that_carries_a_promise_needs_a_reason(heron: Checkout, run: Run) -> None:
    assert "note: No reason was given" in run("set", "v1.4", "due=2027-06-16", folder=heron.path).stderr
    heron.commit({"plan/milestones/beta.yaml": BETA.replace("2027-03-15", "v1.4")})
    assert run("set", "v1.4", "due=2027-06-23", folder=heron.path).exit_code == 2


def test_a_target_moves_with_a_note_and_a_first_value_without(heron: Checkout, run: Run) -> None:
    moved = run("set", "freeze", "due=2027-02-08", folder=heron.path)
    assert (moved.exit_code, "note: No reason was given for the new due" in moved.stderr) == (0, True)
    estimated = run("set", "beta/tiles", "estimate=4d", folder=heron.path)
    assert (estimated.exit_code, "No reason was given for the new estimate" in estimated.stderr) == (0, True)
    first = run("set", "freeze", "estimate=3d", folder=heron.path)
    assert (first.exit_code, first.stderr) == (0, "")


def test_a_reason_that_git_would_not_see_is_pointed_out(heron: Checkout, run: Run) -> None:
    result = run("set", "beta", "due=2027-04-05", "--because", "dependency: vendor API came late", folder=heron.path)
    assert result.exit_code == 0
    assert "Because: dependency: vendor API came late" in result.stderr


def test_a_new_id_follows_every_reference_and_history_stays_in_one_piece(heron: Checkout, run: Run) -> None:
    heron.commit({
        "plan/sprints/s1.yaml": "id: s1\nstart: 2027-02-15\nend: 2027-02-26\nitems: [beta/tiles, freeze]\n",
        "plan/feedback/f1.yaml": "id: f1\nabout: beta\ndate: 2027-02-02\nsaid: Fine\nleads_to: [beta/tiles]\n",
        "plan/reviews/r1.yaml": "id: r1\ndate: 2027-02-02\nagreed:\n  - {who: bo, about: [beta]}\n"
                                "risks_looked_at: [beta, vendor]\n",
        "plan/milestones/later.yaml": "id: later\ntitle: Later, not beta\ndue: 2027-09-01\n"
                                      "depends_on: [{item: beta, lag: 3d}, beta/tiles]\n",
    }, day=date(2027, 1, 5))  # fmt: skip
    result = run("set", "beta", "id=open-beta", folder=heron.path)
    assert result.exit_code == 0, result.output
    assert "--move makes it plan/milestones/open-beta.yaml" in result.stderr
    changed = lines(heron)
    assert sorted(line for line in changed if line.startswith("+")) == sorted([
        "+id: open-beta", "+was: [beta]", "+threatens: [open-beta, open-beta/tiles]",
        "+items: [open-beta/tiles, freeze]", "+about: open-beta", "+leads_to: [open-beta/tiles]",
        "+  - {who: bo, about: [open-beta]}", "+risks_looked_at: [open-beta, vendor]",
        "+depends_on: [{item: open-beta, lag: 3d}, open-beta/tiles]",
        "+  - due(open-beta) <= 2027-12-31 # beta/tiles too",
    ])  # fmt: skip
    heron.commit(day=date(2027, 1, 6))
    run("set", "open-beta", "due=2027-04-05", "--because", "scope: more", folder=heron.path)
    heron.commit(day=date(2027, 1, 7))
    why = run("why", "open-beta", folder=heron.path).stdout
    assert "First said 15 Mar 2027" in why
    assert "Moved once, 21 days" in why
    old = json.loads(run("log", "beta", "--field", "due", "--format", "json", folder=heron.path).stdout)
    assert [change["new"] for change in old["changes"]] == ["2027-04-05", "2027-03-15"]
    tasks = json.loads(run("log", "open-beta/tiles", "--format", "json", folder=heron.path).stdout)["changes"]
    assert "3d..12d" in [change["new"] for change in tasks], "its tasks keep their history"


def test_a_task_gets_a_new_id_among_its_siblings(heron: Checkout, run: Run) -> None:
    assert run("set", "beta/schema", "id=tile-schema", folder=heron.path).exit_code == 0
    shown = json.loads(run("show", "beta/tile-schema", "--format", "json", folder=heron.path).stdout)
    assert shown["fields"]["was"] == ["schema"]
    assert "    depends_on: [tile-schema, freeze]\n" in text(heron, "plan/milestones/beta.yaml")
    assert run("set", "beta/schema", "id=beta/schema", folder=heron.path).exit_code == 0, "found by its earlier id"
    assert "was: [tile-schema]" in text(heron, "plan/milestones/beta.yaml"), "nothing was what it is"


def test_goals_and_risks_get_new_ids_too(heron: Checkout, run: Run) -> None:
    heron.commit({
        "plan/goals/reach.yaml": "id: reach\ntitle: Reach\nserves: self-serve\n",
        "plan/milestones/freeze.yaml": FREEZE + "goal: self-serve\n",
        "plan/reviews/r1.yaml": "id: r1\ndate: 2027-02-02\nrisks_looked_at: [vendor]\n",
    })  # fmt: skip
    assert run("set", "self-serve", "id=alone", folder=heron.path).exit_code == 0
    assert run("set", "vendor", "id=tile-vendor", folder=heron.path).exit_code == 0
    added = [line for line in lines(heron) if line.startswith("+")]
    assert {"+serves: alone", "+goal: alone", "+risks_looked_at: [tile-vendor]", "+was: [vendor]"} <= set(added)


def test_move_gives_the_file_its_name_and_git_and_log_follow(heron: Checkout, run: Run) -> None:
    result = run("set", "freeze", "id=design-freeze", "--move", folder=heron.path)
    assert result.exit_code == 0, result.output
    assert "(was plan/milestones/freeze.yaml)" in result.stdout
    assert not (heron.path / "plan/milestones/freeze.yaml").exists()
    heron.commit(day=date(2027, 1, 6))
    changes = json.loads(run("log", "design-freeze", "--format", "json", folder=heron.path).stdout)["changes"]
    assert {change["path"] for change in changes} == {
        "plan/milestones/freeze.yaml",
        "plan/milestones/design-freeze.yaml",
    }
    assert "--move goes with a new id" in run("set", "beta", "rank=1", "--move", folder=heron.path).stderr


def test_codeowners_are_printed_for_the_files_of_the_plan(heron: Checkout, run: Run) -> None:
    shown = run("show", "--format", "codeowners", folder=heron.path)
    assert (shown.exit_code, shown.stdout.splitlines()[2:]) == (0, [
        "# Without an account: Bo Lind. If there is one: milepost set bo github=NAME",
        "",
        "/plan/milestones/beta.yaml @adab",
        "# plan/milestones/freeze.yaml: Bo Lind",
        "/plan/risks/vendor.yaml @adab",
    ])  # fmt: skip
    assert run("show", "beta", "--format", "codeowners", folder=heron.path).exit_code == 2


def test_what_comes_from_sources_is_read_only(make_repository: MakeRepository, run: Run) -> None:
    plan = (
        "milepost: 1\ntitle: T\nsources: [{files: s.json, kind: milestone, each: ., id: '{key}', fields: {due: end}}]\n"
    )
    checkout = make_repository({"plan/milepost.yaml": plan, "s.json": '{"v1": {"end": "2027-01-01"}}'})
    for typed in (["set", "v1", "due=2027-02-02"], ["start", "v1"], ["new", "task", "--in", "v1", "--title", "T"]):
        result = run(*typed, folder=checkout.path)
        assert (result.exit_code, "v1 comes from s.json" in result.stderr) == (2, True)
    assert checkout.git("status", "--porcelain") == ""


def test_start_finish_and_drop_write_the_day(heron: Checkout, run: Run) -> None:
    assert run("start", "beta/tiles", "--on", "2027-02-15", *TODAY, folder=heron.path).exit_code == 0
    told = run("finish", "beta/tiles", "--actual", "9d", *TODAY, folder=heron.path)
    assert told.stdout == "plan/milestones/beta.yaml: tiles finished 2027-02-22, tiles actual 9d\n"
    told = run("drop", "freeze", "--because", "priority: it: goes last", *TODAY, folder=heron.path)
    assert told.stdout == "plan/milestones/freeze.yaml: dropped 2027-02-22, because priority: it: goes last\n"
    assert [line for line in lines(heron) if line.startswith("+")] == [
        "+    started: 2027-02-15", "+    finished: 2027-02-22", "+    actual: 9d",
        '+because: {priority: "it: goes last"}', "+dropped: 2027-02-22",
    ]  # fmt: skip
    assert "was dropped on 2027-02-22 already" in run("start", "freeze", *TODAY, folder=heron.path).stderr


def test_a_vote_is_the_number_or_the_number_with_words(heron: Checkout, run: Run) -> None:
    heron.git("config", "user.email", "Ada@Example.org")
    assert run("vote", "beta", "4", folder=heron.path).exit_code == 0
    assert (
        run("vote", "beta", "2", "--by", "bo", "--pace", "slow", "--says", "no: way", folder=heron.path).exit_code == 0
    )
    shown = json.loads(run("show", "beta", "--format", "json", folder=heron.path).stdout)
    assert shown["fields"]["votes"] == {"ada": "4", "bo": {"feasible": "2", "pace": "slow", "says": "no: way"}}
    assert run("vote", "beta", "5", "--by", "bo", folder=heron.path).exit_code == 0
    shown = json.loads(run("show", "beta", "--format", "json", folder=heron.path).stdout)
    assert shown["fields"]["votes"] == {"ada": "4", "bo": "5"}


# what is typed after `new`, the file, what it holds
NEW = [
    (["milestone", "--title", "Zürich: 12:30", "--due", "2027-05-05", "--owner", "ada", "rank=1"],
     "milestones/zurich-12-30.yaml",
     'id: zurich-12-30\ntitle: "Zürich: 12:30"\ndue: 2027-05-05\nrank: 1\nowner: ada\n'),
    (["milestone", "--title", "Beta", "--due", "v1.4", "--goal", "self-serve"],
     "milestones/beta-2.yaml", "id: beta-2\ntitle: Beta\ngoal: self-serve\ndue: v1.4\n"),
    (["goal", "--title", "no", "measure=1.0"], "goals/no.yaml", 'id: "no"\ntitle: "no"\nmeasure: "1.0"\n'),
    (["risk", "--title", "It rains", "threatens=beta,freeze", "probability=30%", "impact=5d..15d"],
     "risks/it-rains.yaml",
     "id: it-rains\ntitle: It rains\nthreatens: [beta, freeze]\nprobability: 30%\nimpact: 5d..15d\n"),
    (["sprint", "start=2027-03-01", "end=2027-03-12", "items=beta/tiles"],
     "sprints/2027-w09.yaml", "id: 2027-w09\nstart: 2027-03-01\nend: 2027-03-12\nitems: [beta/tiles]\n"),
    (["feedback", "about=beta", "said=It: works", "score=4"],
     "feedback/beta-2027-02-22.yaml",
     'id: beta-2027-02-22\nabout: beta\ndate: 2027-02-22\nsaid: "It: works"\nscore: 4\n'),
    (["milestone", "--title", "Public beta", "--due", "v1.4", "--id", "second-beta"],
     "milestones/second-beta.yaml", "id: second-beta\ntitle: Public beta\ndue: v1.4\n"),
    (["review", "attended=ada,bo"],
     "reviews/review-2027-02-22.yaml", "id: review-2027-02-22\ndate: 2027-02-22\nattended: [ada, bo]\n"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "path", "content"), NEW, ids=label)
def test_new_writes_a_small_file_that_passes(
    heron: Checkout, run: Run, typed: list[str], path: str, content: str
) -> None:
    result = run("new", *typed, *TODAY, folder=heron.path)
    assert result.exit_code == 0, result.output
    assert text(heron, f"plan/{path}") == content
    assert run("check", "--fail-on", "error", *TODAY, folder=heron.path).exit_code == 0


def test_a_new_task_goes_to_the_end_of_its_milestone(heron: Checkout, run: Run) -> None:
    assert (
        run("new", "task", "--in", "beta", "--title", "Draw #1", "--estimate", "2d", folder=heron.path).exit_code == 0
    )
    assert lines(heron) == ["+  - id: draw-1", '+    title: "Draw #1"', "+    estimate: 2d"]
    assert run("new", "task", "--in", "freeze", "--title", "Draw", folder=heron.path).exit_code == 0
    assert text(heron, "plan/milestones/freeze.yaml").startswith(FREEZE + "tasks:\n")


def test_a_new_sprint_follows_the_last_one(heron: Checkout, run: Run) -> None:
    heron.commit({"plan/sprints/2027-s01.yaml": "id: 2027-s01\nstart: 2027-02-15\nend: 2027-02-26\n"})
    assert run("new", "sprint", "goal=no more maps", *TODAY, folder=heron.path).exit_code == 0
    assert text(heron, "plan/sprints/2027-w09.yaml") == (
        "id: 2027-w09\nstart: 2027-03-01\nend: 2027-03-12\ngoal: no more maps\n"
    )


def test_a_new_file_names_its_schema_where_the_schemas_lie_beside_the_plan(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository({"README.md": "x\n"})
    run("init", folder=checkout.path)
    assert run("new", "milestone", "--title", "First", "--due", "2027-05-05", folder=checkout.path).exit_code == 0
    first = text(checkout, "plan/milestones/first.yaml").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.schemas/milestone.schema.json"
    assert (checkout.path / "plan/milestones" / first.partition("=")[2]).is_file()


def test_nothing_is_overwritten(heron: Checkout, run: Run) -> None:
    heron.commit({"plan/goals/first.yaml": "id: another\ntitle: Another\n"})
    result = run("new", "goal", "--title", "First", folder=heron.path)
    assert (result.exit_code, "plan/goals/first.yaml is there already" in result.stderr) == (3, True)
    result = run("set", "self-serve", "id=first", "--move", folder=heron.path)
    assert (result.exit_code, heron.git("status", "--porcelain")) == (3, "")


@pytest.mark.skipif(sys.platform == "win32", reason="not everybody may make links there")
def test_a_link_is_named_where_an_item_is_missed(heron: Checkout, run: Run) -> None:
    (heron.path / "shared.yaml").write_text("id: linked\ntitle: Linked\ndue: 2027-05-05\n")
    (heron.path / "plan/milestones/linked.yaml").symlink_to("../../shared.yaml")
    result = run("set", "linked", "rank=1", folder=heron.path)
    assert result.exit_code == 2
    assert "Nothing in the plan has the id linked" in result.stderr
    assert "plan/milestones/linked.yaml is not opened: it is a link" in " ".join(result.stderr.split())
    assert "rank" not in (heron.path / "shared.yaml").read_text()


def test_a_file_that_does_not_parse_is_named_and_left(heron: Checkout, run: Run) -> None:
    heron.commit({"plan/milestones/beta.yaml": BETA + "  [\n"})
    result = run("set", "beta", "rank=1", folder=heron.path)
    assert (result.exit_code, "plan/milestones/beta.yaml" in result.stderr) == (3, True)
    assert run("set", "freeze", "rank=1", folder=heron.path).exit_code == 0


def test_several_at_once_lose_no_edit(heron: Checkout) -> None:
    tasks = "".join(f"  - {{id: t{number}, title: Task, estimate: 2d}}\n" for number in range(6))
    heron.commit({"plan/milestones/many.yaml": f"id: many\ntitle: Many\ndue: 2027-05-05\ntasks:\n{tasks}"})
    typed = [[sys.executable, "-m", "milepost", "start", f"many/t{number}", *TODAY] for number in range(6)]
    running = [subprocess.Popen(command, cwd=heron.path, stdout=subprocess.DEVNULL) for command in typed]
    assert [process.wait(timeout=60) for process in running] == [0] * 6
    assert text(heron, "plan/milestones/many.yaml").count("started: 2027-02-22") == 6


def test_a_warning_that_an_edit_brings_is_told_once_and_stops_nothing(heron: Checkout, run: Run) -> None:
    first = run("set", "beta/tiles", "depends_on=schema,freeze", "priority=must", *TODAY, folder=heron.path)
    assert (first.exit_code, "warning[" in first.stderr) == (0, False), first.stderr
    late = ("set", "freeze", "due=2027-04-05", "--because", "scope: more", *TODAY)
    shown = run(*late, "--dry-run", folder=heron.path)
    told = run(*late, folder=heron.path)
    for result in (shown, told):
        assert (result.exit_code, "warning[due-before-dependency]" in result.stderr) == (0, True), result.output
    assert "advice" not in told.stderr
    assert "warning[" not in told.stdout
    again = run("set", "freeze", "due=2027-04-06", *TODAY, folder=heron.path)
    assert (again.exit_code, "warning[" in again.stderr) == (0, False), "it was there before, with another date"


def test_the_entry_of_a_list_is_taken_out_by_its_id(heron: Checkout, run: Run) -> None:
    assert run("set", "beta", "tasks-=tiles", folder=heron.path).exit_code == 1, "the risk still names it"
    run("set", "vendor", "threatens=beta", folder=heron.path)
    assert run("set", "beta", "tasks-=beta/tiles", folder=heron.path).exit_code == 0
    ids = run("show", "--ids", folder=heron.path).stdout
    assert ("beta/tiles" in ids, "beta/schema" in ids) == (False, True)


def test_a_reason_that_changes_alone_and_one_that_stays_behind_are_told(heron: Checkout, run: Run) -> None:
    alone = run("set", "beta", "due=2027-03-15", "--because", "scope: more", folder=heron.path)
    assert "note: Only the reason changed: the plan said the same for due before." in alone.stderr
    run("drop", "freeze", "--because", "priority: later", *TODAY, folder=heron.path)
    back = run("set", "freeze", "dropped=", folder=heron.path)
    assert "milepost set freeze because= takes it out" in back.stderr


def test_ids_that_were_given_up_are_found_and_not_given_again(heron: Checkout, run: Run) -> None:
    assert run("set", "beta", "id=open-beta", folder=heron.path).exit_code == 0
    assert run("set", "open-beta/tiles", "id=draw", folder=heron.path).exit_code == 0
    for name, id in (("beta", "open-beta"), ("beta/schema", "open-beta/schema"), ("beta/tiles", "open-beta/draw")):
        assert json.loads(run("show", name, "--format", "json", folder=heron.path).stdout)["id"] == id
    again = run("new", "milestone", "--title", "X", "--due", "2027-05-05", "--id", "beta", folder=heron.path)
    assert (again.exit_code, "beta was the id of open-beta before" in again.stderr) == (2, True)
    assert "hint: --id beta-2" in again.stderr
    assert run("new", "milestone", "--title", "Beta", "--due", "2027-05-05", folder=heron.path).exit_code == 0
    assert (heron.path / "plan/milestones/beta-2.yaml").is_file()
    task = run("new", "task", "--in", "open-beta", "--title", "Tiles", folder=heron.path)
    assert "tiles-2" in task.stdout


def test_what_an_item_says_in_words_fits_into_80_columns(heron: Checkout, run: Run) -> None:
    words = "A person who is stuck finds the answer in their own words " * 4
    run("set", "freeze", f"outcome={words.strip()}", f"measures=[{{text: {words.strip()}}}]", folder=heron.path)
    shown = run("show", "freeze", folder=heron.path).stdout
    assert shown.count("in their own words") + shown.count("own\n") > 4
    assert max(map(len, shown.splitlines())) <= 80


def test_every_id_is_listed_with_its_kind_and_title(heron: Checkout, run: Run) -> None:
    rows = [line.split(maxsplit=2) for line in run("show", "--ids", folder=heron.path).stdout.splitlines()]
    assert ["beta/tiles", "task", "Serve tiles"] in rows
    assert ["ada", "person", "Ada Ash"] in rows
    assert len(rows) == 10


def test_a_person_is_added_to_the_plan_s_file(heron: Checkout, run: Run) -> None:
    assert run("new", "person", "--name", "Ada Nox", "email=nox@example.org", folder=heron.path).exit_code == 0
    assert lines(heron) == ["+  ada-nox: {name: Ada Nox, email: nox@example.org}"]


def test_a_sprint_of_the_same_days_is_added_only_under_an_id_of_its_own(heron: Checkout, run: Run) -> None:
    days = ("start=2027-03-01", "end=2027-03-12")
    assert run("new", "sprint", *days, folder=heron.path).exit_code == 0
    again = run("new", "sprint", *days, folder=heron.path)
    assert (again.exit_code, "2027-w09 is a sprint from 2027-03-01 to 2027-03-12 already" in again.stderr) == (2, True)
    assert run("new", "sprint", *days, "--id", "night-shift", folder=heron.path).exit_code == 0


def test_a_vote_of_somebody_the_plan_does_not_know_says_how_to_be_known(heron: Checkout, run: Run) -> None:
    heron.git("config", "user.name", "Nora Nox")
    heron.git("config", "user.email", "nora@example.org")
    stranger = run("vote", "beta", "4", folder=heron.path)
    assert (stranger.exit_code, "you are Nora Nox <nora@example.org>" in stranger.stderr) == (2, True)
    assert 'milepost new person --name "Nora Nox" email=nora@example.org   (or say who votes: --by' in stranger.stderr
    assert run("new", "person", "--name", "Nora Nox", "email=nora@example.org", folder=heron.path).exit_code == 0
    assert run("vote", "beta", "4", folder=heron.path).exit_code == 0
    heron.git("config", "user.name", "Ada $(rm)")
    heron.git("config", "user.email", "$(rm -r .)")
    assert "hint: milepost set ada email=ADDRESS" in run("vote", "beta", "4", folder=heron.path).stderr
    heron.git("config", "user.email", "o'brien@example.org")  # an open quote, to a shell
    assert "hint: milepost set ada email=ADDRESS" in run("vote", "beta", "4", folder=heron.path).stderr


@pytest.mark.parametrize("option", ["title", "name", "due", "estimate", "owner", "goal"])
def test_the_help_says_with_which_kinds_an_option_goes(option: str) -> None:
    from milepost.cli.editing.outline import KINDS
    from milepost.cli.new import command
    from milepost.documents.values import field_names

    kinds = [kind for kind in KINDS if option in field_names(kind)]
    parameter = next(one for one in command.params if one.name == option)
    assert isinstance(parameter, click.Option)
    assert f"[{', '.join(kinds)}]" in (parameter.help or "")


@pytest.mark.parametrize(
    "typed", [["set", "freeze", "rank=2"], ["fmt"], ["check", "--fix"], ["init", "--refresh"]], ids=label
)
def test_what_another_process_is_writing_is_waited_for(heron: Checkout, typed: list[str]) -> None:
    """It writes while the command waits: what it wrote is read, not lost."""
    path = heron.path / "plan/milestones/freeze.yaml"
    path.write_text("id:   freeze\ntitle: Design freeze\ndue: 2027-02-01\nowner: 'bo'\n")
    with lock_work_tree(heron.path):
        command = [sys.executable, "-m", "milepost", *typed]
        running = subprocess.Popen(command, cwd=heron.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=2)
        path.write_text("id:   freeze\ntitle: Thaw\ndue: 2027-02-01\nowner: 'bo'\n")
    assert running.wait(timeout=60) in (0, 1)
    assert "title: Thaw\n" in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("typed", "answers", "path", "expected"), [
    (["new", "milestone"], "Draw a map\n15 March\n2027-05-05\n\nbo\n", "plan/milestones/draw-a-map.yaml",
     "id: draw-a-map\ntitle: Draw a map\ndue: 2027-05-05\nowner: bo\n"),
    (["new", "risk"], "It rains\nbe\t,fre\t\n30\n30%\n\n", "plan/risks/it-rains.yaml",
     "id: it-rains\ntitle: It rains\nthreatens: [beta, freeze]\nprobability: 30%\n"),
    (["new", "sprint"], "\n\nA tester sees a map\n", "plan/sprints/2027-w08.yaml",
     "id: 2027-w08\nstart: 2027-02-22\nend: 2027-03-05\ngoal: A tester sees a map\n"),
    (["set", "freeze", "due=2027-02-08"], "late\nscope: it grew\n", "plan/milestones/freeze.yaml",
     FREEZE.replace("02-01", "02-08").replace("owner", "because: {scope: it grew}\nowner")),
    (["set"], "freeze\nowner\nada\n", "plan/milestones/freeze.yaml", FREEZE.replace("bo", "ada")),
    (["set"], "freze\nfreeze\nownr\nowner=ada\n", "plan/milestones/freeze.yaml", FREEZE.replace("bo", "ada")),
    (["new"], "thing\ngoal\nReach\n\n\n", "plan/goals/reach.yaml", "id: reach\ntitle: Reach\n"),
    (["new", "milestone"], "Draw\nfoo\n\n\n\n8d\nzoe\n\n", "plan/milestones/draw.yaml",
     "id: draw\ntitle: Draw\nestimate: 8d\n"),
    (["new", "task", "--title", "Draw"], "beat\nfreeze\n\n\n", "plan/milestones/freeze.yaml",
     FREEZE + "tasks:\n  - {id: draw, title: Draw}\n"),
    (["drop", "freeze"], "priority: later\n", "plan/milestones/freeze.yaml",
     FREEZE.replace("owner: bo\n", "because: {priority: later}\nowner: bo\ndropped: 2027-02-22\n")),
], ids=label)  # fmt: skip
def test_what_is_missing_is_asked_for_on_a_terminal(
    heron: Checkout, typed: list[str], answers: str, path: str, expected: str
) -> None:
    output, code = converse(heron.path, [*typed, *TODAY], answers)
    assert (code, text(heron, path)) == (0, expected), output


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_init_asks_until_the_first_milestone_is_whole(make_repository: MakeRepository) -> None:
    checkout = make_repository({"README.md": "x\n"})
    output, code = converse(checkout.path, ["init"], "地図\nsoon\n2027-Q2\nA map\nfirst-map\n")
    assert code == 0, output
    assert text(checkout, "plan/milestones/first-map.yaml").endswith("id: first-map\ntitle: 地図\ndue: 2027-Q2\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_whose_vote_it_is_is_asked_of_somebody_the_plan_does_not_know(heron: Checkout) -> None:
    heron.git("config", "user.name", "Nora Nox")
    output, code = converse(heron.path, ["vote", "beta", "4"], "zoe\nbo\n")
    assert (code, "To change that: milepost new person" in output) == (0, True), output
    assert "votes: {bo: 4}\n" in text(heron, "plan/milestones/beta.yaml")


def converse(folder: Path, typed: list[str], answers: str) -> tuple[str, int]:
    """Runs a command on a terminal of its own and types the answers into it."""
    import pty

    terminal, side = pty.openpty()
    command = [sys.executable, "-m", "milepost", *typed]
    environment = {**os.environ, "TERM": "dumb"}
    output = b""
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=side, stdout=side, stderr=side) as process:
        os.close(side)
        for answer in answers.splitlines(keepends=True):
            output += _until_asked(terminal)
            os.write(terminal, answer.encode())
        while part := _read(terminal):
            output += part
        os.close(terminal)
    return output.decode("utf-8", "replace"), process.returncode


def _until_asked(terminal: int) -> bytes:
    """What is printed until a question ends, after which readline is ready for the tabulator."""
    output = b""
    while not output.rstrip(b"\x1b[?204hl").endswith(b": ") and (part := _read(terminal)):
        output += part
    return output


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # nobody has the other side open any more
        return b""
