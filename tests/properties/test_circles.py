"""What waits for itself: `schedule` refuses it, `check` names the same items, and both find no more than there is."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.analyses.schedules.placement import CircleError, level_project, place_project
from milepost.analyses.schedules.project import build_project
from milepost.analyses.schedules.schedule import build_schedule
from tests.unit.plans import found, milestone, plan_of

TODAY = date(2027, 3, 1)
TASKS = [2, 1, 0, 2]  # of the milestones m0, m1, ...
ITEMS = [name for n, count in enumerate(TASKS) for name in (f"m{n}", *(f"m{n}/t{t}" for t in range(count)))]

Written = tuple[str, str, str, int]  # this, that, type and lag
Moment = tuple[str, bool]  # an item, and whether it is its end

_links = st.lists(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS), st.sampled_from(["FS", "SS", "FF", "SF"]),
              st.integers(-2, 2)),
    max_size=6,
)  # fmt: skip


def text_of(number: int, links: list[Written]) -> str:
    """A milestone with its tasks and their links."""

    def work(name: str) -> str:
        own = (f"{{item: '{'task' if '/' in that else 'milestone'}:{that}', type: {kind}, lag: {lag}d}}"
               for this, that, kind, lag in links if this == name)  # fmt: skip
        return f"id: {name.rpartition('/')[2]}, title: T, depends_on: [{', '.join(own)}]"

    name, count = f"m{number}", TASKS[number]
    if not count:
        return f"{{{work(name)}, estimate: 2d}}"
    tasks = (f"{{{work(f'{name}/t{task}')}, estimate: {task + 1}d, owner: ada}}" for task in range(count))
    return f"{{{work(name)}, tasks: [{', '.join(tasks)}]}}"


def waits_for_itself(links: list[Written]) -> bool:
    """By the plan language alone: whether some start or end can never come to pass.

    A milestone with tasks starts with the first of these and ends with the last. What it waits for binds those of its
    tasks that depend on no other one of them, or else its end.
    """
    tasks = {f"m{n}": [f"m{n}/t{t}" for t in range(count)] for n, count in enumerate(TASKS)}
    needs: dict[Moment, list[list[Moment]]] = {(item, end): [] for item in ITEMS for end in (False, True)}
    for item in ITEMS:
        mine = tasks.get(item, [])
        needs[item, False] += [[(task, False) for task in mine]] if mine else []
        needs[item, True] += [[(task, True)] for task in mine] or [[(item, False)]]
    for this, that, kind, _ in links:
        for moment in _bound(this, kind, tasks.get(this, []), links):
            needs[moment].append([(that, kind[0] == "F")])
    passed: set[Moment] = set()
    while more := {one for one in needs.keys() - passed if all(passed & set(group) for group in needs[one])}:
        passed |= more
    return len(passed) < len(needs)


def _bound(this: str, kind: str, tasks: list[str], links: list[Written]) -> list[Moment]:
    """What a link of an item holds back."""
    if kind[1] == "F":
        return [(this, True)]
    inside = {one for one, other, *_ in links if one in tasks and other in tasks}
    entries = [task for task in tasks if task not in inside]
    return [(entry, False) for entry in entries] or [(this, bool(tasks))]


@given(_links)
@settings(max_examples=400)
def test_check_and_schedule_find_the_circles_that_there_are(links: list[Written]) -> None:
    plan = plan_of(*(milestone(text_of(number, links)) for number in range(len(TASKS))))
    findings = found(plan, "dependency-cycle", TODAY)
    try:
        build_schedule(plan, TODAY)
        told = ""
    except CircleError as error:
        told = error.message
    assert bool(findings) == bool(told) == waits_for_itself(links)
    if " → " in told:
        assert findings[0].message == told.replace(", so no date can be told", "")


@given(_links, st.booleans())
@settings(max_examples=300)
def test_every_link_of_what_is_scheduled_holds(links: list[Written], level: bool) -> None:
    """What is tied both ways too, whatever its length."""
    plan = plan_of(*(milestone(text_of(number, links)) for number in range(len(TASKS))))
    project = build_project(plan, TODAY)
    try:
        placed = level_project(project) if level else place_project(project)
    except CircleError:
        return
    parts = {ref.id: part for ref, part in project.parts.items()}
    starts = {name: min(placed.start[number] for number in part.starts) for name, part in parts.items()}
    ends = {name: placed.finish[part.end] for name, part in parts.items()}
    for this, that, kind, lag in links:
        held = (starts if kind[1] == "S" else ends)[this]
        if kind[1] == "F" or "/" in this or not TASKS[int(this[1:])]:  # of a milestone only some tasks are held
            assert held >= (starts if kind[0] == "S" else ends)[that] + lag - 1e-6
