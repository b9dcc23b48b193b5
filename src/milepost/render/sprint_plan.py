"""`milepost sprint plan`: how much fits into a sprint, and what."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator

from milepost.analyses.sprints.proposal import Basis, Left, Proposal, Taken, Why
from milepost.analyses.sprints.velocity import FEWEST_FOR_FOCUS, FEWEST_FOR_QUANTILES
from milepost.model.estimate import Unit
from milepost.model.plan import Plan
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.paint import Paint
from milepost.render.sprint_words import amount_number, amount_words, size_words, span_words, unit_word
from milepost.render.velocity import spread_words, velocity_record
from milepost.render.words import count_words, day_words, to_json

_MOST_LEFT = 12


def render_proposal_text(proposal: Proposal, plan: Plan, paint: Paint) -> str:
    """Time, what this team finishes, what fits, what does not and why, and what to type."""
    name = proposal.sprint.id if proposal.sprint else "Next sprint"
    days = count_words(proposal.days, "working day")
    left = f"{proposal.time.days} of {days} left" if proposal.is_running else days
    when = f"   {span_words(proposal.start, proposal.end)}, {left}"
    lines = [*flow((name, paint.bold), (when, paint.text))]
    lines += ["", *_wrapped(_capacity(proposal, plan), paint)]
    if proposal.time.people:
        lines += ["", *_people(proposal, plan, paint)]
    amount = _amount(proposal.filled, proposal, plan)
    lines += ["", paint.bold(f"Fits: {count_words(len(proposal.taken), 'item')}, {amount}")]
    if proposal.excess > 1e-6:
        lines[-1] = paint.bold(f"In it: {amount}, {_amount(proposal.excess, proposal, plan)} more than fits")
    lines += [_taken(one, plan, paint) for one in proposal.taken] or ["  Nothing."]
    if proposal.left:
        lines += ["", paint.bold("Does not fit"), *_left(proposal, plan, paint)]
    if proposal.elsewhere:
        lines += ["", f"Left out: {count_words(len(proposal.elsewhere), 'open item')} of sprints that still run."]
    if command := command_words(proposal):
        lines += ["", paint.dim("To write it:"), *(paint.text(line) for line in _folded(command))]
    return "".join(f"{line}\n" for line in lines)


def render_proposal_json(proposal: Proposal, plan: Plan) -> str:
    """The same as data. Amounts are days of work, or points; days and time are those from `counted_from` on."""

    def number(value: float | None) -> float | None:
        return None if value is None else amount_number(value, proposal.unit, plan.calendar)

    return to_json(
        {
            "format": "milepost-sprint-plan",
            "version": 1,
            "sprint": proposal.sprint.id if proposal.sprint else None,
            "start": proposal.start.isoformat(),
            "end": proposal.end.isoformat(),
            "unit": unit_word(proposal.unit),
            "counted_from": proposal.begin.isoformat(),
            "working_days": proposal.time.days,
            "people": {
                person: {
                    "days": round(hours / plan.calendar.hours, 3),
                    "capacity": number(proposal.share_of(person)),
                    "proposed": number(_load(proposal, person)),
                }
                for person, hours in proposal.time.people.items()
            },
            "focus": round(proposal.velocity.focus, 6) if proposal.unit is not Unit.POINTS else None,
            "capacity": number(proposal.capacity),
            "committable": number(proposal.committable),
            "likely": [number(end) for end in proposal.likely] if proposal.likely else None,
            "room": number(proposal.room),
            "basis": proposal.basis,
            "excess": number(proposal.excess),
            "items": [{**_record(one, plan), "new": one.is_new} for one in proposal.taken],
            "left": [
                {
                    **_record(one, plan),
                    "why": one.why,
                    "waits_for": one.waits_for.id if one.waits_for else None,
                }
                for one in proposal.left
            ],
            "in_other_sprints": [item.id for item in proposal.elsewhere],
            "velocity": velocity_record(proposal.velocity, plan.calendar),
            "command": command_words(proposal),
        }
    )


def command_words(proposal: Proposal) -> str | None:
    """What to type for a sprint of what fits; None where nothing new does."""
    if not any(one.is_new for one in proposal.taken):
        return None
    items = ",".join(one.piece.ref.id for one in proposal.taken if one.is_new)
    if proposal.sprint:  # what it has finished is not among the proposed, and has to stay
        return f"milepost set {shlex.quote(proposal.sprint.id)} {shlex.quote(f'items+={items}')}"
    return f"milepost new sprint start={proposal.start} end={proposal.end} {shlex.quote(f'items={items}')}"


def _capacity(proposal: Proposal, plan: Plan) -> Iterator[str]:
    """Where the room comes from, and how much this team is likely to finish."""
    velocity, time = proposal.velocity, proposal.time
    if proposal.is_running:
        yield f"It has begun, so only the time that is left of it counts: from {day_words(proposal.begin)} on."
    if not time.people:
        yield "The plan names no people, so time is that of one: milepost new person --name NAME"
    elif not time.hours:
        yield "Nobody is there on any of these days, so nothing fits."
    if proposal.basis is Basis.UNKNOWN:
        yield "Work is estimated in points, and no sprint that is over has finished any: how many fit is not known."
        return
    given = proposal.sprint.capacity if proposal.sprint else None
    if given and not proposal.is_written:
        yield f"The sprint's capacity of {given} is not in {unit_word(proposal.unit)}, so it is not used."
    yield _written_words(proposal, plan) if proposal.is_written else _focus_words(proposal, plan)
    yield from _commitment(proposal, plan)
    if velocity.n:
        yield spread_words(velocity, plan.calendar)


def _written_words(proposal: Proposal, plan: Plan) -> str:
    told = f"Capacity {proposal.sprint.capacity if proposal.sprint else None}, as the sprint says"
    if not proposal.is_running:
        return f"{told}."
    return f"{told}, by the working time that is left {_amount(proposal.capacity, proposal, plan)}."


def _focus_words(proposal: Proposal, plan: Plan) -> str:
    capacity, velocity = _amount(proposal.capacity, proposal, plan), proposal.velocity
    time = amount_words(proposal.time.hours, Unit.HOURS, plan.calendar)
    if proposal.unit is Unit.POINTS:
        return f"Capacity {capacity}: as many points in {time} of working time as in past sprints (n = {velocity.n})."
    if velocity.n >= FEWEST_FOR_FOCUS:
        why = f"what was finished in past sprints, as it was estimated, by their working time (n = {velocity.n})"
    elif velocity.outside.share is not None:
        why = f"what finished tasks were estimated at, by the time that went by for them (n = {velocity.outside.n})"
    else:
        why = f"the usual share until {FEWEST_FOR_FOCUS} sprints are over (n = {velocity.n})"
    return f"Capacity {capacity}: {time} of working time × {velocity.focus:.0%}, {why}."


def _commitment(proposal: Proposal, plan: Plan) -> Iterator[str]:
    """What this team is likely to finish, what to commit to, and what both rest on."""
    n, room = proposal.velocity.n, _amount(proposal.room, proposal, plan)
    if proposal.likely is None:
        yield f"Commit to no more than {room}."
        return
    low, high = (_amount(number, proposal, plan) for number in proposal.likely)
    likely = f"This team is 80 % likely to finish between {low} and {high}"
    if proposal.basis is Basis.PAST:
        yield f"{likely}, and {room} or more in 4 sprints of 5: commit to {room}."
    elif proposal.committable:
        yield f"{likely}. Commit to no more than {room}."
    else:
        yield f"{likely}: too wide to commit by, so {room} is only what there is time for."
    few = "" if n >= FEWEST_FOR_QUANTILES else ", by Student's t for so few"
    time = "the working time that is left" if proposal.is_running else "this one's working time"
    yield f"That is how past sprints went, scaled to {time} (n = {n}{few})."


def _people(proposal: Proposal, plan: Plan, paint: Paint) -> Iterator[str]:
    """A line for each person: working days, what of the capacity is theirs, what is proposed. For the team itself."""
    names = {person: cut(plan.person_name(person) or person, 24) for person in proposal.time.people}
    width = max(len(name) for name in names.values())
    yield paint.dim(f"  {'':{width}}  {'there':>7}  {'room':>7}  {'proposed':>8}")
    for person, name in names.items():
        there = amount_words(proposal.time.people[person], Unit.HOURS, plan.calendar)
        room, load = (_amount(n, proposal, plan) for n in (proposal.share_of(person), _load(proposal, person)))
        yield paint.text(f"  {name:{width}}  {there:>7}  {room:>7}  {load:>8}")


def _load(proposal: Proposal, person: str) -> float:
    return sum(one.size.measure(proposal.unit) for one in proposal.taken if one.piece.owner == person)


def _taken(one: Taken, plan: Plan, paint: Paint) -> str:
    facts = [*([] if one.is_new else ["in it already"]), *(["begun"] if one.piece.work.started else [])]
    return _row("+" if one.is_new else "=", one, plan, paint, facts)


def _left(proposal: Proposal, plan: Plan, paint: Paint) -> Iterator[str]:
    for one in proposal.left[:_MOST_LEFT]:
        yield _row("–", one, plan, paint, [_why(one, proposal, plan)])
    if len(proposal.left) > _MOST_LEFT:
        yield f"  {len(proposal.left) - _MOST_LEFT} more: milepost backlog"


def _why(one: Left, proposal: Proposal, plan: Plan) -> str:
    owner = plan.person_name(one.piece.owner) or ""
    near = one.waits_for and one.waits_for.id.removeprefix(f"{one.piece.milestone.id}/")
    waits = f"waits for {near}"
    return {
        Why.BLOCKED: "blocked",
        Why.LATER: "not before a later day",
        Why.UNESTIMATED: "no estimate",
        Why.OTHER_UNIT: f"not in {unit_word(proposal.unit)}",
        Why.WAITS: waits,
        Why.PERSON: f"{'too big for' if _is_too_big(one, proposal) else 'no time left:'} {owner}",
        Why.ROOM: "no room left",
    }[one.why]


def _is_too_big(one: Left, proposal: Proposal) -> bool:
    """Whether the owner would have no room for it even with nothing else to do."""
    owner = one.piece.owner
    return owner in proposal.time.people and one.size.measure(proposal.unit) > proposal.share_of(owner)


def _row(mark: str, one: Taken | Left, plan: Plan, paint: Paint, facts: list[str]) -> str:
    priority = one.piece.priority or ""
    left = f"  {mark} {size_words(one.size, plan.calendar):>6}  {priority:<6}  {cut(one.piece.ref.id, 34):<34}"
    return paint.text(cut(f"{left}  {', '.join(facts)}".rstrip(), WIDTH))


def _record(one: Taken | Left, plan: Plan) -> dict[str, object]:
    piece = one.piece
    return {
        "id": piece.ref.id,
        "title": piece.work.title,
        "priority": piece.priority,
        "owner": piece.owner,
        "size": None if one.size.unknown else size_words(one.size, plan.calendar),
    }


def _amount(number: float, proposal: Proposal, plan: Plan) -> str:
    return amount_words(number, proposal.unit, plan.calendar)


def _wrapped(sentences: Iterator[str], paint: Paint) -> Iterator[str]:
    for sentence in sentences:
        for line in textwrap.wrap(sentence, WIDTH, subsequent_indent="  ", break_on_hyphens=False):
            yield paint.text(line)


def _folded(command: str) -> list[str]:
    """The command in lines that a shell joins again, cut at spaces and after commas; in one where it has quotes."""
    lines, line = [], "  "
    if "'" in command:
        return [f"  {command}"]
    for part in command.replace(",", ",\0").replace(" ", " \0").split("\0"):
        if len(line) + len(part) > WIDTH - 2 and line.strip():
            lines.append(f"{line}\\")
            line = "" if line.endswith(",") else "    "
        line += part
    return [*lines, line]
