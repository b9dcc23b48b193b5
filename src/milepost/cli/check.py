"""`milepost check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.options import format_option, note, plan_options, today_option, use_colour, write_out
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.finding import Finding
    from milepost.repository.files import Tree

_LEVELS = ("error", "warning", "advice")


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@format_option("text", "json", "github")
@click.option("--fail-on", type=click.Choice(_LEVELS), default="error", show_default=True,
              help="The least level that makes the exit code 1.")  # fmt: skip
@today_option
@plan_options
def command(paths: tuple[str, ...], form: str, fail_on: str, today: date, config: Path | None, folder: Path) -> None:
    """Find mistakes and gaps, with what to type to fix each.

    Reads the work tree, committed or not. With PATHs only what is found there is reported.
    """
    from milepost.model.finding import Level
    from milepost.render.findings import render_findings_github, render_findings_json, render_findings_text

    session = Session(folder, config)
    tree = session.repository.work_tree()
    findings = [finding for finding in check_tree(session, tree, today) if _is_named(finding, session, folder, paths)]
    if form == "json":
        write_out(render_findings_json(findings))
    elif form == "github":
        write_out(render_findings_github(findings))
    else:
        write_out(render_findings_text(findings, use_colour()))
    if any(finding.level.weight <= Level(fail_on).weight for finding in findings):
        raise SystemExit(1)


def check_tree(session: Session, tree: Tree, today: date) -> list[Finding]:
    """All findings of one version, in the order of files and lines."""
    from milepost.loader.check import Examination
    from milepost.rules import RULES

    examination = Examination(tree, session.layout(tree))
    found = [finding for rule in RULES for finding in rule.check(examination.plan, today)]
    located = [examination.locate(finding) for finding in [*examination.findings, *found]]
    if not examination.plan.milestones and not located:
        note("The plan has no milestones yet: write plan/milestones/NAME.yaml with id, title and due.")
    return sorted(located, key=lambda one: (one.location or ("", 0, 0), one.rule, one.message))


def _is_named(finding: Finding, session: Session, folder: Path, paths: tuple[str, ...]) -> bool:
    return not paths or any(_lies_in(finding.place.path, path) for path in _relative(session, folder, paths))


def _relative(session: Session, folder: Path, paths: tuple[str, ...]) -> list[str]:
    root = session.repository.work_folder
    assert root is not None
    found = []
    for path in paths:
        full = (folder / path).absolute()
        try:
            found.append(full.resolve().relative_to(root.resolve()).as_posix())
        except ValueError:
            raise UsageError(f"{path} is outside the repository.", "name files or folders of the plan") from None
        if not full.exists():
            raise UsageError(f"{path} does not exist.", "name files or folders of the plan")
    return found


def _lies_in(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
