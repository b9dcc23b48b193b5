"""What made a date move: who changed it, or what it hangs on."""

from __future__ import annotations

import pytest

from milepost.model.moves import Cause, Dated, is_derived, replay_moves
from tests.unit.plans import milestone
from tests.unit.rules.histories import history_of, version

File = tuple[str, str]


def plan(more: str) -> File:
    return "plan", f"milepost: 1\ntitle: Heron\n{more}\n"


def release(due: str, text: str) -> File:
    return plan(f"releases: {{v2: {{due: {due}, because: {{external: {text}}}}}}}")


def beta(due: str, more: str = "") -> File:
    return milestone(f"{{id: beta, title: Beta, due: {due}{more}}}")


def last_move(before: tuple[File, File], after: tuple[File, File]) -> Dated:
    return list(replay_moves(history_of(version("2027-01-04", *before), version("2027-01-05", *after))))[-1]


PROMISED = ", commitment: promise, because: {scope: the board asked}"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((release("2027-03-15", "first"), beta("v2")), (release("2027-04-05", "the store"), beta("v2", PROMISED)),
         (Cause.RELEASE, 21, "the store")),
        ((plan(""), beta("2027-03")), (plan("calendar: {closed: [2027-03-31]}"), beta("2027-03", PROMISED)),
         (Cause.CALENDAR, -1, None)),
        ((plan(""), beta("2027-03-15")), (plan(""), beta("2027-03-15", PROMISED)),
         (Cause.CHANGE, 0, "the board asked")),
        ((plan(""), beta("2027-03-15")), (plan(""), beta("2027-03-16", PROMISED)),
         (Cause.CHANGE, 1, "the board asked")),
    ],
    ids=["release", "calendar", "nothing moved", "moved"],
)  # fmt: skip
def test_who_promises_a_date_did_not_move_it(
    before: tuple[File, File], after: tuple[File, File], told: tuple[Cause, int, str | None]
) -> None:
    item, move, promised = last_move(before, after)
    reason = move.reason.text if move.reason else None
    assert (item.id, promised, (move.cause, move.days, reason)) == ("beta", True, told)
    assert is_derived(move) == (move.cause is not Cause.CHANGE)
