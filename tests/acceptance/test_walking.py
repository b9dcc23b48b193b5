"""git walks over commits for us: as fast as its own commit-graph lets it, and whatever a user likes to see in a log."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository, Run

BETA = "plan/milestones/public-beta.yaml"
NEXT = "plan/milestones/next.yaml"
WHO = ("-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org")


def beta(due: str) -> str:
    return f"id: public-beta\ntitle: Public beta\ndue: {due}\n"


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """Dates that move, on the main line and on a branch whose merge decides something by itself."""
    made = make_repository(
        {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n", BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")}
    )
    made.git("checkout", "-q", "-b", "work")
    made.commit({NEXT: "id: next\ntitle: Next\ndue: 2027-06-01\n"})
    made.git("checkout", "-q", "main")
    made.commit({BETA: beta("2027-05-05"), "a.txt": "a", "plan/notes.txt": "n"})
    made.git(*WHO, "merge", "-q", "--no-ff", "--no-commit", "work")
    made.commit({BETA: beta("2027-06-06")}, message="Merge work")
    made.commit({"plan/milestones/renamed.yaml": "id: next\ntitle: Next\ndue: 2027-06-01\n", NEXT: None})
    return made


def history(run: Run, folder: Path) -> str:
    result = run("log", "--format", "json", "--no-cache", folder=folder)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    "setting",
    [
        *("log.diffMerges combined", "log.diffMerges off", "log.follow true", "log.showRoot false"),
        *(
            "log.date nonsense",
            "format.pretty nonsense",
            "log.decorate full",
            "log.showSignature true",
            "log.abbrevCommit true",
            "log.date relative",
        ),
        *("format.pretty fuller", "diff.renames copies", "diff.relative true", "diff.noprefix true"),
        *("color.ui always", "core.quotePath true", "core.abbrev 7", "notes.displayRef refs/notes/*"),
        *(
            "diff.orderFile order",
            "diff.orderFile missing",
            "diff.ignoreSubmodules all",
            "diff.suppressBlankEmpty true",
        ),
        *("i18n.logOutputEncoding UTF-16", "log.mailmap false", "log.excludeDecoration *", "diff.interHunkContext 9"),
        *("core.commitGraph true", "core.commitGraph false", "diff.wordRegex .", "diff.algorithm patience"),
    ],
)
def test_however_a_user_likes_logs_history_is_the_same(checkout: Checkout, run: Run, setting: str) -> None:
    good = history(run, checkout.path)
    (checkout.path / "order").write_text("*.txt\nplan/milestones/renamed.yaml\n*.yaml\n")
    checkout.git(*WHO, "notes", "add", "-m", "a note", "HEAD")
    checkout.git("config", *setting.split(" ", 1))
    for folder in (checkout.path, checkout.path / "plan"):
        assert history(run, folder) == good


@pytest.mark.parametrize("where", ["plan", "."])
def test_a_file_may_be_named_as_a_commit_is(make_repository: MakeRepository, run: Run, where: str) -> None:
    path = f"{where}/milestones/public-beta.yaml"
    made = make_repository({f"{where}/milepost.yaml": "milepost: 1\n", path: beta("2027-03-15")})
    assert run("log", folder=made.path).exit_code == 0
    kept = made.git("rev-parse", "HEAD")
    tip = made.commit({kept: "", path: beta("2027-04-05")})
    made.write({tip: ""})
    for arguments in (("log",), ("log", "--no-cache"), ("log", "--all-parents")):
        result = run(*arguments, folder=made.path)
        assert (result.exit_code, "2027-03-15 → 2027-04-05" in result.stdout) == (0, True), result.output


def test_a_setting_that_git_refuses_is_named_and_nothing_is_called_damaged(checkout: Checkout, run: Run) -> None:
    checkout.git("config", "log.diffMerges", "nonsense")
    result = run("log", "--no-cache", folder=checkout.path)
    assert result.exit_code == 3
    assert "git refuses its configuration: " in result.stderr
    assert "log.diffmerges" in result.stderr
    assert "damaged" not in result.stderr


@pytest.mark.parametrize("how", ["whole", "in a chain"])
def test_a_commit_graph_changes_nothing_whatever_is_wrong_with_it(checkout: Checkout, run: Run, how: str) -> None:
    good = history(run, checkout.path)
    write_graph(checkout, how)
    assert history(run, checkout.path) == good
    (path,) = (checkout.path / ".git/objects/info").glob("**/*graph" if how == "whole" else "**/*.graph")
    path.chmod(0o644)
    whole, dice = path.read_bytes(), random.Random(3)
    for place in [4, 5, 6, *dice.sample(range(len(whole)), 9)]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << dice.randrange(8)]) + whole[place + 1 :])
        assert history(run, checkout.path) == good, place
    for length in (0, 5, 20, len(whole) // 2):
        path.write_bytes(whole[:length])
        assert history(run, checkout.path) == good, length


def write_graph(checkout: Checkout, how: str) -> None:
    checkout.git("commit-graph", "write", "--reachable", *(["--split"] if how == "in a chain" else []))


def test_a_graph_that_names_another_parent_is_not_believed(checkout: Checkout, run: Run) -> None:
    """git itself takes its word for it."""
    good = history(run, checkout.path)
    write_graph(checkout, "whole")
    path = checkout.path / ".git/objects/info/commit-graph"
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    listed, data = read_graph(bytes(content))
    number = listed.index(checkout.git("rev-parse", "HEAD"))
    place = data + number * 36 + 20  # of the first parent's number
    content[place : place + 4] = listed.index(checkout.git("rev-parse", "HEAD~3")).to_bytes(4, "big")
    path.write_bytes(content)
    asked = ["-c", "core.commitGraph=true", "rev-list", "--first-parent", "--count", "HEAD"]
    assert checkout.git(*asked) != checkout.git("-c", "core.commitGraph=false", *asked[2:])
    assert history(run, checkout.path) == good


def read_graph(content: bytes) -> tuple[list[str], int]:
    """The ids that a graph lists, and where its table of them begins, by gitformat-commit-graph."""
    head = [content[8 + 12 * number :][:12] for number in range(content[6])]
    places = {row[:4]: int.from_bytes(row[4:], "big") for row in head}
    count = int.from_bytes(content[places[b"OIDF"] + 4 * 255 :][:4], "big")
    return [content[places[b"OIDL"] + 20 * number :][:20].hex() for number in range(count)], places[b"CDAT"]
