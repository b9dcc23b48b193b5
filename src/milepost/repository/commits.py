"""Commits from their bytes: as lenient as git's own reading, so that one odd commit does not end a history."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from milepost.repository.objects import Object, damaged_object, require_kind

_LINKS = re.compile(rb"tree ([0-9a-f]{40}|[0-9a-f]{64})\n((?:parent (?:[0-9a-f]{40}|[0-9a-f]{64})\n)*)")
_AUTHOR = re.compile(rb"^author ([^\n<]*)<?([^\n>]*)", re.MULTILINE)
_COMMITTED = re.compile(rb"^committer [^\n]*> *(-?[0-9]{1,18})(?: [^\n>]*)?$", re.MULTILINE)
#: The head that git itself writes, in one go.
_USUAL = re.compile(
    rb"tree [0-9a-f]{40,64}\n(?:parent [0-9a-f]{40,64}\n)*"
    rb"author ([^\n<>]*)<([^\n<>]*)> [0-9]+ [+-][0-9]{4}\ncommitter [^\n<>]*<[^\n<>]*> ([0-9]{1,18}) [+-][0-9]{4}\n\n"
)
_ENCODING = re.compile(rb"^encoding ([^\n]+)$", re.MULTILINE)
_TAGGED = re.compile(rb"object ([0-9a-f]{40}|[0-9a-f]{64})\n")

NO_TIME = -1


class Commit(NamedTuple):
    """A commit's place in history, and its bytes for all else."""

    id: str
    tree: str
    parents: tuple[str, ...]
    data: bytes


class Description(NamedTuple):
    """What a commit says of itself. Names are as they are written, before the mailmap."""

    name: str  # of the author; empty where it can't be told, and so is the address
    email: str
    time: int  # seconds since 1970 at which it was committed; negative where that is unknown
    message: str


def parse_commit(id: str, found: Object) -> Commit:
    """A commit from its object. Raises where that does not begin with a tree, which git takes for damage too."""
    data = require_kind(id, found, "commit")
    links = _LINKS.match(data)
    if links is None:
        raise damaged_object(id, "it does not name a tree")
    tree, parents = links.groups()
    return Commit(id, tree.decode("ascii"), tuple(parents.decode("ascii").replace("parent ", "").split()), data)


def describe_commit(commit: Commit) -> Description:
    """Author, time and message, as far as they can be told."""
    if usual := _USUAL.match(commit.data):
        name, email, time = usual.groups()
        return Description(_text(name), _text(email), int(time), _text(commit.data[usual.end() :]))
    head, _, message = commit.data.partition(b"\n\n")
    codec = _codec(head)
    author, committed = _AUTHOR.search(head), _COMMITTED.search(head)
    name, email = author.groups() if author else (b"", b"")
    when = int(committed[1]) if committed else NO_TIME
    return Description(_text(name, codec), _text(email, codec), when, _text(message, codec))


def tagged_object(data: bytes) -> str | None:
    """What an annotated tag points to."""
    found = _TAGGED.match(data)
    return found[1].decode("ascii") if found else None


def _text(raw: bytes, codec: str = "utf-8") -> str:
    return raw.decode(codec, "replace").replace("\0", "\ufffd").strip()


def _codec(head: bytes) -> str:
    found = _ENCODING.search(head) if b"\nencoding " in head else None
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
    except (LookupError, UnicodeDecodeError):
        return "utf-8"
