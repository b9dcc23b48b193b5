"""What is found out in another process is raised in ours, after the body and only if the body does not raise."""

from __future__ import annotations

import time

import pytest

from milepost.errors import MilepostError
from milepost.repository.meanwhile import meanwhile


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
