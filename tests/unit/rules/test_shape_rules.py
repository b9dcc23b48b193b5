"""Rules on how the items of a plan go together: each where it speaks, and where it keeps quiet."""

from __future__ import annotations

import pytest

from tests.unit.plans import found, plan_of

from .tables import Files, Row, assert_quiet, assert_speaks, fields, risk


def tasks(*texts: str) -> str:
    """The field with tasks a, b, c …, each with some fields."""
    ids = (f"{{id: {chr(97 + number)}, title: A, {text}}}" for number, text in enumerate(texts))
    return f"tasks: [{', '.join(ids)}]"


def numbered(count: int, text: str) -> Files:
    """Milestones m0, m1 … with some fields."""
    return [fields(text, f"m{number}") for number in range(count)]


def sprint(start: str, end: str) -> Files:
    """A file with one sprint."""
    return [("sprint", f"{{id: s, start: {start}, end: {end}}}")]


FOUR_DAYS = ("plan", "calendar: {workdays: mon-thu, hours: 6}")
TEAMS = ("plan", "people: {ada: {name: Ada, team: maps}, bo: {name: Bo, team: maps}, cy: {name: Cy}}")
MUST, COULD = "priority: must, estimate: 5d", "priority: could, estimate: 5d"

SPEAKS: list[Row] = [
    (
        "must-depends-on-lesser",
        [fields("priority: must, depends_on: [p]"), fields("priority: could", "p")],
        [(("depends_on", 0), "m is a must and depends on p, which is a could")],
    ),
    (
        "must-depends-on-lesser",
        [fields("priority: must, depends_on: [p/b]"), fields(f"priority: must, {tasks('', 'priority: wont')}", "p")],
        [(("depends_on", 0), "p/b, which is a wont")],
    ),
    (
        "must-depends-on-lesser",
        [fields(f"priority: must, {tasks('depends_on: [{item: p, type: SS}]')}"), fields("priority: should", "p")],
        [(("tasks", 0, "depends_on", 0), "m/a is a must")],
    ),
    (
        "must-depends-on-lesser",
        [fields(f"priority: should, {tasks('priority: must, depends_on: [b]', 'priority: could')}")],
        [(("tasks", 0, "depends_on", 0), "m/b, which is a could")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [p]"), fields("due: 2027-03-02", "p")],
        [(("due",), "m is due on 2027-03-01, before what it depends on is: p (2027-03-02)")],
    ),
    (
        "due-before-dependency",
        [
            fields(f"due: 2027-03, depends_on: [k], {tasks('depends_on: [p, {item: k, type: FF}]')}"),
            fields("due: v1.4", "p"),
            fields("due: 2027-Q2", "k"),
        ],
        [(("due",), "k (2027-06-30) and p (2027-04-01)")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [{item: p, lag: 2d}]"), fields("due: 2027-03-02", "p")],
        [(("due",), "p (2027-03-02, and a lag of 2d)")],
    ),
    (
        "due-before-dependency",  # from Friday to Monday is one working day
        [fields("due: 2027-03-08, depends_on: [{item: p, lag: 2d}]"), fields("due: 2027-03-05", "p")],
        [(("due",), "p (2027-03-05, and a lag of 2d)")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-05, depends_on: [{item: p, type: FF, lag: -1d}]"), fields("due: 2027-03-09", "p")],
        [(("due",), "p (2027-03-09, and a lag of -1d)")],
    ),
    (
        "due-before-dependency",
        [
            fields("due: 2027-03-01, depends_on: [p]"),
            fields(f"{tasks('depends_on: [k]')}", "p"),
            fields("due: v9, depends_on: [z, m]", "k"),
            fields("due: 2027-03-02", "z"),
        ],
        [(("due",), "m is due on 2027-03-01, before what it depends on is: z (2027-03-02)")],
    ),
    (
        "due-before-dependency",
        [
            fields("due: 2027-03-10, depends_on: [{item: p, lag: 1w}]"),
            fields("depends_on: [{item: k, lag: 2d}]", "p"),
            fields("due: 2027-03-02", "k"),
        ],
        [(("due",), "k (2027-03-02, and a lag of 1w and 2d)")],
    ),
    (
        "started-before-dependency",
        [fields(f"depends_on: [p], {tasks('started: 2027-01-05', 'started: 2027-01-04')}"), fields("due: v1.4", "p")],
        [(("depends_on", 0), "m was started on 2027-01-04, but p, which")],
    ),
    (
        "started-before-dependency",
        [fields(tasks("started: 2027-01-05", "started: 2027-01-04, depends_on: [a]"))],
        [(("tasks", 1, "depends_on", 0), "m/b was started")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [p]"), fields("finished: 2027-01-09", "p")],
        [
            (
                ("depends_on", 0),
                "m was started on 2027-01-05, but p, which it depends on, was finished only on 2027-01-09",
            )
        ],
    ),
    (
        "started-before-dependency",
        [
            fields(tasks("started: 2027-01-05, depends_on: [p/a]")),
            fields(tasks("finished: 2027-01-06, started: 2027-01-04", ""), "p"),
        ],
        [(("tasks", 0, "depends_on", 0), "p/a, which it depends on, was finished only on 2027-01-06")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [{item: p, type: SS}]"), fields("due: v1.4", "p")],
        [(("depends_on", 0), "p, which has to begin first, has not been started")],
    ),
    (
        "dependency-dropped",
        [
            fields("depends_on: [p, k/a]"),
            fields("dropped: 2027-01-05", "p"),
            fields(f"dropped: 2027-01-06, {tasks('')}", "k"),
        ],
        [(("depends_on", 0), "p, which was dropped on 2027-01-05"), (("depends_on", 1), "k/a, which was dropped")],
    ),
    (
        "dependency-dropped",
        [fields("depends_on: [p]"), fields("priority: wont", "p")],
        [(("depends_on", 0), "p, which is put off")],
    ),
    ("must-share", [*numbered(4, MUST), fields(COULD)], [(("title",), "Musts are 80% of the open effort that has a")]),
    (
        "must-share",
        [*numbered(4, MUST), fields(f"priority: must, {tasks('priority: could, estimate: 1w', '')}")],
        [(("title",), "80% of the open effort that has a priority (1 item without such an estimate left out)")],
    ),
    (
        "must-share",
        [*numbered(4, "priority: must, estimate: 3pt"), fields("priority: could, estimate: 1pt..4pt")],
        [(("title",), "86%")],
    ),
    (
        "must-share",
        [*numbered(7, "priority: must, estimate: 2d"), fields("priority: could, estimate: 8d")],
        [(("title",), "64%")],
    ),
    (
        "too-many-open",
        [*numbered(6, "owner: ada, started: 2027-01-05"), fields("owner: bo, started: 2027-01-05")],
        [(("people", "ada"), "Ada has 6 milestones in progress at once (m0, m1, m2, m3 and 2 more)")],
    ),
    (
        "too-many-open",
        numbered(6, "owner: eve, started: 2027-01-05"),
        [(("title",), "eve has 6 milestones in progress at once")],
    ),
    (
        "too-many-open",
        [TEAMS, *(fields(f"owner: {'ada' if n < 5 else 'bo'}, started: 2027-01-05", f"m{n:02}") for n in range(11))],
        [
            (("people", "bo"), "Bo has 6 milestones in progress at once"),
            (
                ("people", "ada", "team"),
                "The team maps has 11 milestones in progress at once (m00, m01, m02, m03 and 7",
            ),
        ],
    ),
    (
        "too-many-goals",
        [("goal", f"{{id: g{number}, title: G}}") for number in range(6)],
        [(("title",), "This plan has 6 open goals")],
    ),
    (
        "enablers-first",
        [
            fields("value: user, due: 2027-05-01", "a"),
            fields("value: enabler, due: 2027-04-01", "b"),
            fields("value: enabler, due: 2027-03-01", "c"),
        ],
        [(("value",), "The plan begins with c and b, which")],
    ),
    (
        "enablers-first",
        [fields("value: enabler, due: 2027-03-01", "a"), fields("value: enabler", "b"), fields("value: enabler", "c")],
        [(("value",), "a, b and c")],
    ),
    (
        "enablers-first",  # the plan's own order: priority, rank, date
        [
            fields("value: user, due: 2027-03-01, priority: should, rank: 1", "a"),
            fields("value: enabler, due: 2027-05-01, priority: must, rank: 2", "b"),
            fields("value: enabler, due: 2027-04-01, priority: must", "c"),
        ],
        [(("value",), "begins with b and c, which")],
    ),
    (
        "no-dependencies",
        [*numbered(3, "due: v1.4"), fields(tasks("", "depends_on: [a]"))],
        [(("title",), "None of the 4 open milestones")],
    ),
    ("no-small-wins", [fields("estimate: 15d..40d")], [(("estimate",), "more than 4 weeks of effort (15d..40d)")]),
    ("no-small-wins", [FOUR_DAYS, fields("estimate: 17d, measures: [x]")], [(("estimate",), "nothing can be ticked")]),
    (
        "task-too-big",
        [fields(tasks("estimate: 10d", "estimate: 3d..11d..40d", "estimate: 81h", "estimate: '5d..21d'"))],
        [
            (("tasks", 1, "estimate"), "m/b is likely to take more than 2 weeks"),
            (("tasks", 2, "estimate"), "m/c is likely"),
            (("tasks", 3, "estimate"), "m/d is likely"),
        ],
    ),
    (
        "task-too-big",
        [FOUR_DAYS, fields(tasks("estimate: 9d", "estimate: 2w", "estimate: {pert: [1w, 2w, 4w]}"))],
        [(("tasks", 0, "estimate"), "m/a"), (("tasks", 2, "estimate"), "m/c")],
    ),
    (
        "tasks-too-small",
        [fields(tasks("estimate: 2h", "estimate: 1h..3h", "estimate: 1d", "estimate: 2d", ""))],
        [(("tasks",), "2 of the 4 estimated tasks of m take less than 0.5 days")],
    ),
    (
        "estimate-too-wide",
        [fields(f"estimate: 1d..99d, {tasks('estimate: 1h..3d', 'estimate: 1pt..4pt..11pt', 'estimate: 5d..52d')}")],
        [
            (("tasks", 0, "estimate"), "m/a may take is 24 times"),
            (("tasks", 1, "estimate"), "m/b may take is 11 times"),
            (("tasks", 2, "estimate"), "m/c may take is 10.4 times"),
        ],
    ),
    (
        "estimate-upside-down",
        [
            fields(f"estimate: 2d..4h, {tasks('estimate: 1d..6h..2w', 'estimate: 1d..1d..4h')}"),
            risk("impact: 1w..3d, mitigation: [{impact: 1w..1d}]"),
        ],
        [
            (("estimate",), "2d is more than 4h in this plan's calendar"),
            (("tasks", 0, "estimate"), "1d is more than 6h"),
            (("tasks", 1, "estimate"), "1d is more than 4h"),
            (("impact",), "1w is more than 3d"),
            (("mitigation", 0, "impact"), "1w is more than 1d"),
        ],
    ),
    ("sprint-length", sprint("2027-03-01", "2027-03-29"), [(("end",), "s is 29 days long, not between 1 and 4 weeks")]),
    ("sprint-length", sprint("2027-03-01", "2027-03-04"), [(("end",), "4 days long")]),
    ("sprint-length", sprint("2027-03-01", "2027-03-01"), [(("end",), "s is 1 day long, not between 1 and 4 weeks")]),
    ("sprint-ends-before-start", sprint("2027-03-15", "2027-03-01"), [(("end",), "before it starts on 2027-03-15")]),
]

QUIET: list[tuple[str, Files]] = [
    ("must-depends-on-lesser", [fields("priority: must, depends_on: [p]"), fields("due: v1.4", "p")]),
    ("must-depends-on-lesser", [fields("priority: should, depends_on: [p]"), fields("priority: could", "p")]),
    (
        "must-depends-on-lesser",
        [fields("priority: must, depends_on: [p]"), fields("priority: could, finished: 2027-01-05", "p")],
    ),
    ("must-depends-on-lesser", [fields(f"priority: could, {tasks('priority: must, depends_on: [b]', '')}")]),
    (
        "must-depends-on-lesser",
        [fields(f"priority: could, {tasks('priority: must, depends_on: [p]')}"), fields("priority: could", "p")],
    ),
    ("due-before-dependency", [fields("due: v1.4, depends_on: [p]"), fields("due: 2027-04-01", "p")]),
    ("due-before-dependency", [fields("depends_on: [p]"), fields("due: 2027-04-01", "p")]),
    ("due-before-dependency", [fields("due: v9, depends_on: [p]"), fields("due: 2027-04-01", "p")]),
    (
        "due-before-dependency",
        [fields("due: v1.4, depends_on: [p, k]"), fields("due: v9", "p"), fields("rank: 1", "k")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [p]"), fields("finished: 2027-01-05, due: 2027-09-01", "p")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [p/a]"), fields(f"due: 2027-09-01, {tasks('')}", "p")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [{item: p, type: SS}]"), fields("due: 2027-09-01", "p")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-01, depends_on: [{item: p, lag: -40d}]"), fields("due: 2027-03-02", "p")],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-09, depends_on: [{item: p, lag: 2d}]"), fields("due: 2027-03-05", "p")],
    ),
    (
        "due-before-dependency",  # less than a day, and points, are no whole days
        [
            fields("due: 2027-03-05, depends_on: [{item: p, lag: 4h}, {item: k, lag: 3pt}]"),
            fields("due: 2027-03-05", "p"),
            fields("due: 2027-03-05", "k"),
        ],
    ),
    (
        "due-before-dependency",  # what stands behind a milestone with a date is that one's affair
        [
            fields("due: 2027-03-05, depends_on: [p]"),
            fields("due: 2027-03-04, depends_on: [{item: k, type: SS}]", "p"),
            fields("due: 2027-03-09", "k"),
        ],
    ),
    (
        "due-before-dependency",
        [fields("due: 2027-03-05, depends_on: [p]"), fields("depends_on: [k]", "p"), fields("depends_on: [p, m]", "k")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-09, depends_on: [p]"), fields("finished: 2027-01-09", "p")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, finished: 2027-01-20, depends_on: [p]"), fields("finished: 2027-01-09", "p")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [p]"), fields("dropped: 2027-01-09", "p")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [{item: p, type: SS}]"), fields(tasks("started: 2027-01-05"), "p")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [{item: p, type: FF}]"), fields("due: v1.4", "p")],
    ),
    (
        "started-before-dependency",
        [fields("started: 2027-01-05, depends_on: [{item: p, lag: -2d}]"), fields("due: v1.4", "p")],
    ),
    ("started-before-dependency", [fields("finished: 2027-01-05, depends_on: [p]"), fields("due: v1.4", "p")]),
    ("started-before-dependency", [fields("due: v1.4, depends_on: [p]"), fields("due: v1.4", "p")]),
    ("dependency-dropped", [fields("depends_on: [p]"), fields("due: v1.4", "p")]),
    ("dependency-dropped", [fields("dropped: 2027-01-05, depends_on: [p]"), fields("dropped: 2027-01-05", "p")]),
    (
        "dependency-dropped",
        [fields("depends_on: [p/a]"), fields(f"priority: wont, {tasks('finished: 2027-01-05')}", "p")],
    ),
    ("dependency-dropped", [fields("priority: must, depends_on: [p]"), fields("priority: wont", "p")]),
    ("must-share", numbered(4, MUST)),
    ("must-share", [*numbered(3, MUST), *numbered(3, COULD)[1:], fields(COULD, "m9")]),
    ("must-share", numbered(9, "estimate: 5d")),
    (
        "must-share",
        [
            *numbered(3, MUST),
            fields("priority: could, estimate: 2w"),
            fields(f"{MUST}, finished: 2027-01-05", "x"),
            fields("priority: could, estimate: 3pt", "z"),
        ],
    ),
    ("must-share", numbered(5, "priority: must, estimate: 0.0d")),
    ("too-many-open", [*numbered(5, "owner: ada, started: 2027-01-05"), fields("owner: ada", "p")]),
    ("too-many-open", numbered(12, tasks("finished: 2027-01-05", ""))),
    (
        "too-many-open",
        [
            TEAMS,
            *(
                fields(f"owner: {who}, started: 2027-01-05", f"{who}{n}")
                for who in ("ada", "bo", "cy")
                for n in range(5)
            ),
        ],
    ),
    ("too-many-goals", [("goal", f"{{id: g{number}, title: G, serves: g0}}") for number in range(6)]),
    (
        "too-many-goals",
        [*(("goal", f"{{id: g{number}, title: G}}") for number in range(6)), fields("goal: g0, finished: 2027-01-05")],
    ),
    ("enablers-first", [fields("value: enabler, due: 2027-03-01", "a"), fields("value: user, due: 2027-03-02", "b")]),
    (
        "enablers-first",
        [fields("value: enabler, rank: 1", "a"), fields("due: v1.4", "b"), fields("value: enabler", "c")],
    ),
    ("enablers-first", [fields("value: user, finished: 2027-01-05"), *numbered(3, "value: enabler")]),
    (
        "enablers-first",
        [fields("value: user, due: 2027-09-01, priority: must"), *numbered(3, "value: enabler, due: 2027-03-01")],
    ),
    (
        "enablers-first",
        [fields("value: user, priority: something, rank: 7"), *numbered(3, "value: enabler, rank: 8")],
    ),
    ("enablers-first", [fields("value: business, due: 2027-03-01"), *numbered(3, "value: enabler, due: 2027-03-02")]),
    ("no-dependencies", numbered(3, "due: v1.4")),
    ("no-dependencies", [*numbered(4, "due: v1.4"), fields(tasks("depends_on: [m1]"))]),
    ("no-small-wins", [fields("estimate: 20d")]),
    ("no-small-wins", [fields("estimate: 50d, measures: [x, w]")]),
    ("no-small-wins", [fields(f"estimate: 50d, {tasks('')}")]),
    ("no-small-wins", [fields("estimate: 500pt")]),
    (
        "task-too-big",
        [fields(tasks("estimate: 20d, timebox: 3d, kind: research", "estimate: 20d, finished: 2027-01-05"))],
    ),
    ("task-too-big", [fields(tasks("estimate: 40pt", "estimate: 5d..20d"))]),
    ("tasks-too-small", [fields(tasks("estimate: 1h", "estimate: 1h", "estimate: 1h"))]),
    ("tasks-too-small", [fields(tasks("estimate: 1h", "estimate: 4h", "estimate: 1d", "estimate: 1d"))]),
    ("tasks-too-small", [fields(tasks(*["estimate: 1h, finished: 2027-01-05"] * 4, "estimate: 1d"))]),
    (
        "estimate-too-wide",
        [fields("estimate: 1d..10d"), fields("estimate: 1d", "p"), fields("estimate: 0.0d..1d", "k")],
    ),
    (
        "estimate-upside-down",
        [fields("estimate: 8h..1d"), fields("estimate: 5d..2d", "p"), fields("estimate: 1pt..2d", "k")],
    ),
    ("sprint-length", sprint("2027-03-01", "2027-03-05")),
    ("sprint-length", sprint("2027-03-01", "2027-03-28")),
    ("sprint-length", sprint("2027-03-15", "2027-03-01")),
    ("sprint-length", sprint("9999-12-13", "9999-12-31")),
    ("sprint-length", [FOUR_DAYS, *sprint("2027-03-01", "2027-03-04")]),
    ("sprint-ends-before-start", sprint("2027-03-01", "2027-03-01")),
    ("sprint-ends-before-start", [*sprint("", "2027-03-01"), *sprint("2027-03-01", "")]),
    ("sprint-length", [*sprint("", "2027-03-01"), *sprint("2027-03-01", "")]),
]


@pytest.mark.parametrize(("rule", "files", "expected"), SPEAKS)
def test_a_rule_speaks(rule: str, files: Files, expected: list[tuple[tuple[str | int, ...], str]]) -> None:
    assert_speaks(rule, files, expected)


@pytest.mark.parametrize(("rule", "files"), QUIET)
def test_a_rule_keeps_quiet(rule: str, files: Files) -> None:
    assert_quiet(rule, files)


LIMITS: list[tuple[str, Files, dict[str, float]]] = [
    ("must-share", [*numbered(4, MUST), fields(COULD)], {"limit": 0.8}),
    ("must-share", [*numbered(4, MUST), fields(COULD)], {"least": 6}),
    ("too-many-open", numbered(6, "owner: ada, started: 2027-01-05"), {"limit": 6}),
    ("too-many-goals", [("goal", f"{{id: g{number}, title: G}}") for number in range(6)], {"limit": 6}),
    ("enablers-first", numbered(2, "value: enabler"), {"limit": 2}),
    ("no-dependencies", numbered(4, "due: v1.4"), {"limit": 4}),
    ("no-small-wins", [fields("estimate: 30d")], {"limit": 6}),
    ("task-too-big", [fields(tasks("estimate: 15d"))], {"limit": 3}),
    ("tasks-too-small", [fields(tasks(*["estimate: 2h"] * 4))], {"limit": 0.25}),
    ("estimate-too-wide", [fields("estimate: 1d..12d")], {"limit": 12}),
    ("sprint-length", sprint("2027-03-01", "2027-04-11"), {"most": 6}),
    ("sprint-length", sprint("2027-03-01", "2027-03-01"), {"least": 0}),
]


@pytest.mark.parametrize(("rule", "files", "limits"), LIMITS)
def test_a_team_may_set_another_limit(rule: str, files: Files, limits: dict[str, float]) -> None:
    assert len(found(plan_of(*files), rule)) == 1
    assert found(plan_of(*files), rule, limits=limits) == []


FOREIGN: list[tuple[str, Files]] = [
    ("sprint-length", sprint("2027-03-01", "2027-04-29")),
    ("sprint-ends-before-start", sprint("2027-03-15", "2027-03-01")),
    ("vague-word", [("goal", "{id: g, title: G, measure: a better service}")]),
    ("too-many-goals", [("goal", f"{{id: g{number}, title: G}}") for number in range(6)]),
    ("estimate-upside-down", [risk("impact: 1w..3d")]),
    ("risk-without-owner", [risk("response: accept")]),
]


@pytest.mark.parametrize(("rule", "files"), FOREIGN)
def test_what_comes_from_sources_is_not_ours_to_mend(rule: str, files: Files) -> None:
    assert found(plan_of(*files), rule)
    paths = [f"{kind}-{number}.yaml" for number, (kind, _) in enumerate(files, start=1)]
    assert found(plan_of(*files, foreign=paths), rule) == []


def test_a_team_has_a_limit_of_its_own() -> None:
    plan = plan_of(TEAMS, *numbered(11, "owner: ada, started: 2027-01-05"))
    assert len(found(plan, "too-many-open")) == 2
    (finding,) = found(plan, "too-many-open", limits={"limit": 11})
    assert finding.message.startswith("The team maps has 11 milestones in progress at once")
    assert found(plan, "too-many-open", limits={"limit": 11, "team": 11}) == []


def test_a_few_musts_say_something_where_a_team_wants_that() -> None:
    assert found(plan_of(*numbered(4, MUST)), "must-share") == []
    assert len(found(plan_of(*numbered(4, MUST)), "must-share", limits={"least": 4})) == 1


def test_the_way_to_a_later_date_is_shown() -> None:
    chain = [fields("due: 2027-03-01, depends_on: [p]"), fields("depends_on: [k]", "p"), fields("due: v1.4", "k")]
    (finding,) = found(plan_of(*chain), "due-before-dependency")
    assert [one.message for one in finding.related] == ["m depends on p here.", "p depends on k here."]


def test_lag_is_counted_in_days_on_which_the_team_works() -> None:
    waits = [fields("due: 2027-03-04, depends_on: [{item: p, lag: 2d}]"), fields("due: 2027-03-02", "p")]
    assert found(plan_of(*waits), "due-before-dependency") == []
    closed = ("plan", "calendar: {closed: [2027-03-03]}")
    assert len(found(plan_of(closed, *waits), "due-before-dependency")) == 1


def test_a_lesser_priority_is_shown_where_it_stands() -> None:
    files = [fields("priority: must, depends_on: [p/a, k]"), fields(f"priority: could, {tasks('priority: must')}", "p")]
    both = found(plan_of(*files, fields("priority: should", "k")), "must-depends-on-lesser")
    assert [one.related[0].place.pointer for one in both] == [("priority",), ("priority",)]
    assert [one.related[0].place.path for one in both] == ["milestone-2.yaml", "milestone-3.yaml"]
    (inner,) = found(
        plan_of(fields(tasks("priority: must, depends_on: [b]", "priority: could"))), "must-depends-on-lesser"
    )
    assert inner.related[0].place.pointer == ("tasks", 1, "priority")
