"""What changed lately, on its page, on the front page and as a feed that any reader of feeds accepts."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from milepost.model.history import History
from milepost.model.item import PLAN, Ref, Value
from milepost.model.plan import Plan
from milepost.render.site import render_site
from tests.unit.render.test_site import VECTORS, Reader, hostile

Render = Callable[..., dict[str, str]]
Tell = Callable[..., tuple[Plan, History]]
Make = Callable[..., object]

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BETA, TASK, RISK = Ref("milestone", "beta"), Ref("task", "beta/button"), Ref("risk", "vendor")


def text_of(html: str) -> str:
    return " ".join("".join(Reader(html).text).split())


@pytest.fixture
def versions(version: Make) -> list[object]:
    """A plan in which one thing after the other changes, the last ones within a month."""
    beta: dict[str, Value] = {"title": "Public beta", "due": "2026-10-29", "owner": "ada"}
    later = {**beta, "due": "2026-12-14", "because": {"scope": "Sales needs single sign-on"}}
    button: dict[str, Value] = {"title": "Publish button", "estimate": "3d"}
    begun = {**button, "started": "2026-10-23", "estimate": "5d"}
    people: dict[Ref, Value] = {Ref("person", "bo"): {"name": "Bo Lind"}}
    return [
        version(date(2024, 5, 1), {PLAN: {"title": "Heron"}, BETA: beta, TASK: button, **people}),
        version(date(2026, 10, 5), {TASK: {**button, "notes": "not a fact of planning"}}),
        version(date(2026, 10, 23), {RISK: {"title": "Vendor", "probability": "30%", "threatens": ["beta"]}}),
        version(date(2026, 10, 24), {TASK: begun}),
        version(date(2026, 11, 10), {BETA: later, TASK: {**begun, "finished": "2026-11-09", "actual": "4321h"}}, "Bo"),
        version(date(2026, 11, 20), {BETA: {**later, "owner": "bo"}, RISK: None}),
    ]


def test_the_last_31_days_are_told_by_day_and_older_ones_by_period(render: Render, versions: list[object]) -> None:
    html = render(versions)["changes.html"]
    text = text_of(html)
    assert "5 accepted changes of the plan in the last 31 days. 1 date moved later: Public beta, +46 d." in text
    assert re.findall(r'id="(day-[^"]+)"', html) == [
        f"day-{day}" for day in ("2026-11-20", "2026-11-10", "2026-10-24", "2026-10-23", "2024-05-01")
    ]
    assert text.index("Public beta: goes to Bo Lind") < text.index("Public beta: moves to 14 Dec 2026 (+46 d)")
    assert "Scope Sales needs single sign-on" in text
    assert "Vendor: Risk taken out" in text
    assert "Publish button: finished in Public beta" in text
    assert "Publish button: started, estimate 3 days → 5 days in Public beta" in text
    assert text.index("Earlier") < text.index("October 2026 1 change") < text.index("Vendor: Risk added")
    assert text.index("2024 2 changes") < text.index("Public beta: Milestone added, due 29 Oct 2026")


def test_a_date_that_moved_several_times_is_one_date(render: Render, version: Make) -> None:
    other = Ref("milestone", "other")

    def due(beta: str, second: str) -> dict[Ref, Value]:
        return {BETA: {"title": "Beta", "due": beta}, other: {"title": "Other", "due": second}}

    first = version(date(2026, 9, 1), due("2026-12-01", "2026-12-01"))
    there = version(date(2026, 11, 3), due("2026-12-15", "2027-01-31"))
    further = version(date(2026, 11, 10), due("2026-12-29", "2027-01-31"))
    back = version(date(2026, 11, 17), due("2026-12-29", "2026-12-01"))
    text = text_of(render([first, there, further])["changes.html"])
    assert "2 dates moved later; most of all Other, +61 d." in text
    assert "1 date moved later: Beta, +28 d." in text_of(render([first, there, further, back])["changes.html"])


def test_what_is_no_fact_of_planning_is_left_out(render: Render, versions: list[object]) -> None:
    pages = render(versions)
    assert not [path for path in ("changes.html", "feed.xml", "index.html") if "4321" in text_of(pages[path])]
    assert "not a fact of planning" not in pages["changes.html"] + pages["feed.xml"]


def test_the_front_page_tells_the_latest(render: Render, versions: list[object]) -> None:
    text = text_of(render(versions)["index.html"])
    assert "20 Nov Public beta goes to Bo Lind" in text
    assert "What changed this month" in text


def test_a_move_at_a_time_that_no_calendar_knows_is_told_without_a_day(told: Tell) -> None:
    moved: dict[str, Value] = {"due": "2026-12-24", "because": {"scope": "more"}}
    plan, history = told({"beta": {"title": "Beta", "due": "2026-12-14"}}, {"beta": moved})
    changes = tuple(
        change._replace(revision=replace(change.revision, time=10**15)) if change.revision == history.tip else change
        for change in history.changes
    )
    pages = render_site(plan, replace(history, changes=changes), date(2026, 11, 23), None)
    text = text_of(next(page.content.decode() for page in pages if page.path == "index.html"))
    assert "Latest move: +10 d. Reason given: Scope more" in text


def test_a_date_that_moves_with_its_release_is_told_of_the_milestone(render: Render, version: Make) -> None:
    release = Ref("release", "v1.0")
    first = {release: {"title": "v1.0", "due": "2026-11-30"}, BETA: {"title": "Beta", "due": "v1.0"}}
    then = {release: {"title": "v1.0", "due": "2026-12-14", "because": {"external": "the lab moved"}}}
    text = text_of(render([version(date(2026, 11, 1), first), version(date(2026, 11, 8), then)])["changes.html"])
    assert "Beta: moves to 14 Dec 2026 (v1.0) (+14 d) because its release moved" in text


def test_a_crowded_day_is_folded(render: Render, version: Make) -> None:
    many = {Ref("milestone", f"m{n:02}"): {"title": f"M{n:02}"} for n in range(20)}
    html = render([version(date(2026, 11, 1), many)])["changes.html"]
    assert html.index("M14") < html.index("<summary>5 more</summary>") < html.index("M15")


def test_a_plan_in_which_nothing_changed_yet_says_so(render: Render, stories: Mapping[str, Sequence[object]]) -> None:
    assert "Nothing about the plan was accepted" in text_of(render(stories["nothing"])["changes.html"])
    feed = ElementTree.fromstring(render(stories["nothing"])["feed.xml"])
    assert feed.findall(f"{ATOM}entry") == []


def only(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    assert found[0].text
    return found[0].text


@pytest.mark.parametrize("story", ["heron", "crowd", "nothing"])
def test_the_feed_is_atom(story: str, render: Render, stories: Mapping[str, Sequence[object]]) -> None:
    """What RFC 4287 asks for: 4.1.1 of a feed, 4.1.2 of an entry, 4.2.6 of ids, 3.3 of times, 4.1.3.3 of XHTML."""
    feed = ElementTree.fromstring(render(stories[story])["feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert bool(entries) == (story != "nothing")
    for element in (feed, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", only(element, "id"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", only(element, "updated"))
        assert only(element, "title").strip()
        assert [author.findtext(f"{ATOM}name", "").strip() != "" for author in element.findall(f"{ATOM}author")] == [
            True
        ]
        rels = [link.get("rel") for link in element.findall(f"{ATOM}link")]
        assert rels.count("alternate") == 1 and all(link.get("href") for link in element.findall(f"{ATOM}link"))
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == ["feed.xml"]
    assert len({only(element, "id") for element in (feed, *entries)}) == len(entries) + 1
    for content in (entry.findall(f"{ATOM}content") for entry in entries):
        assert [(part.get("type"), [child.tag for child in part]) for part in content] == [("xhtml", [f"{XHTML}div"])]
    if entries:
        assert only(feed, "updated") == max(only(entry, "updated") for entry in entries)
    assert "{http://www.w3.org/XML/1998/namespace}base" not in feed.attrib


def test_an_entry_says_what_was_accepted_when_and_by_whom(render: Render, versions: list[object]) -> None:
    entries = ElementTree.fromstring(render(versions)["feed.xml"]).findall(f"{ATOM}entry")
    assert [only(entry, "title") for entry in entries][:2] == [
        "\u2068Public beta\u2069: goes to Bo Lind, and 1 more",
        "\u2068Public beta\u2069: moves to 14 Dec 2026 (+46 d), and 1 more",
    ]
    moved = entries[1]
    assert only(moved, "updated") == "2026-11-10T12:00:00Z"
    assert moved.findtext(f"{ATOM}author/{ATOM}name") == "Bo"
    assert "Reason given, scope: Sales needs single sign-on" in "".join(moved.itertext())
    assert [link.get("href") for link in moved.findall(f"{ATOM}link")][:1] == ["changes.html#day-2026-11-10"]


def test_every_link_of_the_feed_leads_somewhere(render: Render, stories: Mapping[str, Sequence[object]]) -> None:
    pages = render(stories["crowd"])
    for element in ElementTree.fromstring(pages["feed.xml"]).iter():
        target = element.get("href", "")
        if target and not target.startswith("https://github.com/example/heron/commit/"):
            path, _, anchor = target.partition("#")
            assert path in pages and (not anchor or f'id="{anchor}"' in pages[path]), target


def test_without_an_address_every_link_is_relative(render: Render, versions: list[object]) -> None:
    feed = ElementTree.fromstring(render(versions, None)["feed.xml"])
    assert not [element for element in feed.iter() if ":" in element.get("href", "")]


def test_the_feed_changes_only_when_the_plan_does(told: Tell) -> None:
    plan, history = told({"beta": {"title": "Beta", "due": "2026-12-14"}}, {"beta": {"due": "2026-12-24"}})
    feeds = set()
    for day in (date(2026, 3, 1), date(2027, 11, 23)):
        feeds |= {page.content for page in render_site(plan, history, day, None) if page.path == "feed.xml"}
    assert len(feeds) == 1


def test_an_id_stays_when_later_changes_are_accepted(render: Render, versions: list[object]) -> None:
    def ids(told: Sequence[object]) -> list[str]:
        feed = ElementTree.fromstring(render(told)["feed.xml"])
        return [only(element, "id") for element in (feed, *feed.findall(f"{ATOM}entry"))]

    before, after = ids(versions[:-1]), ids(versions)
    assert [before[0], *before[1:]] == [after[0], *after[2:]]


def test_the_feed_holds_the_latest_50_entries(render: Render, version: Make) -> None:
    told = [
        version(
            date(2026, 1, 1) + timedelta(days=n),
            {BETA: {"title": "B", "due": f"2027-{n // 28 + 1:02}-{n % 28 + 1:02}"}},
        )
        for n in range(60)
    ]
    entries = ElementTree.fromstring(render(told)["feed.xml"]).findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert only(entries[0], "updated").startswith("2026-03-01")


def _elements(feed: str) -> Iterator[ElementTree.Element]:
    yield from ElementTree.fromstring(feed).iter()


@pytest.mark.parametrize("vector", [*VECTORS, "]]><x/>", "<!ENTITY a 'b'>", "\ufffe\uffff\x0b", "\ud800"])
def test_foreign_text_stays_text_in_the_feed(vector: str, render: Render, version: Make) -> None:
    items = hostile(vector)
    before = {ref: {**fields, "title": vector * 2, "due": "2026-10-01"} for ref, fields in items.items()}
    told = [version(date(2026, 1, 1), before, vector, vector), version(date(2026, 2, 1), items, vector, vector)]
    tags = set()
    for element in _elements(render(told)["feed.xml"]):
        tags.add(element.tag.rpartition("}")[2])
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        target = element.get("href", "")
        assert target.startswith("https://github.com/") or ":" not in target, target
    assert tags <= {
        "feed", "id", "title", "updated", "author", "name", "link", "icon", "generator", "entry", "content", "div",
        "ul", "li", "a", "bdi", "q", "p",
    }  # fmt: skip


def test_every_page_names_the_feed(render: Render, stories: Mapping[str, Sequence[object]]) -> None:
    for path, html in render(stories["heron"]).items():
        if path.endswith(".html"):
            links = [a for tag, a in Reader(html).elements if tag == "link" and a.get("rel") == "alternate"]
            assert [(a["type"], a["href"]) for a in links] == [
                ("application/atom+xml", "../" * path.count("/") + "feed.xml")
            ]
