"""Sources: how to read a plan that already exists in another shape, without changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A field that holds the day on which another field's accepted value became `when`."""

    field: str
    from_path: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A mapping from files of another shape to items of ours. Paths are dotted, as written in the configuration."""

    files: tuple[str, ...]  # globs, matched in every historical tree
    kind: str = "milestone"
    each: tuple[str, ...] = ()  # paths of the mapping or list to walk; empty: the file is one item
    id: str | None = None  # text with {path}, {key}, {value}, {file}, {stem}, {dir}; None: identity is the file
    title: str | None = None  # likewise
    fields: Mapping[str, str]  # our field: path in their document
    set: Mapping[str, str]  # our field: a constant
    track: tuple[str, ...] = ()  # their fields to follow in `log`
    same_id: str = "last"  # first | last, when one file names an id twice
    values: tuple[ValueRule, ...] = ()
