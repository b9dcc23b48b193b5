"""The Atom feed (RFC 4287) of accepted plan changes: an entry for each commit that changed what is planned.

Nothing in it depends on the day it is built, so it changes when the plan does. The site does not know its own address,
so links to it are relative: readers resolve them against the address of the feed (RFC 3986, 5.1.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from milepost.model.history import History, Revision
from milepost.render.charts.text import isolate
from milepost.render.site.changes import Fact, by_acceptance, day_anchor
from milepost.render.site.dates import utc_time
from milepost.render.site.material import Material

MOST_ENTRIES = 50
_MOST_FACTS = 40
_LONGEST_TITLE = 120
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One accepted commit. `link` leads to its day on the page of changes."""

    id: str
    title: str
    updated: str
    author: str
    link: str
    revision: Revision
    facts: tuple[Fact, ...]
    more: int  # facts that are left out


def feed(facts: Sequence[Fact], material: Material) -> Mapping[str, object]:
    """What the template of the feed asks for. Commits without a time that a calendar knows have no place in it."""
    dated = [fact for fact in facts if fact.revision.day]
    entries = [_entry(revision, group, material) for revision, group in by_acceptance(dated)[:MOST_ENTRIES]]
    return {
        "id": _feed_id(material.history),
        "updated": max((entry.updated for entry in entries), default=_NEVER),
        "entries": entries,
    }


def _entry(revision: Revision, facts: Sequence[Fact], material: Material) -> FeedEntry:
    return FeedEntry(
        id=_urn(revision.id),
        title=_title(facts, material),
        updated=utc_time(revision.time),
        author=revision.author.name.strip() or "Unknown",
        link=f"changes.html#{day_anchor(revision.day)}",
        revision=revision,
        facts=tuple(facts[:_MOST_FACTS]),
        more=max(len(facts) - _MOST_FACTS, 0),
    )


def _title(facts: Sequence[Fact], material: Material) -> str:
    """The chief fact, a moved date before all others: `Public beta moves to 14 Dec 2026 (+21 d), and 3 more`."""
    chief = max(facts, key=lambda fact: abs(fact.days or 0))
    title = " ".join(material.title(chief.item).split())
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    more = f", and {len(facts) - 1} more" if len(facts) > 1 else ""
    return f"{isolate(short)}: {chief.words}{more}"


def _feed_id(history: History) -> str:
    """The same as long as history begins with the same commit."""
    return _urn(f"plan {history.changes[0].revision.id if history.changes else history.tip.id}")


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_OID, f"milepost {name}").urn
