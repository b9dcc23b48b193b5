"""Objects that will be needed, which git reads on another core while we do something with those before."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable
from itertools import islice

from milepost.errors import MilepostError
from milepost.repository.batch import Batch, EndedError
from milepost.repository.objects import Object, require_intact
from milepost.repository.process import Where

#: Ids that git is told at once: few at first, so that nobody waits, and then as many as fit into a pipe with those of
#: the time before.
_FIRST, _TOGETHER = 16, 512
_LINE = 65  # bytes of the longest id
_MOST = 4096  # objects that are kept though nobody has asked for them


class ReadAhead:
    """Reads objects in the order of their ids. They are best taken in this order, and some may be left out."""

    def __init__(self, where: Where, ids: Iterable[str]) -> None:
        self._rest = iter(ids)
        self._batch = Batch(where)
        self._process = os.getpid()
        self._waiting = deque[str]()  # ids that git was told
        self._asked = set[str]()  # the same
        self._here: dict[str, Object] = {}
        self._number = _FIRST
        self._most = min(_TOGETHER, self._batch.room // (2 * _LINE))

    def take(self, id: str) -> Object | None:
        """An object, compared with its id; None where it has to be asked for otherwise, be it only to hear why."""
        if os.getpid() != self._process:  # the answers are for the other half of a forked process
            return None
        if len(self._waiting) < self._number:
            self._ask()
        while id in self._asked:
            self._receive()
        return self._here.pop(id, None)

    def _ask(self) -> None:
        try:
            if ids := list(islice(self._rest, self._number)):
                self._number = min(self._number * 2, self._most)
                self._batch.ask(*ids)
                self._waiting += ids
                self._asked.update(ids)
        except EndedError:
            self._give_up()

    def _receive(self) -> None:
        id = self._waiting.popleft()
        self._asked.discard(id)
        try:
            if found := self._batch.answer(id):
                self._keep(id, found[1])
        except (EndedError, MilepostError):
            self._give_up()

    def _keep(self, id: str, found: Object) -> None:
        try:
            self._here[id] = require_intact(id, found)
        except MilepostError:
            return
        if len(self._here) > _MOST:
            del self._here[next(iter(self._here))]

    def _give_up(self) -> None:
        self._rest = iter(())
        self._waiting.clear()
        self._asked.clear()
