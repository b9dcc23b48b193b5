"""Cycles in a directed graph, without recursion. A graph maps every node to the nodes that it leads to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")
Graph = Mapping[Node, Sequence[Node]]


def find_cycles(graph: Graph[Node]) -> list[list[Node]]:
    """One shortest cycle of each strongly connected part, in the order of the graph."""
    nodes = list(graph)
    numbers = {node: number for number, node in enumerate(nodes)}  # which hash many times faster
    numbered = {numbers[node]: [numbers[successor] for successor in graph[node]] for node in nodes}
    parts = sorted(sorted(part) for part in strong_parts(numbered) if _is_cyclic(numbered, part))
    return [[nodes[number] for number in _shortest_cycle(numbered, part)] for part in parts]


def strong_parts(graph: Graph[Node]) -> list[list[Node]]:
    """The strongly connected parts, by Tarjan's algorithm."""
    numbers: dict[Node, int] = {}
    low: dict[Node, int] = {}
    waiting: list[Node] = []
    is_waiting: set[Node] = set()
    parts: list[list[Node]] = []

    def enter(node: Node) -> None:
        numbers[node] = low[node] = len(numbers)
        waiting.append(node)
        is_waiting.add(node)
        trail.append((node, iter(graph[node])))

    for root in graph:
        trail: list[tuple[Node, Iterable[Node]]] = []
        if root not in numbers:
            enter(root)
        while trail:
            node, successors = trail[-1]
            for successor in successors:
                if successor not in numbers:
                    enter(successor)
                    break
                if successor in is_waiting:
                    low[node] = min(low[node], numbers[successor])
            else:
                trail.pop()
                if trail:
                    low[trail[-1][0]] = min(low[trail[-1][0]], low[node])
                if low[node] == numbers[node]:
                    parts.append(_take(waiting, is_waiting, node))
    return parts


def _take(waiting: list[Node], is_waiting: set[Node], until: Node) -> list[Node]:
    part = [waiting.pop()]
    while part[-1] != until:
        part.append(waiting.pop())
    is_waiting.difference_update(part)
    return part


def _is_cyclic(graph: Graph[Node], part: list[Node]) -> bool:
    return len(part) > 1 or part[0] in graph[part[0]]


def _shortest_cycle(graph: Graph[Node], part: list[Node]) -> list[Node]:
    """The first of the shortest cycles. A node that was searched from is taken out, and with it all dead ends."""
    alive = set(part)
    best: list[Node] = []
    before = _turned(graph, alive)
    for start in part:
        if start in alive:
            best = _cycle_through(graph, alive, start, len(best)) or best
            _take_out(graph, before, alive, start)
    return best


def _cycle_through(graph: Graph[Node], alive: set[Node], start: Node, shorter_than: int) -> list[Node] | None:
    """The shortest cycle through a node, by breadth; None where none is shorter than a length (0: any)."""
    came_from: dict[Node, Node] = {}
    depth = {start: 1}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if shorter_than and depth[node] >= shorter_than:
            return None
        for successor in graph[node]:
            if successor == start:
                return _trail(came_from, start, node)
            if successor in alive and successor not in depth:
                depth[successor], came_from[successor] = depth[node] + 1, node
                queue.append(successor)
    return None


def _trail(came_from: Mapping[Node, Node], start: Node, end: Node) -> list[Node]:
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(came_from[nodes[-1]])
    return nodes[::-1]


def _turned(graph: Graph[Node], nodes: set[Node]) -> dict[Node, list[Node]]:
    before: dict[Node, list[Node]] = {node: [] for node in nodes}
    for node in nodes:
        for successor in graph[node]:
            if successor in before:
                before[successor].append(node)
    return before


def _take_out(graph: Graph[Node], before: Graph[Node], alive: set[Node], start: Node) -> None:
    """Takes out a node, and then whatever nothing leads to any more, or leads nowhere."""
    alive.discard(start)
    doubtful = [*graph[start], *before[start]]
    while doubtful:
        node = doubtful.pop()
        if node in alive and not (_any_in(graph[node], alive) and _any_in(before[node], alive)):
            alive.discard(node)
            doubtful += [*graph[node], *before[node]]


def _any_in(nodes: Iterable[Node], alive: set[Node]) -> bool:
    return any(node in alive for node in nodes)
