"""Which past versions stand for all where there are many, and what the site tells of what they would have said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.analyses.forecasts.prospects import foresee
from milepost.analyses.forecasts.replay import PastForecast, replay_forecasts
from milepost.analyses.forecasts.worlds import Settings
from milepost.model.history import History
from milepost.model.item import Value
from milepost.model.plan import Plan
from milepost.render.site import Replay, render_site
from tests.unit.conftest import TODAY, Version, milestone, tell

FEW = Settings(samples=100)
FIRST = date(2026, 1, 5)


class Memory(dict[str, Any]):
    """Keeps what was worked out, and which of it was asked for."""

    def put(self, key: str, value: Any) -> None:
        self[key] = value


def story(days: list[int], finished: int | None = None) -> tuple[Plan, History]:
    """A milestone whose estimate is another one on each of some days."""
    beta = milestone("beta")
    versions = [
        Version(FIRST + timedelta(days=day), {beta: {"title": "Beta", "due": "2026-06-01", "estimate": f"{10 + n}d"}})
        for n, day in enumerate(days)
    ]
    if finished is not None:
        end = (FIRST + timedelta(days=finished)).isoformat()
        done: dict[str, Value] = {"title": "Beta", "due": "2026-06-01", "estimate": "3d", "finished": end}
        versions.append(Version(FIRST + timedelta(days=finished), {beta: done}))
    return tell(versions)


def replayed(history: History, most: int | None = None, memo: Memory | None = None) -> tuple[PastForecast, ...]:
    return replay_forecasts(history, (), FEW, memo if memo is not None else Memory(), most=most)


def test_few_versions_are_all_looked_at() -> None:
    _, history = story([0, 0, 1, 8])
    assert len(replayed(history)) == len(replayed(history, 4)) == 4


def test_of_many_the_last_of_each_day_week_or_month_is() -> None:
    _, history = story([0, 0, 1, 8, 40])
    everything = replayed(history)
    assert replayed(history, 4) == (everything[1], everything[2], everything[3], everything[4])
    assert replayed(history, 3) == (everything[2], everything[3], everything[4])
    assert replayed(history, 2) == (everything[3], everything[4])


@settings(max_examples=15)
@given(st.lists(st.integers(0, 200), min_size=2, max_size=30))
def test_what_was_chosen_of_the_past_is_worked_out_once(days: list[int]) -> None:
    ordered = sorted(days)
    memo = Memory()
    replayed(story(ordered)[1], 8, memo)
    known = len(memo)
    replayed(story(ordered)[1], 8, memo)
    assert len(memo) == known


def pages(plan: Plan, history: History) -> dict[str, str]:
    replay = Replay(replayed(history), FEW)
    rendered = render_site(plan, history, TODAY, None, ahead=foresee(plan, history, TODAY), replay=replay)
    return {page.path: page.content.decode() for page in rendered}


def test_past_forecasts_are_a_band_on_the_milestones_own_chart() -> None:
    page = pages(*story([0, 20, 40]))["milestones/beta.html"]
    assert re.search(r'class="band" d="M[^"]+z"', page)
    assert "100 runs each; the model is today’s" in page


def told_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_record_tells_how_past_forecasts_did_and_on_how_many_it_rests() -> None:
    text = told_of(pages(*story(list(range(0, 60, 2)), finished=80))["accuracy.html"])
    assert re.search(r"Days called 80 % sure \d+ of 30", text)
    assert re.search(r"The Brier score of their chances is 0\.\d\d; always naming the base rate would have", text)
    assert "30 forecasts, 0 of which can’t be judged yet; the others are of 1 milestone." in text
    assert "The model and its defaults are today’s" in text
    assert "How likely due dates were called, and how often they were kept" in text


def test_a_diagram_is_drawn_only_where_there_is_enough() -> None:
    text = told_of(pages(*story([0, 2, 4], finished=80))["accuracy.html"])
    assert "How likely due dates were called, and how often" not in text
    assert "From 30 chances on" in text


def test_one_due_date_was_kept_and_more_were() -> None:
    one, more = (told_of(pages(*story(days, finished=80))["accuracy.html"]) for days in ([0], [0, 2]))
    assert "1 of 1 due date was kept." in one
    assert "2 of 2 due dates were kept." in more


def test_the_front_page_tells_of_days_that_held_where_there_are_enough() -> None:
    enough, few = (told_of(pages(*story(days, finished=80))["index.html"]) for days in (list(range(12)), [0, 1]))
    assert re.search(r"Of days that would have been called 80 % sure, for 1 milestone, \d+ of 12 held\.", enough)
    assert "called 80 % sure" not in few


Tell = Callable[..., tuple[Plan, History]]


def test_a_site_without_a_replay_says_nothing_of_it(told: Tell) -> None:
    plan, history = told({"beta": {"due": "2026-12-14", "estimate": "3d"}})
    rendered = {page.path: page.content.decode() for page in render_site(plan, history, TODAY, None)}
    assert "Forecasts that held" not in rendered["accuracy.html"]
    assert 'class="band"' not in rendered["milestones/beta.html"]
