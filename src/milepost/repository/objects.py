"""Git objects as bytes, and what to say where one is missing or damaged."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from milepost.errors import MilepostError

#: By the number of an id's digits.
HASHES = {40: hashlib.sha1, 64: hashlib.sha256}

#: Bytes. A plan's files have a mebibyte at most, and a tree of this size has millions of names.
LARGEST = 64 * 1024 * 1024


class DamagedError(MilepostError):
    """The repository can't be trusted to be whole. The message names the object."""


class NoBaseError(MilepostError):
    """Two lines of history have nothing in common, or where they parted is cut off."""


class Object(NamedTuple):
    """A git object: `commit`, `tree`, `blob` or `tag`, and its bytes without git's header."""

    kind: str
    data: bytes


def require_intact(id: str, found: Object) -> Object:
    """The object itself, if its bytes are those that its id was computed from.

    zlib's checksum finds flipped bits inside an object, but not in what says where it is and what kind it has.
    """
    kind, data = found
    if HASHES[len(id)](b"%s %d\0%s" % (kind.encode(), len(data), data), usedforsecurity=False).hexdigest() != id:
        raise damaged_object(id)
    return found


def ends_in_hash(content: bytes, digits: int) -> bool:
    """Whether a file of git's own is as it was written: packs, their indexes and commit-graphs end in their hash.

    Ids have so many digits.
    """
    size = digits // 2
    return HASHES[digits](memoryview(content)[:-size], usedforsecurity=False).digest() == content[-size:]


def require_size(id: str, size: int) -> None:
    """Raises where an object is too large to be read, or says so because it is damaged."""
    if size > LARGEST:
        message = f"The object {id} has {size:,} bytes by its own account, more than any that belongs to a plan."
        raise DamagedError(message, "git fsck says whether it is damaged; if not, no file of the plan may be as large")


def require_kind(id: str, found: Object, kind: str) -> bytes:
    """The bytes of an object that has to be of some kind."""
    if found.kind != kind:
        raise damaged_object(id, f"it is a {found.kind} where a {kind} is expected")
    return found.data


def missing_object(id: str, promisor: str | None) -> DamagedError:
    """What to say of an object that is not there. `promisor` is the remote that a partial clone leaves objects to."""
    if promisor is None:
        message = f"The object {id} is missing: the repository is damaged or cut off."
        return DamagedError(message, "git fsck shows what is missing; another clone may still have it")
    message = f"The object {id} is missing: this is a partial clone, and Milepost fetches nothing by itself."
    return DamagedError(message, f"git fetch --refetch --no-filter {promisor}")


def damaged_object(id: str, why: str = "its bytes are not those that git stored") -> DamagedError:
    """What to say of an object that is there and can't be what it was."""
    return DamagedError(f"The object {id} is damaged: {why}.", "git fsck shows the damage; clone the repository anew")


def damaged_reference(name: str) -> DamagedError:
    """What to say of a reference that is there and names nothing, as a loss of power leaves one."""
    hint = "git reflog may show what it was: git update-ref NAME COMMIT"
    return DamagedError(f"The reference {name} is damaged: it names no object.", hint)
