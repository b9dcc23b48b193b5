"""Early and late dates and float, by worked examples."""

from __future__ import annotations

import re

import pytest

from milepost.scheduling.critical import find_times
from milepost.scheduling.network import Activity, CycleError, Link, LinkType, Network, Pause

_LINK = re.compile(r"(\w)(FS|SS|FF|SF)([+-]\d+)?(\w)")


def network_of(durations: str, links: str) -> Network:
    """`A4 B3` and `AFSB ASS+2B` as a network."""
    names = [word[0] for word in durations.split()]
    activities = tuple(Activity(float(word[1:])) for word in durations.split())
    found = (match.groups() for match in _LINK.finditer(links))
    return Network(
        activities,
        tuple(
            Link(names.index(before), names.index(after), LinkType(kind), float(lag or 0))
            for before, kind, lag, after in found
        ),
    )


def test_a_network_of_nine_activities() -> None:
    network = network_of("A4 B3 C8 D7 E9 F12 G2 H5 I6", "AFSC AFSD BFSE CFSE BFSF CFSF DFSG EFSG DFSH EFSH FFSI GFSI")
    times = find_times(network)
    assert times.end == 30
    assert times.total_float == (0, 9, 0, 11, 1, 0, 1, 4, 0)
    assert [number for number in range(9) if times.is_critical(number)] == [0, 2, 5, 8]


def test_all_four_kinds_of_links_with_lags() -> None:
    times = find_times(network_of("A4 B3 C5 D2 E6", "ASS+2B AFS+1C BFF+1D CFSD CSF+7E AFS-1E"))
    assert times.early_start == (0, 2, 5, 10, 6)
    assert times.total_float == (0, 6, 0, 0, 0)
    assert times.end == 12


def test_float_below_zero_says_how_much_too_late_a_deadline_is() -> None:
    network = Network((Activity(5), Activity(3, deadline=6)), (Link(0, 1),))
    assert find_times(network, use_deadlines=True).total_float == (-2, -2)


def test_work_goes_on_after_a_pause() -> None:
    network = Network((Activity(2), Activity(3, pauses=(Pause(1, 3), Pause(4, 5)))), (Link(0, 1),))
    times = find_times(network)
    assert times.early_start == (0, 3)
    assert times.early_finish == (2, 7)
    assert times.late_start == (1, 3)


def test_the_last_of_the_work_may_have_to_wait_in_a_pause() -> None:
    """All is done before the pause; it is finished when what it waits for is, however little comes after that."""
    network = Network((Activity(2), Activity(1, pauses=(Pause(1, 3),))), (Link(0, 1, LinkType.FF),))
    times = find_times(network)
    assert times.early_start[1] == 0
    assert times.early_finish[1] == 2


def test_work_may_have_to_begin_with_a_pause() -> None:
    network = Network((Activity(1, pauses=(Pause(1, 3),)), Activity(2)), (Link(0, 1, LinkType.SS),))
    times = find_times(network, end=4)
    assert (times.late_start[1], times.late_start[0], times.late_finish[0]) == (2, 2, 4)


def test_a_pause_is_not_entered_by_what_is_left_of_a_fraction() -> None:
    pauses = (Pause(3, 7),)
    network = Network((Activity(3 + 4e-16, pauses=pauses), Activity(2, release=3 - 4e-16, pauses=pauses)))
    times = find_times(network, end=9)
    assert times.early_finish == pytest.approx((3, 9))
    assert times.early_start == (0, 7)
    assert find_times(network, end=7 + 4e-16).late_finish[0] == pytest.approx(7)
    assert find_times(network, end=7 + 4e-16).late_start[0] == pytest.approx(0)


def test_a_circle_is_named() -> None:
    network = network_of("A1 B1 C1 D1", "AFSB BFSC CFSB CFSD")
    with pytest.raises(CycleError) as error:
        find_times(network)
    assert error.value.cycle == (1, 2)
