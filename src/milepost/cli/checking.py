"""What `check` looks at: one version of a plan, or two of them to tell what a change brought."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from milepost.cli.options import note
from milepost.cli.session import NothingYetError, Session
from milepost.errors import MilepostError, UsageError
from milepost.loader.findings import Verdict, find_all, find_broken_layout
from milepost.loader.layout import HOMES, plan_file
from milepost.repository.objects import NoBaseError

if TYPE_CHECKING:
    from milepost.loader.layout import Layout
    from milepost.model.finding import Finding
    from milepost.model.history import History
    from milepost.model.item import Ref
    from milepost.repository.files import Tree
    from milepost.rules.configuration import Loosened, Setting


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings to report. With a base: its name, how many findings are gone, and the items that were touched.

    `revision` is the base as it was asked for. `silenced` are the errors and warnings that comments of the change
    allow, `loosened` the settings that it changed so that they may ask less.
    """

    verdict: Verdict
    base: str | None = None
    revision: str = ""
    gone: int = 0
    touched: frozenset[Ref] = frozenset()
    silenced: tuple[Finding, ...] = ()
    loosened: tuple[Loosened, ...] = ()

    def failing(self, strict_time: bool) -> list[Finding]:
        """The findings that may fail the run: none by the passing of time alone, unless that was asked for."""
        from milepost.loader.catalogue import catalogue
        from milepost.rules.comparison import Owners

        owners = Owners(self.verdict.plan)
        return [
            finding
            for finding in self.verdict.findings
            if strict_time or not catalogue()[finding.rule].timed or owners.owner(finding.place) in self.touched
        ]


def check_work_tree(session: Session, today: date, only: Collection[str]) -> Checked:
    """What is wrong with the files on disk."""
    tree = session.repository.work_tree()
    verdict = examine(session, tree, today, only)
    if not verdict.plan.milestones and not verdict.findings:
        note("The plan has no milestones yet: milepost new milestone adds one.")
    return Checked(verdict)


def check_against(session: Session, base: str, today: date, only: Collection[str]) -> Checked:
    """What the work tree brought since it parted from a revision; both sides are seen on the same day.

    The rules of that revision count as well: no change loosens the rules that it is judged by.
    """
    from milepost.rules.comparison import compare_findings, touched_items

    commit, name = _find_base(session, base)
    work_tree = session.repository.work_tree()
    tree = session.repository.commit_tree(commit, name)
    try:
        before = examine(session, tree, today, only, commit)
    except MilepostError:
        if _has_plan(tree):
            raise
        note(f"There is no plan at {name} to compare with, so all counts as new.")
        after = examine(session, work_tree, today, only)
        return Checked(after, name, base, 0, frozenset(after.plan.items))
    after = examine(session, work_tree, today, only, gate=before.settings)
    brought = compare_findings((before.plan, before.findings), (after.plan, after.findings))
    touched = touched_items(before.plan, after.plan)
    verdict = replace(after, findings=brought.findings)
    return Checked(verdict, name, base, brought.gone, touched, _newly_silenced(before, after), _loosened(before, after))


def _newly_silenced(before: Verdict, after: Verdict) -> tuple[Finding, ...]:
    """The errors and warnings that a comment allows which the base did not have."""
    from milepost.model.finding import Level
    from milepost.rules.comparison import compare_findings

    new = compare_findings((before.plan, before.silenced), (after.plan, after.silenced)).findings
    return tuple(finding for finding in new if finding.level in (Level.ERROR, Level.WARNING))


def _loosened(before: Verdict, after: Verdict) -> tuple[Loosened, ...]:
    from milepost.loader.catalogue import catalogue
    from milepost.rules.configuration import find_loosened

    return tuple(find_loosened(before.settings, after.settings, catalogue()))


def tell_skipped(verdict: Verdict) -> None:
    """Says which rules could not run. Where nothing is committed yet nothing can have moved: no word is needed."""
    if verdict.skipped and verdict.why and not isinstance(verdict.why, NothingYetError):
        names = ", ".join(verdict.skipped)
        note(f"These rules need the plan's history, and were skipped: {names}. {verdict.why.message}")
        if verdict.why.hint:
            note(f"To have them too: {verdict.why.hint}")
    if verdict.hidden:
        note("There are errors without which no other rule can be trusted: milepost check")


def examine(
    session: Session,
    tree: Tree,
    today: date,
    only: Collection[str] = frozenset(),
    commit: str | None = None,
    gate: Mapping[str, Setting] | None = None,
) -> Verdict:
    """One version under the rules named, or all. `commit` is its own, None for the work tree.

    `gate` are settings that its own may not loosen.
    """
    layout = layout_to_check(session, tree)
    return find_all(tree, layout, today, partial(_read_history, session, layout, commit), only, gate)


def layout_to_check(session: Session, tree: Tree) -> Layout:
    """How to read a version even where its `milepost.yaml` can't be read, so that all that is wrong is told at once."""
    try:
        return session.layout(tree)
    except MilepostError:
        if layout := find_broken_layout(tree):
            return layout
        raise


def _has_plan(tree: Tree) -> bool:
    return any(tree.find(plan_file(home)) for home in HOMES)


def _read_history(session: Session, layout: Layout, commit: str | None) -> History:
    """The accepted history that a version contains: what others have accepted since is none of its own."""
    branch, tip = session.accepted
    repository = session.repository
    repository.require_whole_history()
    try:
        tip = repository.merge_base(tip, commit or repository.resolve("HEAD"))
    except (NoBaseError, UsageError):  # nothing in common, or nothing committed on this branch
        note(f"This branch has no common history with {branch}, whose history is read all the same.")
    return session.history_at(tip, layout, branch)


def _find_base(session: Session, revision: str) -> tuple[str, str]:
    """The commit to compare with, and what to call it."""
    repository = session.repository
    commit = repository.resolve(revision)
    try:
        parted = repository.merge_base(commit, repository.resolve("HEAD"))
    except NoBaseError:
        if not repository.is_shallow:
            raise
        note(f"Where this branch left {revision} is not in this shallow clone: it is compared with {revision} itself.")
        parted = commit
    label = revision if parted.startswith(revision) else f"{revision} ({parted[:7]})"
    return parted, label
