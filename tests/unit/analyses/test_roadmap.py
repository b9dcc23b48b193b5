from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import pytest

from milepost.analyses.roadmap import Entry, Roadmap, Standing, arrange_roadmap
from milepost.analyses.slip import measure_slips
from milepost.model.history import History
from milepost.model.item import Value
from milepost.model.plan import Plan

TODAY = date(2026, 11, 23)


Fields = Mapping[str, Value]
Tell = Callable[..., tuple[Plan, History]]
Arrange = Callable[..., Roadmap]


@pytest.fixture
def arrange(told: Tell) -> Arrange:
    """Arranges milestones that were told in one version."""

    def arrange_milestones(**milestones: Fields) -> Roadmap:
        plan, history = told(milestones)
        return arrange_roadmap(plan, measure_slips(history), TODAY)

    return arrange_milestones


def ids(entries: Iterable[Entry]) -> list[str]:
    return [entry.milestone.id for entry in entries]


def due(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def test_each_milestone_has_one_place(arrange: Arrange) -> None:
    roadmap = arrange(
        begun={"due": due(300), "started": "2026-11-01"}, soon={"due": due(42)}, late={"due": due(-1)},
        next={"due": due(43)}, quarter={"due": due(91)}, later={"due": due(92)}, undated={"title": "Some day"},
        done={"due": due(-9), "finished": due(-8)}, dropped={"due": due(-9), "dropped": due(-20)},
        begun_undated={"started": "2026-11-01"},
    )  # fmt: skip
    assert ids(roadmap.now) == ["late", "soon", "begun", "begun_undated"]
    assert ids(roadmap.next) == ["next", "quarter"]
    assert ids(roadmap.later) == ["later", "undated"]
    assert ids(roadmap.shipped) == ["done"]
    assert ids(roadmap.dropped) == ["dropped"]
    assert len(roadmap.all) == 10


def test_standing_follows_from_dates(arrange: Arrange) -> None:
    roadmap = arrange(
        late={"due": due(-1), "started": due(-9)}, today={"due": due(0)}, begun={"started": due(-9)},
        done={"finished": due(-1), "due": due(-3)},
    )  # fmt: skip
    standing = {entry.milestone.id: entry.standing for entry in roadmap.all}
    assert standing == {
        "late": Standing.OVERDUE, "today": Standing.PLANNED, "begun": Standing.IN_PROGRESS, "done": Standing.DONE,
    }  # fmt: skip


def test_the_newest_shipped_comes_first(arrange: Arrange) -> None:
    roadmap = arrange(a={"finished": due(-9)}, b={"finished": due(-3)}, c={"finished": due(-5)})
    assert ids(roadmap.shipped) == ["b", "c", "a"]


def test_the_worst_promise_is_spoken_of_first(arrange: Arrange) -> None:
    roadmap = arrange(
        target={"due": due(-90)},
        fine={"due": due(10), "commitment": "promise"},
        late={"due": due(-2), "commitment": "promise"},
        later={"due": due(-5), "commitment": "promise"},
    )
    assert roadmap.first is not None
    assert roadmap.first.milestone.id == "later"
    assert ids(roadmap.promises) == ["later", "late", "fine"]


def test_of_promises_in_time_the_most_moved_comes_first(told: Tell) -> None:
    plan, history = told(
        {"near": {"due": due(5), "commitment": "promise"}, "moved": {"due": due(20), "commitment": "promise"}},
        {"moved": {"due": due(50), "commitment": "promise"}},
    )
    roadmap = arrange_roadmap(plan, measure_slips(history), TODAY)
    assert roadmap.first is not None
    assert (roadmap.first.milestone.id, roadmap.first.days, roadmap.first.moves) == ("moved", 30, 1)


def test_without_a_promise_what_is_next_is_spoken_of(arrange: Arrange) -> None:
    first = arrange(undated={"title": "x"}, later={"due": due(60)}, soon={"due": due(6)}).first
    assert first and first.milestone.id == "soon"
    assert arrange().first is None
    assert arrange(done={"finished": due(-1)}).first is None


def test_it_waits_only_for_what_is_open(arrange: Arrange) -> None:
    roadmap = arrange(
        done={"finished": due(-1)}, dropped={"dropped": due(-1)}, first={"due": due(5)},
        then={"due": due(9), "depends_on": ["done", "dropped", "first", "first"]},
    )  # fmt: skip
    waits = {entry.milestone.id: [ref.id for ref in entry.waits_for] for entry in roadmap.all}
    assert waits["then"] == ["first"]
