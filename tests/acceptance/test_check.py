"""What a team relies on in `milepost check`: what fails a run, what a change brought, how rules are set."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}, bo: {name: Bo}}\n"
BETA = "plan/milestones/beta.yaml"
GAMMA = "plan/milestones/gamma.yaml"
RISK = "plan/risks/vendor.yaml"
MILESTONE = "id: beta\ntitle: Beta\ndue: 2027-03-15\n"
#: A date that is impossible by the plan's own words: not-before-after-due, a warning.
LATE = "id: {0}\ntitle: Title of {0}\nnot_before: 2027-04-01\ndue: 2027-03-15\n"
TODAY = ("--today", "2027-02-22")
AFTER = ("--today", "2027-04-22")  # when what was expected in March is over


def plan_of(**milestones: str) -> dict[str, str | bytes | None]:
    return {"plan/milepost.yaml": PLAN, **{f"plan/milestones/{id}.yaml": text for id, text in milestones.items()}}


def rules_of(run: Run, folder: Path, *arguments: str) -> list[str]:
    """The rules of all findings, in order."""
    result = run("check", "--format", "json", *arguments, folder=folder)
    return [finding["rule"] for finding in json.loads(result.stdout)["findings"]]


# What is printed


def test_a_new_plan_is_not_buried(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    names = ("one", "two", "three")
    checkout.write(plan_of(**{name: f"id: {name}\ntitle: Step {name}\ndue: 2027-06-01\n" for name in names}))
    result = run("check", *TODAY, folder=checkout.path)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 errors. One thing worth adding first: ")
    assert result.stdout.endswith(" more pieces of advice: milepost check --advice\n")
    assert len(result.stdout.splitlines()) <= 6
    assert max(map(len, result.stdout.splitlines()[:2])) <= 80
    assert not result.stderr
    whole = run("check", "--advice", *TODAY, folder=checkout.path)
    assert whole.exit_code == 0
    assert whole.stdout.count(": advice[") > 3


def test_advice_waits_for_errors_to_be_mended(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=MILESTONE + "owner: cy\n"))
    result = run("check", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert ": error[dangling-reference]: " in result.stdout
    assert result.stdout.splitlines()[-1].startswith("1 error. ")
    assert result.stdout.endswith(" of advice: milepost check --advice\n")


def test_advice_fails_only_where_that_was_asked_for(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=MILESTONE))
    assert run("check", "--fail-on", "warning", *TODAY, folder=checkout.path).exit_code == 0
    result = run("check", "--fail-on", "advice", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert ": advice[" in result.stdout  # what fails is shown


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_other_formats_hold_all_advice(form: str, make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=MILESTONE))
    result = run("check", "--format", form, *TODAY, folder=checkout.path)
    assert (result.exit_code, "no-owner" in result.stdout, "unestimated" in result.stdout) == (0, True, True)


# --rule and --explain


def test_rule_reports_that_rule_alone(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=LATE.format("beta") + "owner: cy\n"))
    assert rules_of(run, checkout.path, *TODAY, "--rule", "dangling-reference") == ["dangling-reference"]
    both = ("--rule", "dangling-reference", "--rule", "not-before-after-due")
    assert rules_of(run, checkout.path, *TODAY, *both) == ["not-before-after-due", "dangling-reference"]


def test_rule_says_when_a_file_it_did_not_ask_about_is_unreadable(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta="id: [\n"))
    result = run("check", "--rule", "no-owner", folder=checkout.path)
    assert result.stdout == "No findings.\n"
    assert "milepost check" in result.stderr


@pytest.mark.parametrize("option", ["--rule", "--explain"])
def test_an_unknown_rule_is_a_usage_error(option: str, make_repository: MakeRepository, run: Run) -> None:
    result = run("check", option, "no-owners", folder=make_repository(plan_of()).path)
    assert result.exit_code == 2
    assert "did you mean no-owner?" in result.stderr


def test_explain_says_what_a_rule_is_for_and_how_to_set_it(run: Run) -> None:
    text = run("check", "--explain", "must-share").stdout
    for part in (
        "must-share",
        "warning",
        "rules:",
        "60%",
        "# milepost: ignore[must-share]",
    ):
        assert part in text
    assert "can't be changed" in run("check", "--explain", "bad-char").stdout
    assert "--strict-time" in run("check", "--explain", "overdue").stdout
    assert "must-share" in run("check", "--explain", "all").stdout


# Time

EXPIRED = "id: vendor\ntitle: The vendor leaves\nexpires: 2027-03-01\n"
STRICT = PLAN + "rules: {risk-expired: error, nothing-due-soon: error}\n"


def test_nothing_turns_red_by_the_passing_of_time(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": STRICT, RISK: EXPIRED})
    assert run("check", *TODAY, "--strict-time", folder=checkout.path).exit_code == 0
    result = run("check", *AFTER, folder=checkout.path)
    assert ": error[risk-expired]: " in result.stdout
    assert result.exit_code == 0
    assert run("check", *AFTER, "--strict-time", folder=checkout.path).exit_code == 1


def test_time_fails_a_change_that_touched_the_item(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": STRICT, RISK: EXPIRED})
    assert run("check", "--base", "main", *AFTER, "--strict-time", folder=checkout.path).exit_code == 0
    checkout.write({RISK: EXPIRED.replace("03-01", "03-02")})
    result = run("check", "--base", "main", *AFTER, folder=checkout.path)
    assert ": error[risk-expired]: " in result.stdout
    assert result.exit_code == 1


def test_time_does_not_fail_a_change_that_left_the_item_alone(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": STRICT, BETA: MILESTONE})
    checkout.write({BETA: MILESTONE.replace("2027-03-15", "2027-12-15")})  # the finding is about the plan as a whole
    arguments = ("check", "--base", "main", "--rule", "nothing-due-soon", *TODAY)
    result = run(*arguments, folder=checkout.path)
    assert ": error[nothing-due-soon]: " in result.stdout
    assert result.exit_code == 0
    assert run(*arguments, "--strict-time", folder=checkout.path).exit_code == 1


TWICE = {"a.yaml": "id: beta\ntitle: First\ndue: 2027-03-15\n", "b.yaml": "id: beta\ntitle: Next\ndue: 2027-03-15\n"}


@pytest.mark.parametrize(
    ("rules", "comment"),
    [("rules: {duplicate-id: ignore}\n", ""), ("", "# milepost: ignore[duplicate-id] on purpose\n")],
)
def test_an_id_given_twice_can_not_be_silenced(
    rules: str, comment: str, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({"plan/milepost.yaml": PLAN + rules})
    checkout.write({f"plan/milestones/{name}": comment + text for name, text in TWICE.items()})
    result = run("check", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert ": error[duplicate-id]: " in result.stdout


def test_of_an_id_given_twice_the_first_stands(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write({"plan/milepost.yaml": PLAN, **{f"plan/milestones/{name}": text for name, text in TWICE.items()}})
    result = run("show", "beta", folder=checkout.path)
    assert "First" in result.stdout and "Next" not in result.stdout
    assert "b.yaml:1:" in run("check", *TODAY, folder=checkout.path).stdout.splitlines()[0]


# --base


def test_base_reports_what_the_change_brought(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")))
    checkout.git("switch", "--quiet", "--create", "change")
    checkout.write({GAMMA: LATE.format("gamma")})
    result = run("check", "--base", "main", "--rule", "not-before-after-due", *TODAY, folder=checkout.path)
    assert GAMMA in result.stdout and BETA not in result.stdout
    assert "Only what is new since main (" in result.stdout


def test_base_does_not_report_what_moved(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")))
    checkout.write({BETA: None, "plan/milestones/moved.yaml": "# A comment\n\n" + LATE.format("beta")})
    result = run("check", "--base", "main", *TODAY, folder=checkout.path)
    assert result.stdout.startswith("No new findings.\nOnly what is new since main (")


def test_a_rule_that_matters_more_than_before_brings_its_findings(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")))
    arguments = ("check", "--base", "main", "--rule", "not-before-after-due", *TODAY)
    checkout.write({"plan/milepost.yaml": PLAN + "rules: {not-before-after-due: error}\n"})
    assert run(*arguments, folder=checkout.path).exit_code == 1
    checkout.write({"plan/milepost.yaml": PLAN + "rules: {not-before-after-due: advice}\n"})
    assert "No new findings." in run(*arguments, folder=checkout.path).stdout


def test_base_counts_what_is_gone(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")))
    checkout.write({BETA: MILESTONE.replace("title: Beta", "title: Title of beta")})
    arguments = ("check", "--base", "main", "--rule", "not-before-after-due", *TODAY)
    assert "1 finding fewer than before." in run(*arguments, folder=checkout.path).stdout
    data = json.loads(run(*arguments, "--format", "json", folder=checkout.path).stdout)
    assert data["base"]["gone"] == 1


def test_base_is_where_the_branch_began(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")))
    checkout.git("switch", "--quiet", "--create", "change")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({BETA: MILESTONE}, message="Mend it on main")
    checkout.git("switch", "--quiet", "change")
    assert rules_of(run, checkout.path, "--base", "main", *TODAY) == []


def test_without_a_plan_at_the_base_all_is_new(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "x\n"})
    checkout.write(plan_of(beta=LATE.format("beta")))
    result = run("check", "--base", "main", "--fail-on", "warning", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert "all counts as new" in result.stderr


def test_a_base_that_can_not_be_read_is_no_empty_one(make_repository: MakeRepository, run: Run, tmp_path: Path) -> None:
    checkout = make_repository(plan_of(beta=LATE.format("beta")), plan_of(beta=MILESTONE))
    checkout.git("config", "uploadpack.allowFilter", "true")
    folder = clone(checkout, tmp_path / "partial", "--filter=blob:none", "--no-local")
    result = run("check", "--base", "HEAD~1", *TODAY, folder=folder)
    assert result.exit_code == 3
    assert "partial clone" in result.stderr
    whole = run("check", *TODAY, folder=folder)
    assert whole.exit_code == 0
    assert "need the plan's history, and were skipped" in whole.stderr


def test_an_unknown_base_is_a_usage_error(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(plan_of(beta=MILESTONE))
    assert run("check", "--base", "nowhere", folder=checkout.path).exit_code == 2


GONE_BY = "id: gamma\ntitle: Title of gamma\ndue: 2027-03-01\ncommitment: promise\nowner: ada\n"
PASSED = "id: early\ntitle: Title of early\ndue: 2027-02-26\nowner: ada\n"


def test_what_hurts_comes_before_what_is_missing(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=MILESTONE.replace("03", "09"), early=PASSED, gamma=GONE_BY))
    for over in ("gamma", "early"):
        lines = run("check", *AFTER, folder=checkout.path).stdout.splitlines()
        (first,) = (line for line in lines if "One thing worth doing first: " in line)
        assert over in first
        assert any(line.startswith("  at: ") and line.endswith("(overdue)") for line in lines)
        checkout.write({f"plan/milestones/{over}.yaml": None})
    assert "One thing worth adding first: " in run("check", *AFTER, folder=checkout.path).stdout


def test_what_was_typed_is_printed_unable_to_do_harm(run: Run, tmp_path: Path) -> None:
    words = [("##[error]x",), ("--##[error]x",), ("check", "--##[error]x"), ("show", "--format", "##[error]\x1bx")]
    for typed in words:
        result = run(*typed, folder=tmp_path)
        assert result.exit_code == 2
        assert "##[" not in result.output and "\x1b" not in result.output


# A change does not judge itself


NEW = {GAMMA: LATE.format("gamma")}
NAMED = "not-before-after-due"
LOWER = [
    (f"rules: {{{NAMED}: error}}\n", ""),
    (f"rules: {{{NAMED}: error}}\n", f"rules: {{{NAMED}: ignore}}\n"),
    (f"rules: {{{NAMED}: {{level: error}}}}\n", f"rules: {{{NAMED}: advice}}\n"),
]


@pytest.mark.parametrize(("before", "after"), LOWER)
def test_a_change_is_judged_by_the_rules_of_its_base(
    before: str, after: str, make_repository: MakeRepository, run: Run
) -> None:
    base = {**plan_of(), "plan/milepost.yaml": PLAN + before}
    checkout = make_repository(base)
    checkout.write({**NEW, "plan/milepost.yaml": PLAN + after})
    result = run("check", "--base", "main", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert f"{GAMMA}:3:13: error[{NAMED}]: " in result.stdout
    assert f"{NAMED}: level error to " in result.stdout
    data = json.loads(run("check", "--base", "main", "--format", "json", *TODAY, folder=checkout.path).stdout)
    (rule,) = data["base"]["rules"]
    assert (rule["rule"], rule["setting"], rule["from"]) == (NAMED, "level", "error")
    assert "of this change" in run("check", "--base", "main", "--format", "github", *TODAY, folder=checkout.path).stderr


def test_a_change_is_judged_by_the_limits_of_its_base(make_repository: MakeRepository, run: Run) -> None:
    words = "rules: {{too-long: {{level: error, limit: {0}}}}}\n"
    long = "id: beta\ntitle: Beta\nstarted: 2027-01-04\ndue: 2027-06-14\n"
    checkout = make_repository({"plan/milepost.yaml": PLAN + words.format("4w")})
    checkout.write({"plan/milepost.yaml": PLAN + words.format("90w"), BETA: long})
    result = run("check", "--base", "main", *TODAY, folder=checkout.path)
    assert "error[too-long]" in result.stdout
    assert "too-long: limit 4w to 90w" in result.stdout
    checkout.write({"plan/milepost.yaml": PLAN + words.format("2w")})
    assert "error[too-long]" in run("check", "--base", "main", *TODAY, folder=checkout.path).stdout
    assert result.stdout.count("[too-long]") == 1


def test_new_comments_that_silence_are_told(make_repository: MakeRepository, run: Run) -> None:
    quiet = LATE.replace("not_b", f"# milepost: ignore[{NAMED}] of the store\nnot_b")
    checkout = make_repository(plan_of(beta=quiet.format("beta")))
    checkout.write({GAMMA: quiet.format("gamma")})
    result = run("check", "--base", "main", *TODAY, folder=checkout.path)
    assert f"1 finding silenced by new comments:\n  {GAMMA}:4 {NAMED}\n" in result.stdout
    assert BETA not in result.stdout
    data = json.loads(run("check", "--base", "main", "--format", "json", *TODAY, folder=checkout.path).stdout)
    assert data["base"]["silenced"] == [{"path": GAMMA, "line": 4, "rule": NAMED, "level": "warning"}]
    assert "silenced" in run("check", "--base", "main", "--format", "github", *TODAY, folder=checkout.path).stderr


# History


def clone(checkout: Checkout, folder: Path, *arguments: str) -> Path:
    subprocess.run(["git", "clone", "--quiet", *arguments, checkout.path.as_uri(), str(folder)], check=True)
    return folder


def test_a_shallow_clone_is_checked_without_the_rules_that_need_history(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    checkout = make_repository(plan_of(beta=MILESTONE), plan_of(beta=LATE.format("beta")))
    folder = clone(checkout, tmp_path / "shallow", "--depth=1")
    result = run("check", "--format", "json", *TODAY, folder=folder)
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert "not-before-after-due" in {finding["rule"] for finding in data["findings"]}
    assert data["skipped"] and all("shallow" in one["message"] for one in data["skipped"])
    assert "need the plan's history, and were skipped" in result.stderr
    assert "git fetch --unshallow" in result.stderr
    whole = run("check", "--format", "json", *TODAY, folder=checkout.path)
    assert (json.loads(whole.stdout)["skipped"], whole.stderr) == ([], "")


def test_a_shallow_clone_is_compared_with_the_base_itself(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    checkout = make_repository(plan_of(beta=MILESTONE), plan_of(beta=MILESTONE))
    checkout.git("switch", "--quiet", "--create", "change", "HEAD~1")
    checkout.commit({GAMMA: LATE.format("gamma")}, day=date(2027, 1, 9))
    folder = clone(checkout, tmp_path / "shallow", "--depth=1", "--no-single-branch", "--branch=change")
    result = run("check", "--base", "origin/main", "--rule", "not-before-after-due", *TODAY, folder=folder)
    assert GAMMA in result.stdout
    assert "compared with origin/main itself" in result.stderr


def test_before_the_first_commit_nothing_is_said_about_history(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=MILESTONE))
    assert run("check", *TODAY, folder=checkout.path).stderr == ""


PROMISE = "id: {0}\ntitle: Title of {0}\ndue: 2027-03-15\ncommitment: promise\n"
LATER = PROMISE.replace("03-15", "04-05")
MOVED = "promise-moved-without-reason"


@pytest.fixture
def moving(make_repository: MakeRepository) -> Checkout:
    """Main has moved one promise without a reason; the branch `change` moves another one."""
    ids = ("beta", "gamma")
    checkout = make_repository(plan_of(**{id: PROMISE.format(id) for id in ids}), {BETA: LATER.format("beta")})
    checkout.git("switch", "--quiet", "--create", "change")
    checkout.commit({GAMMA: LATER.format("gamma")}, message="Move gamma", day=date(2027, 1, 8))
    return checkout


def test_a_rule_about_history_sees_what_a_branch_is_about_to_bring(moving: Checkout, run: Run) -> None:
    moving.git("switch", "--quiet", "main")
    moving.commit({"plan/milestones/delta.yaml": PROMISE.format("delta")}, day=date(2027, 1, 9))
    moving.commit({"plan/milestones/delta.yaml": LATER.format("delta")}, day=date(2027, 1, 10))
    moving.git("switch", "--quiet", "change")
    assert rules_of(run, moving.path, "--rule", MOVED, *TODAY) == [MOVED, MOVED]
    result = run("check", "--rule", MOVED, "--base", "main", *TODAY, folder=moving.path)
    assert GAMMA in result.stdout and BETA not in result.stdout  # and nothing of what others did since
    assert result.exit_code == 1


def test_a_rule_about_history_sees_a_merge_that_a_runner_checks_out(moving: Checkout, run: Run, tmp_path: Path) -> None:
    runner = Checkout(clone(moving, tmp_path / "runner"))
    runner.git("checkout", "--quiet", "--detach", "origin/main")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    runner.git(*who, "merge", "--quiet", "--no-ff", "--message=Merge", "origin/change")
    runner.git("branch", "--quiet", "--delete", "--force", "change")
    runner.git("remote", "set-head", "origin", "--delete")
    result = run("check", "--rule", MOVED, "--base", "origin/main", *TODAY, folder=runner.path)
    assert GAMMA in result.stdout and BETA not in result.stdout
    assert result.exit_code == 1


# Settings and comments


def test_a_team_sets_levels_and_limits(make_repository: MakeRepository, run: Run) -> None:
    def code(rules: str) -> int:
        checkout.write({"plan/milepost.yaml": PLAN + f"rules: {{{rules}}}\n"})
        return run("check", *TODAY, folder=checkout.path).exit_code

    checkout = make_repository()
    checkout.write(plan_of(beta=LATE.format("beta")))
    assert code("not-before-after-due: error") == 1
    assert code("not-before-after-due: {level: error}") == 1
    assert code("not-before-after-due: ignore") == 0
    assert code("not-before-after-due: {level: fatal}") == 1  # the setting is the error
    assert code("no-such-rule: error") == 1


def test_a_limit_moves_where_a_rule_begins_to_speak(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    started = {f"m{n}": f"id: m{n}\ntitle: M {n}\ndue: 2027-03-15\nstarted: 2027-02-01\nowner: ada\n" for n in range(4)}
    checkout.write(plan_of(**started))
    for limit, said in ((3, ["too-many-open"]), (4, [])):
        checkout.write({"plan/milepost.yaml": PLAN + f"rules: {{too-many-open: {{limit: {limit}}}}}\n"})
        assert rules_of(run, checkout.path, "--rule", "too-many-open", *TODAY) == said


def test_a_misread_setting_is_named_once(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write({"plan/milepost.yaml": PLAN + "rules: {must-share: {level: fatal}}\n"})
    assert len(rules_of(run, checkout.path, *TODAY)) == 1


SILENT = "id: beta\ntitle: Beta\n# milepost: ignore[{0}] {1}\nnot_before: 2027-04-01\ndue: 2027-03-15\n"


def test_a_comment_silences_one_finding(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=SILENT.format("no-owner, not-before-after-due", "both dates are the store's")))
    found = rules_of(run, checkout.path, *TODAY)
    assert "not-before-after-due" not in found
    assert found.count("unused-ignore") == 1  # no-owner is not on that line


COMMENTED = [
    ("not-specific", "# milepost: ignore[not-specific] a draft\nid: beta\ntitle: Beta\n"),
    ("not-specific", "# modeline\n\n# milepost: ignore[not-specific] a draft\n# more\nid: beta\ntitle: Beta\n"),
    (
        "dangling-reference",
        "id: beta\ntitle: Beta\ndepends_on:\n  # milepost: ignore[dangling-reference] in another plan\n  - nowhere\n",
    ),
    (
        "finished-before-started",
        "id: beta\ntitle: B\nstarted: 2027-01-05\n# milepost: ignore[finished-before-started]\nfinished: 2027-01-04\n",
    ),
    ("unknown-key", "id: beta\ntitle: Beta\n# milepost: ignore[unknown-key] another tool's\nestimation: 3\n"),
]


@pytest.mark.parametrize(("rule", "text"), COMMENTED)
def test_a_comment_stands_above_what_it_is_about(
    rule: str, text: str, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=text + "due: 2027-03-15\n"))
    found = rules_of(run, checkout.path, *TODAY)
    assert not {rule, "unused-ignore"} & set(found)
    checkout.write(plan_of(beta=text.replace("ignore[", "ignored[") + "due: 2027-03-15\n"))
    assert rule in rules_of(run, checkout.path, *TODAY)


def test_a_comment_does_not_hide_what_makes_a_plan_unreadable(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    twice = "id: beta\ntitle: Beta\n# milepost: ignore[duplicate-key] on purpose\ntitle: Again\ndue: 2027-03-15\n"
    checkout.write(plan_of(beta=twice))
    result = run("check", *TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert ": error[duplicate-key]: " in result.stdout


def test_a_comment_about_a_rule_that_was_skipped_is_not_called_unused(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    checkout = make_repository(plan_of(beta="# milepost: ignore[promise-moved-without-reason] it stands\n" + MILESTONE))
    checkout.commit({"README.md": "x\n"})
    folder = clone(checkout, tmp_path / "shallow", "--depth=1")
    assert "unused-ignore" not in rules_of(run, folder, *TODAY)
    assert "unused-ignore" in rules_of(run, checkout.path, *TODAY)


def test_a_comment_about_a_rule_that_today_decides_is_never_called_unused(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository(plan_of(beta="# milepost: ignore[overdue] the date stands\n" + MILESTONE))
    for today in ("2027-01-01", "2029-01-01"):
        assert "unused-ignore" not in rules_of(run, checkout.path, "--today", today)


# A broken milepost.yaml


def test_a_plan_file_that_does_not_parse_is_a_finding_among_others(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write({**plan_of(beta="id: beta\nid: beta\n"), "plan/milepost.yaml": "milepost: [\n"})
    result = run("check", folder=checkout.path)
    assert result.exit_code == 1
    assert "plan/milepost.yaml:2:1: error[syntax]: " in result.stdout
    assert f"{BETA}:2:1: error[duplicate-key]: " in result.stdout


# --fix

BROKEN = (
    b"\xef\xbb\xbfid: beta\r\ntitle: no  # as it is\r\ndue: 2027-03-15\r\nlabels: [yes, 'maps']\r\n"
    b"rank: 010\r\n# milepost: ignore[not-before-after-due] long gone\r\nowner: ada"
)
MENDED = (
    b'id: beta\r\ntitle: "no"  # as it is\r\ndue: 2027-03-15\r\nlabels: ["yes", \'maps\']\r\nrank: 010\r\nowner: ada'
)


def test_fix_mends_what_is_safe_and_leaves_every_other_byte(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write(plan_of(beta=BROKEN.decode()))
    dry = run("check", "--fix", "--dry-run", *TODAY, folder=checkout.path)
    assert (checkout.path / BETA).read_bytes() == BROKEN
    assert f"{BETA}: would be mended: " in dry.stderr
    result = run("check", "--fix", *TODAY, folder=checkout.path)
    assert (checkout.path / BETA).read_bytes() == MENDED
    assert "byte order mark" in result.stderr
    assert result.stdout.count("error[ambiguous-scalar]") == 1  # 010: nobody knows which number was meant
    assert result.exit_code == 1
    again = run("check", "--fix", *TODAY, folder=checkout.path)
    assert "nothing that can be mended" in again.stderr
    assert (checkout.path / BETA).read_bytes() == MENDED


def test_fix_takes_only_what_was_named(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    text = "id: {0}\rtitle: no\rdue: 2027-03-15\r"
    checkout.write(plan_of(beta=text.format("beta"), gamma=text.format("gamma")))
    run("check", "--fix", "--rule", "bare-cr", BETA, *TODAY, folder=checkout.path)
    assert (checkout.path / BETA).read_bytes() == b"id: beta\ntitle: no\ndue: 2027-03-15\n"
    assert (checkout.path / GAMMA).read_bytes() == text.format("gamma").encode()


def test_dry_run_alone_is_a_usage_error(make_repository: MakeRepository, run: Run) -> None:
    assert run("check", "--dry-run", folder=make_repository(plan_of()).path).exit_code == 2
