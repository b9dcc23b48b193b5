"""Work that waits for itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from milepost.model.cycles import find_cycles
from milepost.model.finding import Finding, Level
from milepost.model.item import Place, Ref
from milepost.model.plan import Plan
from milepost.rules.links import written_links
from milepost.rules.rule import Inspection, Rule

_LONGEST = 12  # items of a cycle that a sentence lists


class _Event(NamedTuple):
    """The start or the end of an item. A milestone starts with its first task and ends with its last."""

    ref: Ref
    end: bool


_Graph = dict[_Event, list[_Event]]
_Places = dict[tuple[_Event, _Event], tuple[Place, str]]

_ENDS = {"FS": (False, True), "SS": (False, False), "FF": (True, True), "SF": (True, False)}  # this, that


def check_dependency_cycle(look: Inspection) -> Iterator[Finding]:
    """One shortest cycle of each knot of dependencies. Starts and ends count apart, so SS beside FF is no cycle."""
    graph, places = _events(look.plan)
    for cycle in find_cycles(graph):
        yield _cycle(cycle, places)


def _events(plan: Plan) -> tuple[_Graph, _Places]:
    """What every start and end waits for, and where that was written."""
    refs = [ref for ref in plan.items if ref.kind in ("milestone", "task")]
    graph: _Graph = {_Event(ref, end): [] for ref in refs for end in (True, False)}
    places: _Places = {}

    def add(this: _Event, that: _Event, place: Place, words: str) -> None:
        if that in graph:
            graph[this].append(that)
            places.setdefault((this, that), (place, words))

    for ref in refs:
        item = plan.items[ref]
        add(_Event(ref, True), _Event(ref, False), item.place, "")
        for link in written_links(plan, item):
            this, that = _ENDS.get(link.type, _ENDS["FS"])
            words = f"{ref.id} depends on {link.ref.id}"
            add(_Event(ref, this), _Event(link.ref, that), link.place, words)
        milestone = Ref("milestone", ref.id.rpartition("/")[0])
        if ref.kind == "task" and milestone in plan.items:
            words = f"{ref.id} is a task of {milestone.id}"
            add(_Event(milestone, True), _Event(ref, True), item.place, words)
            add(_Event(ref, False), _Event(milestone, False), item.place, words)
    return graph, places


def _cycle(cycle: list[_Event], places: _Places) -> Finding:
    links = [places[link] for link in pairwise([*cycle, cycle[0]]) if places[link][1]]
    written = [link for link in links if "depends_on" in link[0].pointer]
    names = [event.ref.id for event in cycle]
    names = [name for number, name in enumerate(names) if name != names[number - 1]] or names[:1]
    names = [*names, names[0]]
    if len(names) > _LONGEST:
        names = [*names[: _LONGEST - 2], f"… {len(names) - _LONGEST + 1} more …", names[-1]]
    place = (written or links)[0][0]
    if len(links) == 1:
        return RULE.found(place, f"{names[0]} depends on itself.", "remove it from `depends_on`")
    message = f"{' → '.join(names)} wait for each other in a circle."
    return RULE.found(place, message, "remove one of these links", tuple(links))


RULE = Rule(
    "dependency-cycle",
    Level.ERROR,
    "Work that waits for itself can never start, so nothing about it can be forecast.",
    check_dependency_cycle,
)
