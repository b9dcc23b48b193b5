"""Small accepted histories: what each version says, from texts as a team would write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from milepost.loader.reasons import Reasons
from milepost.model.history import Change, History, Identity, Revision
from milepost.model.item import Item, Ref
from tests.unit.plans import plan_of

ADA = Identity("Ada", "ada@example.org")


@dataclass(frozen=True)
class Version:
    """An accepted version: its day, all its files as pairs of a kind and a text, and the body of its commit message."""

    day: str
    files: tuple[tuple[str, str], ...]
    body: str = ""


def version(day: str, *files: tuple[str, str], body: str = "") -> Version:
    """`version("2027-01-04", milestone("{id: beta, …}"))`."""
    return Version(day, files, body)


def history_of(*versions: Version) -> History:
    """The history of versions that were accepted one after the other."""
    changes: list[Change] = []
    before: dict[Ref, Item] = {}
    for number, one in enumerate(versions):
        time = int(datetime.fromisoformat(one.day).replace(tzinfo=UTC).timestamp())
        revision = Revision(f"{number:040x}", ADA, time, "Change the plan", one.body)
        after = dict(plan_of(*one.files).items)
        changes += _changes(before, after, revision)
        before = after
    return History("main", changes[-1].revision, tuple(changes), before)


def _changes(before: dict[Ref, Item], after: dict[Ref, Item], revision: Revision) -> Iterator[Change]:
    reasons = Reasons(revision)
    for ref in sorted({**before, **after}):
        old = before[ref].fields if ref in before else {}
        new = after[ref].fields if ref in after else {}
        reasons.note(ref, old.get("because"), new.get("because"))
        for field in dict.fromkeys([*new, *old]):
            if old.get(field) != new.get(field):
                reason = reasons.of(ref, field)
                yield Change(ref, field, old.get(field), new.get(field), revision, "plan.yaml", ADA, reason)
