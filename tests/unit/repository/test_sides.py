"""The order of a side follows from the graph alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milepost.repository.sides import find_sides, sort_side
from milepost.repository.steps import Lineage

GRAPHS = st.lists(st.sets(st.integers(0, 11), max_size=3), min_size=1, max_size=12)


@given(GRAPHS, st.sets(st.integers(0, 11)))
def test_every_commit_comes_once_and_before_its_parents(edges: list[set[int]], hidden: set[int]) -> None:
    parents = {str(one): tuple(str(to) for to in sorted(to) if to < one) for one, to in enumerate(edges)}
    tip = str(len(edges) - 1)
    side = reachable(parents, tip) - {one for gone in hidden for one in reachable(parents, str(gone))}
    order = list(sort_side([tip], side, parents.__getitem__))
    assert set(order) == side
    assert len(order) == len(side)
    for one in order:
        assert all(order.index(one) < order.index(parent) for parent in parents[one] if parent in side)


@given(GRAPHS)
def test_a_side_is_what_its_merge_reaches_and_its_first_parent_does_not(edges: list[set[int]]) -> None:
    parents = {str(one): tuple(str(to) for to in sorted(to) if to < one) for one, to in enumerate(edges)}
    tip = str(len(edges) - 1)
    chain = [tip]
    while parents[chain[0]]:
        chain.insert(0, parents[chain[0]][0])
    sides = dict(find_sides(Lineage.of(tip, parents), set(parents)))
    assert list(sides) == [one for one in chain if len(parents[one]) > 1]
    for merge, side in sides.items():
        assert dict(find_sides(Lineage.of(tip, parents), {merge})) == {merge: side}
        expected = reachable(parents, merge) - reachable(parents, parents[merge][0]) - {merge}
        assert set(side) == expected
        assert side == list(sort_side(parents[merge][1:], expected, parents.__getitem__))


def reachable(parents: dict[str, tuple[str, ...]], tip: str) -> set[str]:
    return {tip}.union(*(reachable(parents, parent) for parent in parents[tip])) if tip in parents else set()


def test_a_side_may_be_longer_than_any_stack() -> None:
    parents = {str(number): (str(number - 1),) for number in range(1, 20000)} | {"0": ()}
    assert list(sort_side(["19999"], set(parents), parents.__getitem__)) == [str(n) for n in reversed(range(20000))]
