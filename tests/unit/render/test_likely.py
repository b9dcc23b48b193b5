"""How likely dates are, in words: a status for each milestone, and the first sentences of the front page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from milepost.analyses.forecasts.outlook import Basis, Bound, Outlook
from milepost.analyses.roadmap import Entry, standing_of
from milepost.analyses.sizes import Gap
from milepost.model.due import Commitment, Due
from milepost.model.item import PLAN, Ref, Value
from milepost.model.work import Milestone
from milepost.render.site.forecast import common_axis
from milepost.render.site.likely import (
    gap_words,
    likely_sentence,
    list_gaps,
    next_sentence,
    promises_headline,
    status_of,
    worst_promise,
)
from tests.unit.plans import milestone, plan_of
from tests.unit.render.test_site import Reader

TODAY = date(2027, 2, 22)
Render = Callable[..., dict[str, str]]
Make = Callable[..., object]


def entry(text: str = "id: beta, title: Beta, due: 2027-03-15, commitment: promise") -> Entry:
    found: Milestone = plan_of(milestone(f"{{{text}}}")).milestones[0]
    return Entry(found, standing_of(found, TODAY), None)


def outlook(
    chance: float | None, sure: date | None = date(2027, 3, 19), due: date | None = date(2027, 3, 15)
) -> Outlook:
    days = {p: Bound(sure) for p in (0.1, 0.5, 0.8, 0.9, 0.95)}
    return Outlook(
        item=Ref("milestone", "beta"), title="Beta", due=Due(due.isoformat(), due) if due else None,
        commitment=Commitment.PROMISE, basis=Basis.WORK, days=days, chance=chance,
        is_past=bool(due and due < TODAY),
    )  # fmt: skip


NOTHING = Outlook(item=Ref("milestone", "beta"), title="Beta", due=None, commitment=Commitment.TARGET)
STATUSES = {
    "likely": (outlook(0.8), "on_track", "On track"),
    "rounded up": (outlook(0.7999), "at_risk", "At risk"),
    "even": (outlook(0.5), "at_risk", "At risk"),
    "unlikely": (outlook(0.4999), "off_track", "Off track"),
    "past": (outlook(0.0, due=date(2027, 1, 4)), "off_track", "Off track"),
    "no forecast": (NOTHING, "no_forecast", "No forecast"),
    "no date": (outlook(None, due=None), "planned", "Planned"),
    "plan without forecasts": (None, "planned", "Planned"),
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_is_a_word_with_a_shape(name: str) -> None:
    one, tone, word = STATUSES[name]
    assert status_of(entry(), one) == (tone, word)


def test_what_is_done_is_done_whatever_was_forecast() -> None:
    assert status_of(entry("id: beta, title: Beta, finished: 2027-02-01"), outlook(0.1)).word == "Done"


HEADLINES = {
    (0.71,): "Beta is at risk.",
    (0.9,): "Beta is on track.",
    (0.71, 0.6): "Both promises are at risk, Beta first.",
    (0.84, 0.95): "Both promises are on track.",
    (0.71, 0.4): "Both promises are at risk or off track, Beta first.",
    (0.71, 0.9, 0.9): "One of 3 promises is at risk: Beta.",
    (0.4, 0.3, 0.9): "2 of 3 promises are off track, Beta first.",
    (0.4, 0.3, 0.2): "All 3 promises are off track, Beta first.",
    (0.85, 0.9, 0.99): "All 3 promises are on track.",
}


@pytest.mark.parametrize("chances", HEADLINES)
def test_the_headline_tells_how_all_promises_stand(chances: tuple[float, ...]) -> None:
    assert promises_headline([(entry(), outlook(chance)) for chance in chances], "Beta") == HEADLINES[chances]


def test_the_worst_promise_comes_first() -> None:
    past, unlikely, risky = outlook(0.0, due=date(2027, 1, 4)), outlook(0.2), outlook(0.6)
    fine, later = outlook(0.82), outlook(0.99)
    soon = entry("id: soon, title: Soon, due: 2027-03-01, commitment: promise")
    assert worst_promise([(entry(), one) for one in (fine, risky, unlikely, past)]) == (entry(), past)
    assert worst_promise([(entry(), one) for one in (fine, risky, unlikely)]) == (entry(), unlikely)
    assert worst_promise([(entry(), fine), (soon, later)]) == (soon, later), "all well: the next one"
    assert worst_promise([]) is None


def test_sentences() -> None:
    assert likely_sentence(outlook(0.71), TODAY) == "It is 71\u202f% likely; we are 80\u202f% sure of 19 March."
    assert likely_sentence(outlook(0.999), TODAY) == "It is >95\u202f% likely; we are 80\u202f% sure of 19 March."
    assert likely_sentence(outlook(0.0, due=date(2027, 1, 4)), TODAY) == "We are 80\u202f% sure of 19 March."
    assert likely_sentence(outlook(0.0, sure=None), TODAY) == (
        "It is <5\u202f% likely; of no day in 100 years are we 80\u202f% sure."
    )
    assert likely_sentence(NOTHING, TODAY) == likely_sentence(None, TODAY) == ""
    assert next_sentence(entry(), outlook(0.84), "Beta", TODAY) == "Next: Beta, 15 March, 84\u202f% likely."


def test_why_there_is_none_is_told_by_name() -> None:
    tasks = {Ref("task", "beta/a"): Gap.NO_ESTIMATE, Ref("task", "beta/b"): Gap.POINTS}
    one = Outlook(item=NOTHING.item, title="Beta", due=None, commitment=Commitment.TARGET, missing=tasks)
    assert [gaps.items for gaps in list_gaps(one)] == [(Ref("task", "beta/a"),), (Ref("task", "beta/b"),)]
    assert gap_words(one) == "No forecast yet: 2 tasks have no usable estimate"
    assert gap_words(NOTHING) == "No forecast yet: it has neither an estimate nor a date"


def text_of(html: str) -> str:
    return " ".join("".join(Reader(html).text).split())


def pages(render: Render, version: Make, **fields: Mapping[str, Value]) -> dict[str, str]:
    items = {Ref("milestone", id): {"title": id.title(), **more} for id, more in fields.items()}
    return render([version(date(2026, 11, 20), {PLAN: {"title": "Heron"}, **items})])


PROMISE: dict[str, Value] = {"due": "2026-12-14", "commitment": "promise"}


def test_the_front_page_tells_how_likely_promises_are(render: Render, version: Make) -> None:
    sure: dict[str, Value] = {**PROMISE, "estimate": "2d..4d"}
    told = pages(render, version, beta={**PROMISE, "estimate": "30d..60d"}, gamma=sure, delta=PROMISE)
    text = text_of(told["index.html"])
    assert "One of 2 promises is off track: \u2068Beta\u2069. \u2068Beta\u2069 is promised for 14 December." in text
    assert "It is <5 % likely; we are 80 % sure of" in text
    assert "One promise has no forecast." in text
    assert "Promised 14 Dec 80 % sure by 26 Nov >95 % likely" in text
    for word in ("On track", "Off track", "No forecast"):
        assert word in text
    assert "No forecast yet: it has no estimate that can be used" in text


def test_all_well_says_what_is_next(render: Render, version: Make) -> None:
    sure: dict[str, Value] = {**PROMISE, "estimate": "2d..4d"}
    text = text_of(pages(render, version, beta=sure, gamma={**sure, "due": "2026-12-18"})["index.html"])
    assert "Both promises are on track. Next: \u2068Beta\u2069, 14 December, >95 % likely." in text


def cells(html: str, label: str) -> dict[str, str]:
    """What tables say of each title under a heading."""
    cell = rf'<th scope="row">((?:(?!</tr>).)*?)</th>(?:(?!</tr>).)*?<td data-label="{label}">(.*?)</td>'
    return {text_of(title): text_of(said) for title, said in re.findall(cell, html, re.DOTALL)}


def test_no_page_calls_a_date_by_another_word_than_the_roadmap(render: Render, version: Make) -> None:
    long: dict[str, Value] = {**PROMISE, "estimate": "30d..60d", "started": "2026-11-02"}
    told = pages(
        render, version, beta=long, gamma={**PROMISE, "estimate": "2d..4d"}, delta=PROMISE,
        omega={"due": "2026-11-02", "estimate": "2d..4d"}, done={"due": "2026-11-02", "finished": "2026-11-03"},
    )  # fmt: skip
    said = {"Beta": "Off track", "Gamma": "On track", "Delta": "No forecast", "Omega": "Off track"}
    front = text_of(told["index.html"])
    assert all(f"{title} {word}" in front for title, word in said.items())
    assert cells(told["slip.html"], "Status") == {**said, "Done": "Done"}
    dates = cells(told["timeline.html"], "Date")
    assert {title: dates.pop(title).split(" ", 4)[-1] for title in said} == said
    assert dates == {"Done": "Reached 3 Nov 2026"}
    work = {"Beta": "In progress", "Gamma": "Planned", "Delta": "Planned", "Omega": "Planned", "Done": "Done"}
    assert cells(told["timeline.html"], "Work") == work


def test_without_any_forecast_tables_say_what_the_roadmap_says(render: Render, version: Make) -> None:
    told = pages(render, version, beta=PROMISE, omega={"due": "2026-11-02"})
    for page in ("slip.html", "timeline.html"):
        assert cells(told[page], "Status") == {"Beta": "Planned", "Omega": "Overdue"}
    assert cells(told["timeline.html"], "Work") == {}


def test_a_plan_without_estimates_keeps_its_page_and_says_what_one_would_add(render: Render, version: Make) -> None:
    told = pages(render, version, beta=PROMISE)
    text = text_of(told["index.html"])
    assert "\u2068Beta\u2069 is promised for 14 December." in text
    assert "Planned" in text and "No forecast" not in text and "likely;" not in text
    assert "How likely each date is, one estimate would say: milepost set beta estimate=8d..20d" in text
    forecast = text_of(told["forecast.html"])
    assert (
        "No date can be forecast yet." in forecast and "Beta" in forecast and "It is without an estimate." in forecast
    )


def test_a_circle_still_makes_a_site(render: Render, version: Make) -> None:
    told = pages(render, version, beta={"estimate": "2d", "depends_on": ["gamma"]}, gamma={"depends_on": ["beta"]})
    assert "There is no forecast: " in text_of(told["forecast.html"])
    assert "Why there is no forecast" in text_of(told["index.html"])


def test_the_forecast_page_shows_each_date_and_says_it_in_a_table(render: Render, version: Make) -> None:
    risk: dict[str, Value] = {
        "title": "Rain", "threatens": ["beta"], "probability": "60%", "impact": "5d..9d",
        "mitigation": [{"action": "Bring umbrellas", "probability": "5%"}],
    }  # fmt: skip
    beta: dict[str, Value] = {"title": "Beta", **PROMISE, "estimate": "6d..18d"}
    items = {PLAN: {"title": "Heron"}, Ref("milestone", "beta"): beta, Ref("risk", "rain"): risk}
    told = render([version(date(2026, 11, 20), items)])
    page = told["forecast.html"]
    text = text_of(page)
    assert re.search(r"Promised 14 Dec: \d\d % likely\.", text)
    assert re.search(r"As likely as not by \d+ Dec, 80 % sure by \d+ \w+( 2027)?, 95 % by", text)
    assert 'class="part is-late"' in page and 'class="part"' in page
    assert "they do not add up" in text and "Rain" in text and "Bring umbrellas" in text
    assert "10,000 runs, seed 1, inputs" in text
    assert "Start by, to be 80 % sure of the date" in text
    own = text_of(told["milestones/beta.html"])
    assert "When it is likely to be reached" in own and "Forecast80 % sure by" in own
    assert "as likely as not by" in told["timeline.html"] and 'class="whisker"' in told["timeline.html"]
    risks = text_of(told["risks.html"])
    assert re.search(r"Rain most for Beta Bring umbrellas: would save \d\.\d d\+\d\.\d d\+\d\.\d d", risks)


def test_nobodys_load_is_on_the_forecast_page(render: Render, version: Make) -> None:
    beta: dict[str, Value] = {"title": "Beta", **PROMISE, "estimate": "6d..18d", "owner": "ada"}
    items = {PLAN: {"title": "Heron"}, Ref("person", "ada"): {"name": "Ada Bright"}, Ref("milestone", "beta"): beta}
    assert "Ada Bright" not in render([version(date(2026, 11, 20), items)])["forecast.html"]


def test_goals_have_the_row_that_a_milestone_has(render: Render, version: Make) -> None:
    goal: dict[str, Value] = {"title": "Everyone can", "due": "2027-06-30"}
    beta: dict[str, Value] = {"title": "Beta", **PROMISE, "estimate": "6d..18d", "goal": "win"}
    vague: dict[str, Value] = {"title": "Vague", "goal": "far"}
    items = {PLAN: {"title": "Heron"}, Ref("goal", "win"): goal, Ref("goal", "far"): {"title": "Far"}}
    items |= {Ref("goal", "idle"): {"title": "Idle"}, Ref("milestone", "beta"): beta, Ref("milestone", "v"): vague}
    told = render([version(date(2026, 11, 20), items)])
    text = text_of(told["forecast.html"])
    row = r"Everyone canOn track 30 Jun 2027>95 %(\d+ \w+ 202\d){4}the work that is left"
    assert re.search(row, text)
    assert "Far Without an estimate: Vague" in text and "Idle" not in text
    front = text_of(told["index.html"])
    card = r"Everyone can\s*On track .*0 of 1 milestone done\. 80 % sure by \d+ \w+( 2027)? >95 % likely"
    assert re.search(card, front)
    own = text_of(told["goals/win.html"])
    assert "When it is likely to be reached By 30 Jun 2027: >95 % likely. As likely as not by" in own
    assert 'class="chart likelihood"' in told["goals/win.html"]
    assert "No forecast: Without an estimate: Vague." in text_of(told["goals/far.html"])
    assert "When it is likely" not in told["goals/idle.html"]


def test_a_long_title_is_cut_in_the_headline_and_whole_below(render: Render, version: Make) -> None:
    title = "Everybody in every town " * 8
    long: dict[str, Value] = {**PROMISE, "estimate": "30d..60d", "title": title.strip()}
    page = pages(render, version, beta=long)["index.html"]
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert headline and "…" in headline[1] and len(headline[1]) < 100
    assert f"{title.strip()}\u2069 is promised for 14 December." in page


def test_the_latest_move_has_the_colour_of_its_direction(render: Render, version: Make) -> None:
    said: dict[str, Value] = {"title": "Beta", "due": "2026-12-14"}
    for day, tone in (("2026-12-01", "earlier"), ("2026-12-20", "later")):
        moved: dict[str, Value] = {**said, "due": day, "because": {"scope": "so"}}
        versions = [
            version(date(2026, number, 1), {Ref("milestone", "beta"): one}) for number, one in ((9, said), (10, moved))
        ]
        assert f'class="latest is-{tone}"' in render(versions)["index.html"]


def test_long_tails_do_not_leave_a_common_axis_to_nothing() -> None:
    days = {0.8: Bound(date(2027, 6, 1)), 0.95: Bound(date(2030, 1, 1))}
    one = replace(outlook(0.6), days=days)
    assert common_axis([one, one, one], TODAY).scale.last < date(2027, 7, 1)
    assert common_axis([one], TODAY).scale.last > date(2029, 12, 1)


def test_a_task_of_another_milestone_says_of_which(render: Render, version: Make) -> None:
    task: dict[str, Value] = {"id": "build", "title": "Build it", "estimate": "2d..9d"}
    one: dict[str, Value] = {"title": "One", "due": "2026-12-14", "tasks": [task]}
    two: dict[str, Value] = {"title": "Two", "due": "2027-01-14", "tasks": [task], "depends_on": ["one"]}
    tasks = {Ref("task", f"{id}/build"): task for id in ("one", "two")}
    items = {PLAN: {"title": "Heron"}, Ref("milestone", "one"): one, Ref("milestone", "two"): two, **tasks}
    text = text_of(render([version(date(2026, 11, 20), items)])["milestones/two.html"])
    assert re.search(r"Estimate Build it in One\+\d\.\d d", text) and re.search(r"Estimate Build it\+\d\.\d d", text)
