"""The site in a real browser: from a folder and from a server, narrow and wide, light and dark, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = [
    "index.html", "timeline.html", "forecast.html", "progress.html", "slip.html", "risks.html", "changes.html",
    "accuracy.html", "goals/self-serve.html", "milestones/public-beta.html",
]  # fmt: skip
CROWDED = [
    "index.html",
    "timeline.html",
    "forecast.html",
    "progress.html",
    "slip.html",
    "risks.html",
    "changes.html",
    "accuracy.html",
    "milestones/item-3.html",
]

_TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  return box.right > innerWidth + 1 && !e.closest(".scroller, .table") && !e.closest(".unseen") && box.width > 1;
}).map(e => e.outerHTML.slice(0, 120))"""

#: What is left of a page within its margins of 14 mm, in px: how wide it is, and how high.
PAPER = {"A4": (688, 1016), "Letter": (710, 950)}

_OFF_PAPER = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  return (box.right > innerWidth + 1 || box.left < -1) && !e.closest(".unseen, defs") && box.width > 1;
}).map(e => e.outerHTML.slice(0, 120))"""

_FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const href = e.getAttribute("href") ?? "";
  return [e.tagName + " " + href + " " + (e.className.baseVal ?? e.className), style.outlineStyle, style.outlineWidth];
}"""

_ADDRESSES = "links => links.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"

_AT_THE_END = "document.activeElement === document.body || document.activeElement.matches('.skip')"

_REACHABLE = """() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
  .filter(e => !(e.tagName === "SUMMARY" ? e.parentElement.parentElement : e).closest("details:not([open])"))
  .filter(e => e.getClientRects().length).length"""


@pytest.mark.parametrize("path", PAGES)
def test_it_opens_from_a_folder(page: Page, problems: list[str], demo_site: Path, path: str) -> None:
    page.goto((demo_site / path).as_uri())
    assert page.locator("h1").count() == 1
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the style sheet did not load"
    assert problems == []


@pytest.mark.parametrize("path", PAGES)
def test_it_works_below_a_sub_path_and_asks_nobody_else(
    page: Page, problems: list[str], asked: list[str], served: str, path: str
) -> None:
    page.goto(served + path)
    page.locator("header .brand").click()
    page.wait_for_url(served + "index.html")
    assert problems == []
    assert all(address.startswith(served) for address in asked)


def test_every_page_can_be_reached_by_its_links(page: Page, problems: list[str], served: str) -> None:
    waiting, known = ["index.html"], {"index.html"}
    while waiting:
        page.goto(served + waiting.pop())
        for address in page.eval_on_selector_all("a[href]", _ADDRESSES):
            path = address.removeprefix(served).partition("#")[0]
            if address.startswith(served) and path not in known:
                known.add(path)
                waiting += [path] if path.endswith(".html") else []
    assert {*PAGES, "feed.xml"} <= known
    assert problems == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_wider_than_the_screen(page: Page, demo_site: Path, crowded_site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in [*((demo_site / path).as_uri() for path in PAGES), *((crowded_site / p).as_uri() for p in CROWDED)]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, page.evaluate(_TOO_WIDE))


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, demo_site: Path, path: str) -> None:
    page.goto((demo_site / path).as_uri())
    expected, reached = page.evaluate(_REACHABLE), []
    for _ in range(expected):
        page.keyboard.press("Tab")
        name, style, width = page.evaluate(_FOCUSED)
        assert style != "none" and width != "0px", f"no focus to be seen on {name}"
        reached.append(name)
    assert reached[0].startswith("A #main")
    page.keyboard.press("Tab")
    assert page.evaluate(_AT_THE_END), reached[-3:]


def test_the_skip_link_leads_to_the_content(page: Page, demo_site: Path) -> None:
    page.goto((demo_site / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_bar_and_a_line_are_links_with_names(page: Page, demo_site: Path) -> None:
    for path in ("timeline.html", "slip.html"):
        page.goto((demo_site / path).as_uri())
        link = page.get_by_role("group").get_by_role("link", name="Public beta")
        link.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/milestones/public-beta.html")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_timeline_opens_where_today_is_and_can_be_scrolled_from_there(
    page: Page, demo_site: Path, crowded_site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for site in (demo_site, crowded_site):
        page.goto((site / "timeline.html").as_uri())
        box, scroller = page.locator("#today").bounding_box(), page.locator(".opens-at-today").bounding_box()
        assert box and scroller and scroller["x"] <= box["x"] <= scroller["x"] + scroller["width"] * 0.7
        page.wait_for_timeout(300)
        page.locator(".opens-at-today").evaluate("box => box.scrollLeft = 0")
        page.wait_for_timeout(100)
        assert page.locator(".opens-at-today").evaluate("box => box.scrollLeft") == 0


def test_today_can_be_brought_into_view(page: Page, demo_site: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((demo_site / "timeline.html").as_uri())
    page.get_by_role("link", name="Go to today").click()
    box = page.locator("#today").bounding_box()
    assert box and 0 <= box["x"] <= 360


def test_a_phone_does_not_show_cells_without_anything_in_them(page: Page, demo_site: Path) -> None:
    page.goto((demo_site / "timeline.html").as_uri())
    empty = page.locator("td:has(.nothing)")
    assert empty.count() > 10 and empty.first.is_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    assert not any(cell.is_visible() for cell in empty.all()[:20])


def test_labels_below_a_forecast_do_not_touch_on_a_phone(page: Page, demo_site: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((demo_site / "forecast.html").as_uri())
    for picture in page.locator(".likelihood").all():
        sure = [box for label in picture.locator("text.sure").all() if (box := label.bounding_box())]
        months = [box for label in picture.locator(".tick:visible").all() if (box := label.bounding_box())]
        assert max(box["y"] + box["height"] for box in sure) <= min(box["y"] for box in months)


def test_targets_are_large_enough(page: Page, demo_site: Path) -> None:
    page.goto((demo_site / "timeline.html").as_uri())
    boxes = [link.bounding_box() for link in page.locator(".timeline a.row:visible").all()]
    assert boxes and all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_systems_colours(browser: Browser, demo_site: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((demo_site / "index.html").as_uri())
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        *((path, "light") for path in PAGES),
        *(
            (path, "dark")
            for path in ("index.html", "forecast.html", "slip.html", "risks.html", "accuracy.html", PAGES[-1])
        ),
    ],
)
def test_axe_finds_nothing(browser: Browser, demo_site: Path, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((demo_site / path).as_uri())
    results = Axe().run(page)
    context.close()
    assert results.violations_count == 0, results.generate_report()


def test_a_link_to_a_risk_that_is_folded_away_unfolds_it(page: Page, demo_site: Path) -> None:
    page.goto((demo_site / "milestones" / "read-aloud.html").as_uri())
    page.get_by_role("link", name="A new release of a screen reader breaks our labels").first.click()
    page.get_by_text("One of the three screen readers announces a new release").wait_for(state="visible")


def test_a_page_can_be_printed(page: Page, demo_site: Path) -> None:
    page.emulate_media(media="print")
    page.goto((demo_site / "milestones" / "public-beta.html").as_uri())
    assert not page.locator(".suggest").first.is_visible()
    assert not page.locator(".top nav").is_visible()


@pytest.mark.parametrize("paper", PAPER)
def test_nothing_is_wider_than_paper_and_no_picture_is_higher(
    page: Page, demo_site: Path, crowded_site: Path, paper: str
) -> None:
    width, height = PAPER[paper]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    for address in [*((demo_site / path).as_uri() for path in PAGES), *((crowded_site / p).as_uri() for p in CROWDED)]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, page.evaluate(_OFF_PAPER))
        assert page.evaluate(_OFF_PAPER) == [], address
        boxes = [box for picture in page.locator("svg.chart:visible").all() if (box := picture.bounding_box())]
        assert all(box["height"] <= height for box in boxes), address


def test_a_printed_timeline_is_a_drawing_for_paper(page: Page, demo_site: Path) -> None:
    page.set_viewport_size({"width": PAPER["A4"][0], "height": PAPER["A4"][1]})
    page.goto((demo_site / "timeline.html").as_uri())
    assert page.locator(".opens-at-today").is_visible() and not page.locator("main .on-paper").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".opens-at-today").is_visible()
    letters = page.locator("main .on-paper .label:visible").first.bounding_box()
    assert letters and letters["height"] >= 9  # px: seven points
