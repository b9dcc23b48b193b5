"""A condition under `assertions` that the plan does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.conditions.evaluate import Asked, evaluate_condition
from milepost.conditions.language import parse_condition
from milepost.conditions.tree import ConditionError
from milepost.model.finding import Finding, Level
from milepost.model.item import PLAN, Place
from milepost.rules.own import entries
from milepost.rules.rule import Inspection, Rule


def check_assertion_fails(look: Inspection) -> Iterator[Finding]:
    """Assertions that are false, that can't be decided by this plan, or that are no conditions at all."""
    item, asked = look.plan.items.get(PLAN), Asked(look.plan)
    for number, entry in enumerate(entries(item.fields.get("assertions")) if item else ()):
        if (
            item
            and isinstance(entry, str)
            and (found := _judge(str(entry), item.place.at("assertions", number), asked))
        ):
            yield found


def _judge(text: str, place: Place, asked: Asked) -> Finding | None:
    try:
        answer = evaluate_condition(parse_condition(text), asked)
    except ConditionError as error:
        return RULE.found(place, f"This is no condition; at its character {error.column}: {error.message}", error.hint)
    if answer.value is False:
        hint = f"milepost bisect '{text}' says since when; mend the plan, or change the assertion with a reason"
        return RULE.found(place, f"The plan does not keep {text}", hint)
    if answer.value is None:
        return RULE.found(
            place, f"Whether {text} holds can't be said: {answer.unknown}.", "name something that the plan has"
        )
    return None


RULE = Rule(
    "assertion-fails",
    Level.ERROR,
    "The team wrote this condition down so that no change breaks it unnoticed.",
    check_assertion_fails,
)
