"""Questions on a terminal, with completion of what can be answered."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeVar

import click

from milepost.errors import UsageError

T = TypeVar("T")


def can_ask(no_input: bool) -> bool:
    """Whether somebody is there to answer."""
    return not no_input and sys.stdin.isatty()


def ask(
    question: str,
    read: Callable[[str], T],
    words: Sequence[str] = (),
    default: str | None = None,
    optional: bool = False,
) -> T:
    """The answer as `read` takes it; what it refuses with a `UsageError` is asked for again.

    The tabulator completes `words`. An `optional` question may be answered with nothing.
    """

    def convert(text: str) -> T:
        try:
            return read(text)
        except UsageError as error:
            hint = f"\n  {error.hint}" if error.hint else ""
            raise click.UsageError(f"{error.message}{hint}") from None

    default = "" if optional and default is None else default
    with _completing(words):
        answer: T = click.prompt(question, default=default, show_default=bool(default), value_proc=convert)
    return answer


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Lets the tabulator complete words, where the terminal can."""
    try:
        import readline
    except ImportError:  # Windows
        yield
        return
    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(lambda text, number: _candidate(words, text, number))
    readline.set_completer_delims(" ,[]=")
    with suppress(AttributeError):
        is_libedit = getattr(readline, "backend", "") == "editline"
        readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)


def _candidate(words: Sequence[str], text: str, number: int) -> str | None:
    fitting = [word for word in words if word.startswith(text)]
    return fitting[number] if number < len(fitting) else None
