"""The front page: what is promised, why, what comes when, what shipped, what changed and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.forecasts.outlook import Outlook, Verdict
from milepost.analyses.roadmap import Entry, Standing
from milepost.analyses.week import Week, look_back
from milepost.model.item import PLAN, Place
from milepost.model.moves import Move
from milepost.model.plan import Goal
from milepost.render.charts.scale import add_days
from milepost.render.charts.spark import Spark, draw_spark
from milepost.render.charts.text import isolate, shorten
from milepost.render.site import likely, sentences
from milepost.render.site.changes import Fact
from milepost.render.site.forecast import GoalRow, tell_goal
from milepost.render.site.material import Material
from milepost.render.site.record import record_sentences
from milepost.render.site.register import arrange_risks
from milepost.render.site.tracks import track_of

_HEADLINE = 400.0  # px of a title at 13 px, in a headline of many promises: the sentence below has all of it
_EXAMPLE = 84  # days ahead of the date in the example of a first milestone
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
    """A goal with what serves it: milestones that are reached, and all that were not dropped; and its forecast."""

    goal: Goal
    done: int
    all: int
    serves: str
    likely: GoalRow | None


def front_page(material: Material, facts: Sequence[Fact]) -> Mapping[str, object]:
    """What the template of the front page asks for."""
    promises = judged_promises(material)
    worst = likely.worst_promise(promises)
    first = worst[0] if worst else material.roadmap.first
    return {
        "headline": _headline(material, promises, first),
        "lede": _lede(material, promises, first) if first else "",
        "first": first,
        "moved": sentences.moved_sentence(first) if first else "",
        "latest": latest_reason(first) if first else None,
        "week": _week(material),
        "others": sentences.other_promises(material.roadmap, first),
        "overdue": [e for e in material.roadmap.now if e.standing is Standing.OVERDUE and e is not first],
        "goals": [_goal(goal, material) for goal in material.plan.goals],
        "columns": _columns(material),
        "sparks": draw_sparks(material),
        "shipped": material.roadmap.shipped[:6],
        "facts": [fact for fact in facts if fact.item in material.links.plan_refs][:8],
        "record": record_sentences(material.accuracy, material.punctuality, material.verified),
        "risks": [entry for entry in arrange_risks(material.plan, material.today) if entry.risk.is_open][:3],
        "plan_place": plan_place(material),
        "lines": {entry.milestone.id: _card_line(entry, material) for entry in material.roadmap.open},
        "lacks_forecast": bool(material.roadmap.open) and not material.ahead.has_dates,
        "estimable": _estimable(material),
        "example_due": add_days(material.today, _EXAMPLE),
    }


def _week(material: Material) -> Week | None:
    """What happened since last week; None where nothing did and nothing is open that could have."""
    week = look_back(material.roadmap, material.today)
    return week if material.roadmap.open or week.moved or week.finished or week.tasks else None


def judged_promises(material: Material) -> list[tuple[Entry, Outlook]]:
    """The open promises of which it can be said how they stand, soonest first."""
    pairs = ((entry, material.outlook(entry.milestone.ref)) for entry in material.roadmap.promises)
    return [(entry, outlook) for entry, outlook in pairs if outlook and likely.is_judged(outlook)]


def _card_line(entry: Entry, material: Material) -> tuple[str, str]:
    """What a card says of the forecast: the day we are sure of, and the chance; or why there is none."""
    outlook = material.outlook(entry.milestone.ref)
    if outlook is None:
        return "", ""
    if not outlook.days:
        return "", likely.gap_words(outlook)
    return likely.sure_words(outlook, material.today), likely.likely_words(outlook)


def _estimable(material: Material) -> str:
    """The id of a milestone to which one estimate would bring a forecast; empty where there is none."""
    forecast = material.ahead.forecast
    missing = forecast.own if forecast else None
    return missing.id if missing else ""


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


def _headline(material: Material, promises: Sequence[tuple[Entry, Outlook]], first: Entry | None) -> str:
    if first is None:
        return "Everything in this plan is done." if material.roadmap.shipped else "There are no milestones yet."
    title = material.title(first.milestone.ref)
    if promises:
        return likely.promises_headline(promises, isolate(shorten(title, _HEADLINE)))
    return sentences.headline(first, isolate(title), material.today)


def _lede(material: Material, promises: Sequence[tuple[Entry, Outlook]], first: Entry) -> str:
    """What follows on the headline: what was said of the date that it names, and how likely that is."""
    outlook, today = material.outlook(first.milestone.ref), material.today
    likely_now = likely.likely_sentence(outlook, today)
    if not promises:
        return likely_now
    title = isolate(material.title(first.milestone.ref))
    unknown = likely.unknown_sentence(len(material.roadmap.promises) - len(promises))
    if outlook and outlook.verdict is Verdict.ON_TRACK and len(promises) > 1:
        return " ".join(filter(None, (likely.next_sentence(first, outlook, title, today), unknown)))
    said = sentences.headline(first, title, today)
    return " ".join(filter(None, (said, likely_now, unknown)))


def _columns(material: Material) -> list[Column]:
    roadmap = material.roadmap
    parts = (
        ("Now", "begun, or due within six weeks", roadmap.now),
        ("Next", "due within three months", roadmap.next),
        ("Later", "further out, or without a date", roadmap.later),
    )
    return [Column(name, meaning, part[: _CARDS[name]], part[_CARDS[name] :]) for name, meaning, part in parts]


def _goal(goal: Goal, material: Material) -> GoalEntry:
    serving = [entry.milestone for entry in material.serving(goal) if not entry.milestone.dropped]
    served = next((other for other in material.plan.goals if other.id == goal.serves), None)
    done = sum(not milestone.status.is_open for milestone in serving)
    return GoalEntry(goal, done, len(serving), served.title if served else "", tell_goal(goal, material))
