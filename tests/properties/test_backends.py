"""Both ways of reading git tell the same to the byte: on the demo, on made-up histories, on odd and hostile ones."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from milepost.repository.story import read_story, write_story
from milepost.resources import resource_folder
from tests.conftest import Checkout, MakeRepository, Run
from tests.histories_maker import PLAN as SCENE
from tests.histories_maker import make_history
from tests.properties.test_histories import compare

PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/public-beta.yaml"
COMMANDS = (
    ["log", "--format", "json", "--no-cache"],
    ["log", "--verbose", "--no-cache"],
    ["diff", "--format", "json", "HEAD~1..HEAD"],
    ["why", "public-beta", "--format", "json", "--no-cache"],
)


def beta(due: str) -> str:
    return f"id: public-beta\ntitle: Public beta\ndue: {due}\n"


@pytest.fixture
def same(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Requires that every command answers alike both ways: exit code, output and complaints."""

    def require(folder: Path) -> None:
        for arguments in COMMANDS:
            said = []
            for way in ("library", "command"):
                monkeypatch.setenv("MILEPOST_GIT", way)
                result = run(*arguments, folder=folder)
                said.append((result.exit_code, result.stdout, result.stderr))
            assert said[0] == said[1], arguments
            assert said[0][0] != 4, said[0]

    return require


@pytest.mark.parametrize("story", ["heron"])
def test_stories(tmp_path: Path, same: Callable[[Path], None], story: str) -> None:
    write_story(read_story(resource_folder("stories") / story), tmp_path / story)
    same(tmp_path / story)


@pytest.mark.parametrize("seed", range(100, 104))
def test_made_up_histories(tmp_path: Path, same: Callable[[Path], None], seed: int) -> None:
    make_history(tmp_path / "repository", SCENE, seed, commits=25)
    same(tmp_path / "repository")


@pytest.mark.parametrize("seed", range(200, 203))
def test_made_up_histories_with_sha_256_equal_the_judge(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    make_history(tmp_path / "repository", SCENE, seed, commits=25)
    compare(run, tmp_path / "repository", SCENE)


@pytest.mark.soak
def test_many_made_up_histories(tmp_path: Path, same: Callable[[Path], None]) -> None:
    for seed in range(2000, 2003 if os.environ.get("MILEPOST_SOAK") == "short" else 2040):
        make_history(tmp_path / str(seed), SCENE, seed, commits=50)
        same(tmp_path / str(seed))
        shutil.rmtree(tmp_path / str(seed))


def odd_commit(checkout: Checkout, head: str, tree: str = "HEAD^{tree}") -> None:
    """A commit with any text as its header's people."""
    lines = [f"tree {checkout.git('rev-parse', tree)}", f"parent {checkout.git('rev-parse', 'HEAD')}", head]
    checkout.git("update-ref", "refs/heads/main", store(checkout, "commit", "\n".join(lines).encode() + b"\n\nodd\n"))


def store(checkout: Checkout, kind: str, content: bytes) -> str:
    command = ["git", "-C", str(checkout.path), "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode().strip()


def odd_times(checkout: Checkout) -> None:
    for when in ("100000000000000 +0000", "1700000000 +9959", "-5 +0000", "x", "99999999999999999999999 +0000"):
        odd_commit(checkout, f"author A <a@b> {when}\ncommitter A <a@b> {when}")


def odd_people(checkout: Checkout) -> None:
    for head in (
        "author\ncommitter",
        "",
        "author < <> > 1 +0000\ncommitter x",
        "author \0 <\0> 1 +0\ncommitter A <b> 2 +0",
    ):
        odd_commit(checkout, head)


def odd_modes(checkout: Checkout) -> None:
    """Modes that git wrote long ago, or never, and names that are no text."""
    blob = bytes.fromhex(store(checkout, "blob", beta("2027-06-06").encode()))
    entries = [
        (b"100664", b"old.yaml"),
        (b"100600", b"older.yaml"),
        (b"100755", b"run.yaml"),
        (b"120000", b"link.yaml"),
    ]
    entries += [(b"160000", b"module.yaml"), (b"100644", b"\xff\xfe.yaml"), (b"100644", b"a b.yaml")]
    tree = b"".join(mode + b" " + name + b"\0" + blob for mode, name in sorted(entries, key=lambda entry: entry[1]))
    file = bytes.fromhex(checkout.git("rev-parse", "HEAD:plan/milepost.yaml"))
    folder = bytes.fromhex(store(checkout, "tree", tree))
    plan = store(checkout, "tree", b"100644 milepost.yaml\0" + file + b"40000 milestones\0" + folder)
    root = store(checkout, "tree", b"40000 plan\0" + bytes.fromhex(plan))
    odd_commit(checkout, "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000", root)


def misleading_ids(checkout: Checkout) -> None:
    """An id whose bytes look like the plan's entry comes before it."""
    tree = checkout.git("rev-parse", "HEAD:plan")
    false = b"1 plan\0" + bytes(13)
    root = store(checkout, "tree", b"160000 a\0" + false + b"40000 plan\0" + bytes.fromhex(tree))
    odd_commit(checkout, "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000", root)
    assert checkout.git("ls-tree", "--name-only", "HEAD") == "a\nplan"


def files_and_folders(checkout: Checkout) -> None:
    """A file that becomes a folder, a link, and a file again; the plan that becomes a file and comes back."""
    path = checkout.path / BETA
    path.unlink()
    checkout.commit({f"{BETA}/inner.yaml": beta("2027-06-06")})
    shutil.rmtree(path)
    path.symlink_to("elsewhere.yaml")
    checkout.commit()
    path.unlink()
    checkout.commit({BETA: beta("2027-07-07")})
    shutil.move(checkout.path / "plan", checkout.path / "aside")
    checkout.commit({"plan": "a file\n"})
    (checkout.path / "plan").unlink()
    shutil.move(checkout.path / "aside", checkout.path / "plan")
    checkout.commit()


def replaced_and_grafted(checkout: Checkout) -> None:
    checkout.git("replace", "HEAD", "HEAD~1")
    (checkout.path / ".git/info/grafts").write_text(checkout.git("rev-parse", "HEAD") + "\n")


def crossed_clocks(checkout: Checkout) -> None:
    """Merges of sides whose commits are older than their parents."""
    for number in range(6):
        checkout.git("switch", "--quiet", "--create", f"side-{number}", "main")
        for day in random.Random(number).sample(range(1, 28), 3):
            checkout.write({BETA: beta(f"2027-{number + 1:02}-{day:02}")})
            when = {
                f"GIT_{role}_DATE": f"20{40 - number - day // 3}-01-{day:02}T00:00:00Z"
                for role in ("AUTHOR", "COMMITTER")
            }
            who = ("-c", f"user.name=Person {day}", "-c", "user.email=a@b")
            checkout.git(*who, "commit", "--quiet", "--all", "--message=x", **when)
        checkout.git("switch", "--quiet", "main")
        checkout.git(
            "-c", "user.name=M", "-c", "user.email=m@b", "merge", "--quiet", "--no-ff", "-m", "x", f"side-{number}"
        )


def attributes(checkout: Checkout) -> None:
    checkout.commit(
        {".gitattributes": "* text eol=crlf diff=x filter=x export-ignore ident\n", BETA: beta("2027-06-06")}
    )
    checkout.git("config", "diff.x.textconv", "false")


def missing_blob(checkout: Checkout) -> None:
    id = checkout.git("rev-parse", f"HEAD:{BETA}")
    (checkout.path / ".git/objects" / id[:2] / id[2:]).unlink()


def tag_and_branch(checkout: Checkout) -> None:
    checkout.git("tag", "main", "HEAD~1")
    checkout.git("tag", "HEAD", "HEAD~1")


STATES = (
    *(odd_times, odd_people, odd_modes, misleading_ids, files_and_folders, replaced_and_grafted, crossed_clocks),
    *(attributes, missing_blob, tag_and_branch),
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_odd_and_hostile_repositories(
    make_repository: MakeRepository, same: Callable[[Path], None], state: Callable[[Checkout], None]
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    state(checkout)
    same(checkout.path)
