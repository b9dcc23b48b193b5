"""File names and anchors for ids, which may be any text when a plan comes from elsewhere."""

from __future__ import annotations

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # names that Windows keeps for devices, whatever follows


def page_name(id: str) -> str:
    """A name for a file or an anchor: the id where it is plain, else readable letters of it and a digest.

    It follows from the id alone, so links stay. No two ids share one, also where upper and lower case are the same:
    the `_` before a digest occurs in no plain id.
    """
    if _PLAIN.fullmatch(id) and not _RESERVED.fullmatch(id):
        return id
    letters = re.sub(r"[^a-z0-9]+", "-", id.lower())[:40].strip("-") or "item"
    return f"{letters}_{sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
