"""The pages as a whole: what foreign text may become, that every link leads somewhere, that bytes stay the same."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from milepost.model.history import History
from milepost.model.item import PLAN, Ref, Value
from milepost.model.plan import Plan
from milepost.render.site import render_site

Render = Callable[..., dict[str, str]]
Versions = Sequence[object]

VECTORS = [
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='", "</title><script>alert(1)</script>",
    "</style><script>x",
    "<iframe src=javascript:alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
    "{{ 7 * 7 }}{% raw %}", "--><script>alert(1)",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "`onclick=alert(1)`",
    "\u202e<script>\x00alert(1)\x1b</script>", "https://example.org/\"onclick=alert(1)", "<base href=//evil.example>",
]  # fmt: skip

_EMPTY = {"meta", "link", "br", "hr", "img", "input", "path", "circle", "rect"}


class Reader(HTMLParser):
    """Collects what a browser would see of a page: elements, attributes, ids and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.depth: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _EMPTY:
            self.depth.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.depth and self.depth[-1] == tag, (tag, self.depth[-3:])
        self.depth.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, name: str) -> Iterator[tuple[str, str]]:
        return ((tag, attributes[name]) for tag, attributes in self.elements if name in attributes)


def hostile(vector: str) -> dict[Ref, Mapping[str, Value]]:
    """One text in every field that holds text, and in ids."""
    beta, task = Ref("milestone", vector), Ref("task", f"{vector}/{vector}")
    common: dict[str, Value] = {
        "title": vector, "owner": vector, "notes": f"{vector}\n\n{vector}", "labels": [vector], "was": [vector],
        "links": [vector, "https://example.org/ok"], "outcome": vector, "achievable": vector, "goal": vector,
        "priority": vector, "value": vector, "blocked": {"since": "2026-01-01", "by": vector, "owner": vector},
        "measures": [{"text": vector, "met": "2026-01-02"}, {"text": vector}], "because": {"scope": vector},
        "depends_on": [vector, "other"], "audience": vector, vector: vector,
        "raci": {"responsible": {vector: vector}, "consulted": [vector], "informed": [vector, "ada"]},
        "shipped": {"note": vector, "thanks": [vector]}, "votes": {vector: {"feasible": "2", "says": vector}},
    }  # fmt: skip
    return {
        PLAN: {"title": vector, "vision": vector, "repository": vector},
        Ref("person", vector): {"name": vector},
        Ref("release", vector): {"due": "2026-12-01"},
        Ref("goal", vector): {**common, "measure": vector, "due": "2027-Q1", "serves": vector},
        beta: {**common, "due": "2026-12-14", "commitment": "promise"},
        Ref("milestone", "other"): {**common, "due": vector, "depends_on": [vector]},
        Ref("milestone", "shipped"): {**common, "due": "2026-01-05", "finished": "2026-01-04"},
        task: {**common, "estimate": "2d"},
        Ref("feedback", vector): {
            "about": vector, "date": "2026-01-09", "from": vector, "said": f"{vector}\n\n{vector}", "score": "4",
            "leads_to": [vector, "other"], "notes": vector,
        },
        Ref("risk", vector): {
            **common, "threatens": [vector], "response": vector, "trigger": vector,
            "probability": "10%", "impact": "2d",
            "mitigation": [{"action": vector, "owner": vector}, {"action": vector, "done": "2026-01-01"}],
        },
        Ref("sprint", vector): {
            **common, "start": "2026-01-05", "end": "2026-01-16", "items": [f"task:{vector}/{vector}", vector],
        },
    }  # fmt: skip


@pytest.fixture
def hostile_pages(render: Render, version: Callable[..., object]) -> Callable[[str], dict[str, str]]:
    """Renders a plan whose every text is one vector, and has been another one before."""

    def render_hostile(vector: str) -> dict[str, str]:
        items = hostile(vector)
        before = {ref: {**fields, "title": vector * 2, "due": "2026-10-01"} for ref, fields in items.items()}
        return render(
            [
                version(date(2026, 1, 1), before, vector, vector),
                version(date(2026, 2, 1), items, vector, vector),
            ]
        )

    return render_hostile


@pytest.mark.parametrize("vector", VECTORS)
def test_foreign_text_never_becomes_markup(vector: str, hostile_pages: Callable[[str], dict[str, str]]) -> None:
    for path, html in hostile_pages(vector).items():
        if not path.endswith(".html"):
            continue
        page = Reader(html)
        assert not page.depth, path
        assert not {tag for tag, _ in page.elements} & {
            "script",
            "style",
            "iframe",
            "base",
            "object",
            "embed",
            "form",
            "img",
        }
        for _, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "action")]
        for _, target in (*page.all("href"), *page.all("src"), *page.all("xlink:href")):
            assert target.startswith(("https://github.com/", "https://example.org/ok", "#")) or ":" not in target, (
                target
            )
        assert not {character for character in html if ord(character) < 32 and character not in "\n\t"}


@pytest.mark.parametrize("vector", [VECTORS[0], "Public beta & <friends>"])
def test_foreign_text_is_shown_as_it_was_written(vector: str, hostile_pages: Callable[[str], dict[str, str]]) -> None:
    pages = hostile_pages(vector)
    assert all(vector in "".join(Reader(html).text) for path, html in pages.items() if path.endswith(".html"))


@pytest.mark.parametrize("story", ["heron", "crowd", "nothing", "hostile"])
def test_every_link_leads_somewhere(
    story: str, request: pytest.FixtureRequest, stories: Mapping[str, Versions]
) -> None:
    render: Render = request.getfixturevalue("render")
    hostile_pages: Callable[[str], dict[str, str]] = request.getfixturevalue("hostile_pages")
    pages = hostile_pages(VECTORS[1]) if story == "hostile" else render(stories[story])
    read = {path: Reader(html) for path, html in pages.items() if path.endswith(".html")}
    anchors = {path: [id for _, id in page.all("id")] for path, page in read.items()}
    for path, page in read.items():
        assert len(set(anchors[path])) == len(anchors[path]), f"{path} uses an id twice"
        for _, target in (*page.all("href"), *page.all("src")):
            if target.startswith("https://"):
                continue
            file, _, anchor = target.partition("#")
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            assert goal in pages, f"{path} links to {target}"
            assert not anchor or anchor in anchors[goal], f"{path} links to {target}"


@pytest.mark.parametrize("story", ["heron", "crowd", "nothing"])
def test_every_page_is_built_as_readers_need_it(story: str, render: Render, stories: Mapping[str, Versions]) -> None:
    for path, html in render(stories[story]).items():
        if not path.endswith(".html"):
            continue
        page = Reader(html)
        assert not page.depth, path
        tags = [tag for tag, _ in page.elements]
        assert (tags.count("h1"), tags.count("main"), tags.count("title") >= 1) == (1, 1, True), path
        assert next(attributes for tag, attributes in page.elements if tag == "html")["lang"] == "en"
        ids = {id for _, id in page.all("id")}
        assert {label for _, label in page.all("aria-labelledby")} <= ids, path
        policy = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert policy and policy[0].startswith("default-src 'none'")
        assert "None" not in html and "Undefined" not in html, path


def test_a_milestones_page_tells_roles_thanks_and_feedback(render: Render, stories: Mapping[str, Versions]) -> None:
    pages = render(stories["heron"])
    text = " ".join(" ".join(Reader(pages["milestones/importer.html"]).text).split())
    assert "Importer Ten data sets load without help. Thanks to Ada Bright ." in text
    assert "Responsible Ada Bright : writes the reader Consulted legal" in text
    assert "Feedback It just worked. six testers , 14 Sep 2026 · 4 of 5 · led to Public beta" in text
    front = " ".join(" ".join(Reader(pages["index.html"]).text).split())
    assert "Ten data sets load without help. Thanks to Ada Bright ." in front
    other = "".join(Reader(pages["milestones/audit.html"]).text)
    assert not [word for word in ("Feedback", "Thanks", "Responsible", "Informed") if word in other]


def test_nobody_sees_who_voted_what(render: Render, stories: Mapping[str, Versions]) -> None:
    pages = render(stories["heron"])
    assert "nobody has seen the data" in str(stories["heron"])
    assert not [path for path, html in pages.items() if "nobody has seen the data" in html or "Votes" in html]


def test_paths_are_safe_where_upper_and_lower_case_are_the_same(
    render: Render, stories: Mapping[str, Versions]
) -> None:
    paths = list(render(stories["crowd"]))
    assert len({path.casefold() for path in paths}) == len(paths)
    assert all(path.isascii() and ".." not in path and not path.startswith("/") for path in paths)


def test_the_front_page_begins_with_the_worst_promise(render: Render, stories: Mapping[str, Versions]) -> None:
    text = " ".join("".join(Reader(render(stories["heron"])["index.html"]).text).split())
    assert "\u2068Public beta\u2069 is promised for 14 December." in text
    assert "It has moved twice, 46 days in all. First said: 29 Oct." in text
    assert "Scope Sales needs single sign-on" in text
    assert "1 of 2 success criteria met" in text
    assert "4 days later than first said" in text


def test_every_item_can_be_edited_where_the_address_is_known(render: Render, stories: Mapping[str, Versions]) -> None:
    pages = render(stories["heron"])
    assert "https://github.com/example/heron/edit/main/plan/milestones/public-beta.yaml" in pages["index.html"]
    assert "https://github.com/example/heron/edit/main/plan/risks/vendor.yaml" in pages["risks.html"]
    without = render(stories["heron"], None)
    assert not any("Suggest a change" in html for path, html in without.items() if path.endswith(".html"))


def test_a_page_says_where_the_date_came_from(render: Render, stories: Mapping[str, Versions]) -> None:
    page = render(stories["heron"])["milestones/public-beta.html"]
    text = " ".join("".join(Reader(page).text).split())
    assert text.index("29 Oct 2026") < text.index("vendor API came two weeks late") < text.index("Sales needs")
    assert "+11 d" in text and "+35 d" in text
    assert "10 % × 5 to 15 days" in text


def test_what_concerns_a_persons_own_time_is_not_shown(render: Render, version: Callable[..., object]) -> None:
    fields: dict[str, Value] = {
        "title": "Beta", "due": "2026-12-14", "votes": {"ada": "SECRET"}, "actual": "99d",
    }  # fmt: skip
    person: dict[str, Value] = {"name": "Ada", "works": "SECRET", "away": ["2026-01-01"], "email": "SECRET@example.org"}
    pages = render([version(date(2026, 1, 1), {Ref("milestone", "beta"): fields, Ref("person", "ada"): person})])
    assert not any("SECRET" in html or "99d" in html for html in pages.values())


def test_an_empty_plan_says_what_to_do(render: Render, stories: Mapping[str, Versions]) -> None:
    pages = render(stories["nothing"])
    assert "plan/milestones/first-release.yaml" in pages["index.html"]
    assert "due: 2027-02-15" in pages["index.html"]
    assert "milepost finish ID --actual 3d" in pages["accuracy.html"]
    assert "Can you believe these dates?" not in pages["index.html"]
    assert set(pages) == {
        "favicon.svg", "style.css", "index.html", "timeline.html", "progress.html", "slip.html", "risks.html",
        "changes.html", "accuracy.html", "forecast.html", "feed.xml",
    }  # fmt: skip


_DIGEST = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("stories", sys.argv[1])
stories = importlib.util.module_from_spec(spec)
sys.modules["stories"] = stories
spec.loader.exec_module(stories)
digest = hashlib.sha256()
for versions in (stories.heron(), stories.crowd(60)):
    for page in stories.render_site(*stories.tell(versions), stories.TODAY, stories.ADDRESS):
        digest.update(page.path.encode() + b"\\0" + page.content + b"\\0")
print(digest.hexdigest())
"""


def test_bytes_are_the_same_everywhere(tmp_path: Path) -> None:
    digests = set()
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles")):
        command = [sys.executable, "-c", _DIGEST, str(Path(__file__).parents[1] / "conftest.py")]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": "C",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_plan_without_any_history_is_shown_too(told: Callable[..., tuple[Plan, History]]) -> None:
    plan, history = told({"public-beta": {"due": "2026-12-14"}})
    bare = History("main", history.tip, ())
    pages = {page.path: page.content.decode() for page in render_site(plan, bare, date(2026, 11, 23), None)}
    assert "No date has been said yet" in pages["slip.html"]
    assert "No date has been accepted for it yet" in pages["milestones/public-beta.html"]


def timeline(render: Render, version: Callable[..., object], **tasks: dict[str, Value]) -> str:
    listed: list[Value] = [{"id": id, "title": f"Task {id}", **fields} for id, fields in tasks.items()]
    beta: dict[str, Value] = {"id": "beta", "title": "Beta", "due": "2026-12-18", "owner": "ada", "tasks": listed}
    items: dict[Ref, dict[str, Value]] = {PLAN: {"title": "Heron", "people": {"ada": {"name": "Ada"}}}}
    items[Ref("milestone", "beta")] = beta
    for id, fields in tasks.items():
        items[Ref("task", f"beta/{id}")] = {"id": id, "title": f"Task {id}", **fields}
    return render([version(date(2026, 11, 20), items)])["timeline.html"]


def test_the_timeline_draws_what_is_scheduled_and_says_it_in_a_table(
    render: Render, version: Callable[..., object]
) -> None:
    driving = re.compile(r'class="row is-planned is-task is-driving">\s*<title>Task (\w)')
    page = timeline(render, version, a={"estimate": "3d"}, b={"estimate": "2d"}, c={})
    assert not driving.search(page)  # c has no estimate, so there is no end to drive
    page = timeline(render, version, a={"estimate": "3d"}, b={"estimate": "2d", "depends_on": ["a"]})
    assert driving.findall(page.partition('<div class="on-paper">')[0]) == ["a", "b"]
    assert "Task b: work from 26 Nov 2026 to 27 Nov 2026, float 0 d, on the driving path" in page
    assert re.search(r'<tr class="is-task">\s*<th scope="row"><a[^>]*><bdi>Task b', page)


def test_the_key_of_a_timeline_explains_what_is_drawn_and_nothing_else(
    render: Render, version: Callable[..., object]
) -> None:
    def key(**beta: Value) -> list[str]:
        page = render([version(date(2026, 11, 20), {Ref("milestone", "beta"): {"title": "Beta", **beta}})])
        listed = page["timeline.html"].partition('aria-label="Key">')[2].partition("</ul>")[0]
        return re.findall(r"</svg>(.*?)</li>", listed)

    assert key(due="2027-03-01") == ["Planned"]
    assert key(due="2026-11-01") == ["Overdue"]
    assert key(due="2027-03-01", estimate="3d..9d")[:2] == ["Work, and the date", "On the driving path"]


def test_a_timeline_without_a_schedule_says_why(render: Render, version: Callable[..., object]) -> None:
    page = timeline(render, version, a={"estimate": "3d", "depends_on": ["a"]})
    assert "No work is scheduled: <bdi>beta/a depends on itself, so no date can be told.</bdi>" in page
    assert "<svg" in page


def test_a_timeline_has_a_drawing_of_its_own_for_paper(render: Render, version: Callable[..., object]) -> None:
    near: dict[Ref, dict[str, Value]] = {Ref("milestone", "near"): {"title": "Near", "due": "2027-03-01"}}
    far: dict[Ref, dict[str, Value]] = {Ref("milestone", "far"): {"title": "Far", "due": "2031-03-01"}}

    def drawn(plan: dict[Ref, dict[str, Value]]) -> tuple[str, str]:
        page = render([version(date(2026, 11, 20), plan)])["timeline.html"]
        screen, _, paper = page.partition('class="on-paper"')
        return screen, paper.partition("</div>")[0]

    screen, paper = drawn(near | far)
    assert "<title>Near" in screen and "<title>Far" in screen
    assert "<title>Near" in paper and "<title>Far" not in paper
    assert "Drawn on paper: what ends between" in paper
    assert "<svg" not in drawn(far)[1]
    assert "<title>Near" in drawn(near)[1] and "Drawn on paper" not in drawn(near)[1]


def test_of_a_crowd_of_risks_the_largest_are_seen_and_the_others_unfold(
    render: Render, version: Callable[..., object]
) -> None:
    many: dict[Ref, dict[str, Value]] = {
        Ref("risk", f"r{n}"): {"title": f"Risk {n}", "probability": "50%", "impact": f"{n + 1}d"} for n in range(100)
    }
    over: dict[Ref, dict[str, Value]] = {Ref("risk", "over"): {"title": "Over", "closed": "2026-11-01"}}
    page = render([version(date(2026, 11, 20), many | over)])["risks.html"]
    assert "<h1>100 open risks</h1>" in page
    seen, _, folded = page.partition("<details")
    assert seen.count("<article") == 12 and 'id="risk-r99"' in seen and 'id="risk-r87"' not in seen
    assert folded.count("<article") == 89 and 'id="risk-over"' in folded.partition('id="over"')[2]
    assert "48 more, none of them larger than these" in folded
    few = render([version(date(2026, 11, 20), {Ref("risk", "r1"): many[Ref("risk", "r1")]})])["risks.html"]
    assert "<details" not in few


def test_a_timeline_of_what_is_long_past_says_so(render: Render, version: Callable[..., object]) -> None:
    beta: dict[str, Value] = {"title": "Beta", "due": "2002-11-15", "finished": "2002-11-15"}
    page = render([version(date(2002, 11, 15), {Ref("milestone", "beta"): beta})])["timeline.html"]
    assert "Nothing was reached since" in page and "All dates are in the table." in page
    assert "No milestone has a date yet" not in page and "Reached" in page
