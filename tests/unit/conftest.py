"""Plans with a history, told version by version, and the site that is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha1

import pytest

from milepost.model.build import build_plan
from milepost.model.history import Change, History, Identity, Revision
from milepost.model.item import PLAN, Item, Place, Ref, Value
from milepost.model.plan import Plan
from milepost.model.reason import Reason, parse_reason
from milepost.render.site import WebAddress, parse_web_address, render_site

TODAY = date(2026, 11, 23)
ADDRESS = parse_web_address("https://github.com/example/heron")

Fields = Mapping[str, Value]


@dataclass(frozen=True)
class Version:
    """What was accepted on one day: items with their fields (None: the item was removed)."""

    day: date
    items: Mapping[Ref, Fields | None]
    author: str = "Ada Bright"
    subject: str = "Change the plan"


@dataclass(frozen=True)
class Told:
    """A plan at its last version, with how it came there."""

    plan: Plan
    history: History
    pages: dict[str, str] = field(default_factory=dict)


def tell(versions: Sequence[Version]) -> tuple[Plan, History]:
    """The plan and the history that versions make. An item keeps what a later version does not mention."""
    items: dict[Ref, Item] = {}
    changes: list[Change] = []
    revision = _revision(Version(date(2026, 1, 1), {}), 0)
    for number, version in enumerate(versions):
        revision = _revision(version, number)
        for ref, fields in version.items.items():
            before = items.pop(ref, None)
            if fields is not None:
                items[ref] = Item(ref, fields, Place(f"plan/{ref.kind}s/{ref.id}.yaml"))
            changes += _changes(ref, before.fields if before else {}, fields or {}, revision)
    return build_plan(items.values()), History("main", revision, tuple(changes), items)


def _revision(version: Version, number: int) -> Revision:
    id = sha1(f"{number} {version.day}".encode(), usedforsecurity=False).hexdigest()
    time = int(datetime(version.day.year, version.day.month, version.day.day, 12, tzinfo=UTC).timestamp())
    return Revision(id, Identity(version.author, "ada@example.org"), time, version.subject)


def _changes(ref: Ref, before: Fields, after: Fields, revision: Revision) -> Iterator[Change]:
    reason = parse_reason(after.get("because")) if after.get("because") != before.get("because") else None
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield _change(ref, name, before.get(name), after.get(name), revision, reason)


def _change(ref: Ref, name: str, old: Value | None, new: Value | None, at: Revision, reason: Reason | None) -> Change:
    return Change(ref, name, old, new, at, f"plan/{ref.kind}s/{ref.id}.yaml", at.author, reason)


def milestone(id: str) -> Ref:
    """A milestone's identity."""
    return Ref("milestone", id)


def heron() -> list[Version]:
    """Heron in five versions: a promise that moves twice, a milestone that is reached and praised, a risk, a goal."""
    beta: dict[str, Value] = {
        "title": "Public beta", "due": "2026-10-29", "commitment": "promise", "owner": "ada", "goal": "self-serve",
        "outcome": "An invited person publishes a map without help", "links": ["https://example.org/spec"],
        "measures": [{"text": "8 of 10 testers publish unaided", "met": "2026-10-20"}, {"text": "under 60 s"}],
        "depends_on": ["importer"], "notes": "First paragraph.\n\nSecond one.", "estimate": "20d..45d",
    }  # fmt: skip
    first: dict[Ref, Fields | None] = {
        PLAN: {"title": "Heron", "vision": "Anyone can publish a map."},
        Ref("person", "ada"): {"name": "Ada Bright"},
        Ref("goal", "self-serve"): {"title": "People publish without us", "due": "2027-06-30"},
        milestone("importer"): {"title": "Importer", "due": "2026-08-31", "started": "2026-07-01"},
        milestone("public-beta"): beta,
        Ref("task", "public-beta/button"): {"title": "Publish button", "estimate": "3d..12d", "started": "2026-09-09"},
        milestone("audit"): {"title": "Audit", "due": "2027-Q1", "commitment": "tentative",
                             "depends_on": ["public-beta"]},
        Ref("risk", "vendor"): {
            "title": "The vendor changes its terms", "threatens": ["public-beta"], "probability": "30%",
            "impact": "5d..15d", "owner": "ada", "response": "mitigate", "expires": "2026-12-18",
            "mitigation": [{"action": "Draw the tiles ourselves", "done": "2026-07-17", "probability": "10%"}],
        },
    }  # fmt: skip
    late: Value = {"dependency": "vendor API came two weeks late"}
    sales: Value = {"scope": "Sales needs single sign-on"}
    finished: Fields = {
        "title": "Importer", "due": "2026-08-31", "started": "2026-07-01", "finished": "2026-09-04",
        "shipped": {"note": "Ten data sets load without help.", "thanks": ["ada"]},
        "raci": {"responsible": {"ada": "writes the reader"}, "consulted": ["legal"]},
        "votes": {"ada": "4", "bo": {"feasible": "2", "says": "nobody has seen the data"}},
    }  # fmt: skip
    said: Fields = {
        "about": "importer", "date": "2026-09-14", "from": "six testers", "said": "It just worked.", "score": "4",
        "leads_to": ["public-beta"],
    }  # fmt: skip
    return [
        Version(date(2026, 6, 1), first, subject="First plan"),
        Version(date(2026, 9, 4), {milestone("importer"): finished}, "Bo Lind", "Importer is finished"),
        Version(date(2026, 9, 14), {Ref("feedback", "testers"): said}),
        Version(date(2026, 9, 20), {milestone("public-beta"): {**beta, "due": "2026-11-09", "because": late}}),
        Version(date(2026, 10, 12), {milestone("public-beta"): {**beta, "due": "2026-12-14", "because": sales}}),
    ]


def crowd(number: int = 200) -> list[Version]:
    """Many milestones with long titles, titles that read from the right, and ids that are any text."""
    words = ("Observability", "für", "alle", "Regionen", "and", "the", "long", "tail", "of", "maps", "地図", "مرحلة")
    now: dict[Ref, Fields | None] = {PLAN: {"title": "A crowded plan"}}
    then: dict[Ref, Fields | None] = {}
    for n in range(number):
        ref = milestone(("item-{}", "1.{}", "keps/sig-{}/kep.yaml", "Ünï {} 🎉")[n % 4].format(n))
        title = " ".join(words[(n * 7 + k) % len(words)] for k in range(3 + n % 9))
        due = date.fromordinal(TODAY.toordinal() - 200 + n * 5)
        fields: dict[str, Value] = {"title": title, "due": due.isoformat(), "owner": "ada"}
        if n % 5 == 3:
            fields["title"] = f"مرحلة {n}: نشر الخريطة للجميع"
        if n and n % 3 == 0:
            fields["depends_on"] = [f"item-{n - n % 4 - 4}"] if n > 4 else []
        if due < TODAY and n % 4:
            fields |= {"started": date.fromordinal(due.toordinal() - 30).isoformat(), "finished": due.isoformat()}
        now[ref] = fields
        if n % 2:
            later = date.fromordinal(due.toordinal() + (n * 37) % 90 - 20).isoformat()
            then[ref] = {**fields, "due": later, "because": {"scope": "more of everything"}}
    return [Version(date(2026, 2, 2), now), Version(date(2026, 9, 9), then)]


@pytest.fixture
def today() -> date:
    """The day on which all pages are made."""
    return TODAY


Render = Callable[..., dict[str, str]]


@pytest.fixture
def render() -> Render:
    """Renders versions to pages by path: `render(heron())["index.html"]`."""

    def render_versions(versions: Sequence[Version], address: WebAddress | None = ADDRESS) -> dict[str, str]:
        return {page.path: page.content.decode() for page in render_site(*tell(versions), TODAY, address)}

    return render_versions


Tell = Callable[..., tuple[Plan, History]]


@pytest.fixture
def told() -> Tell:
    """Tells versions of milestones by id, a month apart: `told({"beta": {"due": "2026-12-14"}})`."""

    def tell_milestones(*versions: Mapping[str, Fields]) -> tuple[Plan, History]:
        months = (date(2026, number + 1, 1) for number in range(len(versions)))
        pairs = zip(months, versions, strict=True)
        return tell([Version(day, {milestone(id): fields for id, fields in items.items()}) for day, items in pairs])

    return tell_milestones


@pytest.fixture
def version() -> Callable[..., Version]:
    """Makes a version: `version(day, items, author, subject)`."""
    return Version


@pytest.fixture
def stories() -> dict[str, list[Version]]:
    """Plans to render, by name."""
    nothing = [Version(date(2026, 1, 1), {PLAN: {"title": "New plan"}})]
    return {"heron": heron(), "crowd": crowd(60), "nothing": nothing}
