"""A page of the site: where it lies below the site's folder, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site. `path` uses `/` and is safe on every file system; `content` is UTF-8 text."""

    path: str
    content: bytes
