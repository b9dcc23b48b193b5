"""Levelled schedules, by examples: who does what when, what drives it, and what stays when a plan changes."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest

from milepost.scheduling.driving import Hold
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import Activity, CycleError, Link, LinkType, Network, Pause

ANN, BO = ((0, 1.0),), ((1, 1.0),)
PEOPLE = (1.0, 1.0)


def test_nobody_does_two_things_at_once() -> None:
    levelled = level_network(
        Network((Activity(3, needs=ANN), Activity(2, needs=ANN), Activity(4, needs=BO)), (), PEOPLE)
    )
    assert sorted([levelled.start[0], levelled.start[1]]) in ([0, 2], [0, 3])
    assert levelled.start[2] == 0
    assert levelled.end == 5


def test_what_is_due_first_comes_first() -> None:
    network = Network((Activity(3, needs=ANN), Activity(2, deadline=2, needs=ANN)), (), PEOPLE)
    levelled = level_network(network)
    assert levelled.start == (2, 0)
    assert levelled.lateness == 0


def test_lateness_comes_before_the_end() -> None:
    """Bo could begin his long work on the second day, if Ann helped him first."""
    activities = (Activity(3, deadline=3, needs=ANN), Activity(1, needs=ANN), Activity(9, needs=BO))
    levelled = level_network(Network(activities, (Link(1, 2),), PEOPLE))
    assert (levelled.lateness, levelled.end) == (0, 13)
    levelled = level_network(Network((Activity(3, needs=ANN), *activities[1:]), (Link(1, 2),), PEOPLE))
    assert levelled.end == 10


def test_a_person_is_kept_through_a_pause() -> None:
    """Whoever is away does nothing else meanwhile, and goes on afterwards."""
    away = (Pause(1, 4),)
    network = Network((Activity(2, pauses=away, needs=ANN), Activity(1, pauses=away, needs=ANN)), (Link(0, 1),), PEOPLE)
    levelled = level_network(network)
    assert levelled.finish == (5, 6)


def test_a_team_of_three_does_three_things_at_once() -> None:
    levelled = level_network(Network((Activity(2, needs=((0, 1.0),)),) * 7, (), (3.0,)))
    assert sorted(levelled.start) == [0, 0, 0, 2, 2, 2, 4]
    assert levelled.chains == ()


def test_two_halves_of_a_person() -> None:
    half = ((0, 0.5),)
    levelled = level_network(
        Network((Activity(2, needs=half), Activity(2, needs=half), Activity(1, needs=ANN)), (), PEOPLE)
    )
    assert levelled.end == 3
    assert {(link.before, link.after) for link in levelled.chains} in ({(0, 2), (1, 2)}, {(2, 0), (2, 1)})


def test_work_of_a_trifle_more_than_three_days_fits_into_three_days() -> None:
    """Medians of estimates are powers of e: what is three days may come out as 3.0000000000000004."""
    three = exp(log(3))
    network = Network(
        (Activity(3, needs=BO), Activity(1, needs=ANN), Activity(three, needs=ANN), Activity(three, needs=ANN)),
        (Link(0, 1, LinkType.FS),),
        PEOPLE,
    )
    assert three > 3
    assert level_network(network).end == 7


def test_more_than_there_is() -> None:
    with pytest.raises(ValueError, match="Activity 0 needs 2 of resource 0, and there are only 1"):
        level_network(Network((Activity(1, needs=((0, 2.0),)),), (), PEOPLE))


def test_a_circle() -> None:
    with pytest.raises(CycleError):
        level_network(Network((Activity(1), Activity(1)), (Link(0, 1), Link(1, 0))))


def test_nothing_at_all() -> None:
    levelled = level_network(Network(()))
    assert (levelled.end, levelled.order, levelled.chains) == (0, (), ())


def test_a_point_in_time_needs_nobody() -> None:
    levelled = level_network(Network((Activity(2, needs=ANN), Activity(0, needs=ANN)), (), PEOPLE))
    assert levelled.start == (0, 0)


def test_ten_thousand_in_a_chain() -> None:
    activities = (Activity(1, needs=ANN),) * 10_000
    levelled = level_network(Network(activities, tuple(Link(n, n + 1) for n in range(9_999)), PEOPLE))
    assert levelled.end == 10_000
    assert len(levelled.find_driving_path(9_999)) == 10_000


def test_what_drives_a_date() -> None:
    """Bo waits for Ann, who has to do something else first, which can't start before the third day."""
    network = Network(
        (Activity(2, release=2, deadline=4, needs=ANN), Activity(3, needs=ANN), Activity(1, needs=BO)),
        (Link(1, 2),),
        PEOPLE,
    )
    levelled = level_network(network)
    assert levelled.find_driving_path(2) == (0, 1, 2)
    assert [levelled.driving[number].hold for number in (0, 1, 2)] == [Hold.RELEASE, Hold.RESOURCE, Hold.LINK]
    assert levelled.driving[1].resource == 0
    assert levelled.driving[2].link == Link(1, 2)
    assert levelled.chains == (Link(0, 1),)


def test_new_work_comes_last_unless_it_is_urgent() -> None:
    base = level_network(Network((Activity(3, needs=ANN), Activity(4, needs=ANN)), (Link(0, 1),), PEOPLE))
    added = Activity(5, needs=ANN)
    network = Network((Activity(3, needs=ANN), Activity(4, needs=ANN), added), (Link(0, 1),), PEOPLE)
    assert level_network(network, keep=base.order).start == (0, 3, 7)
    urgent = replace(network, activities=(*network.activities[:2], replace(added, deadline=5)))
    assert level_network(urgent, keep=base.order).start == (5, 8, 0)


def test_new_work_that_may_be_a_day_late_moves_nothing() -> None:
    base = Network((Activity(3, needs=ANN), Activity(4, needs=ANN)), (Link(0, 1),), PEOPLE)
    order = level_network(base).order
    for deadline, start in ((8, 7), (7.5, 7), (6.5, 3)):
        network = replace(base, activities=(*base.activities, Activity(1.5, deadline=deadline, needs=ANN)))
        assert level_network(network, keep=order).start[2] == start


def test_a_new_link_against_the_kept_order_is_kept() -> None:
    network = Network((Activity(3, needs=ANN), Activity(4, needs=ANN)), (Link(1, 0),), PEOPLE)
    assert level_network(network, keep=(0, 1)).start == (4, 0)


def test_what_is_kept_is_not_reordered_for_a_better_end() -> None:
    """Bo's work waits for Ann's second piece: the other way round all would be done earlier."""
    activities = (Activity(5, needs=ANN), Activity(1, needs=ANN), Activity(5, needs=BO))
    network = Network(activities, (Link(1, 2),), PEOPLE)
    assert level_network(network).end == 6
    assert level_network(network, keep=(0, 1, 2)).end == 11
