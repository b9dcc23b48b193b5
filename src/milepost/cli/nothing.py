"""What a command prints where there is nothing to tell yet: for programs an empty answer, for people only the note."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from milepost.cli.options import Function, write_out
from milepost.cli.session import NothingYetError


def even_of_nothing(name: str) -> Callable[[Function], Function]:
    """Who asks for JSON or CSV gets some, also where there is nothing to tell yet. The note goes to standard error.

    `name` is that of the JSON format without `milepost-`, and may name a parameter: `sprint-{what}`.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def command(**asked: Any) -> None:
            try:
                function(**asked)
            except NothingYetError as error:
                from milepost.render.nothing import render_nothing

                write_out(render_nothing(name.format(**asked), asked["form"], error.message))
                raise

        return command

    return decorate
