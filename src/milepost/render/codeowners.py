"""`milepost show --format codeowners`: who is asked to review which file of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milepost.model.people import Person
from milepost.model.plan import Goal, Plan
from milepost.model.risk import Risk
from milepost.model.work import Milestone
from milepost.render.escape import escape_terminal

_HEADER = """\
# Owners of the plan, made by: milepost show --format codeowners
# Owners need write permission to the repository: GitHub asks nobody else for a review.
"""
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
# GitHub knows no escape for these, ends a pattern at white space and a line at #, and takes * and ? for any text.
_UNWRITABLE = re.compile(r"[][!*?#\\\x00-\x1f\x7f-\x9f\ud800-\udfff]|[^\S ]")


def render_codeowners(plan: Plan) -> str:
    """A line for each file of a goal, milestone or risk that has an owner; comments for what can't be a line."""
    owned: dict[str, list[str]] = {}
    items: list[Goal | Milestone | Risk] = [*plan.goals, *plan.milestones, *plan.risks]
    for item in items:
        if item.owner:
            owned.setdefault(item.place.path, []).append(item.owner)
    people = {person.id: person for person in plan.people}
    owners = sorted({owner for named in owned.values() for owner in named})
    missing = [line for id in owners for line in _missing(id, people.get(id))]
    lines = [_line(path, list(dict.fromkeys(owned[path])), people) for path in sorted(owned)]
    return _HEADER + "".join(f"{line}\n" for line in [*missing, *([""] if lines else []), *lines])


def _line(path: str, owners: list[str], people: dict[str, Person]) -> str:
    accounts = [f"@{account}" for id in owners if (account := _account(people.get(id)))]
    if not accounts:
        return f"# {_comment(path)}: {_comment(', '.join(people[id].name if id in people else id for id in owners))}"
    if _UNWRITABLE.search(path):
        return f"# {_comment(path)}: {' '.join(accounts)}, but CODEOWNERS can't name this file"
    return f"/{path.replace(' ', chr(92) + ' ')} {' '.join(accounts)}"


def _account(person: Person | None) -> str | None:
    """A person's account, if it is the name of one."""
    name = person.github if person else None
    return name if name and _ACCOUNT.fullmatch(name) else None


def _missing(id: str, person: Person | None) -> Iterator[str]:
    """A comment on an owner whom GitHub can't ask."""
    if person is None:
        yield f"# {_comment(id)} is not among the people of this plan."
    elif _account(person) is None:
        yield f"# Without an account: {_comment(person.name)}. If there is one: milepost set {_comment(id)} github=NAME"


def _comment(text: str) -> str:
    """Text that stays on its line."""
    return escape_terminal(" ".join(text.split()))
