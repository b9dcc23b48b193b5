"""A repository that is damaged, incomplete or hostile: the same answer or exit 3, at once, and nothing is executed."""

from __future__ import annotations

import faulthandler
import gc
import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from milepost.cli.session import Session
from milepost.errors import MilepostError
from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/public-beta.yaml"
WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Ada Ash"), ("EMAIL", "ada@example.org"))
}
ROOT = sys.platform == "linux" and os.geteuid() == 0


@pytest.fixture(params=["library", "command"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The way of reading git. The gits of many sessions that were refused are ended: a command would have ended."""
    monkeypatch.setenv("MILEPOST_GIT", request.param)
    yield str(request.param)
    gc.unfreeze()
    gc.collect()


@pytest.fixture
def deadline() -> Iterator[None]:
    """Ends everything if one reading of a small repository takes a minute: what hangs in C can't be caught."""
    yield
    faulthandler.cancel_dump_traceback_later()


def beta(due: str) -> str:
    return f"id: public-beta\ntitle: Public beta\ndue: {due}\nnotes: {'a long text that is compressed ' * 6}{due}\n"


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """A date that moves twice."""
    first = {"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}
    return make_repository(first, {BETA: beta("2027-04-05")}, {BETA: beta("2027-05-05")})


def answer(folder: Path) -> str:
    """What history says, or why it is refused."""
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        changes = Session(folder, use_cache=False).history.changes
    except MilepostError as error:
        assert error.exit_code == 3
        return f"refused: {error.message}"
    return repr([(change.revision.id, change.field, change.new) for change in changes])


def replace(path: Path, content: bytes) -> None:
    """As a disk would have it: another file, for what is mapped into memory must not shrink."""
    aside = path.with_name("aside")
    aside.write_bytes(content)
    aside.replace(path)


def require_named(found: str, good: str, checkout: Checkout) -> None:
    """The same answer, or a refusal that names an object of the repository."""
    if found != good:
        ids = checkout.git("rev-list", "--objects", "--all", "--no-object-names")
        assert found.startswith("refused: "), found
        assert any(word.strip(".:()") in ids for word in found.split() if len(word) >= 40), found


def loose(checkout: Checkout) -> dict[str, Path]:
    """The files of loose objects, by id."""
    return {path.parent.name + path.name: path for path in sorted((checkout.path / ".git/objects").glob("??/*"))}


@pytest.mark.usefixtures("deadline")
def test_a_loose_object_that_is_cut_short_at_any_length_is_named_at_once(checkout: Checkout, way: str) -> None:
    step = 1 if way == "library" else 25  # git is asked anew each time
    for name in ("HEAD", "HEAD~1", "HEAD^{tree}", "HEAD:plan/milestones", f"HEAD:{BETA}"):
        id = checkout.git("rev-parse", name)
        path = loose(checkout)[id]
        whole = path.read_bytes()
        for length in range(0, len(whole), step):
            replace(path, whole[:length])
            found = answer(checkout.path)
            assert found.startswith("refused: "), (name, length)
            assert id in found, (name, length, found)
        replace(path, whole)


@pytest.mark.usefixtures("deadline")
def test_flipped_bits_in_loose_objects_are_found(checkout: Checkout, way: str) -> None:
    good, dice = answer(checkout.path), random.Random(1)
    for path in loose(checkout).values():
        whole = path.read_bytes()
        for bit in dice.sample(range(len(whole) * 8), 40 if way == "library" else 2):
            replace(path, flip(whole, bit))
            found = answer(checkout.path)
            replace(path, whole)
            require_named(found, good, checkout)


@pytest.mark.parametrize("ending", ["pack", "idx"])
@pytest.mark.usefixtures("deadline")
def test_flipped_bits_in_packs_are_found(checkout: Checkout, way: str, ending: str) -> None:
    good, dice = answer(checkout.path), random.Random(2)
    checkout.git("gc", "--quiet")
    (path,) = (checkout.path / ".git/objects/pack").glob(f"*.{ending}")
    whole = path.read_bytes()
    for bit in dice.sample(range(len(whole) * 8), 400 if way == "library" else 20):
        replace(path, flip(whole, bit))
        found = answer(checkout.path)
        replace(path, whole)
        require_named(found, good, checkout)


@pytest.mark.parametrize("what", [BETA, "plan/milestones", "plan", ""], ids=["file", "folder", "plan", "all"])
@pytest.mark.usefixtures("way")
def test_an_index_that_leads_to_another_object_is_not_believed(checkout: Checkout, run: Run, what: str) -> None:
    """No checksum of a single object tells: both are whole, of one kind and of one size."""
    checkout.git("repack", "-adq", "--depth=0")
    (path,) = (checkout.path / ".git/objects/pack").glob("*.idx")
    whole = bytearray(path.read_bytes())
    fanout, id_size, checksum_size, offset_size = 8 + 4 * 256, 20, 4, 4
    count = int.from_bytes(whole[fanout - 4 : fanout])
    ids = [whole[fanout + number * id_size :][:id_size].hex() for number in range(count)]
    places = [
        fanout
        + count * (id_size + checksum_size)
        + offset_size * ids.index(checkout.git("rev-parse", f"{commit}:{what}"))
        for commit in ("HEAD~1", "HEAD~2")
    ]
    one, other = (whole[place : place + offset_size] for place in places)
    whole[places[0] : places[0] + offset_size], whole[places[1] : places[1] + offset_size] = other, one
    replace(path, bytes(whole))
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "is damaged" in result.stderr) == (3, True), result.output


@pytest.mark.usefixtures("way")
def test_a_loose_tree_in_the_place_of_another_one_is_not_believed(checkout: Checkout, run: Run) -> None:
    ids = [checkout.git("rev-parse", f"{commit}:plan/milestones") for commit in ("HEAD~1", "HEAD~2")]
    one, other = (loose(checkout)[id] for id in ids)
    replace(one, other.read_bytes())
    result = run("log", folder=checkout.path)
    assert (result.exit_code, f"{ids[0]} is damaged" in result.stderr) == (3, True), result.output


@pytest.mark.soak
@pytest.mark.usefixtures("deadline")
def test_every_flipped_bit_and_every_length_of_a_pack_is_found(checkout: Checkout) -> None:
    good = answer(checkout.path)
    checkout.git("gc", "--quiet")
    for ending in ("pack", "idx"):
        (path,) = (checkout.path / ".git/objects/pack").glob(f"*.{ending}")
        whole = path.read_bytes()
        step = 16 if os.environ.get("MILEPOST_SOAK") == "short" else 1
        flipped = (flip(whole, bit) for bit in range(0, len(whole) * 8, step))
        for content in (*flipped, *(whole[:size] for size in range(0, len(whole), step))):
            replace(path, content)
            found = answer(checkout.path)
            assert found == good or found.startswith("refused: The object "), found


def flip(content: bytes, bit: int) -> bytes:
    flipped = bytearray(content)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told how much memory a process may take")
def test_a_pack_that_says_an_object_needs_all_memory_there_is_does_not_get_it(checkout: Checkout) -> None:
    checkout.git("repack", "-adq", "--depth=0")
    (pack,) = (checkout.path / ".git/objects/pack").glob("*.pack")
    id = checkout.git("rev-parse", f"HEAD:{BETA}")
    listed = checkout.git("verify-pack", "-v", str(pack.with_suffix(".idx"))).splitlines()
    offset = next(int(line.split()[4]) for line in listed if line.startswith(id))
    whole = bytearray(pack.read_bytes())
    whole[offset : offset + 6] = b"\xbf\xff\xff\xff\xff\x07"  # a blob of 31 gibibytes
    replace(pack, bytes(whole))
    script = (
        "import sys; from milepost.cli import main\n"
        "try: main(['log'])\n"
        "except SystemExit as stop: code = stop.code\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(int(peak.split()[1]) // 1024)\n"  # of its own: what getrusage says counts its parent's too
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=checkout.path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, id in done.stderr) == (3, True), done.stderr
    assert int(done.stdout.splitlines()[-1]) < 300, "mebibytes"


@pytest.mark.parametrize("name", ["HEAD", "HEAD~1", "HEAD^{tree}", "HEAD:plan/milestones", f"HEAD~1:{BETA}"])
@pytest.mark.usefixtures("way")
def test_a_missing_object_is_named(checkout: Checkout, run: Run, name: str) -> None:
    id = checkout.git("rev-parse", name)
    loose(checkout)[id].unlink()
    for arguments in (["log"], ["build"]):
        result = run(*arguments, folder=checkout.path)
        assert (result.exit_code, id in result.stderr, "git fsck" in result.stderr) == (3, True, True), result.output


@pytest.mark.usefixtures("way")
def test_a_partial_clone_names_the_command_that_fetches_and_fetches_nothing(
    checkout: Checkout, run: Run, tmp_path: Path
) -> None:
    checkout.git("config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    clone = ["git", "clone", "--quiet", "--filter=blob:none", checkout.path.as_uri(), str(part)]
    subprocess.run([*clone, "--origin", "upstream"], check=True)
    before = sorted(path.name for path in (part / ".git/objects").rglob("*"))
    result = run("log", folder=part)
    command = "git fetch --refetch --no-filter upstream"
    assert (result.exit_code, command in result.stderr) == (3, True), result.output
    assert sorted(path.name for path in (part / ".git/objects").rglob("*")) == before
    assert run("check", folder=part).exit_code == 0
    subprocess.run(command.split(), cwd=part, check=True, capture_output=True)
    assert run("log", folder=part).exit_code == 0


@pytest.mark.usefixtures("way")
def test_reading_goes_on_while_git_packs_and_prunes(checkout: Checkout) -> None:
    good = answer(checkout.path)
    faulthandler.cancel_dump_traceback_later()
    for found in while_packing(checkout, rounds=8):
        assert found == good


@pytest.mark.soak
@pytest.mark.usefixtures("way")
def test_reading_goes_on_while_git_packs_and_prunes_for_long(checkout: Checkout) -> None:
    good = answer(checkout.path)
    faulthandler.cancel_dump_traceback_later()
    for found in while_packing(checkout, rounds=20 if os.environ.get("MILEPOST_SOAK") == "short" else 2000):
        assert found == good


def while_packing(checkout: Checkout, rounds: int) -> Iterator[str]:
    """Answers, read while a loop writes, packs and prunes: every round the objects are in another pack."""
    script = (
        "for n in $(seq $1); do commit=$(git commit-tree -m $n HEAD^{tree}) && "
        "git update-ref refs/heads/other $commit && git gc --quiet --prune=now || exit 1; done"
    )
    command = ["sh", "-c", script, "sh", str(rounds)]
    with subprocess.Popen(command, cwd=checkout.path, env={**os.environ, **WHO}) as loop:
        while loop.poll() is None:
            yield answer(checkout.path)
            faulthandler.cancel_dump_traceback_later()
    assert loop.returncode == 0


def witness(folder: Path) -> tuple[Path, str]:
    """A program, and the file that it makes when it is run."""
    program, trace = folder / "witness", folder / "was-run"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return trace, str(program)


@pytest.mark.usefixtures("way")
def test_nothing_that_a_repository_configures_is_run(checkout: Checkout, run: Run, tmp_path: Path) -> None:
    trace, program = witness(tmp_path)
    checkout.commit({".gitattributes": "* diff=evil filter=evil merge=evil\n"})
    moved = BETA.replace("public", "private")
    checkout.commit({BETA: None, moved: beta("2027-05-05")})
    for key in (
        *("core.fsmonitor", "core.hooksPath", "core.pager", "core.sshCommand", "core.editor", "core.askPass"),
        *("diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge"),
        *("merge.evil.driver", "gpg.program", "credential.helper", "core.alternateRefsCommand", "pager.log"),
        *("uploadpack.packObjectsHook", "alias.log", "alias.rev-list", "remote.origin.uploadpack"),
    ):
        checkout.git("config", key, program)
    checkout.git("config", "remote.origin.url", f"ext::{program}")
    config = tmp_path / "config.yaml"  # files are followed through renames there, by way of the git command
    config.write_text("sources: [{kind: milestone, files: plan/milestones/*.yaml, values: {due: due}}]\n")
    commands = (["log"], ["log", "--config", str(config)], ["diff", "HEAD~1"], ["check"], ["show"], ["build"])
    for arguments in commands:
        result = run(*arguments, folder=checkout.path)
        assert result.exit_code == 0, result.output
    assert not trace.exists()


@pytest.mark.usefixtures("way")
def test_a_bare_repository_among_a_repository_s_files_is_not_opened(
    checkout: Checkout, run: Run, tmp_path: Path
) -> None:
    trace, program = witness(tmp_path)
    inner = checkout.path / "docs" / "inner"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(checkout.path), str(inner)], check=True)
    subprocess.run(["git", "-C", str(inner), "config", "core.fsmonitor", program], check=True)
    subprocess.run(["git", "-C", str(inner), "config", "core.bare", "false"], check=True)
    subprocess.run(["git", "-C", str(inner), "config", "core.worktree", ".."], check=True)
    checkout.commit()
    for folder in (inner, inner / "refs"):
        result = run("log", folder=folder)
        assert (result.exit_code, "among the files of another one" in result.stderr) == (3, True), result.output
    assert not trace.exists()
    assert run("log", folder=checkout.path).exit_code == 0


@pytest.mark.usefixtures("way")
def test_a_bare_repository_of_one_s_own_may_lie_in_another_one(checkout: Checkout, run: Run) -> None:
    inner = checkout.path / "own.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(checkout.path), str(inner)], check=True)
    assert run("log", folder=inner).exit_code == 0


@pytest.mark.parametrize("content", ["", "garbage\n", "12345"])
@pytest.mark.parametrize("branch", ["main", "work"])
@pytest.mark.usefixtures("way")
def test_a_damaged_reference_is_named_and_no_other_branch_counts_instead(
    checkout: Checkout, run: Run, branch: str, content: str
) -> None:
    """As a loss of power leaves it. The older branch would tell a shorter history."""
    checkout.git("branch", "master" if branch == "main" else "older", "HEAD~1")
    checkout.git("branch", "--move", branch)
    (checkout.path / ".git/refs/heads" / branch).write_text(content)
    result = run("log", "--no-cache", folder=checkout.path)
    assert (result.exit_code, result.stdout) == (3, ""), result.stderr
    assert "is damaged" in result.stderr


@pytest.mark.skipif(not ROOT, reason="only root can give a repository to somebody else")
@pytest.mark.parametrize("bare", [False, True], ids=["with a work tree", "bare"])
@pytest.mark.usefixtures("way")
def test_somebody_else_s_repository_is_not_trusted(checkout: Checkout, run: Run, tmp_path: Path, bare: bool) -> None:
    folder = checkout.path
    if bare:
        folder = tmp_path / "theirs.git"
        shutil.move(checkout.path / ".git", folder)
        subprocess.run(["git", "-C", str(folder), "config", "core.bare", "true"], check=True)
    subprocess.run(["chown", "-R", "65534", str(folder)], check=True)
    result = run("log", folder=folder)
    assert (result.exit_code, "safe.directory" in result.stderr) == (3, True), result.output


@pytest.mark.usefixtures("way")
def test_a_configuration_that_git_can_t_read_is_refused(checkout: Checkout, run: Run) -> None:
    (checkout.path / ".git/config").write_text("[core\n")
    result = run("log", folder=checkout.path)
    assert (result.exit_code, "can't be opened" in result.stderr) == (3, True), result.output
