"""Every shape that a git history takes is told the same through libgit2 and through the git command."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/public-beta.yaml"
WHO = ("-c", "user.name=Ada Ash", "-c", "user.email=ada@example.org")


@pytest.fixture(params=["library", "command"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The way of reading git."""
    monkeypatch.setenv("MILEPOST_GIT", request.param)
    return str(request.param)


def beta(due: str, *more: str, id: str = "public-beta") -> str:
    return "\n".join([f"id: {id}", "title: Public beta", f"due: {due}", *more, ""])


def records(run: Run, folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """The records of `log --format json`, oldest first."""
    result = run("log", "--format", "json", *arguments, folder=folder)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    return found[::-1]


def dues(run: Run, folder: Path, *arguments: str) -> list[str | None]:
    return [change["new"] for change in records(run, folder, "public-beta", "--field", "due", *arguments)]


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """A plan, and one move of its date."""
    return make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})


def side(checkout: Checkout, *versions: dict[str, str | bytes | None]) -> None:
    """Commits on a branch, and one on main meanwhile."""
    checkout.git("switch", "--quiet", "--create", "side")
    for files in versions:
        checkout.commit(files, author="Bo Lind")
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"code.py": "pass\n"})


def merge(checkout: Checkout) -> None:
    side(checkout, {BETA: beta("2027-05-05")}, {BETA: beta("2027-06-06")})
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--message=Merge", "side")


def fast_forward(checkout: Checkout) -> None:
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-05-05")})
    checkout.commit({BETA: beta("2027-06-06")})
    checkout.git("switch", "--quiet", "main")
    checkout.git("merge", "--quiet", "--ff-only", "side")


def squash(checkout: Checkout) -> None:
    side(checkout, {BETA: beta("2027-05-05")}, {BETA: beta("2027-06-06")})
    checkout.git(*WHO, "merge", "--quiet", "--squash", "side")
    checkout.git(*WHO, "commit", "--quiet", "--message=Squashed")


def revert(checkout: Checkout) -> None:
    checkout.git(*WHO, "revert", "--no-edit", "HEAD")


def revert_of_a_merge(checkout: Checkout) -> None:
    merge(checkout)
    checkout.git(*WHO, "revert", "--no-edit", "--mainline=1", "HEAD")


def cherry_pick(checkout: Checkout) -> None:
    side(checkout, {BETA: beta("2027-05-05")}, {"other.py": "pass\n"})
    checkout.git(*WHO, "cherry-pick", "side~1")


def cherry_pick_and_merge(checkout: Checkout) -> None:
    """Both lines hold the same change: it was accepted once."""
    cherry_pick(checkout)
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--message=Merge", "side")


def two_roots(checkout: Checkout) -> None:
    """Histories that have nothing in common are joined."""
    checkout.git("switch", "--quiet", "--orphan", "stranger")
    checkout.commit({"plan/milestones/other.yaml": beta("2027-09-09", id="other")})
    checkout.git("switch", "--quiet", "main")
    checkout.git(*WHO, "merge", "--quiet", "--allow-unrelated-histories", "--message=Join", "stranger")


def octopus(checkout: Checkout) -> None:
    for name in ("one", "two", "three"):
        checkout.git("switch", "--quiet", "--create", name, "main")
        checkout.commit({f"plan/milestones/{name}.yaml": beta("2027-07-07", id=name)}, author=f"{name.title()} X")
    checkout.git("switch", "--quiet", "main")
    checkout.git(*WHO, "merge", "--quiet", "--message=All", "one", "two", "three")


def crossed_merges(checkout: Checkout) -> None:
    """Two lines that merged each other more than once."""
    side(checkout, {BETA: beta("2027-05-05")})
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--message=First", "side")
    checkout.git("switch", "--quiet", "side")
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--message=Back", "main~1")
    checkout.commit({BETA: beta("2027-06-06")}, author="Cy Okafor")
    checkout.git("switch", "--quiet", "main")
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--message=Second", "side")


FIRST = ["2027-03-15", "2027-04-05"]
SHAPES: dict[Callable[[Checkout], None], tuple[list[str], str]] = {
    # what happens: the accepted dates, and who set the last one
    merge: ([*FIRST, "2027-06-06"], "Bo Lind"),
    fast_forward: ([*FIRST, "2027-05-05", "2027-06-06"], "Ada Ash"),
    squash: ([*FIRST, "2027-06-06"], "Ada Ash"),
    revert: ([*FIRST, "2027-03-15"], "Ada Ash"),
    revert_of_a_merge: ([*FIRST, "2027-06-06", "2027-04-05"], "Ada Ash"),
    cherry_pick: ([*FIRST, "2027-05-05"], "Bo Lind"),
    cherry_pick_and_merge: ([*FIRST, "2027-05-05"], "Bo Lind"),
    two_roots: (FIRST, "Ada Ash"),
    octopus: (FIRST, "Ada Ash"),
    crossed_merges: ([*FIRST, "2027-05-05", "2027-06-06"], "Cy Okafor"),
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.usefixtures("way")
def test_a_shape_of_history(checkout: Checkout, run: Run, shape: Callable[[Checkout], None]) -> None:
    shape(checkout)
    expected, author = SHAPES[shape]
    assert dues(run, checkout.path) == expected
    assert records(run, checkout.path, "public-beta", "--field", "due")[-1]["by"]["name"] == author


@pytest.mark.usefixtures("way")
def test_a_merged_octopus_names_each_author(checkout: Checkout, run: Run) -> None:
    octopus(checkout)
    found = {change["id"]: change["by"]["name"] for change in records(run, checkout.path, "--field", "due")}
    assert found == {"public-beta": "Ada Ash", "one": "One X", "two": "Two X", "three": "Three X"}


@pytest.mark.usefixtures("way")
def test_joined_roots_bring_their_items(checkout: Checkout, run: Run) -> None:
    two_roots(checkout)
    (change,) = records(run, checkout.path, "other", "--field", "due")
    assert (change["old"], change["new"], change["commit"]) == (None, "2027-09-09", checkout.git("rev-parse", "HEAD"))


@pytest.mark.usefixtures("way")
def test_history_that_was_rewritten_between_two_runs_is_read_anew(checkout: Checkout, run: Run) -> None:
    assert dues(run, checkout.path) == FIRST
    checkout.git("reset", "--quiet", "--hard", "HEAD~1")
    checkout.commit({BETA: beta("2027-08-08")}, message="Another past")
    rewritten = run("log", "--format", "json", folder=checkout.path).stdout
    assert dues(run, checkout.path) == ["2027-03-15", "2027-08-08"]
    assert rewritten == run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout


@pytest.mark.usefixtures("way")
def test_a_merge_after_commits_with_a_wrong_clock_is_read_on_as_it_is_read_anew(checkout: Checkout, run: Run) -> None:
    """git leaves out what led to a commit by its dates, and lists some of it where those are far off."""
    fork = checkout.commit({BETA: beta("2027-05-05")}, author="Ada Ash")
    for number in range(9):
        checkout.commit({BETA: beta(f"2027-06-0{number + 1}")}, day=date(1970, 1, 2), author="Bo Lind")
    run("log", folder=checkout.path)
    checkout.git("switch", "--quiet", "--create", "side", fork)
    checkout.commit({"code.py": "pass\n"}, author="Dana Rossi")
    checkout.git("switch", "--quiet", "main")
    checkout.git(*WHO, "merge", "--quiet", "--no-ff", "--no-commit", "side")
    checkout.commit({BETA: beta("2027-05-05")}, author="Cy Okafor")
    said = run("log", "--format", "json", folder=checkout.path).stdout
    assert said == run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout
    last = json.loads(said)["changes"][0]
    assert (last["new"], last["by"]["name"]) == ("2027-05-05", "Cy Okafor")


def test_replace_refs_and_grafts_change_nothing(checkout: Checkout, run: Run) -> None:
    before = run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout
    checkout.git("replace", "HEAD", "HEAD~1")
    grafts = checkout.path / ".git/info/grafts"
    grafts.write_text(checkout.git("rev-parse", "HEAD") + "\n")
    assert run("log", "--format", "json", "--no-cache", folder=checkout.path).stdout == before


@pytest.mark.usefixtures("way")
def test_the_mailmap_is_that_of_the_work_tree_or_of_a_bare_repository(
    checkout: Checkout, run: Run, tmp_path: Path
) -> None:
    checkout.commit({".mailmap": "Ada Bright <ada@example.com> <ada@example.org>\n"})
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(checkout.path), str(bare)], check=True)
    for folder in (checkout.path, bare):
        assert records(run, folder)[0]["by"] == {"name": "Ada Bright", "email": "ada@example.com"}


@pytest.mark.usefixtures("way")
def test_a_mailmap_that_is_a_link_is_not_followed(checkout: Checkout, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("Somebody <else@example.com> <ada@example.org>\n")
    (checkout.path / ".mailmap").symlink_to(tmp_path / "elsewhere")
    assert records(run, checkout.path)[0]["by"]["name"] == "Ada Ash"


@pytest.mark.usefixtures("way")
def test_every_kind_of_checkout_tells_the_same_history(checkout: Checkout, run: Run, tmp_path: Path) -> None:
    source = str(checkout.path)
    bare, borrowed, tree, nested = (tmp_path / name for name in ("plan.git", "borrowed", "tree", "nested"))
    subprocess.run(["git", "clone", "--quiet", "--bare", source, str(bare)], check=True)
    subprocess.run(["git", "clone", "--quiet", "--shared", source, str(borrowed)], check=True)
    checkout.git("worktree", "add", "--quiet", "--detach", str(tree))
    subprocess.run(["git", "init", "--quiet", str(nested)], check=True)
    add = ["git", "-C", str(nested), "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "sub"]
    subprocess.run(add, check=True)
    wanted = records(run, checkout.path)
    inside = (nested / "sub/plan", tree / "plan", checkout.path / "plan/milestones", checkout.path / ".git")
    for folder in (bare, borrowed, tree, nested / "sub", *inside):
        assert records(run, folder, "--no-cache") == wanted, folder


@pytest.mark.usefixtures("way")
def test_a_branch_wins_over_a_tag_of_its_name(checkout: Checkout, run: Run) -> None:
    checkout.git("branch", "next", "HEAD~1")
    checkout.git("tag", "next", "HEAD")
    checkout.git(*WHO, "tag", "--annotate", "--message=Released", "v1", "HEAD~1")
    assert dues(run, checkout.path, "--branch", "next") == FIRST[:1]
    assert dues(run, checkout.path, "--branch", "v1") == FIRST[:1]
    assert dues(run, checkout.path, "--branch", "HEAD~1") == FIRST[:1]


@pytest.mark.usefixtures("way")
def test_a_name_may_step_back(checkout: Checkout, run: Run) -> None:
    merge(checkout)
    checkout.git("tag", "main", "HEAD~2")  # the branch is meant all the same
    id = checkout.git("rev-parse", "HEAD")
    names = {"main~3": 1, "HEAD^2": 4, "HEAD^2~1^": 2, "HEAD~0": 3, "HEAD^0": 3, f"{id[:9]}^": 2, f"{id}~1": 2}
    for name, count in names.items():
        assert len(dues(run, checkout.path, "--branch", name)) == count, name
    for name in ("HEAD~999999999", "HEAD^3", "HEAD~1^2", "~1", "0" * 40, "0" * 64, id[:3]):
        result = run("log", "--branch", name, folder=checkout.path)
        assert (result.exit_code, "There is no branch, tag or commit" in result.stderr) == (2, True), name


@pytest.mark.parametrize(
    "name", ["-x", "--help", "--all", "$(touch pwned)", "🚀", "a b;c", "", "HEAD:plan", "a\nb", "^HEAD"]
)
@pytest.mark.usefixtures("way")
def test_a_name_is_only_ever_a_name(checkout: Checkout, run: Run, name: str) -> None:
    result = run("log", f"--branch={name}", folder=checkout.path)
    assert (result.exit_code, "There is no branch, tag or commit" in result.stderr) == (2, True), result.output
    assert not (checkout.path / "pwned").exists()


@pytest.mark.usefixtures("way")
def test_a_packed_history_is_the_same_and_a_packed_reference_too(checkout: Checkout, run: Run) -> None:
    before = records(run, checkout.path)
    checkout.git("gc", "--quiet")
    assert records(run, checkout.path, "--no-cache") == before


@pytest.mark.usefixtures("way")
def test_nothing_committed_says_what_to_do(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "milepost init" in result.stderr) == (0, True)
    checkout.write({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"})
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "git add plan" in result.stderr) == (0, True)


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ("author Ada <ada@example.org> 1799000000 +0000\ncommitter Ada <a@b> 1799000000 +0000\n", "Ada"),
        ("author Ada ada@example.org 1799000000 +0000\ncommitter nobody\n", "Ada ada@example.org 1799000000 +0000"),
        ("author <> 1799000000 +0000\ncommitter <> 1799000000 +0000\n", ""),
        ("committer Ada <a@b> 1799000000 +0000\n", ""),
        ("", ""),
    ],
    ids=["whole", "no address", "empty", "no author", "nobody"],
)
@pytest.mark.usefixtures("way")
def test_a_commit_that_libgit2_refuses_is_read_as_git_reads_it(
    checkout: Checkout, run: Run, people: str, name: str
) -> None:
    tree, parent = checkout.git("rev-parse", "HEAD^{tree}"), checkout.git("rev-parse", "HEAD~1")
    body = f"tree {tree}\nparent {parent}\n{people}\nOdd\n"
    command = ["git", "-C", str(checkout.path), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    odd = subprocess.run(command, input=body, capture_output=True, text=True, check=True).stdout.strip()
    checkout.git("update-ref", "refs/heads/main", odd)
    assert dues(run, checkout.path) == FIRST
    last = records(run, checkout.path, "public-beta", "--field", "due")[-1]
    assert (last["commit"], last["by"]["name"], last["subject"]) == (odd, name, "Odd")


@pytest.mark.usefixtures("way")
def test_a_commit_says_in_which_encoding_it_is(checkout: Checkout, run: Run) -> None:
    checkout.write({BETA: beta("2027-05-05")})
    people = {"GIT_AUTHOR_NAME": "Zoë", "GIT_AUTHOR_EMAIL": "zoe@example.org"}
    message = checkout.path / "message"
    message.write_bytes("Löschen".encode("latin-1"))
    encoded = ("-c", "i18n.commitEncoding=ISO-8859-1")
    checkout.git(*WHO, *encoded, "commit", "--quiet", "--all", f"--file={message}", **people)
    assert records(run, checkout.path)[-1]["subject"] == "Löschen"


@pytest.mark.parametrize("form", ["sha256"])
def test_a_sha_256_repository_works_by_itself(
    make_repository: MakeRepository, run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", form)
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    merge(checkout)
    assert len(checkout.git("rev-parse", "HEAD")) == 64
    assert dues(run, checkout.path) == [*FIRST, "2027-06-06"]
    assert records(run, checkout.path)[-1]["by"]["name"] == "Bo Lind"
    assert dues(run, checkout.path) == [*FIRST, "2027-06-06"], "from the cache"
    for command in (["check"], ["show"], ["why", "public-beta"], ["diff", "HEAD~1"], ["build", "-o", "site"]):
        assert run(*command, folder=checkout.path).exit_code == 0, command


def test_a_reftable_repository_works_where_git_can_read_it_and_says_so_where_not(
    tmp_path: Path, run: Run, make_repository: MakeRepository
) -> None:
    made = subprocess.run(["git", "init", "--quiet", "--ref-format=reftable", str(tmp_path / "new")], check=False)
    if made.returncode == 0:
        checkout = Checkout(tmp_path / "new")
        checkout.git("symbolic-ref", "HEAD", "refs/heads/main")
        checkout.commit({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
        assert dues(run, checkout.path) == FIRST[:1]
        return
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    with (checkout.path / ".git/config").open("a") as config:
        config.write("[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n")
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "git --version" in result.stderr) == (3, True), result.output


def test_without_git_a_format_that_needs_it_is_refused(
    make_repository: MakeRepository, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "install git" in result.stderr) == (3, True), result.output


@pytest.mark.usefixtures("way")
def test_git_s_own_variables_name_no_other_repository(
    checkout: Checkout, run: Run, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_repository({"README.md": "nothing\n"}, name="other")
    before = records(run, checkout.path)
    for name, value in {"GIT_DIR": f"{other.path}/.git", "GIT_WORK_TREE": str(other.path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", os.devnull)
    assert records(run, checkout.path, "--no-cache") == before
