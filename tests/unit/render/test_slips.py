"""What moved the dates, and which of them deserve a look."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import pytest

from milepost.analyses.breakdown import Breakdown, break_down
from milepost.analyses.slip import measure_slips
from milepost.analyses.trend import Trend
from milepost.model.history import History
from milepost.model.item import Ref, Value
from milepost.model.plan import Plan
from milepost.render.site.concerns import find_concerns, trend_sentence
from milepost.render.site.split import split_slips
from milepost.render.slip import trend_words
from tests.unit.render.test_site import Reader

TODAY = date(2026, 11, 23)
Tell = Callable[..., tuple[Plan, History]]
Render = Callable[..., dict[str, str]]
Versions = Sequence[object]

AMBER = (
    "Moving away: For every 30 days that go by, the date moves 11 days later (3 dates said so far). "
    "At that pace it is reached on 4 June 2027."
)


def broken(told: Tell, *versions: Mapping[str, Value], is_open: bool = True) -> Breakdown:
    _, history = told(*({"beta": version} for version in versions))
    found = break_down(measure_slips(history)[0], is_open, TODAY)
    assert found
    return found


def test_reasons_add_up_and_what_nobody_explained_comes_last(told: Tell) -> None:
    one = broken(
        told,
        {"due": "2026-03-02"},
        {"due": "2026-03-12"},
        {"due": "2026-04-01", "because": {"scope": "more"}},
        {"due": "2026-03-28", "because": {"risk": "less"}},
        {"due": "2026-03-28", "because": {"risk": "less"}, "finished": "2026-04-04"},
    )
    split = split_slips([one])
    assert split
    assert [(row.label, row.moves, row.days, row.tone) for row in split.rows] == [
        ("Scope", 1, 20, "later"),
        ("Risk", 1, -4, "earlier"),
        ("No reason given", 1, 10, "open-later"),
        ("Not announced", 0, 7, "open-later"),
    ]
    assert (split.moves, split.total) == (3, sum(row.days for row in split.rows))


def test_a_date_that_stands_has_nothing_to_split(told: Tell) -> None:
    assert split_slips([broken(told, {"due": "2026-12-01"})]) is None


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2026-10-24"], ["Passed: The date passed 30 days ago, and no new one was said."]),
        (["2026-12-24"], []),
        (["2026-12-01", "2026-12-12", "2026-12-22"], [AMBER]),
        (["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"], [
            "Always ahead: Each time a date was said, it was about 30 days ahead.",
            "Moving away fast", "Passed"]),
    ],
)  # fmt: skip
def test_dates_that_deserve_a_look_say_why(told: Tell, dates: list[str], words: list[str]) -> None:
    one = broken(told, *({"due": day} for day in dates))
    told_words = {f"{concern.word}: {concern.sentence}" for concern in find_concerns(one, True, TODAY)}
    assert len(told_words) == len(words)
    assert all(any(text.startswith(start) for text in told_words) for start in words), told_words
    assert not list(find_concerns(one, False, TODAY))


@pytest.mark.parametrize(
    ("slope", "meets", "end"),
    [
        (1.2, None, "At that pace it is never reached."),
        (0.4, TODAY + timedelta(days=10), "At that pace it is reached on 3 December 2026."),
        (0.4, TODAY - timedelta(days=10), "(4 dates said so far)."),
        (0.4, None, "(4 dates said so far)."),
    ],
)
def test_a_pace_is_told_as_far_as_it_means_something(slope: float, meets: date | None, end: str) -> None:
    assert trend_sentence(Trend(4, slope, meets), TODAY).endswith(end)


def test_a_date_that_is_reached_at_some_time_moves_slower_than_time() -> None:
    nearly = Trend(4, 0.996, date(2030, 5, 1))
    assert "the date moves 29 days later" in trend_sentence(nearly, TODAY)
    assert trend_words(nearly, TODAY).startswith("moves 0.99 days later for each day that goes by (n = 4); it would be")
    assert trend_words(Trend(4, 1.0, None), TODAY).startswith("moves 1.00 days later")
    assert trend_words(Trend(4, -0.001, None), TODAY).startswith("moves 0.00 days later")


def test_the_slip_page_says_what_moved_the_dates_and_leads_to_each_goal(
    render: Render, stories: Mapping[str, Versions]
) -> None:
    pages = render(stories["heron"])
    text = " ".join(" ".join(Reader(pages["slip.html"]).text).split())
    assert (
        "Scope 1 +35 d Dependency 1 +11 d Not announced between the date last said and the day it was reached – +4 d"
        in text
    )
    assert "In all 2 +50 d" in text
    assert "People publish without us 1 of 1 date moved later, +46 d in all" in text
    goal = " ".join(" ".join(Reader(pages["goals/self-serve.html"]).text).split())
    assert "1 of 1 date moved later" in goal
    assert "In all 2 +46 d" in goal and "Importer" not in goal
    own = " ".join(" ".join(Reader(pages["milestones/public-beta.html"]).text).split())
    assert "What moved it" in own and "In all 2 +46 d" in own


def test_a_goal_of_which_nothing_moved_later_says_so(render: Render, version: Callable[..., object]) -> None:
    items = {Ref("goal", "win"): {"title": "Win"}, Ref("milestone", "beta"): {"due": "2026-12-14", "goal": "win"}}
    text = " ".join(" ".join(Reader(render([version(date(2026, 1, 1), items)])["slip.html"]).text).split())
    assert "Win no date moved later, ±0 d in all" in text


def test_the_pages_of_a_goal_go_down_to_what_serves_it(render: Render, version: Callable[..., object]) -> None:
    items = {
        Ref("goal", "far"): {"title": "Far"},
        Ref("goal", "near"): {"title": "Near", "serves": "far"},
        Ref("goal", "now"): {"title": "Now", "serves": "near"},
        Ref("milestone", "deep"): {"title": "Deep", "due": "2026-12-14", "goal": "now"},
        Ref("milestone", "vague"): {"title": "Vague", "goal": "near"},
        Ref("milestone", "other"): {"title": "Other", "due": "2026-12-14"},
    }
    later = {**items, Ref("milestone", "deep"): {"title": "Deep", "due": "2026-12-24", "goal": "now"}}
    pages = render([version(date(2026, 1, 1), items), version(date(2026, 2, 1), later)])
    read = {path: " ".join(" ".join(Reader(page).text).split()) for path, page in pages.items()}
    assert "Far 1 of 1 date moved later, +10 d in all" in read["slip.html"]
    assert "1 of 1 date moved later" in read["goals/far.html"] and "Deep" in read["goals/far.html"]
    assert "Vague" in read["goals/far.html"] and "Other" not in read["goals/far.html"]
    assert "Vague" not in read["goals/now.html"]
    assert read["index.html"].count("0 of 2 milestones done.") == 2
    assert read["index.html"].count("0 of 1 milestone done.") == 1


def test_a_goal_without_dates_says_what_to_write(render: Render, version: Callable[..., object]) -> None:
    pages = render([version(date(2026, 1, 1), {Ref("goal", "win"): {"title": "Win"}})])
    assert "No milestone with a date serves it yet" in pages["goals/win.html"]


def test_a_date_that_deserves_a_look_says_so_in_both_places(render: Render, version: Callable[..., object]) -> None:
    days = ("2026-12-01", "2026-12-31", "2027-01-31")
    told = [
        version(date(2026, 3 + n, 1), {Ref("milestone", "beta"): {"title": "Beta", "due": due}})
        for n, due in enumerate(days)
    ]
    pages = render(told)
    for path in ("slip.html", "milestones/beta.html"):
        text = " ".join("".join(Reader(pages[path]).text).split())
        assert "Moving away fast" in text and "the date moves 30 days later (3 dates said so far)" in text


def test_a_long_table_is_folded(render: Render, stories: Mapping[str, Versions]) -> None:
    html = render(stories["crowd"])["slip.html"]
    assert "<summary>10 more</summary>" in html
    assert html.count('<th scope="row">') >= 60


def test_a_pace_stands_in_the_table_and_is_drawn_on_the_milestones_page(
    render: Render, version: Callable[..., object]
) -> None:
    days = ("2026-12-01", "2026-12-12", "2026-12-23")
    told = [
        version(date(2026, 9 + n, 1), {Ref("milestone", "beta"): {"title": "Beta", "due": due}})
        for n, due in enumerate(days)
    ]
    pages = render(told)
    assert '<td data-label="In 30 days" class="right"><span class="days is-later">+11 d</span>' in pages["slip.html"]
    assert pages["milestones/beta.html"].count('class="heading"') == 1
    assert "The dotted line goes on as the date has moved so far" in pages["milestones/beta.html"]
    few = render(told[:2])
    assert "In 30 d" not in few["slip.html"]
    assert "dotted line" not in few["milestones/beta.html"]


def test_what_was_all_said_today_draws_no_empty_chart(render: Render, version: Callable[..., object]) -> None:
    page = render([version(TODAY, {Ref("milestone", "beta"): {"title": "Beta", "due": "2027-03-15"}})])["slip.html"]
    assert "Everything was said on one day so far: there is no line to draw yet." in page
    assert 'class="chart trend' not in page
