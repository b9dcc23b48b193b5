"""Writing to a work tree: the old bytes or the new ones, whoever else writes and whatever the disk says.

Whole processes write here, as several shells or editors would.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from milepost.cli.editing.lock import lock_work_tree
from milepost.cli.editing.save import ConflictError, save_files
from milepost.errors import MilepostError
from tests.conftest import MakeRepository

NAME = "plan/milestones/public-beta.yaml"
OLD = b"id: public-beta  # one\n"
NEW = b"id: public-beta  # two\n"
IS_SHORT = os.environ.get("MILEPOST_SOAK") == "short"
unix = pytest.mark.skipif(os.name == "nt", reason="modes, users and limits are Unix's")

Changes = Mapping[str, tuple[bytes | None, bytes | None]]


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    """A work tree with one milestone."""
    return make_repository({NAME: OLD}).path


def run_python(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs a program; it says `ready` once it has imported what it needs."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line == "ready\n", process.communicate()


def temporaries(root: Path) -> list[str]:
    return [path.name for path in root.glob("**/.milepost-*")]


def refused(root: Path, changes: Changes) -> MilepostError:
    """The error of a save that has to leave everything as it is."""
    before = contents(root)
    with pytest.raises(MilepostError) as caught:
        save_files(root, changes)
    assert caught.value.exit_code == 3
    assert contents(root) == before
    return caught.value


def contents(root: Path) -> dict[str, bytes | None]:
    """Everything in the work tree; None for a folder."""
    paths = (path for path in root.glob("**/*") if ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


def test_a_file_is_replaced_made_and_deleted_in_one_go(root: Path) -> None:
    save_files(root, {NAME: (OLD, NEW), "plan/risks/late.yaml": (None, b"id: late\n")})
    assert (root / NAME).read_bytes() == NEW
    save_files(root, {NAME: (NEW, None), "plan/risks/late.yaml": (b"id: late\n", b"id: later\n")})
    assert contents(root)["plan/risks/late.yaml"] == b"id: later\n"
    assert not (root / NAME).exists()
    assert temporaries(root) == []


@pytest.mark.parametrize("found", [b"id: public-beta  # somebody else\n", None], ids=["changed", "gone"])
def test_what_changed_since_it_was_read_is_a_conflict(root: Path, found: bytes | None) -> None:
    (root / NAME).unlink() if found is None else (root / NAME).write_bytes(found)
    error = refused(root, {NAME: (OLD, NEW), "plan/risks/late.yaml": (None, b"id: late\n")})
    assert isinstance(error, ConflictError)
    assert NAME in error.message and "Nothing was changed" in error.message


def test_a_new_file_never_replaces_one(root: Path) -> None:
    assert "exists already" in refused(root, {NAME: (None, NEW)}).message


def test_a_conflict_in_one_file_leaves_the_others(root: Path) -> None:
    other = "plan/milestones/other.yaml"
    (root / other).write_bytes(b"id: other\n")
    refused(root, {NAME: (OLD, NEW), other: (b"id: another\n", NEW)})


@unix
@pytest.mark.parametrize("mode", [0o640, 0o755, 0o600, 0o444])
def test_the_mode_stays(root: Path, mode: int) -> None:
    (root / NAME).chmod(mode)
    save_files(root, {NAME: (OLD, NEW)})
    assert (root / NAME).read_bytes() == NEW
    assert (root / NAME).stat().st_mode & 0o777 == mode


def test_a_hard_link_elsewhere_keeps_the_old_bytes(root: Path) -> None:
    (root / "copy.yaml").hardlink_to(root / NAME)
    save_files(root, {NAME: (OLD, NEW)})
    assert (root / NAME).read_bytes() == NEW
    assert (root / "copy.yaml").read_bytes() == OLD


@unix
def test_links_are_not_written_through(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_bytes(OLD)
    (root / "plan/link.yaml").symlink_to(outside / "secret.yaml")
    (root / "plan/inner.yaml").symlink_to(root / NAME)
    (root / "plan/folder").symlink_to(outside)
    (root / "plan/loop.yaml").symlink_to("loop.yaml")
    for name in ("plan/link.yaml", "plan/inner.yaml", "plan/folder/secret.yaml", "plan/folder/new.yaml"):
        before = None if name.endswith("new.yaml") else OLD
        assert "symbolic link" in refused(root, {name: (before, NEW)}).message
    assert "symbolic link" in refused(root, {"plan/loop.yaml": (None, NEW)}).message
    assert contents(outside) == {"secret.yaml": OLD}


@pytest.mark.parametrize(
    "name", ["../out.yaml", "/out.yaml", ".git/config", ".GIT/x", "", "plan/../../x", "c:x", "a\\b"]
)
def test_nothing_is_written_outside_the_work_tree(root: Path, name: str) -> None:
    assert "not a path" in refused(root, {name: (None, NEW)}).message


@unix
def test_what_is_no_file_is_never_opened(root: Path) -> None:
    os.mkfifo(root / "plan/pipe.yaml")
    (root / "plan/folder.yaml").mkdir()
    for name in ("plan/pipe.yaml", "plan/folder.yaml"):
        with pytest.raises(MilepostError, match="not an ordinary file"):
            save_files(root, {name: (OLD, NEW)})


SAVE_AS_NOBODY = """
import os, sys
from pathlib import Path
os.environ["HOME"] = sys.argv[1]
from milepost.cli.editing.save import save_files
import milepost.cli.editing.lock, milepost.repository.repository
from milepost.errors import MilepostError
if os.getuid() == 0:  # root may write everywhere
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    save_files(Path(sys.argv[1]), {sys.argv[2]: (b"old", b"new")})
except MilepostError as error:
    print(error.message, error.hint, sep="|")
    sys.exit(error.exit_code)
"""


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A work tree that an ordinary user owns, whoever runs the tests."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "repository"
        subprocess.run(["git", "init", "--quiet", str(root)], check=True)
        (root / "plan").mkdir()
        (root / "plan/a.yaml").write_bytes(b"old")
        if os.getuid() == 0:
            for path in (Path(place), root, *root.glob("**/*")):
                os.chown(path, 65534, 65534)
        yield root
        (root / "plan").chmod(0o755)
        (root / ".git").chmod(0o755)


@unix
@pytest.mark.parametrize("folder", ["plan", ".git"])
def test_a_folder_that_can_only_be_read_is_told(anybodys: Path, folder: str) -> None:
    (anybodys / folder).chmod(0o555)
    process = run_python(SAVE_AS_NOBODY, anybodys, "plan/a.yaml")
    message, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (3, "")
    assert "Permission denied. Nothing was changed.|check who may write" in message
    assert contents(anybodys) == {"plan": None, "plan/a.yaml": b"old"}


SAVE_LARGE = """
import resource, signal, sys
from pathlib import Path
from milepost.cli.editing.save import save_files
from milepost.errors import MilepostError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save_files(Path(sys.argv[1]), {sys.argv[2]: (Path(sys.argv[1], sys.argv[2]).read_bytes(), b"x" * 10_000)})
except MilepostError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""


@unix
def test_a_file_beyond_the_limit_leaves_the_old_one(root: Path) -> None:
    process = run_python(SAVE_LARGE, root, NAME)
    message, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (3, "")
    assert message == f"{NAME} can't be written: File too large. Nothing was changed.\n"
    assert (root / NAME).read_bytes() == OLD
    assert temporaries(root) == []


CALLS = ["open", "read", "write", "fsync", "replace", "unlink", "mkdir", "chmod", "chown", "listdir", "lstat", "close"]
FAULTS = [errno.EFBIG, errno.ENOSPC, errno.EIO, errno.EACCES]


class Fault:
    """Lets the n-th call to the operating system fail, and those after it too where it lasts."""

    def __init__(self, number: int, code: int, lasts: bool) -> None:
        self.left, self.code, self.lasts = number, code, lasts
        self.has_struck = False

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0 or (self.left < 0 and self.lasts):
                self.has_struck = True
                if call is CLOSE:  # as Linux has it: the file is closed, and the error told
                    call(*arguments)
                raise OSError(self.code, os.strerror(self.code))
            return call(*arguments, **options)

        return wrapped


CLOSE = os.close


def fail(root: Path, changes: Changes, fault: Fault) -> MilepostError | None:
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, fault.around(getattr(os, name)))
        try:
            save_files(root, changes)
        except MilepostError as error:
            return error
    return None


def every_call_fails(root: Path, changes: Changes, code: int, lasts: bool) -> int:
    """Lets the first, second, third … call of a save fail, until one comes through without; returns how many."""
    before = contents(root)
    for number in range(1, 1000):
        fault = Fault(number, code, lasts)
        with lock_work_tree(root):
            error = fail(root, changes, fault)
        if not fault.has_struck:
            assert error is None
            return number
        if error is None or (lasts and "could not be put back" in error.message):
            reset(root, changes)
            continue
        assert error.exit_code == 3
        if lasts:  # a disk that stays broken lets nobody clean up either; the next writer does
            reset(root, changes)
        assert contents(root) == before, (number, error.message)
    raise AssertionError("a save takes that many calls?")


def reset(root: Path, changes: Changes) -> None:
    """Every file is old or new; makes it old, which sweeps the temporaries too."""
    for name, (before, after) in changes.items():
        path = root / name
        found = path.read_bytes() if path.exists() else None
        assert found in (before, after), name
        other = b"" if found != b"" else b"-"
        save_files(root, {name: (found, other)})
        save_files(root, {name: (other, before)})
        for folder in (path.parent, path.parent.parent):
            if before is None and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


RENAMED: Changes = {
    NAME: (OLD, None),
    "plan/milestones/open-beta.yaml": (None, NEW),
    "plan/risks/late.yaml": (b"id: late\n", b"id: late\nthreatens: [open-beta]\n"),
    "plan/sprints/2027-s03.yaml": (None, b"id: 2027-s03\n"),
}


@pytest.mark.parametrize("code", FAULTS, ids=[errno.errorcode[code] for code in FAULTS])
def test_whatever_call_fails_the_old_bytes_stay(root: Path, code: int) -> None:
    assert every_call_fails(root, {NAME: (OLD, NEW)}, code, lasts=False) > 10


def test_whatever_call_fails_several_files_stay_together(root: Path) -> None:
    (root / "plan/risks").mkdir()
    (root / "plan/risks/late.yaml").write_bytes(b"id: late\n")
    assert every_call_fails(root, RENAMED, errno.EIO, lasts=False) > 30


@pytest.mark.soak
@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("code", FAULTS, ids=[errno.errorcode[code] for code in FAULTS])
def test_whatever_fails_in_a_large_change(root: Path, code: int, lasts: bool) -> None:
    count = 3 if IS_SHORT else 40
    changes = dict(RENAMED)
    for number in range(count):
        changes[f"plan/milestones/m-{number}.yaml"] = (b"depends_on: [public-beta]\n", b"depends_on: [open-beta]\n")
    for name, (before, _) in changes.items():
        if before is not None:
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(before)
    assert every_call_fails(root, changes, code, lasts) > 10 * count


WRITE_FOR_EVER = """
import sys
from pathlib import Path
import milepost.repository.repository
from milepost.cli.editing.save import save_files
root, name = Path(sys.argv[1]), sys.argv[2]
contents = [letter * 300_000 for letter in (b"a", b"b")]
path = root / name
old, new = contents if path.read_bytes() == contents[0] else reversed(contents)
print("ready", flush=True)
while True:
    save_files(root, {name: (old, new)})
    old, new = new, old
"""


def kill_writers(root: Path, times: int) -> None:
    """Kills a process that writes without a break that many times: in turn at a random moment, and within a write."""
    dice = random.Random(times)
    (root / NAME).write_bytes(b"a" * 300_000)
    for number in range(times):
        process = run_python(WRITE_FOR_EVER, root, NAME)
        wait_until_ready(process)
        is_within = number % 2 == 1 and os.name != "nt"  # Windows can't stop a process from outside
        if is_within:
            stop_within_a_write(process, root)
        else:
            time.sleep(dice.uniform(0, 0.05))
        process.kill()
        process.communicate()
        found = (root / NAME).read_bytes()
        assert found in (b"a" * 300_000, b"b" * 300_000), number
        assert len(temporaries(root)) <= 1
        assert temporaries(root) or not is_within
    save_files(root, {NAME: (found, OLD)})
    assert temporaries(root) == []


def stop_within_a_write(process: subprocess.Popen[str], root: Path) -> None:
    """Stops the process again and again until it stands still with its new content in a file beside the old one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        if temporaries(root):
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.0005)
    pytest.fail("the process was not within a write at any of the moments looked at")


def test_a_killed_writer_leaves_old_or_new_bytes_and_no_lock(root: Path) -> None:
    kill_writers(root, 12)


@pytest.mark.soak
def test_a_thousand_killed_writers(root: Path) -> None:
    kill_writers(root, 30 if IS_SHORT else 1000)


COUNT_UP = """
import sys
from pathlib import Path
from milepost.cli.editing.lock import lock_work_tree
from milepost.cli.editing.save import save_files
from milepost.documents.edits import Append, edit_document
root, name, who = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
for number in range(40):
    with lock_work_tree(root, patience=60):
        data = (root / name).read_bytes()
        save_files(root, {name: (data, edit_document(data, [Append(("labels",), f"w{who}-{number}")]))})
"""


def test_eight_writers_at_once_lose_nothing(root: Path) -> None:
    writers = [run_python(COUNT_UP, root, NAME, who) for who in range(8)]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, "")
    written = (root / NAME).read_text()
    assert all(f"w{who}-{number}" in written for who in range(8) for number in range(40))
    assert written.count("w") == 320


def test_what_a_killed_writer_left_is_swept_and_nothing_else(root: Path) -> None:
    folder = (root / NAME).parent
    for name in (".milepost-0123456789abcdef.tmp", ".milepost-notes.tmp", "x.tmp"):
        (folder / name).write_bytes(b"half a fi")
    save_files(root, {NAME: (OLD, NEW)})
    assert sorted(path.name for path in folder.iterdir()) == [".milepost-notes.tmp", "public-beta.yaml", "x.tmp"]


HOLD = """
import sys, time
from pathlib import Path
from milepost.cli.editing.lock import lock_work_tree
with lock_work_tree(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""


def test_a_lock_names_its_holder_and_goes_with_it(root: Path) -> None:
    holder = run_python(HOLD, root)
    wait_until_ready(holder)
    told = rf"Another process \({holder.pid}\).*writing\.lock"
    with pytest.raises(MilepostError, match=told), lock_work_tree(root, 0.1):
        pass
    holder.kill()
    holder.communicate()
    assert (root / ".git/milepost/writing.lock").exists()
    save_files(root, {NAME: (OLD, NEW)})
    assert (root / NAME).read_bytes() == NEW
