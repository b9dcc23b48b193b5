"""Cycles: found once, shortest first, without recursion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.cycles import find_cycles, strong_parts
from tests.unit.plans import found, milestone, plan_of

SMALL_GRAPHS = st.integers(1, 7).flatmap(
    lambda size: st.fixed_dictionaries({node: st.lists(st.integers(0, size - 1), max_size=4) for node in range(size)})
)


def reaches(graph: dict[int, list[int]], start: int) -> dict[int, int]:
    """How many steps each node is away, at least one."""
    steps: dict[int, int] = {}
    edge = graph[start]
    for step in range(1, len(graph) + 1):
        for node in edge:
            steps.setdefault(node, step)
        edge = [following for node in edge for following in graph[node]]
    return steps


@given(SMALL_GRAPHS)
def test_one_shortest_cycle_of_each_part(graph: dict[int, list[int]]) -> None:
    steps = {node: reaches(graph, node) for node in graph}
    parts = {
        frozenset(other for other in graph if other in steps[node] and node in steps[other])
        for node in graph
        if node in steps[node]
    }
    cycles = find_cycles(graph)
    assert len(cycles) == len(parts)
    for cycle in cycles:
        (part,) = (part for part in parts if set(cycle) <= part)
        assert len(cycle) == min(steps[node][node] for node in part)
        assert all(after in graph[node] for node, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


@given(SMALL_GRAPHS)
def test_parts_are_a_partition(graph: dict[int, list[int]]) -> None:
    assert sorted(node for part in strong_parts(graph) for node in part) == sorted(graph)


@pytest.mark.parametrize("length", [5000])
def test_a_long_ring_is_one_cycle(length: int) -> None:
    ring = {node: [(node + 1) % length] for node in range(length)}
    assert [len(cycle) for cycle in find_cycles(ring)] == [length]


CYCLES = [
    (["{id: a, title: A, depends_on: [b]}", "{id: b, title: B, depends_on: [a]}"], "a → b → a"),
    (["{id: a, title: A, tasks: [{id: t, title: T, depends_on: [a]}]}"], "a/t → a → a/t"),
    (
        ["{id: a, title: A, depends_on: [b], tasks: [{id: t, title: T}]}", "{id: b, title: B, depends_on: [a/t]}"],
        "a/t → b → a/t",
    ),
    (
        [
            "{id: m, title: M, tasks: [{id: t, title: T, depends_on: [j]}]}",
            "{id: j, title: J, depends_on: [{item: m, type: SS, lag: 2d}]}",
        ],
        "m/t → j → m/t",
    ),
    (
        [
            "{id: m, title: M, tasks: [{id: t, title: T, depends_on: [j]}, {id: u, title: U, depends_on: [t]}]}",
            "{id: j, title: J, depends_on: [{item: m, type: SF}]}",
        ],
        "m/t → j → m/t",
    ),
    (
        [
            "{id: a, title: A, depends_on: [{item: b, type: SS}]}",
            "{id: b, title: B, depends_on: [{item: a, type: SS}]}",
        ],
        "a → b → a",
    ),
]


@pytest.mark.parametrize(("milestones", "circle"), CYCLES)
def test_a_cycle_is_listed(milestones: list[str], circle: str) -> None:
    (finding,) = found(plan_of(*map(milestone, milestones)), "dependency-cycle")
    assert finding.message == f"{circle} wait for each other in a circle."
    assert "depends_on" in finding.place.pointer
    assert finding.place in [related.place for related in finding.related]


def test_what_depends_on_itself_is_said_so() -> None:
    (finding,) = found(plan_of(milestone("{id: a, title: A, depends_on: [a]}")), "dependency-cycle")
    assert finding.message == "a depends on itself."


def test_starting_after_a_start_and_ending_after_an_end_is_no_cycle() -> None:
    first = milestone("{id: a, title: A, depends_on: [{item: b, type: FF}]}")
    second = milestone("{id: b, title: B, depends_on: [{item: a, type: SS}]}")
    assert found(plan_of(first, second), "dependency-cycle") == []


def test_what_waits_for_the_first_of_several_tasks_holds_up_the_others() -> None:
    beta = milestone("{id: m, title: M, tasks: [{id: t, title: T, depends_on: [j]}, {id: u, title: U}]}")
    waiting = milestone("{id: j, title: J, depends_on: [{item: m, type: SS}]}")
    assert found(plan_of(beta, waiting), "dependency-cycle") == []


@pytest.mark.parametrize(
    ("more", "count"),
    [("started: 2027-01-04", 1), ("started: 2027-01-04, finished: 2027-01-05", 1), ("dropped: 2027-01-04", 0),
     ("priority: wont", 0)],
)  # fmt: skip
def test_what_has_begun_is_a_circle_all_the_same_and_what_is_left_out_is_in_none(more: str, count: int) -> None:
    first = milestone(f"{{id: a, title: A, depends_on: [b], {more}}}")
    second = milestone("{id: b, title: B, depends_on: [a]}")
    assert len(found(plan_of(first, second), "dependency-cycle")) == count


def test_each_link_is_told_with_where_it_is_written() -> None:
    first = milestone("{id: m, title: M, depends_on: [j], tasks: [{id: t, title: T}, {id: u, title: U}]}")
    second = milestone("{id: j, title: J, depends_on: [{item: m, type: SS}]}")
    (finding,) = found(plan_of(first, second), "dependency-cycle")
    assert [(related.place.path, related.message) for related in finding.related] == [
        ("milestone-1.yaml", "m/t is a task of m, and m depends on j"),
        ("milestone-2.yaml", "j depends on m, and m/t is a task of that"),
    ]


def test_two_knots_are_two_findings() -> None:
    texts = [f"{{id: {a}, title: T, depends_on: [{b}]}}" for a, b in ("ab", "ba", "cd", "dc")]
    assert len(found(plan_of(*map(milestone, texts)), "dependency-cycle")) == 2


def test_a_long_circle_is_shortened() -> None:
    texts = [f"{{id: m{n}, title: T, depends_on: [m{(n + 1) % 40}]}}" for n in range(40)]
    (finding,) = found(plan_of(*map(milestone, texts)), "dependency-cycle")
    assert "m9 → … 30 more … → m0" in finding.message
    assert len(finding.related) == 40
