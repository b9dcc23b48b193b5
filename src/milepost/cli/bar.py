"""A bar on a terminal's standard error for work that takes long; nothing elsewhere, nor for what is done at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

AFTER = 0.5  # seconds: so whatever takes over one shows a bar
_EVERY = 0.1  # seconds between two drawings
_CLEAR = "\r\033[K"

_T = TypeVar("_T")


class Bar:
    """What is done, and how far it has come."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown: ProgressBar[int] | None = None
        self._counted = False
        self._next = time.monotonic() + AFTER
        self._is_wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._shown is not None:
            self._shown.render_finish()
        elif self._counted:
            click.echo(_CLEAR, nl=False, err=True)

    @property
    def watched(self) -> Callable[[int, int], None] | None:
        """`show`, where there is somebody to see it: how far something has come may cost some work to tell."""
        return self.show if self._is_wanted else None

    def show(self, done: int, total: int) -> None:
        """Called again and again: how much was done, and how much there is. Zero for what is not known yet."""
        now = time.monotonic() if self._is_wanted else 0.0
        if now < self._next:
            return
        self._next = now + _EVERY
        if total:
            self._draw(done, total)
        else:
            self._counted = True
            click.echo(f"{_CLEAR}{self._label}  {done:,}", nl=False, err=True)

    def over(self, things: Iterable[_T], total: int) -> Iterator[_T]:
        """The things one by one, of which there are about so many."""
        for number, thing in enumerate(things):
            self.show(min(number, total), total)
            yield thing

    def _draw(self, done: int, total: int) -> None:
        if self._shown is None:
            if self._counted:
                click.echo(_CLEAR, nl=False, err=True)
            self._shown = click.progressbar(length=total, label=self._label, file=sys.stderr)
        self._shown.update(done - self._shown.pos)
