"""`milepost fmt` as somebody uses it, by hand and in a pull request."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Checkout, MakeRepository, Run

ROOT = Path(__file__).parents[2]
PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/beta.yaml"
MESSY = "title:  'Public beta'   # for ten people\nid: beta\ndue: 2027-03-15\n"
TIDY = "id: beta\ntitle: Public beta   # for ten people\ndue: 2027-03-15\n"


def messy(make_repository: MakeRepository) -> Checkout:
    return make_repository({"plan/milepost.yaml": PLAN, BETA: MESSY, "other/messy.yaml": MESSY})


def test_fmt_lays_out_the_files_of_the_plan_and_no_others(make_repository: MakeRepository, run: Run) -> None:
    checkout = messy(make_repository)
    result = run("fmt", folder=checkout.path)
    assert (result.exit_code, result.stdout) == (
        0,
        f"laid out  {BETA}\n1 file laid out, 1 as they should be.\n",
    )
    assert (checkout.path / BETA).read_text() == TIDY
    assert (checkout.path / "other/messy.yaml").read_text() == MESSY
    assert run("fmt", folder=checkout.path).stdout == "0 files laid out, 2 as they should be.\n"


def test_fmt_check_names_the_files_that_would_change_and_writes_nothing(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = messy(make_repository)
    result = run("fmt", "--check", folder=checkout.path)
    assert result.exit_code == 1
    assert result.stdout == f"would change  {BETA}\n1 file would change, 1 as they should be.\n"
    assert (checkout.path / BETA).read_text() == MESSY
    assert run("fmt", "--check", "plan/milepost.yaml", folder=checkout.path).exit_code == 0


def test_fmt_shows_the_difference(make_repository: MakeRepository, run: Run) -> None:
    checkout = messy(make_repository)
    result = run("fmt", "--diff", folder=checkout.path)
    assert result.exit_code == 0
    assert "-title:  'Public beta'   # for ten people\n" in result.stdout
    assert "+title: Public beta   # for ten people\n" in result.stdout
    assert result.stdout == run("fmt", "--dry-run", "plan", folder=checkout.path).stdout
    assert (checkout.path / BETA).read_text() == MESSY


def test_a_file_that_can_not_be_read_is_named_and_the_others_are_laid_out(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = messy(make_repository)
    checkout.write({"plan/goals/bad.yaml": "id: [\n"})
    result = run("fmt", folder=checkout.path)
    assert result.exit_code == 3
    assert "note: plan/goals/bad.yaml: Line 2, column 1: This is not valid YAML" in result.stderr
    assert "error: 1 file can't be laid out, and stayed as before." in result.stderr
    assert (checkout.path / BETA).read_text() == TIDY
    assert (checkout.path / "plan/goals/bad.yaml").read_text() == "id: [\n"


def test_layout_never_fails_check(make_repository: MakeRepository, run: Run) -> None:
    assert run("check", folder=messy(make_repository).path).exit_code == 0


def test_fmt_follows_no_link_and_leaves_the_repository_to_itself(
    make_repository: MakeRepository, run: Run, tmp_path: Path
) -> None:
    checkout = messy(make_repository)
    (tmp_path / "outside.yaml").write_text(MESSY)
    (checkout.path / "plan/milestones/link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert run("fmt", folder=checkout.path).exit_code == 0
    assert (tmp_path / "outside.yaml").read_text() == MESSY
    assert run("fmt", "../outside.yaml", folder=checkout.path).exit_code == 2


def test_what_fmt_does_to_the_demo_changes_nothing_that_it_says(run: Run, tmp_path: Path) -> None:
    run("demo", "heron", "--today", "2027-02-22", folder=tmp_path)
    folder = tmp_path / "heron"
    assert run("fmt", folder=folder).exit_code == 0
    assert "The two versions say the same." in run("diff", "HEAD", folder=folder).stdout
    assert run("fmt", "--check", folder=folder).exit_code == 0


def test_our_own_plan_is_laid_out_the_standard_way(run: Run) -> None:
    assert run("fmt", "--check", folder=ROOT).stdout.startswith("0 files would change")
