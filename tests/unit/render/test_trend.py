import re
from datetime import date, timedelta
from itertools import pairwise

from milepost.model.item import Ref
from milepost.render.charts.spark import draw_spark
from milepost.render.charts.track import Track
from milepost.render.charts.trend import Frame, Trend, draw_trend

START = date(2026, 1, 1)
FRAME = Frame(width=1000.0, height=500.0, gutter=100.0)


def day(number: int) -> date:
    return START + timedelta(days=number)


def track(name: str, said: list[tuple[int, int | None]], until: int = 56, **more: object) -> Track:
    pairs = tuple((day(x), None if y is None else day(y)) for x, y in said)
    return Track(Ref("milestone", name), pairs, day(until), label=name, **more)  # type: ignore[arg-type]


def draw(*tracks: Track, until: int = 56) -> Trend:
    trend = draw_trend(tracks, day(until), FRAME)
    assert trend
    return trend


def test_the_line_lies_where_it_should() -> None:
    trend = draw(track("beta", [(0, 100), (14, 107), (28, 114), (42, 121)]))
    line = trend.lines[0].line
    # x: 88 to 900 over 56 days. y: 456 up to 32 over days 93 to 128, which is a week of margin on both sides.
    assert [(point.x, point.y) for point in line.points] == [
        (88.0, 371.2),
        (291.0, 286.4),
        (494.0, 201.6),
        (697.0, 116.8),
    ]
    assert line.path == "M88.0 371.2H291.0V286.4H494.0V201.6H697.0V116.8H900.0"
    assert (line.end.x, line.end.y) == (900.0, 116.8)
    assert line.tone == "later"


def test_a_date_that_never_moved_is_level() -> None:
    line = draw(track("beta", [(0, 100)])).lines[0].line
    assert re.fullmatch(r"M88\.0 ([\d.]+)H900\.0", line.path)
    assert line.tone == "still"


def test_later_is_higher_and_earlier_is_lower() -> None:
    trend = draw(track("a", [(0, 100), (20, 120)]), track("b", [(0, 100), (20, 90)]))
    later, earlier = (next(named.line for named in trend.lines if named.line.item.id == name) for name in "ab")
    assert later.points[1].y < later.points[0].y
    assert earlier.points[1].y > earlier.points[0].y
    assert (later.tone, earlier.tone) == ("later", "earlier")


def test_a_reached_milestone_ends_on_the_diagonal() -> None:
    trend = draw(track("done", [(0, 40), (30, 50)], until=45, reached=day(45)), track("open", [(0, 20)]))
    line = next(named.line for named in trend.lines if named.line.item.id == "done")
    assert trend.diagonal
    first, last = trend.diagonal
    slope = (last.y - first.y) / (last.x - first.x)
    assert abs(first.y + slope * (line.end.x - first.x) - line.end.y) < 0.2
    assert line.reached


def test_a_date_taken_away_leaves_a_gap() -> None:
    line = draw(track("beta", [(0, 100), (10, None), (20, 110)])).lines[0].line
    assert line.path.count("M") == 2
    assert len(line.points) == 2


def test_a_date_taken_away_for_good_ends_there() -> None:
    trend = draw(track("beta", [(0, 100), (14, None)]), track("other", [(0, 50)]))
    line = next(named.line for named in trend.lines if named.line.item.id == "beta")
    assert line.path.endswith("H291.0")


def test_labels_do_not_cover_each_other_and_stay_inside() -> None:
    trend = draw(*(track(f"m{n}", [(0, 100)], rank=n) for n in range(12)))
    heights = sorted(named.label_y for named in trend.lines if named.label_y is not None)
    assert len(heights) == 12
    assert all(b - a >= 20.0 for a, b in pairwise(heights))
    assert heights[-1] <= trend.bottom


def test_in_a_crowd_only_the_worst_stand_out_and_are_drawn_last() -> None:
    trend = draw(*(track(f"m{n:03}", [(0, 100), (10, 300 - n)], rank=n) for n in range(200)))
    loud = [named for named in trend.lines if not named.quiet]
    assert [named.line.item.id for named in loud] == [f"m{n:03}" for n in reversed(range(12))]
    assert all(named.label_y is None for named in trend.lines if named.quiet)
    assert trend.lines[-1].line.item.id == "m000"


def test_in_a_crowd_that_is_done_the_worst_stand_out_too() -> None:
    trend = draw(*(track(f"m{n:03}", [(0, n + 5)], until=n + 5, reached=day(n + 5), rank=n) for n in range(90)))
    assert [named.line.item.id for named in trend.lines if not named.quiet] == [f"m{n:03}" for n in reversed(range(5))]
    assert all((named.label_y is None) == named.quiet for named in trend.lines)


def test_a_plan_that_ended_long_ago_is_drawn() -> None:
    trend = draw(track("old", [(0, 40), (30, 50)], until=45, reached=day(45)), until=40 * 365)
    assert (len(trend.lines), trend.outside) == (1, 0)


def test_dates_at_the_end_of_time_are_left_out_and_counted() -> None:
    far = Track(Ref("milestone", "far"), ((START, date(9999, 12, 31)),), day(56), label="far")
    trend = draw_trend([far, track("near", [(0, 10)])], day(56), FRAME)
    assert trend
    assert (len(trend.lines), trend.outside) == (1, 1)
    assert draw_trend([far], day(56), FRAME) is None
    assert draw_trend([], day(56), FRAME) is None


def test_all_days_said_are_marked_where_they_are_few() -> None:
    trend = draw_trend([track("beta", [(0, 100), (14, 101), (28, 121)])], day(56), Frame(labels=0, days=12))
    assert trend
    assert [tick.label for tick in trend.upwards] == ["11 Apr 2026", "12 Apr 2026", "2 May 2026"]
    heights = [tick.label_at for tick in trend.upwards if tick.label_at is not None]
    assert all(a - b >= 16.0 for a, b in pairwise(heights))


def test_a_spark_climbs_with_its_date_and_is_level_without_moves() -> None:
    moved = draw_spark(track("beta", [(0, 100), (28, 128)]), 72.0, 24.0)
    still = draw_spark(track("beta", [(0, 100)]), 72.0, 24.0)
    assert moved and still
    assert moved.path == "M2.0 20.0H35.0V4.0H68.0"
    assert still.path == "M2.0 20.0H68.0"
    assert draw_spark(track("beta", [(0, None)])) is None


def test_where_a_date_is_heading_lies_on_the_diagonal() -> None:
    trend = draw(track("beta", [(0, 100), (14, 107), (28, 114), (42, 121)], heading=day(200)))
    line = trend.lines[0].line
    assert line.heading is not None
    assert trend.diagonal is not None
    assert (line.heading.x, line.end.x < trend.right) == (trend.right, True)
    start, end = trend.diagonal
    share = (line.heading.x - start.x) / (end.x - start.x)
    assert abs(start.y + share * (end.y - start.y) - line.heading.y) <= 0.2


def test_a_few_days_have_labels_though_no_month_begins() -> None:
    trend = draw(track("beta", [(5, 100)], until=12))
    assert [tick.label for tick in trend.across] == ["6 Jan 2026", "13 Jan 2026"]
    assert [tick.label for tick in trend.upwards] == ["11 Apr 2026"]
