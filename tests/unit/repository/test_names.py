"""A name's steps are taken apart as git reads them."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milepost.repository.names import StepBack, is_reference_name, split_name


@pytest.mark.parametrize(
    ("name", "base", "steps"),
    [
        ("main", "main", []),
        ("main~", "main", [StepBack(1, 1)]),
        ("main~3", "main", [StepBack(1, 3)]),
        ("v1.2^2~3", "v1.2", [StepBack(2, 1), StepBack(1, 3)]),
        ("HEAD^^", "HEAD", [StepBack(1, 1), StepBack(1, 1)]),
        ("HEAD^0", "HEAD", [StepBack(0, 0)]),
        ("HEAD~0", "HEAD", [StepBack(1, 0)]),
        ("HEAD^{tree}", "HEAD^{tree}", []),
        ("^HEAD", "^HEAD", []),
        ("~1", "", [StepBack(1, 1)]),
        ("a\n~1\n", "a\n~1\n", []),
        ("", "", []),
    ],
)
def test_names(name: str, base: str, steps: list[StepBack]) -> None:
    assert split_name(name) == (base, steps)


@given(st.text(st.sampled_from("ab/.@{}~^:?*[\\ lock-\x7f\x01é"), max_size=8))
@example("a.lock/b")
@example("a.lock")
@example(".lock")
@example("")
@example("@")
def test_names_of_references_are_those_that_git_takes(rest: str) -> None:
    name = f"refs/heads/{rest}"
    done = subprocess.run(["git", "check-ref-format", name], check=False)
    assert is_reference_name(name) == (done.returncode == 0)


def test_head_is_a_reference_and_no_other_word_is() -> None:
    assert is_reference_name("HEAD")
    assert not is_reference_name("main")
