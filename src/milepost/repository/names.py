"""Names of commits as users write them: a base, such as `main` or `v1.2`, and steps back, such as `~3` or `^2`."""

from __future__ import annotations

import re
from typing import NamedTuple

_STEPS = re.compile(r"(?:[~^][0-9]{0,9})+\Z")
_STEP = re.compile(r"([~^])([0-9]*)")

#: What git allows nowhere in a reference's name: https://git-scm.com/docs/git-check-ref-format
_NO_REFERENCE = re.compile(r"[\0-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|\Z)|\A[./]|[./]\Z|\A@\Z")


class StepBack(NamedTuple):
    """To which parent (1 is the first), and how often."""

    parent: int
    times: int


def is_reference_name(name: str) -> bool:
    """Whether git would take a full name, such as `refs/heads/main` or `HEAD`, for that of a reference."""
    return bool(name) and (name == "HEAD" or "/" in name) and not _NO_REFERENCE.search(name)


def split_name(name: str) -> tuple[str, list[StepBack]]:
    """The base of a name and the steps from there. libgit2 takes none across a commit that it refuses."""
    found = _STEPS.search(name)
    if found is None:
        return name, []
    return name[: found.start()], [_step(sign, digits) for sign, digits in _STEP.findall(found[0])]


def _step(sign: str, digits: str) -> StepBack:
    number = int(digits) if digits else 1
    if sign == "~":
        return StepBack(1, number)
    return StepBack(number, 1 if number else 0)  # ^0 is the commit itself
