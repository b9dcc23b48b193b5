"""A name's steps are taken apart as git reads them."""

from __future__ import annotations

import pytest

from milepost.repository.names import StepBack, split_name


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
