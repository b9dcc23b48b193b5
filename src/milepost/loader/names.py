"""What items are called at the tip, in a history with branches.

Every commit hands its items on to one child: to the one by which it was accepted first. There they go on under the same
identity, or under the one that `identity` finds; and so on, up to the tip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from milepost.model.history import Change
from milepost.model.item import Ref
from milepost.repository.graph import Node


class Names:
    """Identities at the tip, from those at any commit that leads to it. Nodes come each after its parents."""

    def __init__(self, nodes: list[Node]) -> None:
        self._heirs = _find_heirs(nodes)
        self._order = [node.commit for node in nodes]
        self._renamed: dict[str, Mapping[Ref, Ref]] = {}  # on the way from a commit to its heir

    def note(self, parent: str, commit: str, renamed: Mapping[Ref, Ref]) -> None:
        """Takes in what items are called otherwise after a commit than in one of its parents."""
        if renamed and self._heirs.get(parent) == commit:
            self._renamed[parent] = renamed

    def rename(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Changes, each under the identity of its item at its commit, under that at the tip."""
        made: dict[str, list[Change]] = {}
        for change in changes:
            made.setdefault(change.revision.id, []).append(change)
        for commit, names in self._at_tip():
            made[commit] = [_under(names, change) for change in made.get(commit, ())]
        yield from (change for commit in self._order for change in made[commit])

    def _at_tip(self) -> Iterator[tuple[str, Mapping[Ref, Ref]]]:
        """For every commit, newest first, the identities that are not the same at the tip."""
        givers = Counter(self._heirs.values())  # of each commit, that have not been told yet
        known: dict[str, Mapping[Ref, Ref]] = {}
        for commit in reversed(self._order):
            heir = self._heirs.get(commit, "")
            names = known.get(heir, {})
            if renamed := self._renamed.get(commit):
                names = {**names, **{old: names.get(new, new) for old, new in renamed.items()}}
            known[commit] = names
            yield commit, names
            givers[heir] -= 1
            if not givers[heir]:
                known.pop(heir, None)


def _under(names: Mapping[Ref, Ref], change: Change) -> Change:
    ref = names.get(change.item, change.item)
    return change if change.item == ref else change._replace(item=ref)


def _find_heirs(nodes: list[Node]) -> dict[str, str]:
    """For every commit but the tip, the child by which it was accepted first.

    Of several, it is the one that is accepted itself, else the one with the lowest id.
    """
    parents = {node.commit: node.parents for node in nodes}
    chain = [nodes[-1].commit]
    while parents[chain[-1]]:
        chain.append(parents[chain[-1]][0])
    ranks: dict[str, tuple[int, bool, str]] = {}
    for number, commit in enumerate(reversed(chain)):
        ranks[commit] = (number, False, commit)
        new = list(parents[commit])
        while new:
            if (one := new.pop()) not in ranks:
                ranks[one] = (number, True, one)
                new += parents[one]
    heirs: dict[str, tuple[int, bool, str]] = {}
    for node in nodes:
        for parent in node.parents:
            heirs[parent] = min(heirs.get(parent, ranks[node.commit]), ranks[node.commit])
    return {commit: heir for commit, (_, _, heir) in heirs.items()}
