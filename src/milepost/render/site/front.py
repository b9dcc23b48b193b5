"""The front page: what is promised, why, what comes when, what shipped, what changed and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.roadmap import Entry, Standing
from milepost.model.item import Place
from milepost.model.moves import Move
from milepost.model.plan import PLAN, Goal
from milepost.render.charts.spark import Spark, draw_spark
from milepost.render.charts.text import isolate
from milepost.render.site import sentences
from milepost.render.site.changes import Fact
from milepost.render.site.material import Material
from milepost.render.site.record import record_sentences
from milepost.render.site.register import arrange_risks
from milepost.render.site.tracks import track_of

_CARDS = {"Now": 12, "Next": 8, "Later": 6}


@dataclass(frozen=True, slots=True)
class Column:
    """Now, next or later: some cards, and the rest as a list."""

    name: str
    meaning: str
    cards: tuple[Entry, ...]
    rest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """A goal with what serves it: milestones that are reached, and all that were not dropped."""

    goal: Goal
    done: int
    all: int
    serves: str


def front_page(material: Material, facts: Sequence[Fact]) -> Mapping[str, object]:
    """What the template of the front page asks for."""
    first = material.roadmap.first
    return {
        "headline": _headline(material),
        "first": first,
        "moved": sentences.moved_sentence(first) if first else "",
        "latest": latest_reason(first) if first else None,
        "others": sentences.other_promises(material.roadmap),
        "overdue": [e for e in material.roadmap.now if e.standing is Standing.OVERDUE and e is not first],
        "goals": [_goal(goal, material) for goal in material.plan.goals],
        "columns": _columns(material),
        "sparks": draw_sparks(material),
        "shipped": material.roadmap.shipped[:6],
        "facts": [fact for fact in facts if fact.item in material.links.plan_refs][:8],
        "record": record_sentences(material.accuracy, material.punctuality),
        "risks": [entry for entry in arrange_risks(material.plan, material.today) if entry.risk.is_open][:3],
        "plan_place": plan_place(material),
    }


def latest_reason(entry: Entry) -> Move | None:
    """The latest move of a date that came with a reason."""
    moves = entry.slip.moves if entry.slip else ()
    return next((move for move in reversed(moves) if move.reason), None)


def draw_sparks(material: Material) -> dict[str, Spark | None]:
    """The tiny charts of all milestones whose date moved, by id."""
    moved = (entry for entry in material.roadmap.all if entry.moves)
    tracks = ((entry, track_of(entry, material.today, "")) for entry in moved)
    return {entry.milestone.id: draw_spark(track) for entry, track in tracks if track}


def plan_place(material: Material) -> Place | None:
    """Where the plan itself is written; None for a plan made of sources alone."""
    item = material.plan.items.get(PLAN)
    return item.place if item else None


def _headline(material: Material) -> str:
    roadmap = material.roadmap
    if roadmap.first:
        title = isolate(material.title(roadmap.first.milestone.ref))
        return sentences.headline(roadmap.first, title, material.today)
    return "Everything in this plan is done." if roadmap.shipped else "There are no milestones yet."


def _columns(material: Material) -> list[Column]:
    roadmap = material.roadmap
    parts = (
        ("Now", "begun, or due within six weeks", roadmap.now),
        ("Next", "due within three months", roadmap.next),
        ("Later", "further out, or without a date", roadmap.later),
    )
    return [Column(name, meaning, part[: _CARDS[name]], part[_CARDS[name] :]) for name, meaning, part in parts]


def _goal(goal: Goal, material: Material) -> GoalEntry:
    serving = [e.milestone for e in material.roadmap.all if e.milestone.goal == goal.id and not e.milestone.dropped]
    served = next((other for other in material.plan.goals if other.id == goal.serves), None)
    done = sum(not milestone.status.is_open for milestone in serving)
    return GoalEntry(goal, done, len(serving), served.title if served else "")
