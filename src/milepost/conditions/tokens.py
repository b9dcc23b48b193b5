"""The words of a condition: a text cut into dates, amounts, numbers, names, quoted text and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from milepost.conditions.tree import ConditionError

LONGEST = 1000  # characters

_END = r"(?![\w./:-])"
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\n]+)
    |(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_END}
    |(?P<period>[0-9]{{4}}-(?:Q[1-4]|[0-9]{{2}})){_END}
    |(?P<amount>[0-9]+(?:\.[0-9]+)?(?:h|d|w|pt)){_END}
    |(?P<percent>[0-9]+(?:\.[0-9]+)?%)
    |(?P<number>[0-9]+(?:\.[0-9]+)?){_END}
    |(?P<name>\w(?:[\w./:-]*\w)?)
    |(?P<quoted>"[\w ./:@-]*")
    |(?P<sign><=|>=|!=|==|[<>=(),+-])""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of the text, with the column where it begins and how many characters it takes there."""

    kind: str  # date | period | amount | percent | number | name | sign | end
    text: str
    column: int
    width: int = 0


def read_tokens(text: str) -> Iterator[Token]:
    """The pieces of a text, and an `end`. Raises `ConditionError` at the first character that begins none."""
    if len(text) > LONGEST:
        raise ConditionError(f"The condition is longer than {LONGEST:,} characters.", "split it in two", LONGEST)
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            hint = "ids, dates, amounts such as 5d, and the signs < <= > >= = != + - ( ) ,"
            raise ConditionError(f"{text[at]!r} does not belong into a condition.", hint, at + 1)
        kind, piece = match.lastgroup or "", match[0]
        if kind == "quoted":
            yield Token("name", piece[1:-1], at + 1, len(piece))
        elif kind != "space":
            yield Token(kind, "=" if piece == "==" else piece, at + 1, len(piece))
        at = match.end()
    yield Token("end", "", len(text) + 1)
