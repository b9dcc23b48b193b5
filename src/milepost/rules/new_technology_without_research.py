"""New technology, and no time to find out about it."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status, Task, Work
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties


def check_new_technology_without_research(look: Inspection) -> Iterator[Finding]:
    """Open milestones with `new_technology` and no research task, in them or in what they depend on."""
    prepared = _prepared_elsewhere(look.plan)
    for milestone in open_milestones(look.plan):
        if milestone.new_technology and milestone.id not in prepared and not any(map(_is_research, milestone.tasks)):
            message = f"{milestone.id} depends on new technology, and no time is set aside to find out about it."
            hint = "add a task: {id: spike, title: Can it be done?, kind: research, estimate: 2d, timebox: 3d}"
            yield RULE.found(milestone.place.at("new_technology"), message, hint)


def _prepared_elsewhere(plan: Plan) -> set[str]:
    """Ids of open milestones that depend on a research task, or on a milestone that has one."""
    return {tie.milestone.id for tie in open_ties(plan) if _is_done_first(tie)}


def _is_done_first(tie: Tie) -> bool:
    tasks = tie.other.tasks if isinstance(tie.other, Milestone) else (tie.other,)
    return not _is_left_out(tie.other_milestone) and any(map(_is_research, tasks))


def _is_research(task: Task) -> bool:
    return task.kind == "research" and not _is_left_out(task)


def _is_left_out(work: Work) -> bool:
    return work.status is Status.DROPPED or work.priority == "wont"


RULE = Rule(
    "new-technology-without-research",
    Level.WARNING,
    "Work with something that the team has not used before is where estimates fail most; a short try comes first.",
    check_new_technology_without_research,
)
