"""Ids made of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LONGEST = 64


def make_id(title: str) -> str:
    """An id of the first words, as many as fit in 40 characters. Empty where no letter of it can stand in an id."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if slug and len(slug) + 1 + len(word) > 40:
            break
        slug = f"{slug}-{word}".strip("-")[:63]
    return slug


def free_id(id: str, taken: Container[str]) -> str:
    """The id itself, or with the first number after it that makes it nobody else's."""
    found, number = id, 2
    while found in taken:
        ending = f"-{number}"
        found, number = id[: _LONGEST - len(ending)].rstrip("-") + ending, number + 1
    return found
