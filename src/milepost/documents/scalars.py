"""What a plain scalar means, and which ones two readers of YAML would read differently.

Only YAML 1.2's core schema is used, on text that YAML 1.1 (PyYAML, Ruby, Go's yaml.v2) reads the same way; the rest has
to be quoted. Dates are the exception: they stay text, and the schema checks them.
"""

from __future__ import annotations

import re

from milepost.documents.marked import Problem, Text
from milepost.model.item import Value

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+][0-9]+)?")
_NON_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_AMBIGUOUS = re.compile(
    r"""
      [yYnN] | yes | Yes | YES | no | No | NO | on | On | ON | off | Off | OFF | =
    | [-+]?0[0-9_]+                                # octal in 1.1, decimal in 1.2
    | 0o[0-7]+ | [-+]?0[bx][0-9a-fA-F_]+
    | [-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?        # 1_000
    | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? # 12:30 is 750 in 1.1
    | [-+]?(\.[0-9]+|[0-9]+\.?[0-9]*)[eE][-+]?[0-9]+
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:.*
    """,
    re.VERBOSE,
)
_MAX_INTEGER = 2**53  # the largest that every JSON reader keeps exactly
_LONGEST = 40  # longer plain text is never a number that anyone wrote on purpose


def resolve(text: Text) -> str | int | float | bool | None:
    """The value of a scalar by YAML 1.2's core schema; quoted text and dates stay text."""
    if not text.plain:
        return str(text)
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) <= _LONGEST and text[0] in "+-.0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text  # still marked: a date in a text field is one question of the schema


def resolve_all(value: Value | None) -> Plain:
    """The same data with every scalar resolved, as JSON Schema wants it. Depth is bounded by the reader."""
    if isinstance(value, dict):
        return {str(key): resolve_all(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [resolve_all(entry) for entry in value]
    return resolve(value) if isinstance(value, Text) else value


def check_scalar(text: Text) -> Problem | None:
    """Why a plain scalar has to be written differently; None where it is fine."""
    if not text.plain or not text:
        return None
    if _NON_FINITE.fullmatch(text):
        return _problem(
            "non-finite", text, f"{text} is not a number that can be planned with.", "write a finite number"
        )
    if text[0] in "+-.0123456789":
        return _check_number(text)
    if _AMBIGUOUS.fullmatch(text):
        return _ambiguous(text)
    return None


def _check_number(text: Text) -> Problem | None:
    if _WHOLE.fullmatch(text) and (len(text) > _LONGEST or abs(int(text)) > _MAX_INTEGER):
        message = f"The number {_shorten(text)} is too large to be read the same everywhere."
        return _problem("int-too-big", text, message, "quote it if it is text, or write a smaller number")
    if len(text) <= _LONGEST and _AMBIGUOUS.fullmatch(text):
        number = _float(text)
        if number in (float("inf"), float("-inf")):
            return _problem("non-finite", text, f"{text} is too large a number.", "write a finite number")
        return _ambiguous(text)
    return None


def _ambiguous(text: Text) -> Problem:
    message = f"{text} means different things to different readers of YAML."
    return _problem("ambiguous-scalar", text, message, f'quote it: "{text}"')


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _shorten(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:8]}…{text[-4:]} ({len(text):,} digits)"


def _problem(rule: str, text: Text, message: str, hint: str) -> Problem:
    return Problem(rule, text.line, text.column, message, hint)
