from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from milepost.model.item import Ref
from milepost.render.charts.timeline import PITCH, TASK_PITCH, Stretch, Timeline, draw_timeline

TODAY = date(2026, 11, 23)


def stretch(name: str, end: int, start: int | None = None, after: tuple[str, ...] = (), **more: Any) -> Stretch:
    begun = None if start is None else TODAY + timedelta(days=start)
    waits = tuple(Ref("milestone", other) for other in after)
    end_day = TODAY + timedelta(days=end)
    return Stretch(Ref("milestone", name), name, "planned", begun, end_day, after=waits, **more)


def draw(*stretches: Stretch) -> Timeline:
    timeline = draw_timeline(stretches, TODAY)
    assert timeline
    return timeline


def test_rows_are_far_enough_apart_to_be_hit() -> None:
    timeline = draw(*(stretch(f"m{n}", n * 10) for n in range(5)))
    assert PITCH >= 24
    assert {round(b.y - a.y, 1) for a, b in pairwise(timeline.rows)} == {PITCH}
    assert timeline.rows[-1].y < timeline.height
    assert all(width >= 14 for _, width in (row.hit for row in timeline.rows))


def test_a_bar_runs_from_the_start_to_the_date_and_today_is_between() -> None:
    timeline = draw(stretch("beta", end=20, start=-20))
    row = timeline.rows[0]
    assert row.start is not None
    assert row.start < timeline.today < row.end
    assert abs((row.start + row.end) / 2 - timeline.today) <= 0.2


def test_a_milestone_that_has_not_begun_is_a_point() -> None:
    assert draw(stretch("beta", 20)).rows[0].start is None


def test_the_date_first_said_is_a_ghost_only_where_it_is_another() -> None:
    moved = draw(stretch("beta", 20, original=TODAY)).rows[0]
    still = draw(stretch("beta", 20, original=TODAY + timedelta(days=20))).rows[0]
    assert moved.original is not None and moved.original < moved.end
    assert still.original is None


def test_an_arrow_leads_along_the_row_to_a_point_that_is_later() -> None:
    timeline = draw(stretch("first", 10), stretch("then", 40, after=("first",)))
    first, then = timeline.rows
    (arrow,) = timeline.arrows
    assert arrow.path.startswith(f"M{first.end} ")
    assert arrow.path.endswith(f"V{then.y}H{then.end - 9:.1f}")
    assert not arrow.backwards


def test_an_arrow_falls_onto_a_bar_that_has_begun() -> None:
    timeline = draw(stretch("first", 10), stretch("then", 40, start=-5, after=("first",)))
    assert "H" not in timeline.arrows[0].path


def test_an_arrow_backwards_says_so() -> None:
    timeline = draw(stretch("then", 5, after=("first",)), stretch("first", 40))
    assert timeline.arrows[0].backwards


def test_what_is_not_drawn_gets_no_arrow() -> None:
    assert draw(stretch("then", 5, after=("nobody", "then"))).arrows == ()


def test_a_long_label_near_the_edge_ends_there() -> None:
    timeline = draw(stretch("a", -100), stretch("x" * 50, 100))
    row = timeline.rows[1]
    assert row.anchor == "end"
    assert row.label_x <= timeline.width


def test_far_dates_are_left_out_and_counted() -> None:
    far = Stretch(Ref("milestone", "far"), "far", "planned", None, date(9999, 12, 31))
    assert draw(stretch("beta", 5), far).outside == 1
    assert draw_timeline([far], TODAY) is None


def test_ten_years_are_drawn_with_room_for_every_month() -> None:
    timeline = draw(stretch("soon", 40), stretch("much later", 3600))
    month = timeline.rows[0].end - timeline.today
    assert timeline.outside == 0 and month > 40
    assert timeline.rows[1].end <= timeline.width


def test_what_began_long_ago_runs_in_from_the_edge_and_leaves_the_room_to_what_comes() -> None:
    timeline = draw(stretch("old", 900, start=-3000, original=TODAY - timedelta(2000)), stretch("soon", 900))
    old, _ = timeline.rows
    assert old.start == 0.0 and old.original is None
    assert timeline.today < timeline.width / 5


def test_a_short_picture_shows_all_that_was() -> None:
    row = draw(stretch("old", 30, start=-500, original=TODAY - timedelta(300))).rows[0]
    assert row.start and row.original and row.start < row.original


def test_an_old_date_that_is_overdue_is_where_it_was() -> None:
    timeline = draw(stretch("overdue", -900), stretch("soon", 900))
    assert timeline.rows[0].end < timeline.today - 900


def test_where_a_picture_is_scrolled_the_name_of_what_goes_on_is_beside_today() -> None:
    timeline = draw(stretch("old", 900, start=-110), stretch("over", -90, start=-110))
    on, over = timeline.rows
    assert timeline.today - 100 < on.label_x < timeline.today
    assert over.label_x == over.start
    assert on.seen_x is None and over.seen_x is None


def test_on_a_narrow_screen_it_is_beside_today_too() -> None:
    on, over = draw(stretch("old", 60, start=-110), stretch("over", -90, start=-110)).rows
    assert on.label_x == on.start and on.seen_x and on.seen_x > on.label_x
    assert over.seen_x is None


def scheduled(name: str, start: int, finish: int, late: int, rest: int | None = None) -> Stretch:
    first, last, latest = (TODAY + timedelta(days=number) for number in (start, finish, late))
    kind = "task" if "/" in name else "milestone"
    taken_up = None if rest is None else TODAY + timedelta(days=rest)
    return Stretch(Ref(kind, name), name, "planned", first, None, finish=last, late=latest, rest=taken_up)


def test_a_bar_is_where_work_is_scheduled_and_a_line_shows_how_far_it_can_be_put_off() -> None:
    beta, task = draw(stretch("beta", 60, start=10, finish=TODAY + timedelta(20)), scheduled("beta/a", 10, 20, 40)).rows
    assert beta.bar == task.bar
    assert beta.bar and beta.bar[1] < beta.end
    assert task.room and task.bar and task.room > task.bar[1]
    assert (beta.has_mark, task.has_mark, beta.room) == (True, False, None)


def test_what_has_been_done_of_begun_work_ends_where_the_rest_begins() -> None:
    timeline = draw(scheduled("beta/a", -20, 10, 10, rest=5))
    row = timeline.rows[0]
    assert row.begun and row.bar
    assert row.begun[1] == timeline.today < row.bar[0]


def test_rows_of_tasks_are_lower_and_can_be_hit_too() -> None:
    timeline = draw(stretch("beta", 60), *(scheduled(f"beta/t{n}", n, n, n) for n in range(4)), stretch("then", 70))
    gaps = [other.y - one.y for one, other in pairwise(timeline.rows[1:-1])]
    assert set(gaps) == {TASK_PITCH} and TASK_PITCH >= 24
    assert timeline.rows[-1].y < timeline.height
    assert all(width >= 24 for _, width in (row.hit for row in timeline.rows if row.is_task))
