"""`milepost demo`."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.options import today_option
from milepost.cli.session import Session

if TYPE_CHECKING:
    from milepost.model.history import History


@click.command("demo")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@today_option
def command(folder: Path, today: date) -> None:
    """Make a sample repository with eighteen months of plan history.

    DIR is created. The story ends in the week before today, and check, log, diff and build are run on it.
    """
    from milepost.render.words import count_words
    from milepost.repository.story import read_story, write_story
    from milepost.resources import resource_folder

    commits = write_story(read_story(resource_folder("stories") / "heron", today), folder)
    session = Session(folder)
    history = session.history
    promise = _most_moved(history)
    _say("made", f"{folder}: the plan of Heron, {commits} commits over eighteen months")
    _say("check", _check(session, today))
    broken = count_words(len(history.unreadable), "broken revision")
    _say("log", f"{len(history.changes):,} accepted values; {broken}, named and passed over")
    _say("diff", _diff(session))
    _say("build", _build(session, folder / "site", today))
    click.echo("\nTry these:")
    where = "" if folder == Path() else f" -C {shlex.quote(str(folder))}"
    for line in (
        f"milepost why{where} {promise}",
        f"milepost forecast{where} {promise}",
        f"milepost show{where}",
    ):
        click.echo(f"  {_program()}{line.removeprefix('milepost')}")
    click.echo(f"\nThe roadmap: {folder.resolve() / 'site' / 'index.html'}")


def _say(step: str, text: str) -> None:
    click.echo(f"{step:<6} {text}")


def _program() -> str:
    """How this very program was called, so that the lines can be pasted: not everybody has it on the path."""
    import shutil
    import sys

    found = shutil.which("milepost")
    here = Path(sys.argv[0])
    if found and here.exists() and Path(found).resolve() == here.resolve():
        return "milepost"
    return shlex.quote(str(here)) if here.name == "milepost" else f"{shlex.quote(sys.executable)} -m milepost"


def _most_moved(history: History) -> str:
    from milepost.analyses.slip import measure_slips

    promises = [slip for slip in measure_slips(history) if slip.last_promise and not slip.actual]
    return max(promises, key=lambda slip: (len(slip.moves), slip.item)).item.id


def _check(session: Session, today: date) -> str:
    from milepost.cli.check import check_tree
    from milepost.render.findings import count_levels

    return count_levels(check_tree(session, session.repository.work_tree(), today))


def _diff(session: Session) -> str:
    from milepost.analyses.diff import diff_plans
    from milepost.render.diff import summarise

    tip = session.accepted[1]
    before = session.repository.commit_tree(session.repository.first_parent(tip), "the commit before")
    facts = diff_plans(session.plan(before), session.plan(session.tip_tree))
    return f"against the commit before: {summarise(facts)}"


def _build(session: Session, target: Path, today: date) -> str:
    from milepost.cli.build import build_site

    return f"{build_site(session, target, today)} pages, no network, no server needed"
