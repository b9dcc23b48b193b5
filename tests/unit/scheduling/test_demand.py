"""Who has more to do than time for it, against all spans looked at one by one."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.scheduling.critical import find_times
from milepost.scheduling.demand import find_overloads
from milepost.scheduling.network import Activity, Link, Network, Pause

MINE = ((0, 1.0),)


def overloads(*activities: Activity, links: tuple[Link, ...] = ()) -> list[tuple[int, int, float, float]]:
    network = Network(activities, links, (1.0, 1.0))
    return [(one.begin, one.end, one.work, one.time) for one in find_overloads(network)]


def test_two_pieces_of_work_that_are_due_together() -> None:
    both = Activity(6, deadline=10, needs=MINE), Activity(8, deadline=10, needs=MINE)
    assert overloads(*both) == [(0, 10, 14, 10)]


def test_what_may_wait_asks_for_no_time_in_the_span() -> None:
    assert overloads(Activity(6, deadline=10, needs=MINE), Activity(8, needs=MINE)) == []
    assert overloads(Activity(6, deadline=10, needs=MINE), Activity(8, deadline=14, needs=MINE)) == []


def test_the_span_is_the_one_that_lacks_most() -> None:
    works = [Activity(3, release=20, deadline=22, needs=MINE)]
    works += [Activity(5, release=10, deadline=16, needs=MINE), Activity(4, release=10, deadline=16, needs=MINE)]
    assert overloads(*works) == [(10, 16, 9, 6)]


def test_days_away_are_no_time() -> None:
    away = (Pause(2, 5),)
    works = [Activity(3, deadline=7, pauses=away, needs=MINE), Activity(2, deadline=7, pauses=away, needs=MINE)]
    assert overloads(*works) == [(0, 7, 5, 4)]
    assert overloads(Activity(3, deadline=6, pauses=(Pause(0, 9),), needs=MINE)) == [(0, 6, 3, 0)]


def test_a_deadline_holds_for_all_that_it_waits_for() -> None:
    works = [Activity(4, needs=MINE), Activity(4, needs=MINE), Activity(1, deadline=6)]
    assert overloads(*works, links=(Link(0, 2), Link(1, 2))) == [(0, 5, 8, 5)]


def test_work_that_is_too_long_for_its_own_deadline() -> None:
    assert overloads(Activity(10, deadline=8, needs=MINE)) == [(0, 8, 10, 8)]


def test_nobody_keeps_a_deadline_that_is_past_or_before_the_start() -> None:
    assert overloads(Activity(3, deadline=-2, needs=MINE), Activity(2, deadline=0, needs=MINE)) == []
    assert overloads(Activity(3, release=5, deadline=4, needs=MINE)) == []
    late = (Activity(3, needs=MINE), Activity(0, deadline=-2), Activity(0, deadline=2))
    assert overloads(*late, links=(Link(0, 1), Link(0, 2))) == [(0, 2, 3, 2)]


_works = st.builds(
    lambda release, length, room: Activity(length, release, release + length + room, needs=MINE),
    st.integers(0, 12).map(float),
    st.integers(1, 6).map(float),
    st.integers(-3, 6).map(float),
)


@given(st.lists(_works, min_size=1, max_size=8), st.booleans())
def test_no_span_lacks_more(activities: list[Activity], chained: bool) -> None:
    links = tuple(Link(n, n + 1) for n in range(len(activities) - 1)) if chained else ()
    network = Network(tuple(activities), links, (1.0,))
    times = find_times(
        network.with_deadlines([one.deadline if one.deadline > 0 else inf for one in activities]), inf, True
    )
    latest = times.late_finish
    excess = [
        sum(
            activity.duration
            for number, activity in enumerate(activities)
            if begin <= times.early_start[number] < latest[number] <= end
        )
        - (end - begin)
        for begin, end in product(times.early_start, latest)
        if begin < end < inf
    ]
    found = find_overloads(network)
    assert (found[0].excess if found else 0) == pytest.approx(max([0.0, *excess]))
