"""A small team's story for tests: two people, a milestone with tasks of known sizes, and sprints of two weeks.

Every sprint has ten working days of two people, 20 days of working time. What each of them commits and finishes is
given in days of work; a task is called after its sprint, so nothing has to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.conftest import Checkout

MONDAY = date(2027, 1, 4)
PLAN = "milepost: 1\ntitle: Heron\npeople:\n  ada: {name: Ada Ash}\n  bo: {name: Bo Birk}\n"


@dataclass
class Story:
    """A repository to which sprints are added, one after the other."""

    checkout: Checkout
    unit: str = "d"
    tasks: dict[str, str] = field(default_factory=dict)  # the line of each
    number: int = 0

    @property
    def start(self) -> date:
        """The first day of the next sprint."""
        return MONDAY + timedelta(weeks=2 * self.number)

    def begin(self, *lines: str, plan: str = PLAN) -> None:
        """The first commit: a plan, and tasks that no sprint has yet."""
        self.add(*lines)
        self.checkout.commit({"plan/milepost.yaml": plan, **self.milestone()}, day=MONDAY - timedelta(days=3))

    def add(self, *lines: str) -> None:
        """Tasks, each as the inside of a YAML mapping that begins with its id."""
        self.tasks |= {line.split(",")[0].removeprefix("id: "): line for line in lines}

    def milestone(self) -> dict[str, str]:
        """The file of the only milestone."""
        listed = "".join(f"  - {{{line}}}\n" for line in self.tasks.values())
        text = f"id: beta\ntitle: Beta\ndue: 2027-12-17\nowner: ada\ntasks:\n{listed}"
        return {"plan/milestones/beta.yaml": text}

    def sprint(self, id: str, items: Iterable[str], start: date | None = None, more: str = "") -> dict[str, str]:
        """The file of a sprint of two weeks."""
        begin = start or self.start
        named = ", ".join(f"beta/{item}" for item in items)
        text = f"id: {id}\nstart: {begin}\nend: {begin + timedelta(days=11)}\n{more}items: [{named}]\n"
        return {f"plan/sprints/{id}.yaml": text}

    def run_sprint(self, sizes: Sequence[float], finished: int) -> str:
        """A sprint with tasks of some sizes, of which the first so many are finished on its second Thursday."""
        id, start = f"s{self.number + 1}", self.start
        names = [f"{id}-{number}" for number in range(1, len(sizes) + 1)]
        for name, size in zip(names, sizes, strict=True):
            self.add(f"id: {name}, title: Work, estimate: {size:g}{self.unit}")
        self.checkout.commit({**self.milestone(), **self.sprint(id, names)}, day=start)
        done = start + timedelta(days=10)
        for name in names[:finished]:
            self.finish(name, done)
        self.checkout.commit(self.milestone(), day=done)
        self.number += 1
        return id

    def finish(self, name: str, day: date) -> None:
        """Says in the work tree that a task is finished."""
        self.tasks[name] += f", started: {day}, finished: {day}"
