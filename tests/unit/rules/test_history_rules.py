"""Rules about promises: what accepted history says was promised, and what the plan at hand makes of it."""

from __future__ import annotations

import pytest

from milepost.model.finding import Level
from tests.conftest import MakeRepository, Run
from tests.unit.plans import found, milestone, plan_of

from .histories import Version, history_of, version

File = tuple[str, str]
REASON = "promise-moved-without-reason"
AGREEMENT = "promise-moved-without-agreement"


def beta(due: str = "2027-03-15", more: str = "", commitment: str = "promise") -> File:
    """A promise."""
    return milestone(f"{{id: beta, title: Beta, due: {due}, commitment: {commitment}{more}}}")


def because(text: str) -> str:
    return f", because: {{scope: {text}}}"


def releases(day: str, more: str = "") -> File:
    return "plan", f"milepost: 1\ntitle: Heron\nreleases: {{v2: {{due: {day}{more}}}}}\n"


def closed(days: str) -> File:
    return "plan", f"milepost: 1\ntitle: Heron\ncalendar: {{closed: [{days}]}}\n"


def on(day: str, *files: File, body: str = "") -> Version:
    return version(f"2027-{day}", *files, body=body)


FIRST = on("01-04", beta())
DATELESS = milestone("{id: beta, title: Beta, estimate: 3d, commitment: promise}")

# what was accepted, the plan at hand, and the message without "beta was promised for 2027-03-15 and"
SPEAKS: dict[str, tuple[list[Version], list[File], str]] = {
    "moved at hand": (
        [FIRST],
        [beta("2027-04-05")],
        "is now promised for 2027-04-05, 21 days later, without a reason.",
    ),
    "moved earlier": (
        [FIRST],
        [beta("2027-03-12")],
        "is now promised for 2027-03-12, 3 days earlier, without a reason.",
    ),
    "moved and accepted": ([FIRST, on("01-05", beta("2027-04-05"))], [beta("2027-04-05")], "2027-04-05, 21 days later"),
    "lowered": ([FIRST], [beta(commitment="target")], "is only a target now, without a reason."),
    "lowered far": ([FIRST], [beta(commitment="tentative")], "is only tentative now, without a reason."),
    "lowered and accepted": (
        [FIRST, on("01-05", beta(commitment="target"))],
        [beta(commitment="target")],
        "target now",
    ),
    "put off": ([FIRST], [beta(more=", priority: wont")], "is put off now with `priority: wont`, without a reason."),
    "put off and accepted": (
        [FIRST, on("01-05", beta(more=", priority: wont"))],
        [beta(more=", priority: wont")],
        "is put off now",
    ),
    "put off, with an old reason": (
        [on("01-04", beta(more=because("more"))), on("01-05", beta(more=", priority: wont" + because("more")))],
        [beta(more=", priority: wont" + because("more"))],
        "is put off now",
    ),
    "put off with a reason, taken up again and moved": (
        [
            FIRST,
            on("01-05", beta(more=", priority: wont" + because("why"))),
            on("01-06", beta(more=", priority: must" + because("why"))),
        ],
        [beta("2027-04-05", ", priority: must" + because("why"))],
        "2027-04-05, 21 days later",
    ),
    "dropped as the calendar moves": (
        [
            on("01-04", beta("2027-03-15")),
            on("01-05", closed("2027-03-20..2027-03-31"), beta(more=", dropped: 2027-01-05")),
        ],
        [closed("2027-03-20..2027-03-31"), beta(more=", dropped: 2027-01-05")],
        "is dropped",
    ),
    "no date": ([FIRST], [DATELESS], "has no date any more, without a reason."),
    "no date, accepted": ([FIRST, on("01-05", DATELESS)], [DATELESS], "has no date any more"),
    "dropped": ([FIRST], [beta(more=", dropped: 2027-02-01")], "is dropped, without a reason."),
    "dropped and accepted": (
        [FIRST, on("01-05", beta(more=", dropped: 2027-01-05"))],
        [beta(more=", dropped: 2027-01-05")],
        "is dropped, without a reason.",
    ),
    "in small steps": (
        [FIRST, on("01-05", beta("2027-03-17")), on("01-06", beta("2027-03-19"))],
        [beta("2027-03-19")],
        "2027-03-19, 4 days later",
    ),
    "an old reason": (
        [on("01-04", beta(more=because("more"))), on("01-05", beta("2027-04-05", because("more")))],
        [beta("2027-04-05", because("more"))],
        "2027-04-05, 21 days later",
    ),
    "lowered, moved, promised again": (
        [FIRST, on("01-05", beta("2027-04-05", commitment="target")), on("01-06", beta("2027-04-05"))],
        [beta("2027-04-05")],
        "2027-04-05, 21 days later",
    ),
    "under a new id": (
        [FIRST],
        [milestone("{id: b, title: Beta, was: [beta], due: 2027-04-05, commitment: promise}")],
        "2027-04-05, 21 days later",
    ),
    "finished late by its own words": (
        [FIRST],
        [beta("2027-04-05", ", finished: 2027-02-20")],
        "2027-04-05, 21 days later",
    ),
    "an explained move, then another": (
        [on("01-04", beta("2027-03-01")), on("01-05", beta(more=because("more")))],
        [beta("2027-03-20", because("more"))],
        "2027-03-20, 5 days later",
    ),
    "from a release to another date": (
        [on("01-04", releases("2027-03-15"), beta("v2"))],
        [releases("2027-03-15"), beta("2027-04-05")],
        "2027-04-05, 21 days later",
    ),
}

QUIET: dict[str, tuple[list[Version], list[File]]] = {
    "not moved": ([FIRST], [beta()]),
    "a new promise": ([FIRST], [beta(), milestone("{id: ga, title: GA, due: 2027-06-01, commitment: promise}")]),
    "within the tolerance": ([FIRST], [beta("2027-03-17")]),
    "a reason at hand": ([FIRST], [beta("2027-04-05", because("more"))]),
    "a reason with the move": (
        [FIRST, on("01-05", beta("2027-04-05", because("more")))],
        [beta("2027-04-05", because("more"))],
    ),
    "a reason in the commit": (
        [FIRST, on("01-05", beta("2027-04-05"), body="Text\n\nBecause: scope: more")],
        [beta("2027-04-05")],
    ),
    "a reason later": (
        [FIRST, on("01-05", beta("2027-04-05")), on("01-06", beta("2027-04-05", because("more")))],
        [beta("2027-04-05", because("more"))],
    ),
    "a reason for what was accepted": (
        [FIRST, on("01-05", beta("2027-04-05"))],
        [beta("2027-04-05", because("more"))],
    ),
    "moved back": ([FIRST, on("01-05", beta("2027-04-05")), on("01-06", beta())], [beta()]),
    "a target moves": ([on("01-04", beta(commitment="target"))], [beta("2027-04-05", commitment="target")]),
    "a target becomes a promise": (
        [on("01-04", beta("2027-03-01", commitment="target")), on("01-05", beta())],
        [beta()],
    ),
    "a target is promised for another day": ([on("01-04", beta("2027-03-01", commitment="target"))], [beta()]),
    "dropped with a reason": ([FIRST], [beta(more=", dropped: 2027-02-01" + because("nobody wants it"))]),
    "dropped with a reason, accepted": (
        [FIRST, on("01-05", beta(more=", dropped: 2027-01-05" + because("why")))],
        [beta(more=", dropped: 2027-01-05" + because("why"))],
    ),
    "put off with a reason": ([FIRST], [beta(more=", priority: wont" + because("nobody wants it"))]),
    "put off with a reason, accepted": (
        [FIRST, on("01-05", beta(more=", priority: wont" + because("why")))],
        [beta(more=", priority: wont" + because("why"))],
    ),
    "put off with a reason in the commit": (
        [FIRST, on("01-05", beta(more=", priority: wont"), body="Text\n\nBecause: scope: more")],
        [beta(more=", priority: wont")],
    ),
    "put off, and taken up again": (
        [FIRST, on("01-05", beta(more=", priority: wont"))],
        [beta(more=", priority: could")],
    ),
    "put off from the first day": (
        [on("01-04", beta(more=", priority: wont"))],
        [beta(more=", priority: wont")],
    ),
    "another priority": ([FIRST], [beta(more=", priority: could")]),
    "lowered with a reason, then moved": (
        [FIRST, on("01-05", beta(commitment="target", more=because("why")))],
        [beta("2027-06-01", because("why"), "target")],
    ),
    "moved without a word, then finished": (
        [FIRST, on("01-05", beta("2027-04-05")), on("01-06", beta("2027-04-05", ", finished: 2027-01-06"))],
        [beta("2027-04-05", ", finished: 2027-01-06")],
    ),
    "the same day, written as a release": (
        [on("01-04", releases("2027-03-15"), beta())],
        [releases("2027-03-15"), beta("v2")],
    ),
    "only the calendar moved it": (
        [on("01-04", beta("2027-03"))],
        [closed("2027-03-20..2027-03-31"), beta("2027-03")],
    ),
    "only the calendar moved it, accepted": (
        [on("01-04", beta("2027-03")), on("01-05", closed("2027-03-20..2027-03-31"), beta("2027-03"))],
        [closed("2027-03-20..2027-03-31"), beta("2027-03")],
    ),
    "the day that the calendar moved it to, written out": (
        [on("01-04", beta("2027-03")), on("01-05", closed("2027-03-20..2027-03-31"), beta("2027-03"))],
        [closed("2027-03-20..2027-03-31"), beta("2027-03-19")],
    ),
    "a date that is none": ([FIRST], [beta("someday")]),
}


@pytest.mark.parametrize(("versions", "files", "words"), SPEAKS.values(), ids=SPEAKS.keys())
def test_a_promise_that_moved_without_a_word_is_named(versions: list[Version], files: list[File], words: str) -> None:
    (finding,) = found(plan_of(*files), REASON, history=history_of(*versions))
    assert " was promised for 2027-03-15 and " in finding.message
    assert words in finding.message
    assert "because" in finding.hint
    assert finding.level is Level.ERROR


@pytest.mark.parametrize(("versions", "files"), QUIET.values(), ids=QUIET.keys())
def test_a_promise_that_stands_or_has_a_reason_is_not(versions: list[Version], files: list[File]) -> None:
    assert found(plan_of(*files), REASON, history=history_of(*versions)) == []


def test_without_history_nothing_is_said() -> None:
    assert found(plan_of(beta("2027-04-05")), REASON) == []
    assert found(plan_of(beta("2027-04-05")), AGREEMENT) == []


def test_a_team_sets_its_own_tolerance() -> None:
    plan, history = plan_of(beta("2027-03-16")), history_of(FIRST)
    assert found(plan, REASON, history=history) == []
    (finding,) = found(plan, REASON, history=history, limits={"tolerance": 0})
    assert "is now promised for 2027-03-16, 1 day later" in finding.message


def test_what_comes_from_elsewhere_is_not_ours_to_explain() -> None:
    plan = plan_of(beta("2027-04-05"), foreign=["milestone-1.yaml"])
    assert found(plan, REASON, history=history_of(FIRST)) == []


PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/beta.yaml"


def own(more: str = "", id: str = "beta") -> str:
    return f"id: {id}\ntitle: Beta\ndue: 2027-03-15\ncommitment: promise\n{more}"


@pytest.mark.parametrize(
    ("at_hand", "says"),
    [
        ({BETA: None}, "beta was promised for 2027-03-15 and is no longer in the plan."),
        ({BETA: own(id="b")}, "beta was promised for 2027-03-15 and is no longer in the plan."),
        ({BETA: None, "plan/milestones/other.yaml": own()}, "No findings."),
        ({BETA: own("was: [beta]\n", id="b")}, "No findings."),
        ({BETA: own("title: [\n")}, "No findings."),
    ],
    ids=["deleted", "another id", "another file", "renamed", "unreadable"],
)
def test_a_promise_does_not_vanish(
    make_repository: MakeRepository, run: Run, at_hand: dict[str, str | None], says: str
) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: own()})
    checkout.write(at_hand)
    result = run("check", "--rule", REASON, "--today", "2027-02-22", folder=checkout.path)
    assert says in " ".join(result.stdout.split())


@pytest.mark.parametrize("over", ["finished: 2027-01-04\n", "dropped: 2027-01-04\nbecause: {scope: why}\n"])
def test_what_is_over_may_be_cleared_away(make_repository: MakeRepository, run: Run, over: str) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: own()}, {BETA: own(over)})
    checkout.write({BETA: None})
    assert run("check", "--rule", REASON, folder=checkout.path).stdout == "No findings.\n"


WITH_RELEASE = [beta("v2"), milestone("{id: ga, title: GA, due: v2, commitment: promise}")]
EARLIER = on("01-04", releases("2027-03-15"), *WITH_RELEASE)
LATER = on("01-05", releases("2027-04-05"), *WITH_RELEASE)


@pytest.mark.parametrize("versions", [[EARLIER], [EARLIER, LATER]], ids=["at hand", "accepted"])
def test_a_release_that_moves_promises_is_named_once(versions: list[Version]) -> None:
    plan = plan_of(releases("2027-04-05"), *WITH_RELEASE)
    (finding,) = found(plan, REASON, history=history_of(*versions))
    assert finding.message == "The release v2 moved without a reason, and 2 promises with it."
    assert "beta was promised for 2027-03-15 and is now promised for 2027-04-05" in finding.related[0].message
    assert finding.place.pointer[:2] == ("releases", "v2")
    assert len(finding.related) == 2


RELEASE_REASON = releases("2027-04-05", because("store review"))


@pytest.mark.parametrize(
    "versions",
    [[EARLIER], [EARLIER, LATER], [EARLIER, on("01-05", RELEASE_REASON, *WITH_RELEASE)]],
    ids=["at hand", "later", "accepted"],
)
def test_the_reason_of_a_release_is_one_for_what_is_due_with_it(versions: list[Version]) -> None:
    plan = plan_of(RELEASE_REASON, *WITH_RELEASE)
    assert found(plan, REASON, history=history_of(*versions)) == []


ASKED = ", raci: {consulted: [ada, bo]}"
PROMISE = beta(more=ASKED)
MOVED = beta("2027-04-05", ASKED)


def review(day: str, *who: str, id: str = "r1") -> File:
    agreed = ", ".join(f"{{who: {one}, about: [beta]}}" for one in who)
    return "review", f"{{id: {id}, date: 2027-{day}, agreed: [{agreed}]}}"


JANUARY = review("01-10", "ada", "bo")
AGREED = [on("01-04", PROMISE), on("01-10", PROMISE, JANUARY)]


@pytest.mark.parametrize("versions", [AGREED, [*AGREED, on("01-20", MOVED, JANUARY)]], ids=["at hand", "accepted"])
def test_who_agreed_to_another_date_is_named(versions: list[Version]) -> None:
    (finding,) = found(plan_of(MOVED, JANUARY), AGREEMENT, history=history_of(*versions))
    assert finding.message == ("beta is promised for 2027-04-05, but Ada and Bo agreed to 2027-03-15.")
    assert "agreed: [{who: ada, about: [beta]}, {who: bo, about: [beta]}]" in finding.hint


def test_a_date_from_before_the_review_was_not_agreed_to() -> None:
    history = history_of(on("01-04", MOVED), on("01-08", PROMISE), on("01-10", PROMISE, JANUARY))
    assert found(plan_of(MOVED, JANUARY), AGREEMENT, history=history)
    again = review("02-20", "ada", "bo", id="r2")
    assert found(plan_of(MOVED, JANUARY, again), AGREEMENT, history=history) == []


def test_who_agreed_again_is_not() -> None:
    again = review("01-21", "bo", id="r2")
    history = history_of(*AGREED, on("01-20", MOVED, JANUARY), on("01-21", MOVED, JANUARY, again))
    (finding,) = found(plan_of(MOVED, JANUARY, again), AGREEMENT, history=history)
    assert "Ada agreed" in finding.message
    assert "Bo" not in finding.message


@pytest.mark.parametrize(
    ("versions", "files"),
    [
        (AGREED, [PROMISE, JANUARY]),
        ([on("01-04", PROMISE)], [MOVED, JANUARY]),
        ([on("01-04", PROMISE), on("01-11", MOVED, JANUARY)], [MOVED, JANUARY]),
        ([on("01-04", PROMISE), on("01-11", MOVED), on("01-12", MOVED, JANUARY)], [MOVED, JANUARY]),
        (AGREED, [beta("2027-03-17", ASKED), JANUARY]),
        (AGREED, [beta("2027-04-05", ASKED, "target"), JANUARY]),
        (AGREED, [beta("2027-04-05", ASKED + ", finished: 2027-02-01"), JANUARY]),
        (AGREED, [beta("2027-04-05"), JANUARY]),
        ([on("01-04", PROMISE)], [beta("2027-03-17", ASKED)]),
        ([on("01-04", beta(more=ASKED, commitment="target"))], [MOVED]),
        ([on("01-04", beta(more=ASKED)), on("01-05", beta("2027-04-05", ASKED)), on("01-06", PROMISE)], [PROMISE]),
        ([on("01-04", beta("2027-03", ASKED))], [closed("2027-03-20..2027-03-31"), beta("2027-03", ASKED)]),
        (
            [
                on("01-04", beta("2027-03", ASKED)),
                on("01-05", closed("2027-03-20..2027-03-31"), beta("2027-03", ASKED)),
            ],
            [closed("2027-03-20..2027-03-31"), beta("2027-03-19", ASKED)],
        ),
    ],
    ids=[
        "not moved",
        "a review at hand",
        "moved and agreed in one change",
        "moved after the review, before it was written down",
        "within the tolerance",
        "no promise any more",
        "finished",
        "nobody is consulted",
        "never agreed, within the tolerance",
        "never agreed, a new promise",
        "never agreed, moved back",
        "never agreed, only the calendar moved it",
        "never agreed, the day that the calendar moved it to",
    ],
)
def test_who_agreed_to_what_is_promised_is_not_asked_again(versions: list[Version], files: list[File]) -> None:
    assert found(plan_of(*files), AGREEMENT, history=history_of(*versions)) == []


NOT_COMMITTED = [on("01-04", PROMISE)]
EARLY_RELEASE = on("01-04", releases("2027-03-15"), beta("v2", ASKED))


@pytest.mark.parametrize(
    ("versions", "files"),
    [
        (NOT_COMMITTED, [MOVED]),
        ([*NOT_COMMITTED, on("01-20", MOVED)], [MOVED]),
        ([*NOT_COMMITTED, on("01-20", beta("2027-04-05", ASKED + because("more")))], [MOVED]),
        ([*NOT_COMMITTED, on("01-20", beta("2027-03-17", ASKED))], [MOVED]),
        ([EARLY_RELEASE], [releases("2027-04-05"), beta("v2", ASKED)]),
    ],
    ids=["at hand", "accepted", "accepted with a reason", "in small steps", "with its release"],
)
def test_a_promise_that_moved_names_those_who_never_agreed(versions: list[Version], files: list[File]) -> None:
    (finding,) = found(plan_of(*files), AGREEMENT, history=history_of(*versions))
    assert finding.message == (
        "beta is promised for 2027-04-05, but no review says that Ada and Bo agreed to move it from 2027-03-15."
    )
    assert "ask them, and write into a review: `agreed: [{who: ada, about: [beta]}, {who: bo" in finding.hint


def test_who_agreed_and_who_never_did_are_told_apart() -> None:
    history = history_of(on("01-04", PROMISE), on("01-10", PROMISE, review("01-10", "bo")))
    (finding,) = found(plan_of(MOVED, review("01-10", "bo")), AGREEMENT, history=history)
    assert (
        "but Bo agreed to 2027-03-15, and no review says that Ada agreed to move it from 2027-03-15." in finding.message
    )


def test_whoever_never_agreed_is_asked() -> None:
    (finding,) = found(plan_of(PROMISE, review("01-10", "bo")), "agreement-missing")
    assert finding.message == "beta is promised, and no review says that Ada agreed."
    assert finding.place.pointer == ("raci", "consulted")
    for quiet in (beta(more=ASKED, commitment="target"), beta(more=ASKED + ", finished: 2027-02-01"), beta()):
        assert found(plan_of(quiet), "agreement-missing") == []
    assert found(plan_of(PROMISE, JANUARY), "agreement-missing") == []
