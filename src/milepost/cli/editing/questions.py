"""What is asked on a terminal about a new item."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """What is asked for a field, and the kinds of items whose ids can answer it.

    `one_of`: with this question one of these fields has to be there, so until then they are asked for again.
    """

    field: str
    text: str
    optional: bool = True
    kinds: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


#: By kind, in the order in which they are asked.
QUESTIONS = {
    "milestone": (
        Question("title", "What will a user be able to do?", False),
        Question(
            "due", "By when? (a date, 2027-04, 2027-Q2 or a release; empty: only an estimate)", True, ("release",)
        ),
        Question(
            "estimate",
            "How much work is it? (10d, or 8d..20d; empty: only a date)",
            one_of=("due", "estimate", "tasks"),
        ),
        Question("owner", "Who answers for it? (empty for nobody yet)", True, ("person",)),
    ),
    "task": (
        Question("title", "What is to be done?", False),
        Question("estimate", "How much work is it? (4d, or a range 3d..12d; empty if unknown)"),
        Question("owner", "Who does it? (empty for the milestone's owner)", True, ("person",)),
    ),
    "risk": (
        Question("title", "What may happen?", False),
        Question("threatens", "What would be late? (ids, with commas; empty if unknown)", True, ("milestone", "task")),
        Question("probability", "How likely is it? (30%; empty if unknown)"),
        Question("impact", "How much working time would it cost? (5d..15d; empty if unknown)"),
    ),
    "goal": (
        Question("title", "What will be true for people?", False),
        Question("due", "By when? (empty if open)", True, ("release",)),
        Question("measure", "By what will you see it? (empty if unknown)"),
    ),
    "sprint": (
        Question("start", "First day (YYYY-MM-DD)", False),
        Question("end", "Last day (YYYY-MM-DD)", False),
        Question("goal", "What will be true at its end? (empty for nothing yet)"),
    ),
    "feedback": (
        Question("about", "What is it about? (an id)", False, ("milestone", "task")),
        Question("said", "What was said?", False),
        Question("score", "From 1 to 5, how content? (empty if not asked)"),
        Question("from", "Who said it, in words? (empty if nobody is to be named)"),
    ),
    "review": (Question("attended", "Who was there? (ids, with commas)", True, ("person",)),),
    "person": (
        Question("name", "What is the name?", False),
        Question("email", "What address does git know? (empty for none)"),
    ),
}

#: By kind, what to type after `milepost new KIND`; the days of a sprint show their form.
EXAMPLES = {
    "milestone": '--title "Public beta" --due 2027-03-15',
    "task": '--in MILESTONE --title "Serve tiles"',
    "risk": '--title "The vendor leaves"',
    "goal": '--title "People publish without our help"',
    "sprint": "start=2027-03-01 end=2027-03-12",
    "feedback": 'about=ID said="It is hard to find"',
    "review": "date=2027-03-01",
    "person": '--name "Nora Nox"',
}
