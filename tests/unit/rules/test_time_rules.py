"""Rules whose verdict depends on today. Today is Monday, 2027-02-22."""

from __future__ import annotations

from datetime import date

import pytest

from milepost.model.finding import Level
from milepost.rules import RULES
from tests.unit.plans import found, milestone, plan_of

from .histories import history_of, version

Files = list[tuple[str, str]]

OPEN = milestone("{id: m, title: M, due: 2027-04-01}")
DONE = "{{id: m, title: M, finished: {day}{more}}}"


def done(day: str, more: str = "") -> tuple[str, str]:
    return milestone(DONE.format(day=day, more=more))


def risk(text: str) -> tuple[str, str]:
    return "risk", f"{{id: r, title: R, {text}}}"


def review(text: str) -> tuple[str, str]:
    return "review", f"{{id: r1, {text}}}"


def sprint(number: int, end: str, items: str) -> tuple[str, str]:
    return "sprint", f"{{id: s{number}, start: 2027-01-04, end: {end}, items: [{items}]}}"


TASKS = milestone("{id: m, title: M, tasks: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C}]}")


def about(what: str) -> tuple[str, str]:
    return "feedback", f"{{id: f, about: {what}, date: 2027-02-01, said: fine}}"


# rule, files, and a part of each message
SPEAKS: list[tuple[str, Files, list[str]]] = [
    ("nothing-due-soon", [milestone("{id: m, title: M, due: 2027-04-06}")], ["6 weeks; the first is m, on 2027-04-06"]),
    ("nothing-due-soon", [milestone("{id: m, title: M, estimate: 3d}")], ["none has a date"]),
    ("nothing-due-soon", [done("2027-02-01"), milestone("{id: p, title: P, due: 2027-Q4}")], ["p, on 2027-12-31"]),
    (
        "too-long",
        [milestone("{id: m, title: M, started: 2027-01-01, due: 2027-03-27}")],
        ["2027-03-27, more than 12 weeks later"],
    ),
    (
        "too-long",
        [milestone("{id: m, title: M, not_before: 2027-01-01, due: 2027-Q2}")],
        ["2027-06-30, more than 25 weeks later"],
    ),
    (
        "too-long",
        [
            milestone(
                "{id: m, title: M, not_before: 2027-04-01, due: 2027-06,"
                " tasks: [{id: a, title: A, started: 2027-02-01}]}"
            )
        ],
        ["m was started on 2027-02-01"],
    ),
    ("overdue", [milestone("{id: m, title: M, due: 2027-02-21}")], ["m was due on 2027-02-21 and is planned."]),
    (
        "overdue",
        [milestone("{id: m, title: M, due: 2027-01, started: 2027-01-04}")],
        ["was due on 2027-01-29 and is in progress"],
    ),
    ("review-overdue", [OPEN, review("date: 2027-01-10")], ["last reviewed on 2027-01-10, 43 days ago"]),
    ("review-overdue", [OPEN, review("date: 2027-01-10"), ("review", "{id: r2, date: 2027-03-01}")], ["2027-01-10"]),
    ("done-without-feedback", [done("2027-01-22")], ["m was finished on 2027-01-22"]),
    ("done-without-feedback", [done("2027-01-22"), about("p"), about("p/a")], ["no feedback"]),
    (
        "done-without-feedback",
        [milestone("{id: m, title: M, tasks: [{id: a, title: A, finished: 2027-01-22}]}")],
        ["m was finished on 2027-01-22"],
    ),
    ("not-shipped", [done("2027-02-07")], ["m was finished on 2027-02-07, and nobody was told"]),
    (
        "risk-review-overdue",
        [OPEN, risk("reviewed: 2026-12-23, threatens: [m]")],
        ["The risk r was last looked at on 2026-12-23, 61 days ago."],
    ),
    (
        "risk-review-overdue",
        [OPEN, risk("reviewed: 2026-11-02, threatens: [m]"), review("date: 2026-12-01, risks_looked_at: [m]")],
        ["2026-12-01, 83 days ago"],
    ),
    ("risk-review-overdue", [risk("owner: ada"), review("date: 2026-12-01, risks_looked_at: [r]")], ["83 days ago"]),
    (
        "risk-review-overdue",
        [
            TASKS,
            milestone("{id: p, title: P, finished: 2027-02-01}"),
            risk("reviewed: 2026-12-01, threatens: [p, m/a]"),
        ],
        ["83 days ago"],
    ),
    ("risk-expired", [risk("expires: 2027-02-21")], ["The risk r was open until 2027-02-21"]),
    (
        "mitigation-overdue",
        [risk("mitigation: [x, {action: Try it, due: 2027-02-21}, {action: Ask, owner: bo, due: 2027-01}]")],
        [
            "“Try it” was due on 2027-02-21 and is not done. Nobody owns it.",
            "due on 2027-01-29 and is not done. Bo owns",
        ],
    ),
    (
        "action-overdue",
        [review("date: 2027-02-01, actions: [{text: Ask, owner: bo, due: 2027-02-21}, {text: Say, due: 2027-02-22}]")],
        ["“Ask” was due on 2027-02-21 and is not done. Bo owns it."],
    ),
    (
        "sprint-left-over",
        [TASKS, sprint(1, "2027-01-29", "m/a")],
        ["s1 ended on 2027-01-29, and m/a is still open and"],
    ),
    (
        "sprint-left-over",
        [
            TASKS,
            sprint(1, "2027-01-29", "m/a, m/b, m/c"),
            sprint(2, "2027-02-12", "m/b"),
            sprint(3, "2027-03-12", "m/b"),
        ],
        ["The sprint s1 ended on 2027-01-29, and m/a and m/c are still open and in no later sprint."],
    ),
    (
        "blocked-too-long",
        [milestone("{id: m, title: M, blocked: {since: 2027-02-16, by: no key, owner: ada}}")],
        ["m has been blocked since 2027-02-16, more than 3 working days: “no key”. Ada is to remove that."],
    ),
    (
        "blocked-too-long",
        [milestone("{id: m, title: M, tasks: [{id: a, title: A, blocked: {since: 0001-01-01, by: no key}}]}")],
        ["m/a has been blocked since 0001-01-01, more than 3 working days: “no key”. Nobody is named to remove that."],
    ),
]

QUIET: list[tuple[str, Files]] = [
    ("nothing-due-soon", []),
    (
        "nothing-due-soon",
        [milestone("{id: m, title: M, due: 2027-04-05}"), milestone("{id: p, title: P, due: 2028-Q1}")],
    ),
    ("nothing-due-soon", [milestone("{id: m, title: M, due: 2027-01-05}")]),
    ("nothing-due-soon", [done("2027-02-01")]),
    ("nothing-due-soon", [milestone("{id: m, title: M, due: 2028-01-05, priority: wont}")]),
    ("too-long", [milestone("{id: m, title: M, started: 2027-01-01, due: 2027-03-26}")]),
    ("too-long", [milestone("{id: m, title: M, due: 2029-01-01}")]),
    ("too-long", [milestone("{id: m, title: M, started: 2025-01-01, finished: 2027-01-01, due: 2027-01-01}")]),
    ("overdue", [milestone("{id: m, title: M, due: 2027-02-22}")]),
    ("overdue", [milestone("{id: m, title: M, due: 2027-02-01, dropped: 2027-02-01}")]),
    ("overdue", [milestone("{id: m, title: M, due: 2027-02-01, priority: wont}")]),
    ("stale", [OPEN]),
    ("review-overdue", [OPEN]),
    ("review-overdue", [OPEN, review("date: 2027-01-11")]),
    ("review-overdue", [done("2027-02-01"), review("date: 2026-01-11")]),
    ("review-overdue", [milestone("{id: m, title: M, due: 2027-04-01, commitment: promise}")]),
    ("done-without-feedback", [done("2027-01-23")]),
    ("done-without-feedback", [done("2026-08-25")]),
    ("done-without-feedback", [done("2027-01-22"), about("m")]),
    ("done-without-feedback", [done("2027-01-22", ", tasks: [{id: a, title: A, finished: 2027-01-04}]"), about("m/a")]),
    ("done-without-feedback", [done("2027-01-22", ", value: enabler")]),
    ("not-shipped", [done("2027-02-08")]),
    ("not-shipped", [done("2026-08-25")]),
    ("not-shipped", [done("2027-01-08", ", shipped: {note: It is there}")]),
    ("risk-review-overdue", [OPEN, risk("reviewed: 2026-12-24, threatens: [m]")]),
    ("risk-review-overdue", [OPEN, risk("threatens: [m]")]),
    ("risk-review-overdue", [done("2027-02-01"), risk("reviewed: 2026-11-02, threatens: [m]")]),
    ("risk-review-overdue", [risk("reviewed: 2026-11-02, closed: 2026-11-02")]),
    (
        "risk-review-overdue",
        [OPEN, risk("reviewed: 2026-11-02, threatens: [m]"), review("date: 2027-01-20, risks_looked_at: [m]")],
    ),
    ("risk-expired", [risk("expires: 2027-02-22")]),
    ("risk-expired", [risk("expires: 2027-02-01, occurred: 2027-01-20")]),
    ("risk-expired", [risk("expires: 2027-02-01, closed: 2027-02-03")]),
    ("mitigation-overdue", [risk("mitigation: [{action: x, due: 2027-02-22}, {action: z}]")]),
    ("mitigation-overdue", [risk("mitigation: [{action: x, due: 2027-02-01, done: 2027-02-03}]")]),
    ("mitigation-overdue", [risk("closed: 2027-02-03, mitigation: [{action: x, due: 2027-02-01}]")]),
    (
        "action-overdue",
        [review("actions: [{text: x}, {text: z, due: 2027-02-03, done: 2027-02-20}]")],
    ),
    ("sprint-left-over", [TASKS, sprint(1, "2027-02-22", "m/a")]),
    ("sprint-left-over", [TASKS, sprint(1, "2027-01-29", "m/a"), sprint(2, "2027-03-12", "m/a")]),
    ("sprint-left-over", [done("2027-02-01"), sprint(1, "2027-01-29", "m, gone")]),
    ("blocked-too-long", [milestone("{id: m, title: M, blocked: {since: 2027-02-17, by: no key}}")]),
    ("blocked-too-long", [milestone("{id: m, title: M, finished: 2027-02-20, blocked: {since: 2026-02-17, by: x}}")]),
    ("blocked-too-long", [milestone("{id: m, title: M, blocked: {by: no key}}")]),
]


@pytest.mark.parametrize(("rule", "files", "words"), SPEAKS)
def test_a_rule_speaks(rule: str, files: Files, words: list[str]) -> None:
    findings = found(plan_of(*files), rule)
    for finding, expected in zip(findings, words, strict=True):
        assert expected in finding.message
        assert finding.hint


@pytest.mark.parametrize(("rule", "files"), QUIET)
def test_a_rule_keeps_quiet(rule: str, files: Files) -> None:
    assert found(plan_of(*files), rule) == []


@pytest.mark.parametrize("rule", sorted({rule for rule, _, _ in SPEAKS} - {"review-overdue"}))
def test_a_milestone_from_elsewhere_is_not_ours_to_mend(rule: str) -> None:
    files = next(files for name, files, _ in SPEAKS if name == rule)
    plan = plan_of(*files, foreign=[f"{kind}-{number + 1}.yaml" for number, (kind, _) in enumerate(files)])
    assert found(plan, rule) == []


@pytest.mark.parametrize(
    ("rule", "file", "limit"),
    [
        ("nothing-due-soon", milestone("{id: m, title: M, due: 2028-02-01}"), {"limit": 50}),
        ("too-long", milestone("{id: m, title: M, not_before: 2027-01-01, due: 2027-Q2}"), {"limit": 26}),
        ("done-without-feedback", done("2027-01-22"), {"limit": 31}),
        ("not-shipped", done("2027-02-07"), {"limit": 15}),
        ("risk-review-overdue", risk("reviewed: 2026-12-01"), {"limit": 83}),
        ("blocked-too-long", milestone("{id: m, title: M, blocked: {since: 2027-02-16, by: x}}"), {"limit": 4}),
        ("blocked-too-long", milestone("{id: m, title: M, blocked: {since: 2027-02-16, by: x}}"), {"limit": 1e18}),
    ],
)
def test_a_team_sets_its_own_limit(rule: str, file: tuple[str, str], limit: dict[str, float]) -> None:
    assert found(plan_of(file), rule)
    assert found(plan_of(file), rule, limits=limit) == []


@pytest.mark.parametrize(
    ("rule", "files", "limit", "words"),
    [
        ("nothing-due-soon", [milestone("{id: m, title: M, due: 2027-03-05}")], 1, "within the next week; the first"),
        (
            "too-long",
            [milestone("{id: m, title: M, started: 2027-02-01, due: 2027-02-15}")],
            1,
            "within 1 week becomes",
        ),
        ("blocked-too-long", [milestone("{id: m, title: M, blocked: {since: 2027-02-12, by: x}}")], 1, "1 working day"),
        ("review-overdue", [OPEN, review("date: 2027-02-21")], 0, "on 2027-02-21, 1 day ago."),
        ("risk-review-overdue", [risk("reviewed: 2027-02-21")], 0, "on 2027-02-21, 1 day ago."),
        ("task-too-big", [milestone("{id: m, title: M, tasks: [{id: a, estimate: 9d}]}")], 1, "than 1 week of effort"),
        ("no-small-wins", [milestone("{id: m, title: M, estimate: 9d}")], 1, "more than 1 week of effort"),
    ],
)
def test_one_is_told_as_one(rule: str, files: list[tuple[str, str]], limit: float, words: str) -> None:
    (finding,) = found(plan_of(*files), rule, limits={"limit": limit})
    assert words in f"{finding.message} {finding.hint}"


def test_more_than_was_ever_finished_reads_as_more() -> None:
    tasks = ", ".join(f"{{id: t{n}, title: T, actual: 2d, finished: 2027-0{1 + n // 5}-03}}" for n in range(8))
    done = milestone(f"{{id: d, title: D, finished: 2027-02-03, tasks: [{tasks}]}}")

    def due_soon(estimate: str) -> tuple[str, str]:
        return milestone(f"{{id: m, title: M, due: 2027-02-26, tasks: [{{id: a, title: A, estimate: {estimate}}}]}}")

    (finding,) = found(plan_of(done, due_soon("10.1d")), "pace-never-seen")
    assert "10.1 d of work have to be done; in as many days no more than 10 d ever were" in finding.message
    assert found(plan_of(done, due_soon("10.04d")), "pace-never-seen") == []


def test_what_is_blocked_is_counted_in_days_on_which_the_team_works() -> None:
    closed = ("plan", "milepost: 1\ntitle: Heron\ncalendar: {closed: [2027-02-15..2027-02-19]}\n")
    blocked = milestone("{id: m, title: M, blocked: {since: 2027-02-12, by: no key}}")
    assert found(plan_of(blocked), "blocked-too-long")
    assert found(plan_of(closed, blocked), "blocked-too-long") == []


def test_what_moves_with_the_days_says_so() -> None:
    """A timed rule may speak some day about a plan that nobody touched: it fails no build. The others never do."""
    for name, files, _ in SPEAKS:
        rule = next(rule for rule in RULES if rule.name == name)
        assert rule.level is Level.ADVICE
        verdicts = [len(found(plan_of(*files), name, today=date(year, 1, 1))) for year in (2027, 2030)]
        assert rule.timed or verdicts[0] == verdicts[1], name


SILENT = milestone("{id: m, title: M, due: 2027-02-01, tasks: [{id: a, title: A}]}")


def test_an_overdue_milestone_is_named_until_somebody_says_something() -> None:
    plan = plan_of(SILENT)
    written = version("2027-01-04", SILENT)
    (finding,) = found(plan, "overdue", history=history_of(written))
    assert finding.message.endswith("and is planned, and nothing was said about it since.")
    said = milestone("{id: m, title: M, notes: one more week, due: 2027-02-01, tasks: [{id: a, title: A}]}")
    assert found(plan_of(said), "overdue", history=history_of(written, version("2027-02-08", said))) == []
    assert found(plan_of(said), "overdue", history=history_of(written, version("2027-02-01", said)))
    assert found(plan_of(said), "overdue", history=history_of(written)) == []


def test_a_word_about_a_late_milestone_buys_two_weeks() -> None:
    said = milestone("{id: m, title: M, notes: one more week, due: 2027-02-01, tasks: [{id: a, title: A}]}")
    history = history_of(version("2027-01-04", SILENT), version("2027-02-07", said))
    (finding,) = found(plan_of(said), "overdue", history=history)
    assert finding.message == "m was due on 2027-02-01 and is planned, and nothing was said about it since 2027-02-07."
    assert found(plan_of(said), "overdue", history=history, limits={"limit": 15}) == []


@pytest.mark.parametrize("touched", ["2025-12-01", "2026-06-01", "2027-02-01"])
def test_what_is_late_by_more_than_a_year_is_named_however_it_was_touched(touched: str) -> None:
    late = milestone("{id: m, title: M, due: 2025-11-21}")
    noted = milestone("{id: m, title: M, due: 2025-11-21, notes: soon}")
    history = history_of(version("2025-06-01", late), version(touched, noted))
    (finding,) = found(plan_of(noted), "overdue", history=history)
    assert f"since {touched}" in finding.message


def test_a_milestone_is_stale_after_sixty_days_without_a_word() -> None:
    plan = plan_of(OPEN)
    (finding,) = found(plan, "stale", history=history_of(version("2026-12-23", OPEN)))
    assert finding.message == "Nothing has been said about m since 2026-12-23, 61 days ago."
    assert found(plan, "stale", history=history_of(version("2026-12-24", OPEN))) == []


def test_a_task_a_review_and_an_edit_are_words_too() -> None:
    bare = milestone("{id: m, title: M, due: 2027-04-01, tasks: [{id: a, title: A}]}")
    begun = milestone("{id: m, title: M, due: 2027-04-01, tasks: [{id: a, title: A, started: 2027-02-01}]}")
    written = version("2026-12-01", bare)
    assert found(plan_of(bare), "stale", history=history_of(written))
    assert found(plan_of(begun), "stale", history=history_of(written, version("2027-02-01", begun))) == []
    assert found(plan_of(begun), "stale", history=history_of(written)) == []
    for looked in ("risks_looked_at: [m]", "agreed: [{who: bo, about: [m]}]"):
        assert found(plan_of(bare, review(f"date: 2027-01-20, {looked}")), "stale", history=history_of(written)) == []
    old = review("date: 2026-12-20, risks_looked_at: [m]")
    assert "2026-12-20" in found(plan_of(bare, old), "stale", history=history_of(written))[0].message


def test_stale_follows_a_new_id_and_leaves_out_what_is_over_or_overdue() -> None:
    history = history_of(version("2026-12-01", OPEN, SILENT))
    renamed = milestone("{id: p, title: M, due: 2027-04-01, was: [m]}")
    assert found(plan_of(renamed), "stale", history=history) == []  # that is an edit
    for quiet in (SILENT, milestone("{id: m, title: M, due: 2027-04-01, finished: 2027-01-04}")):
        assert found(plan_of(quiet), "stale", history=history_of(version("2026-12-01", quiet))) == []


def test_too_long_counts_from_the_first_accepted_version_where_nothing_else_is_said() -> None:
    far = milestone("{id: m, title: M, due: 2027-04-01}")
    (finding,) = found(plan_of(far), "too-long", history=history_of(version("2027-01-01", far)))
    assert finding.message.startswith("m was first written down on 2027-01-01 and is due on 2027-04-01, more than 12")
    assert found(plan_of(far), "too-long", history=history_of(version("2027-01-08", far))) == []
    early = milestone("{id: m, title: M, not_before: 2027-01-01, due: 2027-04-01}")
    assert found(plan_of(early), "too-long", history=history_of(version("2027-02-01", early)))
    starts = milestone("{id: m, title: M, not_before: 2027-02-01, due: 2027-04-01}")
    assert found(plan_of(starts), "too-long", history=history_of(version("2027-01-01", far))) == []


def test_too_long_counts_from_when_what_it_waits_for_is_due() -> None:
    first = milestone("{id: m, title: M, due: 2027-04-01}")
    second = milestone("{id: p, title: P, due: 2027-06-24, depends_on: [m]}")
    accepted = history_of(version("2027-02-01", first, second))
    assert found(plan_of(first, second), "too-long", history=accepted) == []
    assert found(plan_of(first, second), "too-long") == []
    later = milestone("{id: p, title: P, due: 2027-06-25, depends_on: [m]}")
    (finding,) = found(plan_of(first, later), "too-long", history=accepted)
    assert finding.message == "p waits until 2027-04-01 and is due on 2027-06-25, more than 12 weeks later."
    done = milestone("{id: m, title: M, finished: 2027-01-04}")
    (finding,) = found(plan_of(done, later), "too-long", history=accepted)
    assert finding.message.startswith("p was first written down on 2027-02-01")


def test_promises_ask_for_a_review_in_time() -> None:
    promise = milestone("{id: m, title: M, due: 2027-04-01, commitment: promise}")
    (finding,) = found(plan_of(promise), "review-overdue", history=history_of(version("2027-01-10", promise)))
    assert "no review of it is written down since it began on 2027-01-10." in finding.message
    assert found(plan_of(promise), "review-overdue", history=history_of(version("2027-01-11", promise))) == []
    assert found(plan_of(OPEN), "review-overdue", history=history_of(version("2026-01-11", OPEN))) == []


@pytest.mark.parametrize("today", [date(1, 1, 1), date(2027, 2, 22), date(9999, 12, 3), date.max])
@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "9999-Q4"])
@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-02", "9999-12-31"])
def test_no_rule_fails_at_the_ends_of_the_calendar(today: date, due: str, day: str) -> None:
    tasks = ", ".join(f"{{id: t{number}, title: T, estimate: 2d, finished: {day}}}" for number in range(9))
    plan = plan_of(
        milestone(f"{{id: old, title: Old, tasks: [{tasks}]}}"),
        milestone(f"{{id: new, title: New, due: {due}, estimate: 9d, not_before: {day}, depends_on: [old]}}"),
        ("risk", f"{{id: r, title: R, threatens: [new], expires: {day}, reviewed: {day}}}"),
        ("sprint", f"{{id: s, start: {day}, end: {due}, items: [new]}}"),
    )
    for rule in RULES:
        found(plan, rule.name, today)


@pytest.mark.parametrize(
    ("due", "likely"),
    [("2027-02-24", "less than 5 %"), ("2027-03-09", "90 %"), ("2027-03-19", "more than 95 %")],
)
def test_no_chance_is_told_more_exactly_than_anybody_can_know(due: str, likely: str) -> None:
    promise = milestone(f"{{id: m, title: M, due: {due}, commitment: promise, estimate: 5d..12d}}")
    (finding,) = found(plan_of(promise), "due-unlikely", limits={"limit": 1.0})
    assert finding.message.startswith(f"m is promised for {due}, which is {likely} likely; 80 % sure is ")
