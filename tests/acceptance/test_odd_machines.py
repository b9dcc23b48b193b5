"""A machine that is short of something, or started us in an odd way: the same answer, or a sentence and exit 3."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are other signals, limits and devices")


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """A date that moves."""
    days = ["2027-03-15", "2027-04-05", "2027-05-05"]
    first = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}
    beta = [{"plan/milestones/beta.yaml": f"id: beta\ntitle: Beta\ndue: {day}\n"} for day in days]
    return make_repository({**first, **beta[0]}, *beta[1:])


def log(folder: Path, started: str = "", before: Callable[[], object] | None = None) -> tuple[int, str, str]:
    """Exit code, output and complaints of `log`, by a shell that may do something to it."""
    command = f'exec "{sys.executable}" -m milepost log --no-cache {started}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False, preexec_fn=before
    )
    return done.returncode, done.stdout, done.stderr


def test_children_may_be_ignored_by_who_starts_us(checkout: Checkout) -> None:
    """Then no process says how it ended, and a history that git could not read to its end would be a shorter one."""
    ignored = (
        "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    command = [sys.executable, "-c", ignored, sys.executable, "-m", "milepost", "log", "--no-cache"]
    done = subprocess.run(command, cwd=checkout.path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == log(checkout.path)


def test_a_full_disk_is_no_bug(checkout: Checkout) -> None:
    code, _, complaint = log(checkout.path, ">/dev/full")
    assert (code, complaint.splitlines()[0]) == (3, "error: No space left on device.")


def test_a_closed_output_is_no_bug(checkout: Checkout) -> None:
    assert log(checkout.path, ">&-") == (0, "", "")
    assert log(checkout.path, "<&- >&- 2>&-") == (0, "", "")


def test_who_complains_to_nobody_still_answers(checkout: Checkout) -> None:
    assert log(checkout.path, "2>&- <&-") == log(checkout.path)


def test_few_files_are_enough_or_it_says_so(checkout: Checkout) -> None:
    import resource

    usual, refused = log(checkout.path), 0
    for most in range(5, 24):
        limit = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (most, most))
        code, output, complaint = log(checkout.path, before=limit)
        refused += code == 3
        assert (code, output) in ((0, usual[1]), (3, "")), complaint
        assert code == 0 or complaint.startswith("error: Too many open files.\n"), complaint
    assert 0 < refused < 19


def test_no_folder_for_temporary_files_is_needed(checkout: Checkout) -> None:
    hidden = "import tempfile, sys; tempfile._candidate_tempdir_list = lambda: []; "
    run = "sys.argv = ['milepost', 'log', '--no-cache']; from milepost.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", hidden + run], cwd=checkout.path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == log(checkout.path)[:2], done.stderr


def test_a_git_that_may_not_be_run_is_as_good_as_none(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "git").touch(mode=0o644)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "log", "--no-cache"],
        cwd=checkout.path,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        3,
        "error: This needs the git command, which is not installed.",
    )


@pytest.mark.parametrize("asked", [["log", "--no-cache"], ["check"]])
def test_a_git_that_is_too_old_is_said_to_be(checkout: Checkout, tmp_path: Path, asked: list[str]) -> None:
    """As git before 2.24 answers what it does not know."""
    old = tmp_path / "git"
    usage = "usage: git rev-list [OPTION] <commit-id>... [ -- paths... ]"
    old.write_text(f"""#!/bin/sh
case " $* " in *" --end-of-options "*) echo '{usage}' >&2; exit 129;; esac
exec '{shutil.which("git")}' "$@"
""")
    old.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", *asked],
        cwd=checkout.path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "The installed git is too old: this needs 2.24 or newer." in done.stderr.replace("\n", " ")
    assert "no common history" not in done.stderr
    assert asked == ["check"] or (done.returncode, done.stdout) == (3, "")


def test_folders_of_a_source_have_the_names_that_git_has_for_them(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    """Whatever the user's locale would make of them."""
    config = tmp_path / "sources.yaml"
    config.write_text("sources: [{files: 'Pläne/*.yaml', kind: milestone, id: a, fields: {due: due}}]\n", "utf-8")
    checkout = make_repository({"Pläne/a.yaml": "due: 2027-01-01\n"}, {"Pläne/a.yaml": "due: 2027-02-01\n"})
    command = [sys.executable, "-m", "milepost", "log", "--no-cache", "--format", "json", "--config", str(config)]
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = [
        subprocess.run(command, cwd=checkout.path, env={**os.environ, **more}, capture_output=True, check=False)
        for more in ({}, ascii_only)
    ]
    assert b"2027-02-01" in told[0].stdout
    assert [(one.returncode, one.stdout, one.stderr) for one in told] == [(0, told[0].stdout, b"")] * 2
