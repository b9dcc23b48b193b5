"""Why something changed, in one of seven categories."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from milepost.model.item import Value


class Category(StrEnum):
    """Why a date, an estimate or the scope changed."""

    SCOPE = "scope"
    ESTIMATE = "estimate"
    DEPENDENCY = "dependency"
    CAPACITY = "capacity"
    RISK = "risk"
    PRIORITY = "priority"
    EXTERNAL = "external"


_CATEGORIES = frozenset(Category)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changed: one of seven categories, and a sentence."""

    category: Category
    text: str


def parse_reason(value: Value | None) -> Reason | None:
    """The reason that a `because` gives: exactly one category with its sentence."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((category, text),) = value.items()
    if category not in _CATEGORIES or not isinstance(text, str):
        return None
    return Reason(Category(category), text)


def parse_reason_line(text: str) -> Reason | None:
    """The reason in one line, as a commit's trailer gives it: `scope: Sales needs single sign-on`."""
    category, _, sentence = text.partition(":")
    return parse_reason({category.strip(): sentence.strip()}) if sentence.strip() else None
