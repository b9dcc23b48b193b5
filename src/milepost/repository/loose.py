"""Objects in files of their own, which libgit2 can't be let read: see stored.py."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from milepost.repository.objects import LARGEST, Object, damaged_object, require_intact, require_size

_ID = re.compile(r"[0-9a-f]{40}")
_HEAD = re.compile(rb"(commit|tree|blob|tag) ([0-9]{1,18})\0")
_HEAD_SIZE = 32


class LooseObjects:
    """The loose objects in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def read(self, id: str) -> Object:
        """An object. Raises KeyError where there is none, a MilepostError where it is damaged."""
        try:
            with open(f"{self._folder}/{id[:2]}/{id[2:]}", "rb") as file:  # noqa: PTH123 - done a hundred thousand times
                packed = file.read()
        except FileNotFoundError:
            raise KeyError(id) from None
        except OSError as error:
            raise damaged_object(id, f"it can't be read ({error.strerror})") from None
        return require_intact(id, _unpack(id, packed))

    def complete(self, prefix: str) -> set[str]:
        """The ids that begin with some digits, at least two."""
        names = (path.name for path in Path(self._folder, prefix[:2]).glob(f"{prefix[2:]}*"))
        return {prefix[:2] + name for name in names if _ID.fullmatch(prefix[:2] + name)}


def _unpack(id: str, packed: bytes) -> Object:
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(packed, LARGEST + _HEAD_SIZE)
    except zlib.error:
        raise damaged_object(id) from None
    head = _HEAD.match(raw)
    if head is None:
        raise damaged_object(id)
    require_size(id, int(head[2]))
    if not stream.eof or len(raw) - head.end() != int(head[2]):
        raise damaged_object(id, "its file is cut short")
    return Object(head[1].decode("ascii"), raw[head.end() :])
