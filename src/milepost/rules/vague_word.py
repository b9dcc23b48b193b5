"""A claim that can't be checked."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.item import Place
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.vague import vague_words
from milepost.rules.wording import listing


def check_vague_word(look: Inspection) -> Iterator[Finding]:
    """Vague words without a number in the outcome and the open measures of open milestones, and in goals' measures."""
    for milestone in open_milestones(look.plan):
        yield from _vague(milestone.id, list(_claims(milestone)))
    for goal in look.plan.goals:
        if goal.measure and goal.place.path not in look.plan.foreign:
            yield from _vague(goal.id, [(goal.place.at("measure"), goal.measure)])


def _claims(milestone: Milestone) -> Iterator[tuple[Place, str]]:
    if milestone.outcome:
        yield milestone.place.at("outcome"), milestone.outcome
    for number, measure in enumerate(milestone.measures):
        if measure.met is None:
            yield milestone.place.at("measures", number), measure.text


def _vague(id: str, claims: list[tuple[Place, str]]) -> Iterator[Finding]:
    found = [(place, words) for place, text in claims if (words := vague_words(text))]
    if found:
        quoted = listing(list(dict.fromkeys(f"“{word}”" for _, words in found for word in words)))
        message = f"{id} says {quoted} without a number, so people will disagree whether it is so."
        hint = "say what can be seen or counted, with a value: p95 publish time under 60 s"
        related = tuple(
            (place, f"It says {listing([f'“{word}”' for word in words])} here.") for place, words in found[1:]
        )
        yield RULE.found(found[0][0], message, hint, related)


RULE = Rule(
    "vague-word",
    Level.ADVICE,
    "Nobody can see whether something is better until it is said than what, and by how much.",
    check_vague_word,
)
