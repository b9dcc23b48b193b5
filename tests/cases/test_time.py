"""Nothing turns red by the passing of time: only rules that say so find more on a later day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milepost.errors import MilepostError
from milepost.loader.catalogue import catalogue
from milepost.loader.findings import find_all, find_broken_layout
from milepost.loader.layout import find_layout
from milepost.model.finding import Level
from milepost.model.history import History
from milepost.model.item import Place
from milepost.repository.files import Tree, WorkTree
from tests.cases.gallery import CASES, TODAY, Case, find_cases

PLANS = [case for case in find_cases() if not case.has_history]


def no_history() -> History:
    raise MilepostError("There is none here.")


def found_on(tree: Tree, day: date) -> set[tuple[str, Place]]:
    """What rules that do not depend on today say on a day."""
    try:
        layout = find_layout(tree)
    except MilepostError:
        layout = find_broken_layout(tree) or find_layout(tree)
    findings = find_all(tree, layout, day, no_history).findings
    return {(one.rule, one.place) for one in findings if not catalogue()[one.rule].timed}


@pytest.mark.parametrize("case", PLANS, ids=lambda case: case.folder.relative_to(CASES).as_posix())
@pytest.mark.parametrize("days", [1, 400])
def test_a_later_day_brings_nothing_but_what_depends_on_it(case: Case, days: int) -> None:
    today = date.fromisoformat(TODAY)
    tree = WorkTree(case.folder)
    assert found_on(tree, today + timedelta(days=days)) <= found_on(tree, today)


def test_what_depends_on_today_is_advice() -> None:
    assert {rule.level for rule in catalogue().values() if rule.timed} == {Level.ADVICE}
