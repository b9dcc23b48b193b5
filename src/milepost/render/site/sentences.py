"""Sentences made from the plan: what the front page says first, and what an accepted change did."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from milepost.analyses.roadmap import Entry, Roadmap, Standing
from milepost.model.due import Commitment, Due
from milepost.model.moves import Cause, Move
from milepost.render.site.amounts import count, later, shift, times
from milepost.render.site.dates import due_words, long_due
from milepost.render.site.steps import Entry as StepEntry
from milepost.render.site.steps import Step

_AIMS = {
    Commitment.PROMISE: "is promised for",
    Commitment.TARGET: "is aimed at",
    Commitment.TENTATIVE: "is pencilled in for",
}
_AIMS_PAST = {
    Commitment.PROMISE: "was promised for",
    Commitment.TARGET: "was aimed at",
    Commitment.TENTATIVE: "was pencilled in for",
}
_AIM_WORDS = {Commitment.PROMISE: "Promised", Commitment.TARGET: "Target", Commitment.TENTATIVE: "Tentative"}
_VERBS = (
    ("dropped", "dropped"), ("finished", "finished"), ("started", "started"), ("closed", "closed"),
    ("occurred", "occurred"), ("blocked", "blocked"), ("reviewed", "looked at again"),
)  # fmt: skip
_NOUNS = {
    "depends_on": "what it waits for",
    "measures": "success criteria",
    "serves": "the goal it serves",
}
_KINDS = {"milestone": "Milestone", "task": "Task", "goal": "Goal", "risk": "Risk", "release": "Release"}


def headline(entry: Entry, title: str, today: date) -> str:
    """The first sentence of the front page: what was said of the milestone that matters most."""
    due = entry.due
    if due is None or due.day is None:
        return f"{title} has no date yet."
    commitment = entry.milestone.commitment
    if entry.standing is Standing.OVERDUE:
        over = count((today - due.day).days, "day")
        return f"{title} {_AIMS_PAST[commitment]} {long_due(due, today)}, {over} ago."
    return f"{title} {_AIMS[commitment]} {long_due(due, today)}."


def moved_sentence(entry: Entry) -> str:
    """How a date has moved since it was first said."""
    slip = entry.slip
    if slip is None or entry.due is None:
        return ""
    if not slip.moves:
        return "The date has not moved since it was first said."
    moved = f"It has moved {times(len(slip.moves))}"
    if slip.days is None:
        return f"{moved}."
    if slip.days > 0:
        return f"{moved}, {count(slip.days, 'day')} in all."
    return f"{moved} and is {count(-slip.days, 'day')} earlier than first said." if slip.days else (
        f"{moved} and is back on the date first said."
    )  # fmt: skip


def other_promises(roadmap: Roadmap, first: Entry | None) -> str:
    """How often the dates of the other open promises moved, in one sentence; empty where there are none."""
    others = [entry for entry in roadmap.promises if entry is not first]
    moved = sum(entry.moves > 0 for entry in others)
    if len(others) < 2:
        return f"One other promise has {'moved too' if moved else 'not moved'}." if others else ""
    number = "all" if moved == len(others) else moved or "none"
    return f"Of {len(others)} other promises, {number} {'has' if moved == 1 else 'have'} moved."


def aim_word(commitment: Commitment) -> str:
    """How firmly a date is meant, as one word before it."""
    return _AIM_WORDS[commitment]


def move_words(move: Move) -> str:
    """What a move did, in a few letters: `+11 d`, `removed`, `set again`."""
    if move.new is None:
        return "removed"
    if move.old is None:
        return "set again"
    return shift(move.days) if move.days is not None else "changed"


def cause_words(move: Move) -> str:
    """What made a date move when nobody changed it; empty where somebody did."""
    return {Cause.CHANGE: "", Cause.RELEASE: "Its release moved", Cause.CALENDAR: "The calendar changed"}[move.cause]


def outcome_words(entry: Entry) -> str:
    """How a finished milestone compares with the date first said; empty where none was said."""
    finish, slip = entry.milestone.finish, entry.slip
    if finish is None or slip is None or slip.original.day is None:
        return ""
    days = (finish - slip.original.day).days
    return "on the day first said" if days == 0 else f"{later(days)} than first said"


def step_words(step: Step) -> str:
    """What a step did, to follow the title of its item: `finished`, `moves to 14 Dec (+21 d)`. The chief thing only."""
    facts = step_facts(step)
    if facts:
        return facts[0]
    return ", ".join(_name(entry) for entry in step.entries[:3]) + " changed"


def step_facts(step: Step, named: Collection[str] = ()) -> list[str]:
    """Everything a step did that matters, the chief thing first; of other fields, those that are `named`."""
    if step.added or step.removed:
        due = step.entry("due") if step.added else None
        words = f"{_KINDS[step.item.kind]} {'added' if step.added else 'taken out'}"
        return [words, f"due {due.new}"] if due and due.new else [words]
    facts = [verb if entry.new else f"no longer {verb}" for field, verb in _VERBS if (entry := step.entry(field))]
    if "finished" in facts and "started" in facts:
        facts.remove("started")
    facts += [words(entry) for field, words in _TOLD.items() if (entry := step.entry(field))]
    told = {field for field, _ in _VERBS} | _TOLD.keys()
    others = [_name(entry) for entry in step.entries if entry.field in named and entry.field not in told]
    return [*facts, ", ".join(others) + " changed"] if others else facts


def _name(entry: StepEntry) -> str:
    return _NOUNS.get(entry.field, entry.label.lower())


def _due_words(due: StepEntry) -> str:
    if not due.new:
        return "has no date any more"
    if not due.old:
        return f"gets the date {due.new}"
    return f"moves to {due.new}" + (f" ({due.days})" if due.days else "")


def _owner_words(owner: StepEntry) -> str:
    return f"goes to {owner.new}" if owner.new else "has no owner any more"


def _estimate_words(estimate: StepEntry) -> str:
    if not estimate.new:
        return "has no estimate any more"
    return f"estimate {estimate.old} → {estimate.new}" if estimate.old else f"estimated at {estimate.new}"


def _probability_words(chance: StepEntry) -> str:
    return f"probability {chance.old or 'not given'} → {chance.new or 'not given'}"


def _commitment_words(commitment: StepEntry) -> str:
    return _FIRMNESS.get(commitment.new, "has no commitment any more")


def _not_before_words(day: StepEntry) -> str:
    return f"not before {day.new}" if day.new else "may begin on any day"


def _shipped_words(shipped: StepEntry) -> str:
    return "what it brought is written down" if shipped.new else "no longer says what it brought"


_FIRMNESS = {"promise": "is a promise now", "target": "is a target now", "tentative": "is tentative now"}
_TOLD = {
    "due": _due_words,
    "commitment": _commitment_words,
    "owner": _owner_words,
    "estimate": _estimate_words,
    "probability": _probability_words,
    "not_before": _not_before_words,
    "shipped": _shipped_words,
}


def due_sentence(due: Due | None, commitment: Commitment, today: date) -> str:
    """`Promised 14 Dec`; `No date yet` where there is none."""
    return f"{aim_word(commitment)} {due_words(due, today)}" if due else "No date yet"
