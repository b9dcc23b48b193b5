"""Networks of activities for properties: every kind of link, people who are away, several resources."""

from __future__ import annotations

from hypothesis import strategies as st

from milepost.scheduling.network import Activity, Link, LinkType, Network, Pause

HOURS = 8  # to a working day: all times are whole hours, so that sums are without a rest

CAPACITIES = (1.0, 1.0, 3.0)


def hours(low: int, high: int) -> st.SearchStrategy[float]:
    """Working days from a number of hours to another one."""
    return st.integers(low, high).map(lambda count: count / HOURS)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Up to three times in which somebody is away, apart and in order."""
    found, time = [], 0.0
    for _ in range(draw(st.integers(0, 3))):
        begin = time + draw(hours(1, 40))
        time = begin + draw(hours(1, 40))
        found.append(Pause(begin, time))
    return tuple(found)


def activities(deadlines: bool = True) -> st.SearchStrategy[Activity]:
    """An activity with or without people, release, deadline and pauses."""
    some = st.sampled_from([(), ((0, 1.0),), ((1, 1.0),), ((0, 1.0), (1, 1.0)), ((2, 1.0),), ((1, 1.0), (2, 2.0))])
    due = st.one_of(st.just(float("inf")), hours(0, 200)) if deadlines else st.just(float("inf"))
    release = st.one_of(st.just(0.0), hours(0, 60))
    return st.builds(Activity, hours(0, 40), release, due, st.one_of(st.just(()), pauses()), some)


@st.composite
def networks(
    draw: st.DrawFn,
    largest: int = 9,
    kinds: tuple[LinkType, ...] = tuple(LinkType),
    deadlines: bool = True,
    leads: bool = True,
) -> Network:
    """A network without circles."""
    found = draw(st.lists(activities(deadlines), min_size=1, max_size=largest))
    names = draw(st.permutations(range(len(found))))  # so that numbers say nothing of who waits for whom
    pairs = [(before, after) for after in range(len(found)) for before in range(after)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2 * len(found), unique=True)) if pairs else []
    lags = st.one_of(st.just(0.0), hours(-16 if leads else 0, 16))
    links = [Link(names[before], names[after], draw(st.sampled_from(kinds)), draw(lags)) for before, after in chosen]
    return Network(tuple(found), tuple(links), CAPACITIES)
