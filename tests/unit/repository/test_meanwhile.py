"""A second process finds out what is raised in ours after the body, and works out what ours would have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from milepost.errors import MilepostError
from milepost.repository.meanwhile import beside, meanwhile


def fail() -> None:
    raise MilepostError("It is not as it should be.")


def test_what_is_as_it_should_be_is_not_told() -> None:
    done = []
    with meanwhile(lambda: None):
        done.append("body")
    assert done == ["body"]


def test_what_the_other_process_finds_is_raised_after_the_body() -> None:
    done = []
    with pytest.raises(MilepostError, match="not as it should be"), meanwhile(fail):
        done.append("body")
    assert done == ["body"]


def test_the_body_s_own_error_wins_and_waits_for_nothing() -> None:
    with pytest.raises(ZeroDivisionError), meanwhile(lambda: time.sleep(600)):
        raise ZeroDivisionError


def count(last: int) -> Iterator[tuple[int, int]]:
    for number in range(last):
        yield number, os.getpid()


@pytest.mark.parametrize("last", [0, 1, 5_000])
def test_work_beside_gives_what_it_gives_here(last: int) -> None:
    found = list(beside(lambda: count(last)))
    assert [number for number, _ in found] == list(range(last))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is known to let a forked process go on")
def test_work_beside_is_done_in_another_process() -> None:
    ((_, process),) = beside(lambda: count(1))
    assert process != os.getpid()


@pytest.mark.parametrize("after", [0, 1, 3_000])
def test_an_error_beside_is_raised_here_after_what_came_before_it(after: int) -> None:
    def work() -> Iterator[int]:
        yield from range(after)
        fail()

    found = []
    with pytest.raises(MilepostError, match="not as it should be"):
        for number in beside(work):
            found.append(number)
    assert found == list(range(after))


def test_what_can_not_be_handed_over_is_worked_out_here() -> None:
    thing = object()
    assert list(beside(lambda: iter([thing]))) == [thing]


def test_nobody_waits_for_work_that_nobody_wants() -> None:
    def work() -> Iterator[int]:
        yield from range(100)
        time.sleep(600)

    found = beside(work)
    assert next(found) == 0
    del found


# Takes the first of more values than any pipe holds, and is then ended without a chance to tidy up.
ABANDONED = """
import os, signal
from milepost.repository.meanwhile import beside
values = beside(lambda: ("x" * 4096 for _ in range(10_000)))
next(values)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a process forked")
def test_a_process_whose_other_half_was_killed_ends_too() -> None:
    done = subprocess.run([sys.executable, "-c", ABANDONED], stdout=subprocess.PIPE, check=False, timeout=30)
    assert done.returncode == -signal.SIGKILL  # and nobody holds its output any more, or it would have timed out


# Gives up being root, whom the limit does not bind, and may from then on have no further process.
ALONE = """
import os, resource
from milepost.repository.meanwhile import beside, meanwhile
if not os.geteuid():
    os.setuid(64321)
resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
done = []
with meanwhile(lambda: done.append("checked")):
    done.append("body")
print(*done, *beside(lambda: iter([1, 2])))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a process forked")
def test_where_there_may_be_no_second_process_all_is_done_in_the_first() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert done.stdout == "body checked 1 2\n", done.stderr
