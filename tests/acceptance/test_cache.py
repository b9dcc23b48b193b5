"""What is kept below the git directory: whatever became of it, every answer is the one without it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from milepost.cli import main
from milepost.loader.cache import Cache
from tests.conftest import Checkout

DAY = ("--today", "2027-06-01")
FEW = (*DAY, "--samples", "100")
COMMANDS = [
    (*command, "--format", "json")
    for command in (
        ("log",), ("log", "--all-parents"), ("why", "beta", *DAY), ("slip", *DAY), ("forecast", *FEW),
        ("forecast", "--replay", *FEW),
    )
]  # fmt: skip
PLAN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}}\n"
BETA = "plan/milestones/beta.yaml"
GA = "plan/milestones/ga.yaml"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are other pipes, links and owners")


def beta(due: str, more: str = "") -> str:
    return f"id: beta\ntitle: Beta\ndue: {due}\nowner: ada\n{more}tasks: [{{id: one, title: One, estimate: 3d}}]\n"


#: Exit code, output and complaints.
Answer = tuple[int, str, str]


def answer(folder: Path, *command: str) -> Answer:
    """What a command says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, list(command), prog_name="milepost")
    return result.exit_code, result.stdout, result.stderr


def answer_of_another_process(folder: Path, *command: str, start: tuple[str, ...] = ("-m", "milepost")) -> Answer:
    """The same, for what may wait for ever."""
    full = [sys.executable, *start, *command]
    done = subprocess.run(full, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@dataclass
class Kept:
    """A repository, its cache as it was one commit earlier, and what every command has to say."""

    checkout: Checkout
    path: Path
    good: bytes
    wanted: dict[tuple[str, ...], Answer]

    def require(self, *commands: tuple[str, ...]) -> None:
        """Says the same as without a cache, and no word more."""
        for command in commands or COMMANDS:
            assert answer(self.checkout.path, *command) == self.wanted[command], command

    def restore(self) -> None:
        """Puts the cache back as it was."""
        self.path.unlink(missing_ok=True)
        self.path.write_bytes(self.good)


WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Ada Ash"), ("EMAIL", "ada@example.org"), ("DATE", "2027-01-11T12:00:00+00:00"))
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A date that moves, also on a merged branch, with a version that can't be read and one with a key twice."""
    checkout = Checkout(tmp_path_factory.mktemp("made"))
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.commit({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")})
    checkout.commit({BETA: beta("2027-04-15", "because: the map\n")}, day=date(2027, 1, 6))
    checkout.commit({BETA: "id: [\n"}, day=date(2027, 1, 7))
    checkout.commit({BETA: beta("2027-04-15", "due: 2027-04-16\n")}, day=date(2027, 1, 8))
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-05-15")}, author="Bo Birch", day=date(2027, 1, 9))
    checkout.git("switch", "--quiet", "main")
    checkout.commit({GA: "id: ga\ntitle: GA\ndue: 2027-09-01\n"}, day=date(2027, 1, 10))
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side", **WHO)
    for command in COMMANDS:
        assert answer(checkout.path, *command)[0] == 0
    checkout.commit({GA: "id: ga\ntitle: GA\ndue: 2027-09-02\n"}, day=date(2027, 1, 12))
    return checkout


@pytest.fixture(scope="module")
def wanted(made: Checkout) -> dict[tuple[str, ...], Answer]:
    """What every command has to say."""
    return {command: answer(made.path, *command, "--no-cache") for command in COMMANDS}


@pytest.fixture
def kept(made: Checkout, wanted: dict[tuple[str, ...], Answer], tmp_path: Path) -> Kept:
    """One to damage."""
    folder = tmp_path / "repository"
    shutil.copytree(made.path, folder)
    (path,) = (folder / ".git/milepost").iterdir()
    return Kept(Checkout(folder), path, path.read_bytes(), wanted)


def change_bytes(content: bytes, dice: random.Random) -> bytes:
    """Cuts short, or flips and overwrites, in all of it or where a page says what is on it."""
    if not dice.randrange(5):
        return content[: dice.randrange(len(content))]
    changed, page = bytearray(content), dice.randrange(len(content) // 4096) * 4096
    start, size = dice.choice([(0, len(content)), (0, 100), (page, 40), (page, 4096)])
    for _ in range(dice.choice([1, 1, 3, 20])):
        changed[start + dice.randrange(size)] ^= 1 << dice.randrange(8) if dice.randrange(2) else dice.randrange(1, 256)
    return bytes(changed)


def require_whatever_bytes(kept: Kept, seeds: range) -> None:
    for seed in seeds:
        dice = random.Random(seed)
        kept.path.unlink(missing_ok=True)
        kept.path.write_bytes(change_bytes(kept.good, dice))
        kept.require(dice.choice(COMMANDS[:3]) if seed % 10 else dice.choice(COMMANDS))


def test_flipped_lost_and_wrong_bytes_change_no_answer(kept: Kept) -> None:
    require_whatever_bytes(kept, range(60))


@pytest.mark.soak
def test_flipped_lost_and_wrong_bytes_change_no_answer_on_many(kept: Kept) -> None:
    require_whatever_bytes(kept, range(1000, 1200 if os.environ.get("MILEPOST_SOAK") == "short" else 21000))


def rows(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT key, body FROM known"))


def put_row(path: Path, key: str, body: bytes) -> None:
    """With the checksum that belongs to it."""
    with closing(sqlite3.connect(path)) as database, database:
        crc = zlib.crc32(body, zlib.crc32(key.encode()))
        database.execute("UPDATE known SET body = ?, crc = ? WHERE key = ?", (body, crc, key))


def wrong_bodies(key: str, body: bytes) -> Iterator[bytes]:
    """What is no such row: no JSON, another kind of value, one without a part, one whose parts have another kind."""
    yield from (b"", b"\xff\xfe", b"[" * 100_000, b"[" * 400 + b"]" * 400, b"9" * 5000, b"5", b"true", b"1e999")
    yield b'[["' + b"x" * 3_000_000 + b'"]]'
    value = json.loads(body)
    if isinstance(value, dict):
        for name in value:
            yield json.dumps({other: value[other] for other in value if other != name}).encode()
            if value[name] is not None:
                yield json.dumps({**value, name: 7}).encode()
    if key.startswith("part:"):
        for number, column in enumerate(value["changes"]):
            wrong = ("AAAAAA==", "!", "//////////8=", column[4:])[number % 4]
            columns = [*value["changes"][:number], wrong, *value["changes"][number + 1 :]]
            yield json.dumps({**value, "changes": columns}).encode()


@pytest.mark.parametrize("kind", ["part:", "parts:", "state:", "files:", "forecast ", ""])
def test_a_row_of_another_shape_changes_no_answer_though_its_checksum_is_right(kept: Kept, kind: str) -> None:
    kept.restore()
    found = {key: body for key, body in rows(kept.path).items() if key.startswith(kind)}
    key, body = next((one for one in found.items() if len(one[1]) > 2), ("", b""))
    commands = {"forecast ": COMMANDS[5:], "": COMMANDS[1:2]}.get(kind, [COMMANDS[0], COMMANDS[3]])
    for number, wrong in enumerate(wrong_bodies(key, body)):
        kept.restore()
        put_row(kept.path, key, wrong)
        kept.require(commands[number % len(commands)])


def test_what_is_said_at_a_tip_to_which_there_is_nothing_to_read_is_read_anew(kept: Kept) -> None:
    kept.require(COMMANDS[0])
    kept.good = kept.path.read_bytes()
    tip = kept.checkout.git("rev-parse", "HEAD")
    (key,) = [key for key in rows(kept.path) if key.startswith("files:") and key.endswith(tip)]
    for wrong in (b"[", b"5", b'{"items": [], "files": {"a": [4]}}', b'{"items": [7], "files": {}}'):
        kept.restore()
        put_row(kept.path, key, wrong)
        kept.require(COMMANDS[4])
        kept.require()


SCHEMAS = {
    "other columns": "DROP TABLE known; CREATE TABLE known (a, b)",
    "a view": (
        "ALTER TABLE known RENAME TO other; CREATE VIEW known AS WITH RECURSIVE "
        "n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT key, body, crc FROM other, n"
    ),
    "a trigger": "CREATE TRIGGER known2 BEFORE INSERT ON known BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    "another index": "CREATE INDEX known2 ON known (crc)",
    "no table": "DROP TABLE known",
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_database_that_is_not_laid_out_as_ours_is_begun_anew(kept: Kept, schema: str) -> None:
    kept.restore()
    with closing(sqlite3.connect(kept.path)) as database:
        database.executescript(SCHEMAS[schema])
    kept.require()
    assert any(key.startswith("parts:") for key in rows(kept.path))


def make_folder(path: Path, _: Path) -> None:
    (path / "mine").mkdir(parents=True)


def make_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def make_dangling(path: Path, elsewhere: Path) -> None:
    shutil.rmtree(elsewhere) if elsewhere.is_dir() else elsewhere.unlink()
    path.symlink_to(elsewhere)


@LINUX
@pytest.mark.parametrize("make", [Path.symlink_to, make_dangling, make_folder, make_pipe])
@pytest.mark.parametrize("place", ["file", "journal", "folder"])
def test_nothing_is_followed_waited_for_or_written_elsewhere(
    kept: Kept, tmp_path: Path, make: Callable[[Path, Path], None], place: str
) -> None:
    """A link that leads to a good cache is not believed either: what is written would be written there."""
    elsewhere = tmp_path / "elsewhere"
    path = {"file": kept.path, "folder": kept.path.parent}.get(place, kept.path.with_name(f"{kept.path.name}-journal"))
    kept.restore()
    if place == "folder":
        shutil.move(kept.path.parent, elsewhere)
    elif place == "file":
        shutil.move(kept.path, elsewhere)
    else:
        elsewhere.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    before = {} if make is make_dangling else content(elsewhere)
    make(path, elsewhere)
    assert answer_of_another_process(kept.checkout.path, *COMMANDS[0]) == kept.wanted[COMMANDS[0]]
    assert content(elsewhere) == before
    assert os.path.lexists(path)


def content(place: Path) -> dict[str, bytes]:
    """All that is at some place."""
    return {str(path): path.read_bytes() for path in (place, *place.rglob("*")) if path.is_file()}


#: Gives up being root, who may read and write everything, once all is imported that an answer needs.
SOMEBODY = """
import os, sys
from milepost.cli import main
here, nowhere, streams = os.getcwd(), os.open(os.devnull, os.O_WRONLY), [(os.dup(stream), stream) for stream in (1, 2)]
os.chdir(sys.argv[1])
for _, stream in streams:
    os.dup2(nowhere, stream)
for more in ([], ["--no-cache"]):
    main([*sys.argv[2:], *more], standalone_mode=False)
sys.stdout.flush()
for kept, stream in streams:
    os.dup2(kept, stream)
os.chdir(here)
if not os.geteuid():
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
main(sys.argv[2:])
"""


@LINUX
@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize("place", ["file", "folder"])
def test_what_may_not_be_read_or_written_is_done_without(made: Checkout, kept: Kept, place: str, mode: int) -> None:
    kept.restore()
    if not os.geteuid():
        for folder in kept.checkout.path.parents[:3]:
            folder.chmod(0o755)
        subprocess.run(["chown", "-R", "65534:65534", str(kept.checkout.path)], check=True)
    (kept.path if place == "file" else kept.path.parent).chmod(mode)
    found = answer_of_another_process(kept.checkout.path, *COMMANDS[0], start=("-c", SOMEBODY, str(made.path)))
    kept.path.parent.chmod(0o755)
    assert found == kept.wanted[COMMANDS[0]]


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%20b", "é b", "a'b;c"])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    cache = Cache(tmp_path / name / "milepost")
    cache.put("key", ["value"])
    cache.save()
    assert Cache(tmp_path / name / "milepost").get("key") == ["value"]


@LINUX
def test_runs_at_the_same_time_all_tell_the_truth(kept: Kept) -> None:
    """Without a cache at first, and then while commits come in. Each tells of the tip that it found."""
    folder, truth = kept.checkout.path, dict[str, Answer]()
    command = [sys.executable, "-m", "milepost", *COMMANDS[0]]
    kept.path.unlink()
    for day in (13, 14):
        pipe = subprocess.PIPE
        runs = [subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True) for _ in range(8)]
        truth[kept.checkout.git("rev-parse", "HEAD")] = answer(folder, *COMMANDS[0], "--no-cache")
        tip = kept.checkout.commit({BETA: beta(f"2027-07-{day}")}, day=date(2027, 1, day))
        truth[tip] = answer(folder, *COMMANDS[0], "--no-cache")
        for one in runs:
            output, complaint = one.communicate(timeout=60)
            assert (one.returncode, output, complaint) == truth[json.loads(output)["tip"]]
    with closing(sqlite3.connect(kept.path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_cache_that_another_process_writes_is_left_to_it(kept: Kept) -> None:
    kept.restore()
    with closing(sqlite3.connect(kept.path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        kept.require(COMMANDS[0])
        database.execute("COMMIT")
    assert kept.path.read_bytes() == kept.good


#: Writes more than SQLite keeps in memory, and is killed before all of it is there.
KILLED = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size=1")
database.execute("BEGIN")
database.execute("UPDATE known SET body = x'00'")
database.executemany("INSERT INTO known VALUES (?, ?, 0)", [(str(n), bytes(3000)) for n in range(50)])
os.kill(os.getpid(), signal.SIGKILL)
"""


@LINUX
def test_a_write_that_was_killed_is_taken_back(kept: Kept) -> None:
    kept.restore()
    done = subprocess.run([sys.executable, "-c", KILLED, str(kept.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert kept.path.read_bytes() != kept.good
    kept.require()
    assert "0" not in rows(kept.path)
    assert not kept.path.with_name(f"{kept.path.name}-journal").exists()
