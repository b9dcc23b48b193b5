"""Reading packs within bounds: libgit2 takes as much memory as an object says it needs, before it looks at its bytes.

A flipped bit in a pack makes that anything up to what the machine has. Where Linux can be told how much a process may
take, it is told for the time of each read, which costs a microsecond; elsewhere an object's size is asked for first,
which costs as much and does not find a delta that is damaged so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pygit2

from milepost.repository.objects import require_size

ReadPacked = Callable[[str], tuple[int, bytes]]

if sys.platform == "linux":
    import resource

    _ROOM = 512 * 1024 * 1024  # bytes beyond what the process has
    _USES = 64  # after which it is looked up again how much that is
    _DATA = resource.RLIMIT_DATA

    class _Bound:
        """The limits of a process, as they are and as they are while libgit2 reads. Entered again within, it stays."""

        def __init__(self) -> None:
            self.usual = resource.getrlimit(_DATA)
            self._depth = 0
            self._uses = 0
            self._wanted = self.usual

        def __enter__(self) -> None:
            self._depth += 1
            if self._depth == 1:
                resource.setrlimit(_DATA, self._for_reading())

        def __exit__(self, *exception: object) -> None:
            self._depth -= 1
            if not self._depth:
                resource.setrlimit(_DATA, self.usual)

        def _for_reading(self) -> tuple[int, int]:
            """Soft and hard limit, in bytes."""
            if not self._uses:
                self._uses = _USES
                pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
                allowed = [limit for limit in self.usual if limit != resource.RLIM_INFINITY]
                self._wanted = min([pages * resource.getpagesize() + _ROOM, *allowed]), self.usual[1]
            self._uses -= 1
            return self._wanted

    _BOUND = _Bound()

    def bounded() -> _Bound:
        """Within this, libgit2 gets no more memory. Whoever reads many objects enters it once for some of them."""
        return _BOUND

    def reader_of(pack: pygit2.OdbBackendPack) -> ReadPacked:
        """The pack's reading of one object. Raises whatever libgit2 raises, also for want of memory."""
        read: ReadPacked = pack.read
        return read

else:

    @contextmanager
    def bounded() -> Iterator[None]:
        """Nothing can be done here."""
        yield

    def reader_of(pack: pygit2.OdbBackendPack) -> ReadPacked:
        """The pack's reading of one object, after its size."""
        size_of, read = pack.read_header, pack.read

        def read_bounded(id: str) -> tuple[int, bytes]:
            require_size(id, size_of(id)[1])
            return read(id)

        return read_bounded
