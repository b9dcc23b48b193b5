"""A second process beside ours: to find out what is mostly as it should be, or to work out what we need next.

Only Linux is known to let a process go on that was forked. Elsewhere all is done in one.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, TypeVar

_T = TypeVar("_T")
_FIRST, _MOST = 16, 256  # values that are handed over together: few at first, so that nobody waits
_SIZE = 8  # bytes of what says how long that is


@contextmanager
def meanwhile(check: Callable[[], None]) -> Iterator[None]:
    """Finds out beside the body whether something raises, and raises it after the body. Where it can't, after it."""
    child = _fork(check)
    if child is None:
        yield
        check()
        return
    try:
        yield
    except BaseException:
        _end(child)
        raise
    _, status = os.waitpid(child, 0)
    if status:
        check()  # once more, to say what it is


def beside(work: Callable[[], Iterator[_T]]) -> Iterator[_T]:
    """What work yields, by a second process that begins at once, and goes on while we use what came before.

    The values are such as marshal knows: tuples, lists, dictionaries, text and numbers. Where anything goes wrong
    there, the rest is worked out here, to say what it is.
    """
    read, write = os.pipe()

    def send() -> None:
        os.close(read)  # so that it is told, and ends, where nobody is left to take anything
        _send(work(), write)

    child = _fork(send)
    os.close(write)
    if child is None:
        os.close(read)
        return work()
    values = _take(child, read, work)
    next(values)  # so that the process is ended, whether or not somebody wants a value
    return values


def _take(child: int, read: int, work: Callable[[], Iterator[_T]]) -> Iterator[Any]:
    count = 0
    with os.fdopen(read, "rb") as pipe:
        try:
            yield None
            while values := _receive(pipe):
                count += len(values)
                yield from values
        except BaseException:
            _end(child)
            raise
    _gone.add(child)
    if values is None:
        yield from islice(work(), count, None)


#: Processes that have nothing to say any more. To wait until all they had is given back would take some time.
_gone: set[int] = set()


def _fork(work: Callable[[], None]) -> int | None:
    """A process that does some work; None where there may be none."""
    if sys.platform != "linux":
        return None
    for known in list(_gone):
        if os.waitpid(known, os.WNOHANG)[0]:
            _gone.discard(known)
    try:
        child = os.fork()
    except OSError:  # a user has no more processes than the system allows
        return None
    if not child:
        _end_with(work)
    return child


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _end_with(work: Callable[[], None]) -> None:
    """Ends this process at once, whatever its other half has to tidy up: with 0 where nothing is wrong."""
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _send(values: Iterator[_T], write: int) -> None:
    """Writes the values, and at last that there are no more."""
    number = _FIRST
    with os.fdopen(write, "wb") as pipe:
        some: list[Any] = [None]
        while some:
            some = list(islice(values, number))
            packed = marshal.dumps(some)
            pipe.write(len(packed).to_bytes(_SIZE, "big") + packed)
            pipe.flush()
            number = min(number * 2, _MOST)


def _receive(pipe: IO[bytes]) -> list[Any] | None:
    """The next values; an empty list where there are no more, None where the other end was lost before."""
    size = int.from_bytes(pipe.read(_SIZE), "big")
    packed = pipe.read(size)
    found: list[Any] | None = marshal.loads(packed) if size and len(packed) == size else None
    return found
