"""What every file of the plan says in one version, and so what every item says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milepost.loader.layout import Layout, plan_file
from milepost.model.item import Item, Ref


class Version:
    """The files of one version by their paths, with the items of each.

    Where several files name an item, the last in path order counts. Files of our own format count only where the plan
    is: in the folder that holds its `milepost.yaml`, else in the one where it is at the tip.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._files: dict[str, Mapping[Ref, Item]] = {}
        self._holders: dict[Ref, tuple[str, ...]] = {}  # in path order
        self._home = layout.folder

    def copy(self) -> Version:
        """The same, to be changed by itself."""
        other = Version(self._layout)
        other._files, other._holders, other._home = dict(self._files), dict(self._holders), self._home
        return other

    def put(self, path: str, items: Iterable[Item]) -> list[Ref]:
        """Replaces what a file says; returns every item on which this bears. Of a name given twice, the last counts."""
        old = self._files.pop(path, {})
        new = {item.ref: item for item in items}
        if new:
            self._files[path] = new
        touched = [ref for ref, item in old.items() if new.get(ref) != item]
        if old.keys() != new.keys():
            touched += self._hold(path, old, new)
        return touched

    def _hold(self, path: str, old: Mapping[Ref, Item], new: Mapping[Ref, Item]) -> list[Ref]:
        """Keeps in mind which items a file names; returns those that it did not name before."""
        for ref in old.keys() - new.keys():
            self._let_go(ref, path)
        came = [ref for ref in new if ref not in old]
        for ref in came:
            self._holders[ref] = tuple(sorted((*self._holders.get(ref, ()), path)))
        return came

    def restore(self, path: str, items: Iterable[Item]) -> None:
        """Puts a file that is not there yet."""
        self.put(path, items)

    @property
    def files(self) -> Mapping[str, Iterable[Item]]:
        """What each file says that names an item."""
        return {path: items.values() for path, items in self._files.items()}

    @property
    def home(self) -> str | None:
        """The folder in which the plan is."""
        return self._home

    @property
    def refs(self) -> Iterable[Ref]:
        """Every item that a file names."""
        return self._holders

    def items_in(self, path: str) -> Iterable[Item]:
        """What a file says."""
        return self._files.get(path, {}).values()

    def under_new_names(self, renamed: Iterable[tuple[Ref, Ref]]) -> dict[str, list[Item]]:
        """What files that are their own identity said, by the new names of these (new and earlier identity)."""
        return {
            new.id: [item._replace(ref=new) for item in self.items_in(old.id) if item.ref == old]
            for new, old in renamed
            if new.id not in self._files
        }

    def settle(self) -> list[Ref]:
        """Finds where the plan is after files came and went; returns every item on which a move bears."""
        if self._layout.earlier is None:
            return []
        home = next((home for home in self._layout.homes if plan_file(home) in self._files), None)
        home = self._layout.folder if home is None else home
        if home == self._home:
            return []
        self._home = home
        return [ref for ref, paths in self._holders.items() if any(self._layout.kind_of(path) for path in paths)]

    def present(self, ref: Ref) -> Item | None:
        """What an item says; None where no file that counts names it."""
        paths = self._holders.get(ref)
        if not paths:
            return None
        if self._layout.earlier is None:
            return self._files[paths[-1]][ref]
        for path in reversed(paths):
            if self._counts(path):
                return self._files[path][ref]
        return None

    def _counts(self, path: str) -> bool:
        home = self._layout.home_of(path)
        return home is None or home == self._home or bool(self._layout.sources_of(path))

    def _let_go(self, ref: Ref, path: str) -> None:
        rest = tuple(other for other in self._holders[ref] if other != path)
        if rest:
            self._holders[ref] = rest
        else:
            del self._holders[ref]
