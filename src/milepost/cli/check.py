"""`milepost check`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milepost.cli.options import (
    format_option,
    history_options,
    note,
    plan_options,
    today_option,
    use_colour,
    write_out,
)
from milepost.cli.session import Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.cli.checking import Checked
    from milepost.model.finding import Finding
    from milepost.repository.files import Tree

_LEVELS = ("error", "warning", "advice")


def _complete_rule(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The names of rules that begin with what was typed."""
    from milepost.loader.catalogue import catalogue

    return [name for name in catalogue() if name.startswith(begun)]


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@format_option("text", "json", "github", "sarif", "junit")
@click.option("--base", metavar="REV", help="Only what the work tree brought since it parted from REV.")
@click.option("--fail-on", type=click.Choice(_LEVELS), default="error", show_default=True,
              help="The least level that makes the exit code 1.")  # fmt: skip
@click.option(
    "--strict-time", is_flag=True, help="Let what only the passing of time made wrong count too, at its level."
)
@click.option("--advice", is_flag=True, help="List all advice, not only the most useful.")
@click.option("--rule", "rules", metavar="NAME", multiple=True, shell_complete=_complete_rule,
              help="Only this rule; can be repeated.")  # fmt: skip
@click.option("--explain", metavar="RULE", shell_complete=_complete_rule,
              help="What a rule is for, and what it can be set to; `all` lists them.")  # fmt: skip
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, then report the rest.")
@click.option("-n", "--dry-run", is_flag=True, help="With --fix: say what would change, and change nothing.")
@today_option
@history_options
@plan_options
def command(paths: tuple[str, ...], explain: str | None, fix: bool, dry_run: bool, **options: Any) -> None:
    """Find mistakes and gaps, with what to type to fix each.

    Reads the work tree, committed or not. With PATHs only what is found there is reported.

    The exit code is 1 where something was found at the level of --fail-on or above. What turned wrong by the passing
    of time alone never counts, unless --base shows that the change touched that item, or with --strict-time.
    """
    if explain is not None:
        _explain(explain)
        return
    if dry_run and not fix:
        raise UsageError("--dry-run goes with --fix.", "milepost check --fix --dry-run")
    _check(paths, fix, dry_run, **options)


def _check(
    paths: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    *,
    form: str,
    base: str | None,
    fail_on: str,
    strict_time: bool,
    advice: bool,
    rules: tuple[str, ...],
    today: date,
    branch: str | None,
    no_cache: bool,
    config: Path | None,
    folder: Path,
) -> None:
    """Finds, reports, and fails where something of that level may fail."""
    from milepost.cli.checking import check_against, check_work_tree, tell_skipped
    from milepost.loader.catalogue import find_rule
    from milepost.model.finding import Level

    only = frozenset(find_rule(name).name for name in rules)
    session = Session(folder, config, branch, not no_cache)
    within = files_within(session, folder, paths)
    if fix:
        from milepost.cli.editing.fixing import fix_work_tree

        fix_work_tree(session, today, only, within, dry_run)
    checked = check_against(session, base, today, only) if base else check_work_tree(session, today, only)
    tell_skipped(checked.verdict)
    found = [finding for finding in checked.verdict.findings if within(finding.place.path)]
    enough = Level(fail_on).weight
    failing = [one for one in checked.failing(strict_time) if one.level.weight <= enough and within(one.place.path)]
    write_out(_render(form, checked, found, failing, full=advice or bool(only) or fail_on == "advice"))
    if failing:
        raise SystemExit(1)


def check_tree(session: Session, tree: Tree, today: date) -> list[Finding]:
    """All findings of one version, in the order of files and lines."""
    from milepost.cli.checking import examine

    return list(examine(session, tree, today).findings)


def _render(form: str, checked: Checked, findings: list[Finding], failing: list[Finding], full: bool) -> str:
    from milepost.loader.catalogue import catalogue
    from milepost.render.findings import render_findings_github, render_findings_json, render_findings_text
    from milepost.render.gate import render_gate
    from milepost.render.summary import Summary
    from milepost.rules import RULES
    from milepost.rules.usefulness import is_addition, most_useful

    verdict = checked.verdict
    first = None if full else most_useful(findings, verdict.plan, RULES)
    told = f"milepost check {f'--base {checked.revision} ' if checked.base else ''}--advice"
    why = verdict.why.message if verdict.why else ""
    summary = Summary(
        first,
        checked.base,
        checked.gone,
        told,
        verdict.skipped,
        why,
        checked.silenced,
        checked.loosened,
        first is None or is_addition(first),
    )
    if form == "json":
        return render_findings_json(findings, summary)
    if form != "text":
        for line in render_gate(summary):
            note(line)
    if form == "github":
        return render_findings_github(findings)
    if form == "sarif":
        from milepost import __version__
        from milepost.render.sarif import MOST_RESULTS, render_findings_sarif
        from milepost.rules.comparison import Owners

        if len(findings) > MOST_RESULTS:
            note(f"The file holds {MOST_RESULTS:,} of {len(findings):,} findings: GitHub takes no more.")
        return render_findings_sarif(findings, list(catalogue().values()), __version__, Owners(verdict.plan).owner)
    if form == "junit":
        from milepost.render.junit import render_findings_junit

        return render_findings_junit(findings, failing, list(catalogue().values()), verdict.skipped, why)
    return render_findings_text(findings, use_colour(), summary)


def _explain(name: str) -> None:
    from milepost.loader.catalogue import find_rule, fixed_rules, grouped_rules
    from milepost.render.paint import Paint
    from milepost.render.rules import render_rule, render_rules

    paint = Paint(use_colour())
    if name == "all":
        write_out(render_rules(grouped_rules(), paint))
    else:
        rule = find_rule(name)
        write_out(render_rule(rule, rule.name in fixed_rules(), paint))


def files_within(session: Session, folder: Path, paths: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path is one of the files, or in one of the folders, that were named; without any, all are."""
    named = _relative(session, folder, paths)
    return lambda path: not named or any(_lies_in(path, name) for name in named)


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
