"""A promise that was moved, lowered or given up, and nobody said why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milepost.model.finding import Finding, Level
from milepost.model.history import History
from milepost.model.item import PLAN, Item, Ref
from milepost.model.plan import Plan, Release
from milepost.model.work import Milestone
from milepost.rules.breaches import Breach, find_breach
from milepost.rules.own import own_milestones
from milepost.rules.past import accepted_item
from milepost.rules.promises import Promise, accepted_promises
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_PUT_BACK = "put its file back, with `dropped: DATE` and `because`; if it has a new id, name the old one under `was`"
_CATEGORIES = "scope, estimate, dependency, capacity, risk, priority or external"


def check_promise_moved_without_reason(look: Inspection) -> Iterator[Finding]:
    """Promises that are not what they were when a reason was last given, in accepted history or in the plan at hand.

    A release that moved is named once, with the promises that it moved.
    """
    if look.history is None:
        return
    promises = accepted_promises(look.history)
    releases = {release.id: release for release in look.plan.releases}
    moved: dict[str, list[Breach]] = {}
    for breach in _breaches(look, look.history, promises):
        if breach.release in releases:
            moved.setdefault(breach.release, []).append(breach)
        else:
            yield RULE.found(breach.place, f"{breach.what}, without a reason.", _hint(breach.milestone))
    for name, breaches in moved.items():
        if not _gives_reason(look, look.history, releases[name]):
            yield _moved_release(releases[name], breaches)
    yield from _gone(look.plan, look.history, promises)


def _breaches(look: Inspection, history: History, promises: Mapping[Ref, Promise]) -> Iterator[Breach]:
    for milestone in own_milestones(look.plan):
        known = accepted_item(history, look.plan.items[milestone.ref])
        promise = promises.get(known.ref) if known else None
        breach = find_breach(milestone, promise, look.limits["tolerance"]) if promise else None
        if breach and not _gives_reason(look, history, milestone):
            yield breach


def _gives_reason(look: Inspection, history: History, record: Milestone | Release) -> bool:
    """Whether the plan at hand gives a reason that is not accepted yet."""
    item = look.plan.items[record.ref]
    known = accepted_item(history, item)
    return record.because is not None and (known is None or known.fields.get("because") != item.fields.get("because"))


def _hint(record: Milestone | Release) -> str:
    if record.because:
        return f"write a new `because`, the one here is of an earlier change: {_CATEGORIES}, and what happened"
    return f"add `because: {{scope: what happened}}`, with one of {_CATEGORIES}"


def _moved_release(release: Release, breaches: list[Breach]) -> Finding:
    count = "a promise" if len(breaches) == 1 else f"{len(breaches)} promises"
    message = f"The release {release.id} moved without a reason, and {count} with it."
    related = tuple((breach.place, f"{breach.what}.") for breach in breaches)
    return RULE.found(release.place, message, _hint(release), related)


def _gone(plan: Plan, history: History, promises: Mapping[Ref, Promise]) -> Iterator[Finding]:
    """Promises whose file the plan at hand no longer has."""
    folder = plan.items[PLAN].place.path.removesuffix("milepost.yaml") if PLAN in plan.items else "?"
    present = {known.ref for one in plan.milestones if (known := accepted_item(history, plan.items[one.ref]))}
    for ref, promise in promises.items():
        item = history.items.get(ref)
        is_own = item is not None and item.place.path.startswith(f"{folder}milestones/")
        if item and is_own and ref not in present and promise.promised and not _is_over(item):
            message = f"{ref.id} was promised for {promise.explained.day} and is no longer in the plan."
            yield RULE.found(item.place, message, _PUT_BACK)


def _is_over(item: Item) -> bool:
    return "finished" in item.fields or "dropped" in item.fields


RULE = Rule(
    "promise-moved-without-reason",
    Level.ERROR,
    "Others rely on a promise: whoever moves it owes them the reason.",
    check_promise_moved_without_reason,
    limits=(Limit("tolerance", 2, Measure.DAYS, "by how much a promise may move without a word"),),
    needs_history=True,
)
