"""Options that several commands share, and the terminal as they see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]


class Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        if isinstance(value, date):
            return value
        from milepost.model.calendar import parse_date

        return parse_date(value) or self.fail(f"{value!r} is not a day; write it as 2027-02-22.", param, ctx)


def system_day() -> date:
    """The day it is, in UTC, as history counts days too."""
    return datetime.now(UTC).date()


#: Names the day to take as today, for programs that print the same every day.
TODAY = "MILEPOST_TODAY"


def today_option(function: Function) -> Function:
    """`--today`: every output can be reproduced."""
    text = f"The day to take as today.  [default: {TODAY}, else the system date]"
    return click.option("--today", type=Day(), default=system_day, envvar=TODAY, metavar="DATE", help=text)(function)


def plan_options(function: Function) -> Function:
    """Where the plan is."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    function = click.option("-C", "folder", type=folder, default=".", metavar="DIR", help="Run as if started there.")(
        function
    )
    text = "A file with `sources`, for a repository that has none of our files."
    return click.option("--config", type=file, metavar="FILE", help=text)(function)


def history_options(function: Function) -> Function:
    """Which history to read."""
    text = "Branch whose accepted history counts.  [default: origin's, else main]"
    function = click.option("--branch", metavar="NAME", help=text)(function)
    return click.option("--no-cache", is_flag=True, help="Read everything again, keep nothing.")(function)


def format_option(*formats: str) -> Callable[[Function], Function]:
    """`--format`, the first one being the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


def use_colour() -> bool:
    """Whether standard output is a terminal that wants colour (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_out(text: str) -> None:
    """Data to standard output as UTF-8, whatever the locale; bytes that are no text are shown escaped."""
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def write_pieces(pieces: Iterable[str]) -> None:
    """The same for what is long, while it is made."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """A remark to standard error."""
    tell(f"note: {text}")


def tell(text: str, hang: int = 2) -> None:
    """A sentence to standard error, made harmless. A terminal gets it in lines that fit, anything else in one."""
    from milepost.render.escape import escape_terminal
    from milepost.render.flow import flow

    for line in flow((text, str), hang=hang) if sys.stderr.isatty() else (escape_terminal(text),):
        click.echo(line, err=True)
