"""What all pages are made from: the plan, its history and what follows from both on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from milepost.analyses.accuracy import Accuracy, measure_accuracy
from milepost.analyses.breakdown import Breakdown, break_down
from milepost.analyses.forecasts.outlook import Outlook
from milepost.analyses.forecasts.prospects import Prospects, foresee
from milepost.analyses.forecasts.replay import PastForecast
from milepost.analyses.forecasts.verification import Verification, verify_forecasts
from milepost.analyses.forecasts.worlds import Settings
from milepost.analyses.punctuality import Punctuality, measure_punctuality
from milepost.analyses.roadmap import Entry, Roadmap, arrange_roadmap
from milepost.analyses.slip import Slip, measure_slips
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Goal, Plan
from milepost.render.site.likely import Status, status_of
from milepost.render.site.links import Links, link_plan, milestone_of
from milepost.render.site.steps import Step, walk_steps
from milepost.render.web import WebAddress


@dataclass(frozen=True, slots=True)
class Replay:
    """The forecasts that would have been made at past versions of a plan, by which settings, oldest first."""

    said: tuple[PastForecast, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a page may ask for. `steps` are newest first, as are those of each milestone and its tasks."""

    plan: Plan
    history: History
    today: date
    links: Links
    slips: Mapping[Ref, Slip]
    breakdowns: Mapping[Ref, Breakdown]
    accuracy: Accuracy  # never by person
    punctuality: Punctuality
    roadmap: Roadmap
    steps: tuple[Step, ...]
    steps_of: Mapping[Ref, tuple[Step, ...]]
    names: Mapping[str, str]
    titles: Mapping[Ref, str]
    former_titles: Mapping[Ref, str]  # of what was taken out of the plan
    needed_by: Mapping[Ref, tuple[Ref, ...]]  # milestones that wait for a milestone or for its tasks
    ahead: Prospects
    replay: Replay | None = None  # of the milestones that are shown
    verified: Verification | None = None

    def title(self, ref: Ref) -> str:
        """What to call an item: its title, else its id."""
        return self.titles.get(ref) or self.former_titles.get(ref) or self.plan.title_of(ref)

    def outlook(self, ref: Ref) -> Outlook | None:
        """What is to be expected of an item; None where no date of the plan can be forecast, or it is not open."""
        return self.ahead.outlook(ref) if self.ahead.has_dates else None

    def serving(self, goal: Goal) -> list[Entry]:
        """The milestones that serve a goal, or one that serves it, in the order of the roadmap."""
        refs = {milestone.ref for milestone in self.plan.serving(goal.id)}
        return [entry for entry in self.roadmap.all if entry.milestone.ref in refs]

    def status(self, entry: Entry) -> Status:
        """How a milestone stands."""
        return status_of(entry, self.outlook(entry.milestone.ref))


def gather_material(
    plan: Plan,
    history: History,
    today: date,
    address: WebAddress | None,
    ahead: Prospects | None = None,
    replay: Replay | None = None,
) -> Material:
    """Work everything out once, for all pages. What lies `ahead` follows from the plan where it is not given."""
    slips = {slip.item: slip for slip in measure_slips(history)}
    roadmap = arrange_roadmap(plan, slips.values(), today)
    names = _names(plan)
    shown = _of_milestones(replay, plan) if replay else None
    tracked = {field for source in plan.sources for field in source.track}
    steps = tuple(reversed(list(walk_steps(history.changes, names, tracked))))
    return Material(
        plan=plan,
        history=history,
        today=today,
        links=link_plan(plan, address),
        slips=slips,
        breakdowns=_break_down(plan, slips, today),
        accuracy=measure_accuracy(plan, history),
        punctuality=measure_punctuality(plan, slips.values()),
        roadmap=roadmap,
        steps=steps,
        steps_of=_by_milestone(steps),
        names=names,
        titles=_titles(plan),
        former_titles=_former_titles(history),
        needed_by=_needed_by(plan),
        ahead=ahead or foresee(plan, history, today),
        replay=shown,
        verified=verify_forecasts(shown.said, plan, today) if shown else None,
    )


def _of_milestones(replay: Replay, plan: Plan) -> Replay:
    """What would have been said of the milestones of a plan."""
    known = {milestone.ref for milestone in plan.milestones}
    return replace(replay, said=tuple(one for one in replay.said if one.item in known))


def _titles(plan: Plan) -> dict[Ref, str]:
    kinds = (plan.goals, plan.milestones, plan.tasks(), plan.risks)
    return {item.ref: item.title or item.id for items in kinds for item in items}


def _former_titles(history: History) -> dict[Ref, str]:
    """The last title of everything that is no longer there."""
    gone = (change for change in history.changes if change.field == "title" and change.item not in history.items)
    return {change.item: change.old for change in gone if isinstance(change.old, str)}


def _break_down(plan: Plan, slips: Mapping[Ref, Slip], today: date) -> dict[Ref, Breakdown]:
    still_open = {milestone.ref for milestone in plan.milestones if milestone.status.is_open}
    found = ((ref, break_down(slip, ref in still_open, today)) for ref, slip in slips.items())
    return {ref: one for ref, one in found if one}


def _names(plan: Plan) -> dict[str, str]:
    """What ids are called, for fields that hold ids. A task is named by the id of its milestone too."""
    names = {ref.id: title for ref, title in _titles(plan).items()}
    return names | {person.id: person.name for person in plan.people}


def _needed_by(plan: Plan) -> dict[Ref, tuple[Ref, ...]]:
    found: dict[Ref, dict[Ref, None]] = {}
    for milestone in plan.milestones:
        for link in milestone.depends_on:
            found.setdefault(milestone_of(link.item), {})[milestone.ref] = None
    return {ref: tuple(waiting) for ref, waiting in found.items()}


def _by_milestone(steps: Iterable[Step]) -> dict[Ref, tuple[Step, ...]]:
    found: dict[Ref, list[Step]] = {}
    for step in steps:
        found.setdefault(milestone_of(step.item), []).append(step)
    return {ref: tuple(group) for ref, group in found.items()}
