"""The page of progress: all work and what is done of it, sprints, and the load of the team and of nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from milepost.model.item import PLAN, Ref, Value
from tests.unit.render.test_site import Reader

Render = Callable[..., dict[str, str]]
Make = Callable[..., object]
Page = Callable[..., str]

START = date(2026, 8, 3)  # a Monday; the site is that of 23 November


def text_of(html: str) -> str:
    return " ".join(" ".join(Reader(html).text).split())


@pytest.fixture
def page(render: Render, version: Make) -> Page:
    """The page of a plan whose sprints of two weeks each have two tasks of 4 days, of which so many are finished."""

    def render_page(*finished: int, people: int = 3, ahead: str = "9d") -> str:
        names = ["ada", "bo", "cy", "dana"][:people]
        persons: Mapping[Ref, Value] = {Ref("person", name): {"name": f"{name.title()} Zed"} for name in names}
        beta = {"title": "Beta", "due": "2027-06-01", "owner": "ada"}
        later: Value = {"title": "Later", "estimate": ahead, "owner": names[0]} if names else {"title": "Later"}
        versions = [version(START, {PLAN: {"title": "Heron"}, Ref("milestone", "beta"): beta, **persons,
                                    Ref("task", "beta/later"): later})]  # fmt: skip
        for number, count in enumerate(finished):
            begin = START + timedelta(weeks=2 * number)
            end = begin + timedelta(days=11)
            tasks = [f"beta/t{number}-{which}" for which in range(2)]
            items = {Ref("task", id): {"title": "Work", "estimate": "4d"} for id in tasks}
            sprint = {"start": str(begin), "end": str(end), "items": list(tasks)}
            versions.append(version(begin, {**items, Ref("sprint", f"s{number}"): sprint}))
            done = {"title": "Work", "estimate": "4d", "started": str(begin), "finished": str(end)}
            versions.append(version(end, {Ref("task", id): done for id in tasks[:count]}))
        return render(versions)["progress.html"]

    return render_page


def test_work_and_sprints_are_told_in_pictures_and_tables(page: Page) -> None:
    html = page(2, 1, 2)
    text = text_of(html)
    assert "20 of 33 days of listed work are done. The list has grown by 16 days" in text
    assert "Half of 3 sprints finished 8 days of work or more; all of them between 4 and 8." in text
    assert "s2 11 Sep 2026 8 8 s1 28 Aug 2026 4 8 s0 14 Aug 2026 8 8" in text
    names = [attributes for tag, attributes in Reader(html).elements if tag == "rect"]
    assert len([one for one in names if one.get("class", "").startswith("column")]) >= 3


def test_the_load_is_that_of_the_team(page: Page) -> None:
    html = page(2, 1, 2)
    text = text_of(html)
    assert "23 Nov 2026 5.0 15.0 30 Nov 2026 5.0 15.0 7 Dec 2026 3.0 15.0" in text
    for name in ("Ada", "Bo Zed", "Cy Zed"):
        assert name not in text
    few = text_of(page(2, people=2))
    assert "Fewer than three people work on this plan" in few
    assert "Week from" not in few


def test_what_is_not_there_yet_says_what_to_type(page: Page, render: Render, version: Make) -> None:
    assert "milepost sprint plan" in text_of(page())
    assert "One sprint is over so far; it finished 4 days of work." in text_of(page(1))
    nothing = text_of(render([version(START, {PLAN: {"title": "Heron"}})])["progress.html"])
    assert "No work is estimated yet" in nothing
    assert "milepost new person --name NAME" in nothing
    assert "No open work with an owner" in text_of(page(ahead="0d"))


def test_work_in_points_is_counted_in_points(render: Render, version: Make) -> None:
    tasks = {Ref("task", f"beta/{id}"): {"title": "T", "estimate": "5pt"} for id in "ab"}
    beta = {Ref("milestone", "beta"): {"title": "Beta", "due": "2027-06-01"}}
    pages = render([version(START, {PLAN: {"title": "Heron"}, **beta, **tasks})])
    assert "0 of 10 points of listed work are done." in text_of(pages["progress.html"])


@pytest.mark.parametrize(
    ("estimates", "words"),
    [(["1d"], "1 of 1 day of listed work is done."), (["1d", "3d"], "1 of 4 days of listed work is done."),
     (["2d", "3d"], "2 of 5 days of listed work are done.")],
)  # fmt: skip
def test_one_day_is_done_and_more_are(render: Render, version: Make, estimates: list[str], words: str) -> None:
    tasks = {Ref("task", f"beta/t{n}"): {"title": "T", "estimate": one} for n, one in enumerate(estimates)}
    tasks[Ref("task", "beta/t0")]["finished"] = str(START)
    beta = {Ref("milestone", "beta"): {"title": "Beta", "due": "2027-06-01"}}
    assert words in text_of(render([version(START, {PLAN: {"title": "Heron"}, **beta, **tasks})])["progress.html"])


@pytest.mark.parametrize(
    ("count", "estimate", "said"),
    [
        (8, "15pt", "1 item in points counts by the velocity of this team: a point is 4.0 h, by 8 finished tasks."),
        (7, "15pt", "How long a point takes is known from 8 finished tasks in points on (n = 7)."),
        (8, "5d", ""),
    ],
)
def test_where_a_schedule_is_drawn_it_is_said_how_long_a_point_is(
    render: Render, version: Make, count: int, estimate: str, said: str
) -> None:
    items: dict[Ref, Value] = {Ref("person", name): {"name": name.title()} for name in ("ada", "bo", "cy")}
    items |= {Ref("milestone", "alpha"): {"title": "Alpha", "finished": "2026-11-02"}}
    done: Value = {"title": "T", "estimate": "2pt", "finished": "2026-10-13", "actual": "1d"}
    items |= {Ref("task", f"alpha/t{number}"): done for number in range(count)}
    items |= {Ref("milestone", "beta"): {"title": "Beta", "due": "2027-06-01", "owner": "ada"}}
    items |= {Ref("task", "beta/a"): {"title": "T", "estimate": estimate}}
    pages = render([version(START, {PLAN: {"title": "Heron"}, **items})])
    timeline, progress = (text_of(pages[name]) for name in ("timeline.html", "progress.html"))
    if not said:
        assert "oint takes" not in timeline + progress and "point is" not in timeline + progress
        return
    assert said in timeline
    if count == 8:
        assert said in progress
        assert "23 Nov 2026 5.0 15.0 30 Nov 2026 2.5 15.0" in progress
    else:
        assert "No open work with an owner" in progress
