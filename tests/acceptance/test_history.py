"""What `log` and `why` may be relied on for: identity, order, reasons, and saying so when history can't be trusted."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from milepost.cli.session import Session
from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/public-beta.yaml"


def beta(due: str, *more: str, id: str = "public-beta") -> str:
    return "\n".join([f"id: {id}", "title: Public beta", f"due: {due}", *more, ""])


def changes(run: Run, checkout: Checkout, *arguments: str) -> list[dict[str, Any]]:
    """The records of `log --format json`, oldest first."""
    result = run("log", "--format", "json", *arguments, folder=checkout.path)
    assert result.exit_code == 0, result.output
    records: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    return records[::-1]


def values(run: Run, checkout: Checkout, id: str = "public-beta", field: str = "due") -> list[str | None]:
    return [change["new"] for change in changes(run, checkout, id, "--field", field)]


def test_the_first_accepted_value_is_the_original(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    first, second = changes(run, checkout, "--field", "due")
    assert (first["old"], first["new"]) == (None, "2027-03-15")
    assert (second["old"], second["new"], second["date"]) == ("2027-03-15", "2027-04-05", "2027-01-05")


def test_an_item_keeps_its_history_when_its_file_moves_or_it_moves_to_another_file(
    make_repository: MakeRepository, run: Run
) -> None:
    moved = "plan/milestones/later/beta.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")},
        {BETA: None, moved: beta("2027-03-15")},
        {moved: beta("2027-04-05")},
    )
    assert values(run, checkout) == ["2027-03-15", "2027-04-05"]
    assert [change["path"] for change in changes(run, checkout, "--field", "due")] == [BETA, moved]


def test_was_joins_a_new_id_to_its_past_and_takes_its_tasks_along(make_repository: MakeRepository, run: Run) -> None:
    task = "tasks: [{id: draw, title: Draw, estimate: %s}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15", task % "3d")},
        {BETA: None, "plan/milestones/beta.yaml": beta("2027-03-15", "was: [public-beta]", task % "3d", id="beta")},
        {"plan/milestones/beta.yaml": beta("2027-04-05", "was: [public-beta]", task % "5d", id="beta")},
    )
    assert values(run, checkout, "beta") == ["2027-03-15", "2027-04-05"]
    assert values(run, checkout, "public-beta") == ["2027-03-15", "2027-04-05"], "the old id is still understood"
    assert values(run, checkout, "beta/draw", "estimate") == ["3d", "5d"]
    assert values(run, checkout, "beta", "id") == ["beta"]


def test_an_id_that_is_used_again_by_a_stranger_stays_the_strangers(make_repository: MakeRepository, run: Run) -> None:
    mine, other = "plan/milestones/mine.yaml", "plan/milestones/other.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, mine: beta("2027-01-01", id="a")},
        {mine: beta("2027-01-01", "was: [a]", id="b")},
        {other: beta("2030-01-01", id="a")},
        {other: None},
        {mine: beta("2027-02-02", "was: [a]", id="b")},
    )
    assert values(run, checkout, "b") == ["2027-01-01", "2027-02-02"]
    assert values(run, checkout, "milestone:a") == ["2030-01-01", None]


def test_a_task_that_moves_takes_its_history_along_where_it_says_so(make_repository: MakeRepository, run: Run) -> None:
    other, task = "plan/milestones/ga.yaml", "tasks: [{id: draw, title: Draw, estimate: %s%s}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15", task % ("2d", "")), other: beta("2027-06-01", id="ga")},
        {BETA: beta("2027-03-15"), other: beta("2027-06-01", task % ("3d", ", was: [public-beta/draw]"), id="ga")},
    )
    assert values(run, checkout, "ga/draw", "estimate") == ["2d", "3d"]


def test_similar_files_are_never_taken_for_one_another(make_repository: MakeRepository, run: Run) -> None:
    other = "plan/milestones/general.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")},
        {BETA: None, other: beta("2027-03-15", id="general")},
    )
    assert values(run, checkout, "public-beta") == ["2027-03-15", None]
    assert values(run, checkout, "general") == ["2027-03-15"]


def test_an_item_that_vanishes_and_returns_is_one_item_with_a_gap(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: None}, {BETA: beta("2027-04-05")}
    )
    assert values(run, checkout) == ["2027-03-15", None, "2027-04-05"]


def test_an_id_that_was_given_up_before_it_became_another_one_can_be_asked_by(
    make_repository: MakeRepository, run: Run
) -> None:
    task = "tasks: [{id: sketch, title: Draw, was: [public-beta/draw]}]"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15", "tasks: [{id: draw, title: Draw}]")},
        {BETA: None},
        {"plan/milestones/beta.yaml": beta("2027-04-05", "was: [public-beta]", task, id="beta")},
    )
    assert values(run, checkout, "public-beta") == values(run, checkout, "beta") == ["2027-03-15", None, "2027-04-05"]
    for name in ("public-beta", "public-beta.due", "public-beta/draw.title"):
        assert run("why", name, folder=checkout.path).exit_code == 0, name


def test_a_revision_that_does_not_parse_is_named_and_changes_nothing(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")},
        {BETA: beta("2027-03-15", "because: dependency: vendor was late")},
        {BETA: beta("2027-04-05")},
    )
    assert values(run, checkout) == ["2027-03-15", "2027-04-05"]
    result = run("log", folder=checkout.path)
    assert f"{BETA} in {checkout.git('rev-parse', '--short=7', 'HEAD~1')} did not parse" in result.stderr


def test_a_file_that_becomes_a_link_and_a_file_again_is_not_read_through_the_link(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15"), "elsewhere": beta("2030-01-01")})
    path = checkout.path / BETA
    path.unlink()
    path.symlink_to("../../elsewhere")
    checkout.commit()
    path.unlink()
    checkout.commit({BETA: beta("2027-04-05")})
    assert values(run, checkout) == ["2027-03-15", None, "2027-04-05"]


def test_a_reason_counts_when_it_is_new_or_stands_in_a_trailer(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    reason = "because: {scope: Sales needs single sign-on}"
    checkout.commit({BETA: beta("2027-03-20", reason)})
    checkout.commit({BETA: beta("2027-03-21", reason)})
    checkout.commit({BETA: beta("2027-03-22", reason)}, message="Move it\n\nBecause: capacity: Bo is ill\n")
    given = [change["reason"] for change in changes(run, checkout, "--field", "due")]
    assert given == [
        None,
        {"category": "scope", "text": "Sales needs single sign-on"},
        None,
        {"category": "capacity", "text": "Bo is ill"},
    ]


def merged(make_repository: MakeRepository) -> Checkout:
    """Bo moves the date on a branch, somebody else touches the file after him, Ada merges."""
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-04-05")}, author="Bo Lind")
    checkout.commit({BETA: beta("2027-04-05", "owner: bo")}, author="Cy Okafor")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"code.py": "pass\n"})
    identity = ["-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org"]
    checkout.git(*identity, "merge", "--quiet", "--no-ff", "--message=Merge pull request #7 from side", "side")
    return checkout


def test_a_merge_is_one_accepted_change_and_names_who_set_each_value(make_repository: MakeRepository, run: Run) -> None:
    checkout = merged(make_repository)
    _, due = changes(run, checkout, "--field", "due")
    (owner,) = changes(run, checkout, "--field", "owner")
    assert (due["by"]["name"], due["accepted_by"]["name"]) == ("Bo Lind", "Ada Ash")
    assert owner["by"]["name"] == "Cy Okafor"
    assert due["commit"] == owner["commit"] == checkout.git("rev-parse", "HEAD")


def test_who_set_a_value_is_found_through_a_rename_on_the_merged_side(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-04-05")}, author="Bo Lind")
    checkout.commit({BETA: None, "plan/milestones/z.yaml": beta("2027-04-05")}, author="Cy Okafor")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"code.py": "pass\n"})
    identity = ["-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org"]
    checkout.git(*identity, "merge", "--quiet", "--no-ff", "--message=Merge", "side")
    assert changes(run, checkout, "--field", "due")[-1]["by"]["name"] == "Bo Lind"


def test_who_set_a_value_is_found_through_a_new_id_on_the_merged_side(
    make_repository: MakeRepository, run: Run
) -> None:
    """Of a milestone that is called otherwise since, and of a task that is carried over: who did that set nothing."""
    task, other = "tasks: [{id: draw, title: Draw, estimate: %s}]", "plan/milestones/other.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15", task % "2d"), other: beta("2027-09-09", id="other")}
    )
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-04-05", task % "5d")}, author="Bo Lind")
    carried = {BETA: beta("2027-04-05"), other: beta("2027-09-09", task % "5d", id="other")}
    checkout.commit(carried, author="Cy Okafor")
    checkout.commit({BETA: beta("2027-04-05", "was: [public-beta]", id="beta")}, author="Dana Rossi")
    checkout.git("switch", "--quiet", "main")
    identity = ["-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org"]
    checkout.git(*identity, "merge", "--quiet", "--no-ff", "--message=Merge", "side")
    told = changes(run, checkout, "--field", "due,estimate,id")
    by = {(change["id"], change["field"]): change["by"]["name"] for change in told}
    assert by["beta", "due"] == by["other/draw", "estimate"] == "Bo Lind"
    assert (by["other/draw", "id"], by["beta", "id"]) == ("Cy Okafor", "Dana Rossi")


def test_a_plan_folder_that_is_a_link_is_named(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"real/milepost.yaml": PLAN})
    (checkout.path / "plan").symlink_to("real")
    checkout.commit()
    for command in ("log", "check", "show"):
        result = run(command, folder=checkout.path)
        assert (result.exit_code, "plan is a link" in result.stderr) == (3, True), command


def test_an_octopus_merge_is_one_accepted_change(make_repository: MakeRepository, run: Run) -> None:
    other = "plan/milestones/ga.yaml"
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    for name, files in (("one", {BETA: beta("2027-04-05")}), ("two", {other: beta("2027-06-01", id="ga")})):
        checkout.git("switch", "--quiet", "--create", name, "main")
        checkout.commit(files, author=f"Author {name.title()}")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"code.py": "pass\n"})
    identity = ["-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org"]
    checkout.git(*identity, "merge", "--quiet", "--no-ff", "--message=Both", "one", "two")
    merged = [change for change in changes(run, checkout, "--field", "due") if change["subject"] == "Both"]
    assert {(change["id"], change["by"]["name"]) for change in merged} == {
        ("public-beta", "Author One"),
        ("ga", "Author Two"),
    }


def test_one_command_sees_one_state_though_the_branch_is_rewritten_meanwhile(make_repository: MakeRepository) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    session = Session(checkout.path)
    tip = session.accepted[1]
    checkout.git("reset", "--quiet", "--hard", "HEAD~1")
    assert session.history.tip.id == tip
    milestone = session.accepted_plan.milestone("public-beta")
    assert milestone is not None
    assert str(milestone.due) == "2027-04-05"


def test_a_plan_that_is_not_committed_yet_is_told_so(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "x\n"})
    run("init", folder=checkout.path)
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "git add plan" in result.stderr) == (0, True)


def test_names_go_through_the_mailmap(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    checkout.commit({".mailmap": "Ada Bright <ada@example.com> <ada@example.org>\n"})
    assert changes(run, checkout)[0]["by"] == {"name": "Ada Bright", "email": "ada@example.com"}


def test_order_is_topology_and_dates_are_labels(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    environment = {"GIT_COMMITTER_DATE": "2001-01-01T00:00:00+0000", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+0000"}
    checkout.write({BETA: beta("2027-04-05")})
    identity = ["-c", "user.name=A", "-c", "user.email=a@b"]
    checkout.git(*identity, "commit", "--quiet", "--all", "--message=clock off", **environment)
    assert values(run, checkout) == ["2027-03-15", "2027-04-05"]


@pytest.mark.parametrize("when", ["100000000000000 +0000", "1700000000 +9959", "-5 +0000"])
def test_times_that_no_calendar_knows_are_unknown_and_history_is_complete(
    make_repository: MakeRepository, run: Run, when: str
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    tree, parent = checkout.git("rev-parse", "HEAD^{tree}"), checkout.git("rev-parse", "HEAD")
    body = f"tree {tree}\nparent {parent}\nauthor A <a@b> {when}\ncommitter A <a@b> {when}\n\nodd\n"
    command = ["git", "-C", str(checkout.path), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    odd = subprocess.run(command, input=body, capture_output=True, text=True, check=True).stdout.strip()
    checkout.git("reset", "--quiet", "--hard", odd)
    checkout.commit({BETA: beta("2027-04-05")})
    assert values(run, checkout) == ["2027-03-15", "2027-04-05"]


def test_replace_refs_are_ignored(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    before = run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout
    checkout.git("replace", "HEAD", "HEAD~1")
    assert run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout == before


def test_a_branch_wins_over_a_tag_of_its_name(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    checkout.git("branch", "next", "HEAD~1")
    checkout.git("tag", "next", "HEAD")
    assert len(changes(run, checkout, "--branch", "next", "--field", "due")) == 1


@pytest.mark.parametrize("name", ["-x", "--help", "$(touch pwned)", "🚀", "a b;c"])
def test_a_branch_name_is_only_ever_a_name(make_repository: MakeRepository, run: Run, name: str) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    result = run("log", f"--branch={name}", folder=checkout.path)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not (checkout.path / "pwned").exists()


def test_an_empty_repository_says_what_to_do(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    for arguments in (["log"], ["why", "x"], ["build"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, "milepost init" in result.stderr) == (0, True), arguments


def test_no_plan_says_what_to_do(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "hello\n"})
    for arguments in (["log"], ["why", "x"], ["build"], ["show"], ["check"], ["diff"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, "milepost init" in result.stderr) == (3, True), arguments


def test_a_plan_without_milestones_is_fine_and_says_what_to_write(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN})
    for arguments in (["show"], ["build"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, "milepost new milestone" in result.stderr) == (0, True), arguments


def shallow(checkout: Checkout, folder: Path, depth: int) -> Checkout:
    url = checkout.path.as_uri()
    subprocess.run(["git", "clone", "--quiet", f"--depth={depth}", url, str(folder)], check=True)
    return Checkout(folder)


def test_a_shallow_clone_is_refused_for_history_and_fine_for_check(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    whole = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    cut = shallow(whole, tmp_path / "cut", 1)
    for arguments in (["log"], ["why", "public-beta"], ["build"]):
        result = run(*arguments, folder=cut.path)
        assert (result.exit_code, "git fetch --unshallow" in result.stderr) == (3, True), arguments
    assert run("check", folder=cut.path).exit_code == 0
    assert run("show", folder=cut.path).exit_code == 0


def test_diff_tells_a_shallow_boundary_from_unrelated_histories(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    whole = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    whole.git("switch", "--quiet", "--create", "side", "HEAD~1")
    whole.commit({BETA: beta("2027-05-05")})
    cut = tmp_path / "cut"
    command = ["git", "clone", "--quiet", "--depth=1", "--no-single-branch", whole.path.as_uri(), str(cut)]
    subprocess.run(command, check=True)
    refused = run("diff", "--branch", "origin/main", "..origin/side", folder=cut)
    assert (refused.exit_code, "git fetch --unshallow" in refused.stderr) == (3, True)
    whole.git("switch", "--quiet", "--orphan", "stranger")
    whole.commit({"plan/milepost.yaml": PLAN})
    unrelated = run("diff", "..stranger", folder=whole.path)
    assert (unrelated.exit_code, "no common history" in unrelated.stderr) == (3, True)


def test_an_unknown_id_is_a_usage_error_with_the_nearest_one(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    for command in ("log", "why", "show"):
        result = run(command, "public-bet", folder=checkout.path)
        assert (result.exit_code, "public-beta" in result.stderr.split("hint:")[1]) == (2, True), command


def test_a_corrupt_foreign_or_read_only_cache_changes_nothing(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    wanted = run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout
    assert run("log", "--format", "json", folder=checkout.path).stdout == wanted
    (cache,) = (checkout.path / ".git" / "milepost").iterdir()
    good = cache.read_bytes()
    for bad in (b"", b"not a database", good[: len(good) // 2], good.replace(b"2027-04-05", b"2033-04-05")):
        cache.write_bytes(bad)
        result = run("log", "--format", "json", folder=checkout.path)
        assert (result.exit_code, result.stdout) == (0, wanted)


def test_the_plan_at_the_tip_must_parse(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: "id: [public-beta\n"})
    for arguments in (["show"], ["build"], ["diff"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, BETA in result.stderr) == (3, True), arguments


def test_what_history_says_is_told_though_the_plan_at_the_tip_does_not_parse_and_the_exit_code_says_so(
    make_repository: MakeRepository, run: Run
) -> None:
    first = {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}
    checkout = make_repository(first, {BETA: beta("2027-04-05")}, {BETA: "id: [public-beta\n"})
    commands: dict[tuple[str, ...], str] = {
        ("log", "--format", "csv"): "2027-04-05",
        ("log", "--all-parents"): "2027-04-05",
        ("log", "--graph"): "2027-04-05",
        ("bisect", "due(public-beta) > 2027-04-01"): checkout.git("rev-parse", "--short=7", "HEAD~1"),
    }
    for arguments, told in commands.items():
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, told in result.stdout, "milepost check" in result.stderr) == (3, True, True), (
            arguments
        )
    for command in (["why", "public-beta"], ["slip"], ["accuracy"]):
        assert run(*command, folder=checkout.path).exit_code == 3, command
    checkout.commit({BETA: beta("2027-05-05")})
    assert run("log", folder=checkout.path).exit_code == 0


def test_the_files_that_can_not_be_read_are_counted(make_repository: MakeRepository, run: Run) -> None:
    broken = {f"plan/milestones/{name}.yaml": f"id: [{name}\n" for name in "abc"}
    checkout = make_repository({"plan/milepost.yaml": PLAN, **broken})
    assert "(and 2 more files)" in run("show", folder=checkout.path).stderr
    checkout.commit({"plan/milestones/c.yaml": "id: c\ntitle: C\n"})
    assert "(and 1 more file)" in run("show", folder=checkout.path).stderr


def test_a_release_or_the_calendar_moves_every_date_that_hangs_on_it(make_repository: MakeRepository, run: Run) -> None:
    before = PLAN + "releases: {v1: 2027-02-10}\n"
    after = PLAN + "releases: {v1: {due: 2027-03-10, because: {external: the store review}}}\n"
    period = "plan/milestones/ga.yaml"
    checkout = make_repository(
        {"plan/milepost.yaml": before, BETA: beta("v1"), period: beta("2027-05", id="ga")},
        {"plan/milepost.yaml": after + "calendar: {closed: [2027-05-31]}\n"},
    )
    moved = json.loads(run("why", "public-beta", "--format", "json", folder=checkout.path).stdout)
    assert [(move["days"], move["cause"], move["reason"]["text"]) for move in moved["moves"]] == [
        (28, "release", "the store review")
    ]
    calendar = json.loads(run("why", "ga", "--format", "json", folder=checkout.path).stdout)
    assert [(move["days"], move["cause"]) for move in calendar["moves"]] == [(-3, "calendar")]
