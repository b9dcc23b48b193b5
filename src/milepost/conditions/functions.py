"""The questions that a condition can ask: their names, what they are asked about, and what they answer."""

from __future__ import annotations

from typing import NamedTuple

from milepost.conditions.tree import Type

#: Plurals that `count` takes, and the kind of item each means.
KINDS = {
    "milestones": "milestone",
    "tasks": "task",
    "goals": "goal",
    "risks": "risk",
    "people": "person",
    "releases": "release",
    "sprints": "sprint",
    "feedback": "feedback",
    "reviews": "review",
}

#: Properties that an item has or has not.
PROPERTIES = {
    "open": "neither done nor dropped; of a risk: neither occurred nor closed",
    "planned": "not begun",
    "started": "in progress",
    "done": "finished",
    "dropped": "taken out of the plan",
    "promise": "its commitment is a promise; a task's is that of its milestone",
    "target": "its commitment is a target",
    "tentative": "its commitment is tentative",
    "blocked": "something is written under `blocked`",
    "estimated": "it has an estimate",
}

#: Fields whose value can be asked for with `=` and `!=`. A task has its milestone's where it names none.
FIELDS = {
    "goal": "the goal it serves, directly or through goals that serve it; of a goal: what it serves in the same way",
    "owner": "the person who answers for it",
    "team": "the team of its owner; of a person: their own",
    "priority": "must, should, could or wont",
    "value": "user, business or enabler",
    "kind": "of a task: feature, research, chore or bug; of a person: person or stakeholder",
    "label": "one of its labels",
    "milestone": "the milestone of a task, or the milestone itself",
    "release": "the release that its due date names",
    "response": "avoid, mitigate, transfer or accept",
    "threatens": "what it threatens",
    "about": "what it is about",
}

_WORK = ("milestone", "task")

#: The kinds of items of which a property or a field can be asked: of any other it would choose nothing, ever.
ASKED_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*PROPERTIES, *FIELDS), _WORK),
    "open": (*_WORK, "risk"),
    "goal": (*_WORK, "goal"),
    "owner": (*_WORK, "goal", "risk"),
    "team": (*_WORK, "goal", "risk", "person"),
    "kind": ("task", "person"),
    "release": (*_WORK, "goal"),
    "response": ("risk",),
    "threatens": ("risk",),
    "about": ("feedback",),
}

#: Fields whose value is an id, and the kind of item it names; None where that may be a milestone or a task.
REFERRING = {"goal": "goal", "owner": "person", "milestone": "milestone", "threatens": None, "about": None}


class Function(NamedTuple):
    """A question. `takes` is what stands in its brackets before any filters: an id, a kind, or nothing."""

    takes: str  # id | kind | nothing
    filters: bool
    type: Type
    what: str


#: The kinds of items that a question without a kind in its brackets is about.
ABOUT = {"effort": _WORK, "earliest_due": ("milestone",), "latest_due": ("milestone",)}

FUNCTIONS: dict[str, Function] = {
    "due": Function("id", False, Type.DATE, "the day a milestone, goal or release is due"),
    "started": Function("id", False, Type.DATE, "the day a milestone or task was started"),
    "finished": Function("id", False, Type.DATE, "the day a milestone or task was finished"),
    "dropped": Function("id", False, Type.DATE, "the day a milestone or task was dropped"),
    "not_before": Function("id", False, Type.DATE, "the day before which it can't start"),
    "estimate": Function("id", False, Type.EFFORT, "the middle estimate of a task, or of a milestone and its tasks"),
    "status": Function("id", False, Type.WORD, "planned, started, done or dropped"),
    "owner": Function("id", False, Type.WORD, "the person who answers for it"),
    "goal": Function("id", False, Type.WORD, "the goal that a milestone names"),
    "priority": Function("id", False, Type.WORD, "must, should, could or wont"),
    "commitment": Function("id", False, Type.WORD, "tentative, target or promise"),
    "value": Function("id", False, Type.WORD, "user, business or enabler"),
    "response": Function("id", False, Type.WORD, "avoid, mitigate, transfer or accept"),
    "probability": Function("id", False, Type.SHARE, "how likely a risk is"),
    "exists": Function("id", False, Type.TRUTH, "whether the plan has an item with that id"),
    "count": Function("kind", True, Type.NUMBER, "how many items of a kind there are"),
    "effort": Function("nothing", True, Type.EFFORT, "the middle estimates of all work that is not dropped, added up"),
    "earliest_due": Function("nothing", True, Type.DATE, "the earliest due date of the milestones"),
    "latest_due": Function("nothing", True, Type.DATE, "the latest due date of the milestones"),
}
