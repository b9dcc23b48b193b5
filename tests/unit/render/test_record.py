"""The page of the record: what can be said of estimates and dates, with how sure one can be, and never by person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from milepost.model.item import PLAN, Ref, Value
from tests.unit.render.test_site import Reader

Render = Callable[..., dict[str, str]]
Make = Callable[..., object]
Record = Callable[..., dict[str, str]]


def text_of(html: str) -> str:
    return " ".join("".join(Reader(html).text).split())


@pytest.fixture
def record(render: Render, version: Make) -> Record:
    """The site of a plan with tasks that were estimated at 4 days, or between 3 and 8, and took what is given."""

    def render_record(*took: str, estimate: str = "4d", **more: Value) -> dict[str, str]:
        beta = Ref("milestone", "beta")
        people: dict[Ref, Value] = {Ref("person", name): {"name": name.title()} for name in ("ada", "bo")}
        tasks = {Ref("task", f"beta/t{n}"): actual for n, actual in enumerate(took)}
        said: Value = {"title": "Beta", "due": "2026-06-01", "owner": "ada"}
        first = {ref: {"title": f"Task {ref.id[-1]}", "estimate": estimate, "owner": "bo"} for ref in tasks}
        done = {
            ref: {**first[ref], "started": "2026-05-02", "finished": "2026-05-20", "actual": actual, **more}
            for ref, actual in tasks.items()
        }
        return render(
            [
                version(date(2026, 4, 1), {PLAN: {"title": "Heron"}, beta: said, **people, **first}),
                version(date(2026, 5, 21), done),
                version(date(2026, 6, 5), {beta: {**said, "finished": "2026-06-04"}}),  # type: ignore[dict-item]
            ]
        )

    return render_record


def test_dots_a_table_and_figures_with_how_many_they_rest_on(record: Record) -> None:
    page = record("1d", "4d", "4d", "6d", "8d", "20d")["accuracy.html"]
    text = text_of(page)
    assert "0 of 1 milestone was reached by the date first said." in text
    assert "Half of 6 tasks took 1.25 × what was first said, or more." in text
    assert "3 to 10 d 1 2 2 1 6" in " ".join(" ".join(Reader(page).text).split())
    dots = [attributes for tag, attributes in Reader(page).elements if attributes.get("class") == "dot"]
    assert len(dots) == 5, "two tasks that took 4 days are one dot"
    assert "0 % to 79 %" in text


def test_calibration_says_how_sure_one_can_be(record: Record) -> None:
    few = text_of(record(*["5d"] * 9, estimate="3d..8d")["accuracy.html"])
    assert "9 of 9" in few and "Not enough data: fewer than 10" in few
    narrow = text_of(record(*["20d"] * 8, "5d", "5d", estimate="3d..8d")["accuracy.html"])
    assert "2 of 10" in narrow and "6 % to 51 %" in narrow and "Too narrow" in narrow
    wide = text_of(record(*["5d"] * 30, estimate="3d..8d")["accuracy.html"])
    assert "Wider than they need to be" in wide
    fine = text_of(record(*["5d"] * 8, "20d", "20d", estimate="3d..8d")["accuracy.html"])
    assert "As far as can be told, what 80 % ranges should do" in fine


def test_no_share_is_rounded_to_what_it_should_be(record: Record) -> None:
    narrow = text_of(record(*["20d"] * 9, *["5d"] * 16, estimate="3d..8d")["accuracy.html"])
    assert "16 of 25" in narrow and "45 % to 79 %" in narrow and "Too narrow" in narrow
    wide = text_of(record("20d", *["5d"] * 24, estimate="3d..8d")["accuracy.html"])
    assert "24 of 25" in wide and "81 % to 99 %" in wide and "Wider than they need to be" in wide


def test_it_is_never_by_person_and_names_no_task(record: Record) -> None:
    page = record(*(f"{n}d" for n in range(1, 13)))["accuracy.html"]
    text = text_of(page)
    assert not [word for word in ("Ada", "Bo ", "owner", "Task 1", "Task 2") if word in text]
    assert "task-" not in page


def test_small_groups_are_not_shown(record: Record) -> None:
    page = text_of(record("4d", "5d", "6d", "7d")["accuracy.html"])
    assert "4 finished tasks say what they took. From 5 on" in page
    assert "By kind" not in page and "Half of" not in page


def test_points_have_a_picture_of_their_own(record: Record) -> None:
    page = text_of(record("3pt", "4pt", "5pt", "6pt", "8pt", estimate="4pt")["accuracy.html"])
    assert "first said, in points of work" in page


def test_the_front_page_links_to_it_only_when_there_is_something_to_say(record: Record, render: Render) -> None:
    assert "See the record" in record("4d")["index.html"]
    assert "See the record" not in render([])["index.html"]


def test_an_empty_record_says_what_to_type(render: Render) -> None:
    text = text_of(render([])["accuracy.html"])
    assert "There is no record to judge by yet. No milestone with a date was reached so far." in text
    assert "milepost finish ID --actual 3d" in text and "milepost set ID estimate=3d..8d" in text


def test_the_days_of_reached_milestones_count_against_each_date_given(render: Render, version: Make) -> None:
    told = []
    for n in range(12):
        day = date(2026, 1, 5) + timedelta(days=n)
        fields = {"title": f"M{n}", "due": "2026-03-02", "commitment": "promise"}
        told.append(version(day, {Ref("milestone", f"m{n}"): fields}))
    done = {
        Ref("milestone", f"m{n}"): {"title": f"M{n}", "due": "2026-03-02", "commitment": "promise",
                                    "finished": "2026-03-02" if n < 9 else "2026-03-09"}
        for n in range(12)
    }  # fmt: skip
    text = text_of(render([*told, version(date(2026, 3, 10), done)])["accuracy.html"])
    assert text.count("9 of 12") == 5  # in words, and against four dates
    assert "47 % to 91 %" in text
    assert "By how far ahead" not in text  # all are in one group


def test_dates_are_told_by_how_far_ahead_they_were_said(render: Render, version: Make) -> None:
    def plan(**more: str) -> dict[Ref, dict[str, str]]:
        dues = ["2026-02-02"] * 5 + ["2026-12-07"] * 5 + ["2027-12-06"]
        return {Ref("milestone", f"m{n}"): {"title": f"M{n}", "due": due, **more} for n, due in enumerate(dues)}

    told = [version(date(2026, 1, 5), plan()), version(date(2026, 3, 9), plan(finished="2026-03-09"))]
    text = text_of(render(told)["accuracy.html"])
    assert "By how far ahead it was first said 1 group too small" in text
    assert "up to 6 weeks ahead50+35 d+35 d and +35 d" in text
    assert "26 to 52 weeks ahead55−273 d" in text
    assert "By quarter reached" not in text
