"""The reason given for a change: a `because` that changed with it, or a trailer on the accepting commit."""

from __future__ import annotations

from milepost.model.history import Revision
from milepost.model.item import Ref, Value
from milepost.model.reason import Reason, parse_reason, parse_reason_line

#: Fields that a reason explains; a new title needs none.
_EXPLAINED = frozenset(("due", "estimate", "commitment", "priority", "dropped", "because", "depends_on", "owner", "id"))

#: Fields of a task that are its milestone's scope and estimate, which the milestone's reason explains.
_SCOPE = frozenset(("estimate", "priority", "dropped", "id"))
_TRAILER = "because:"


class Reasons:
    """The reasons given in one accepted revision. A milestone's explains its scope too, so what its tasks cost."""

    def __init__(self, revision: Revision) -> None:
        self._trailer = _read_trailer(revision.body)
        self._given: dict[Ref, Reason] = {}

    def note(self, ref: Ref, old: Value | None, new: Value | None) -> None:
        """Takes in what an item's `because` said before and says now. It counts only where it differs."""
        reason = parse_reason(new) if old != new else None
        if reason:
            self._given[ref] = reason

    def of(self, ref: Ref, field: str) -> Reason | None:
        """The reason for a change of a field of an item."""
        if field not in _EXPLAINED:
            return None
        found = self._given.get(ref)
        if found is None and self._given and ref.kind == "task" and field in _SCOPE:
            found = self._given.get(Ref("milestone", ref.id.partition("/")[0]))
        return found or self._trailer


def _read_trailer(body: str) -> Reason | None:
    """The last `Because: category: sentence` of a commit message."""
    lines = [line for line in body.splitlines() if line.lower().startswith(_TRAILER)]
    return parse_reason_line(lines[-1][len(_TRAILER) :]) if lines else None
