"""The name that somebody may have meant. Looking for one is slow, so it is done for the first few names only."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

MOST_ASKED = 20
_MOST_KNOWN = 5_000  # names to compare with
_LONGEST = 200


class Nearest:
    """Answers as often as somebody reads on; after that it knows nothing."""

    def __init__(self, most: int = MOST_ASKED) -> None:
        self._left = most

    def find(self, name: str, known: Iterable[str]) -> str | None:
        """The known name that is most like another one, if any is like it."""
        if self._left <= 0 or len(name) > _LONGEST:
            return None
        self._left -= 1
        near = get_close_matches(name, islice(known, _MOST_KNOWN), n=1)
        return near[0] if near else None
