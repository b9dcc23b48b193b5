"""What Milepost tells a user who asked for something that can't be done.

Every error that reaches a user is one of these; anything else is a bug of ours and exits with 4.
"""

from __future__ import annotations

from typing import ClassVar


class MilepostError(Exception):
    """The plan or the history can't be read or trusted: says what happened, and what to type next."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MilepostError):
    """The command was asked for something that does not exist, such as an unknown id."""

    exit_code: ClassVar[int] = 2
