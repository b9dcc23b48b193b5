"""`milepost diff`: two versions of the plan as planning facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from milepost.analyses.diff import Fact, Kind
from milepost.render.escape import escape_markdown
from milepost.render.flow import flow
from milepost.render.paint import Paint
from milepost.render.words import change_words, count_words, signed_days, to_json, value_words

_HEADINGS = {
    Kind.MOVED: "Dates moved",
    Kind.ADDED: "Added",
    Kind.DROPPED: "Dropped",
    Kind.REMOVED: "Removed",
    Kind.RENAMED: "Renamed",
    Kind.STARTED: "Started",
    Kind.FINISHED: "Finished",
    Kind.RE_ESTIMATED: "Re-estimated",
    Kind.RE_OWNED: "New owner",
    Kind.RE_PRIORITISED: "Priority",
    Kind.DEPENDENCY: "Dependencies",
    Kind.RISK: "Risks",
    Kind.CHANGED: "Also changed",
}


def render_diff_text(facts: Sequence[Fact], compared: str, paint: Paint) -> str:
    """The comparison in words, then the facts under their kinds."""
    lines = [*flow((compared, paint.dim)), paint.bold(summarise(facts))]
    for kind, group in groupby(facts, key=lambda fact: fact.kind):
        lines += ["", paint.bold(_HEADINGS[kind])]
        for fact in group:
            lines += _fact(fact, paint)
    return "".join(f"{line}\n" for line in lines)


def _fact(fact: Fact, paint: Paint) -> Iterator[str]:
    """One fact, and the reason where a date moved."""
    days = fact.days or 0
    amount = f"  {signed_days(days)}" if days else ""
    yield from flow(
        (f"  {_name(fact)}", paint.text), (f"  {_detail(fact)}", paint.dim), (amount, partial(paint.days, days)), hang=6
    )  # fmt: skip
    if fact.kind is Kind.MOVED and fact.reason:
        yield from flow((f"      {fact.reason.category}: {fact.reason.text}", paint.dim), hang=6)


def render_diff_markdown(facts: Sequence[Fact], compared: str) -> str:
    """The same for a pull request: nothing from the plan can mention, link or format."""
    lines = [f"### {summarise(facts)}", "", escape_markdown(compared)]
    for kind, group in groupby(facts, key=lambda fact: fact.kind):
        lines += ["", f"**{_HEADINGS[kind]}**", ""]
        for fact in group:
            amount = f" ({signed_days(fact.days)})" if fact.days else ""
            detail = f": {escape_markdown(_detail(fact))}" if _detail(fact) else ""
            why = f". Reason given, {fact.reason.category}: {escape_markdown(fact.reason.text)}" if fact.reason else ""
            lines.append(f"- {escape_markdown(_name(fact))}{detail}{amount}{why if fact.kind is Kind.MOVED else ''}")
    return "".join(f"{line}\n" for line in lines)


def render_diff_json(facts: Sequence[Fact], base: str, head: str) -> str:
    """The same as data; days are calendar days."""
    records = [
        {
            "fact": fact.kind,
            "kind": fact.item.kind,
            "id": fact.item.id,
            "title": fact.title,
            "field": fact.field or None,
            "old": fact.old,
            "new": fact.new,
            "days": fact.days,
            "via": fact.via or None,
            "reason": {"category": fact.reason.category, "text": fact.reason.text} if fact.reason else None,
        }
        for fact in facts
    ]
    return to_json({"format": "milepost-diff", "version": 1, "base": base, "head": head, "facts": records})


def summarise(facts: Sequence[Fact]) -> str:
    """One line: how many facts, and how many dates moved."""
    if not facts:
        return "The two versions say the same."
    moved = sum(fact.kind is Kind.MOVED for fact in facts)
    tail = f", {count_words(moved, 'date')} moved" if moved else ""
    return f"{count_words(len(facts), 'fact')} changed{tail}"


def _name(fact: Fact) -> str:
    return fact.title if fact.title == fact.item.id else f"{fact.title} ({fact.item.id})"


def _detail(fact: Fact) -> str:
    if fact.kind is Kind.REMOVED or fact.kind is Kind.ADDED:
        due = f", due {value_words(fact.new)}" if fact.new else ""
        return f"{fact.item.kind}{due}"
    if fact.kind in (Kind.STARTED, Kind.FINISHED, Kind.DROPPED):
        return value_words(fact.new)
    via = f", with {fact.via}" if fact.via else ""
    field = "" if fact.kind in (Kind.MOVED, Kind.RE_ESTIMATED, Kind.RE_OWNED, Kind.RENAMED) else f"{fact.field} "
    return f"{field}{change_words(fact.old, fact.new, fact.field)}{via}"
