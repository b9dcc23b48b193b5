"""The commands. The only room that knows click, the clock, the terminal, exit codes and writing to disk."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys

import click

from milepost import __version__
from milepost.cli.starting import open_standard_streams, wait_for_children
from milepost.errors import MilepostError

#: Every command with what it is for, by what a user wants to do. The lines stand here and not only in the commands' own
#: modules, so that `--help` need not import all of these.
SECTIONS = {
    "Start": {
        "init": "Add a plan to this repository. Asks two questions, overwrites nothing",
        "demo": "Make a sample repository with eighteen months of plan history",
        "check": "Find mistakes and gaps, with what to type to fix each",
        "show": "Show the plan, or one item",
    },
    "Edit": {
        "new": "Add a milestone, task, risk, goal, sprint, feedback, review or person",
        "set": "Change fields of an item; a moved date or estimate asks --because",
        "start": "Say that work has started",
        "finish": "Say that work is finished, and what it took",
        "drop": "Take an item out of the plan; the file and the reason stay",
        "vote": "Say whether you believe a milestone, 1 to 5, and why",
        "fmt": "Lay plan files out the standard way; comments stay",
    },
    "Look back": {
        "log": "Every accepted value of every field, newest first",
        "why": "Where a date came from: first said, each move, who, reason, days",
        "slip": "How far every milestone has moved since it was first promised",
        "accuracy": "How good our estimates have been, and how sure we can be of that",
        "bisect": "The accepted changes after which a condition became true",
    },
    "Look ahead": {
        "schedule": "Dates, float and driving path from dependencies, people and calendar",
        "forecast": "How likely each date is, and what drives it",
        "risks": "Risks in order of the days each may cost",
        "backlog": "Work in order, with when each item is likely to be reached",
        "sprint": "Plan, follow and review a sprint",
    },
    "Change": {
        "diff": "What two versions of the plan say differently",
    },
    "Share": {
        "build": "Build the roadmap site",
    },
}
HIDDEN = ("completion",)
BUG = 4
SHORT = 3

#: The machine is short of something, which is no bug of ours.
_SHORT_OF = tuple(getattr(errno, name) for name in ("EAGAIN", "EIO", "EMFILE", "ENFILE", "ENOMEM", "ENOSPC"))
_SELDOM = 100_000  # new objects, after which garbage is looked for: of most commands there is none


class Commands(click.Group):
    """Commands are imported when they are asked for, and listed by what a user wants to do."""

    def list_commands(self, _: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command from its own module."""
        if name not in (*self.list_commands(ctx), *HIDDEN):
            return None
        command = importlib.import_module(f"milepost.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, section by section."""
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl(list(commands.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads what stands before the command."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.ClickException as error:
            raise _escaped(error) from None

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command; whatever goes wrong is told in a sentence, never as a traceback."""
        try:
            return super().invoke(ctx)
        except MilepostError as error:
            _tell(error.message, error.hint, "error" if error.exit_code else "note")
            ctx.exit(error.exit_code)
        except click.exceptions.ClickException as error:
            raise _escaped(error) from None
        except (click.exceptions.Exit, click.exceptions.Abort):
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _SHORT_OF:
                ctx.exit(_tell_short(error))
            if os.environ.get("MILEPOST_DEBUG"):
                raise
            _tell(
                f"This is a bug in milepost: {type(error).__name__}: {error}",
                "run it again with MILEPOST_DEBUG=1 and report what it prints",
                "error",
            )
            ctx.exit(BUG)


def _escaped(error: click.exceptions.ClickException) -> click.exceptions.ClickException:
    """The same error, with what somebody typed made harmless for those who read it in a log."""
    from milepost.render.escape import escape_terminal

    object.__setattr__(error, "message", escape_terminal(error.message))  # final only to the type checker
    return error


def _tell(message: str, hint: str | None, label: str) -> None:
    from milepost.cli.options import tell

    tell(f"{label}: {message}")
    if hint:
        tell(f"  hint: {hint}", hang=8)


def _tell_short(error: OSError) -> int:
    _tell(f"{error.strerror}.", "ulimit -a shows what a process may use, df what is left on disks", "error")
    return SHORT


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="milepost")
def main() -> None:
    """Planning as code: your team's plan as YAML in git, reviewed like code.

    \b
    milepost init        add a plan to this repository
    milepost check       find mistakes, with what to type to fix each
    milepost why ID      where a date came from: each move, who, and the reason
    """


def run() -> None:
    """The program. It ends at once: to take apart all that was read would take longer than many an answer."""
    gc.set_threshold(_SELDOM)
    open_standard_streams()
    wait_for_children()
    try:
        main()
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        os._exit(_flush(end.code or 0))


def _flush(code: int) -> int:
    """Writes what is left to be written; returns the exit code, another one where that fails."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return code
    except OSError as error:
        return code or _tell_short(error)
    return code
