"""A git that stays and hands out objects: `git cat-file --batch`."""

from __future__ import annotations

import contextlib
import subprocess
import weakref

from milepost.repository.objects import LARGEST, Object, require_size
from milepost.repository.process import Where, room_in, start_git


class EndedError(Exception):
    """git ended instead of answering: it can't read the object that it was asked for, may not fetch it, or was killed.

    `code` is its exit code, 0 where that is not known.
    """

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class Batch:
    """Asks for objects by any name, and gets the answers in the same order.

    Whoever asks for several before the first answer must not ask for more than fit into a pipe: `room` bytes of names,
    which are 4096 at least.
    """

    def __init__(self, where: Where) -> None:
        process = start_git(where, "cat-file", "--batch")
        assert process.stdin
        assert process.stdout
        self._process = process
        self._questions, self._answers = process.stdin, process.stdout
        self.room = room_in(process.stdin)
        weakref.finalize(self, _stop, process)

    def ask(self, *names: str) -> None:
        """Asks for objects. Raises EndedError where git is not there any more."""
        try:
            self._questions.write("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
            self._questions.flush()
        except OSError:
            raise EndedError(self._process.wait()) from None

    def answer(self, name: str) -> tuple[str, Object] | None:
        """Id and object; None where git knows none or several.

        Raises EndedError, and DamagedError for one of a size that can't be; then there are no further answers.
        """
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            raise EndedError(self._process.wait())
        if line.endswith((b" missing\n", b" ambiguous\n", b" submodule\n")):
            return None
        words = line.split()
        if len(words) != 3:
            raise EndedError
        size = int(words[2])
        if size > LARGEST:
            require_size(name, size)
        data = self._answers.read(size + 1)
        if len(data) != size + 1:
            raise EndedError(self._process.wait())
        return words[0].decode("ascii"), Object(words[1].decode("ascii"), data[:-1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdout, process.stdin):
        with contextlib.suppress(OSError):  # it ended before it was asked to
            if pipe:
                pipe.close()
    process.wait()
