"""The commands as somebody meets them first: init, demo, show, diff, check."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}, bo: {name: Bo}}\n"
BETA = "plan/milestones/beta.yaml"
BETA_TEXT = "id: beta\ntitle: Public beta\ndue: 2027-03-15\nowner: ada\nestimate: 3d\npriority: must\n"


def test_init_writes_a_plan_that_passes_and_never_invents_an_item(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "x\n"})
    result = run("init", folder=checkout.path)
    assert result.exit_code == 0, result.output
    assert not (checkout.path / "plan/milestones").exists()
    check = run("check", folder=checkout.path)
    assert (check.exit_code, "no milestones yet" in check.stderr) == (0, True)


def test_init_writes_the_milestone_it_was_told(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "x\n"})
    run("init", "--title", 'Publish: a map, "alone" #1', "--due", "2027-03-15", folder=checkout.path)
    (milestone,) = (checkout.path / "plan/milestones").iterdir()
    assert milestone.name == "publish-a-map-alone-1.yaml"
    assert run("check", folder=checkout.path).stdout.startswith("0 errors. ")
    shown = json.loads(run("show", "publish-a-map-alone-1", "--format", "json", folder=checkout.path).stdout)
    assert shown["fields"] == {"title": 'Publish: a map, "alone" #1', "due": "2027-03-15"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_init_asks_on_a_terminal(make_repository: MakeRepository) -> None:
    import pty

    checkout = make_repository({"README.md": "x\n"})
    terminal, side = pty.openpty()
    command = [sys.executable, "-m", "milepost", "init"]
    with subprocess.Popen(command, cwd=checkout.path, stdin=side, stdout=subprocess.PIPE, text=True) as process:
        os.write(terminal, b"Draw a map\n15 March\n2027-03-15\n")
        output, _ = process.communicate(timeout=30)
    assert "What will a user be able to do first?" in output
    assert "write it as 2027-02-22" in output, "a day that is none is asked for again"
    text = (checkout.path / "plan/milestones/draw-a-map.yaml").read_text()
    assert text.endswith("id: draw-a-map\ntitle: Draw a map\ndue: 2027-03-15\n")


def test_init_overwrites_nothing_and_says_what_it_left(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN})
    result = run("init", folder=checkout.path)
    assert "left   plan/milepost.yaml" in result.stdout
    assert (checkout.path / "plan/milepost.yaml").read_text() == PLAN


def test_init_follows_no_link_out_of_the_repository(make_repository: MakeRepository, run: Run, tmp_path: Path) -> None:
    checkout = make_repository({"README.md": "x\n"})
    (tmp_path / "outside").mkdir()
    (checkout.path / "plan").symlink_to(tmp_path / "outside")
    assert run("init", folder=checkout.path).exit_code == 3
    assert list((tmp_path / "outside").iterdir()) == []


def test_demo_ends_within_the_week_before_today_on_one_screen(run: Run, tmp_path: Path) -> None:
    today = date(2031, 7, 9)
    result = run("demo", "heron", "--today", today.isoformat(), folder=tmp_path)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) <= 24
    assert lines[-1].endswith("index.html")
    assert Path(lines[-1].partition(": ")[2]).exists()
    log = ["git", "-C", str(tmp_path / "heron"), "log", "-1", "--format=%cs"]
    last = date.fromisoformat(subprocess.run(log, capture_output=True, text=True, check=True).stdout.strip())
    assert timedelta(0) <= today - last < timedelta(days=7)
    check = ("check", "-C", str(tmp_path / "heron"), "--today", today.isoformat(), "--fail-on", "warning")
    assert run(*check).exit_code == 0


def test_the_lines_that_demo_prints_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    command = [sys.executable, "-m", "milepost", "demo", str(folder)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.strip() for line in printed.partition("Try these:\n")[2].splitlines()[:3]]
    for line in lines:
        subprocess.run(line, shell=True, check=True, capture_output=True, cwd=tmp_path)


def test_demo_never_touches_a_folder_with_something_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("demo", str(tmp_path))
    assert result.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


DIFFS: list[tuple[str, str, dict[str, object]]] = [
    ("due: 2027-03-15", "due: 2027-04-05", {"fact": "moved", "days": 21}),
    ("estimate: 3d", "estimate: 5d", {"fact": "re-estimated", "old": "3d", "new": "5d"}),
    ("owner: ada", "owner: bo", {"fact": "re-owned", "old": "ada", "new": "bo"}),
    ("priority: must", "priority: could", {"fact": "re-prioritised", "new": "could"}),
    ("owner: ada", "owner: ada\ndepends_on: [alpha]", {"fact": "dependency", "new": ["alpha"]}),
    ("owner: ada", "owner: ada\nstarted: 2027-01-04", {"fact": "started", "new": "2027-01-04"}),
    ("owner: ada", "owner: ada\ndropped: 2027-01-04", {"fact": "dropped", "new": "2027-01-04"}),
    ("title: Public beta", "title: Open beta", {"fact": "changed", "field": "title"}),
]


@pytest.mark.parametrize(("old", "new", "fact"), DIFFS, ids=[one[1] for one in DIFFS])
def test_diff_names_the_planning_fact(
    make_repository: MakeRepository, run: Run, old: str, new: str, fact: dict[str, object]
) -> None:
    alpha = {"plan/milestones/alpha.yaml": "id: alpha\ntitle: Alpha\ndue: 2027-01-15\n"}
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: BETA_TEXT, **alpha})
    checkout.write({BETA: BETA_TEXT.replace(old, new)})
    (found,) = json.loads(run("diff", "--format", "json", folder=checkout.path).stdout)["facts"]
    assert fact.items() <= found.items()
    assert run("diff", "HEAD..HEAD", folder=checkout.path).stdout.endswith("The two versions say the same.\n")


def test_diff_says_what_is_compared_with_what(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: BETA_TEXT})
    base = checkout.git("rev-parse", "--short=7", "HEAD")
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: BETA_TEXT.replace("2027-03-15", "2027-04-05")})
    first, second, *_ = run("diff", folder=checkout.path).stdout.splitlines()
    assert first == f"Comparing {base} (where this left main) with the work tree."
    assert second == "1 fact changed, 1 date moved"


def test_a_renamed_item_is_one_renamed_fact(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: BETA_TEXT})
    checkout.write({BETA: BETA_TEXT.replace("id: beta", "id: open-beta") + "was: [beta]\n"})
    (found,) = json.loads(run("diff", "--format", "json", folder=checkout.path).stdout)["facts"]
    assert (found["fact"], found["old"], found["new"]) == ("renamed", "beta", "open-beta")


def test_check_exits_1_on_errors_and_only_reports_the_paths_it_was_given(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: BETA_TEXT + "ownr: x\n"})
    assert run("check", folder=checkout.path).exit_code == 1
    assert run("check", "plan/milepost.yaml", folder=checkout.path).exit_code == 0
    assert run("check", BETA, folder=checkout.path).exit_code == 1
    assert run("check", "../..", folder=checkout.path).exit_code == 2


def test_a_bug_of_ours_is_one_sentence_and_exit_4(
    make_repository: MakeRepository, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("milepost.cli.session.Session.plan", lambda *_: 1 / 0)
    result = run("show", folder=make_repository({"plan/milepost.yaml": PLAN}).path)
    assert (result.exit_code, "bug in milepost" in result.stderr) == (4, True)


def test_a_calendar_without_a_single_working_day_is_no_bug(make_repository: MakeRepository, run: Run) -> None:
    closed = PLAN + "calendar: {closed: [0001-01-01..9999-12-31]}\n"
    checkout = make_repository({"plan/milepost.yaml": closed, BETA: "id: beta\ntitle: Beta\ndue: 0001-01\n"})
    for arguments in (["check"], ["show"], ["why", "beta"], ["build"]):
        assert run(*arguments, folder=checkout.path).exit_code == 0, arguments
