"""`milepost sprint review`: what came of a sprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from milepost.analyses.sprints.course import Entry
from milepost.analyses.sprints.review import SprintReview
from milepost.model.percent import whole_percent
from milepost.model.plan import Plan
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.paint import Paint
from milepost.render.sprint_words import amount_number, amount_words, size_words, span_words, unit_word
from milepost.render.velocity import draw_velocity, velocity_record
from milepost.render.words import count_words, day_words, to_json

_FEWEST = 8  # columns that a title needs
_INDENT = 12  # of what is said of an item, where it needs a line of its own


def render_review_text(review: SprintReview, plan: Plan, today: date, paint: Paint) -> str:
    """What was finished of what was committed, what is left over and where that went, and the velocity."""
    course = review.course
    sprint = course.sprint
    end = "" if course.is_over else f", not over yet: {day_words(today)}"
    lines = [*flow((sprint.id, paint.bold), (f"   {span_words(sprint.start, sprint.end)}{end}", paint.text))]
    lines += [paint.text(cut(f"Goal: {sprint.goal}", WIDTH))] if sprint.goal else []
    lines += [_headline(review, plan)]
    groups: dict[str, Sequence[Entry]] = {
        "Finished": review.finished,
        "Left over": review.left_over,
        "Taken out": [one for one in course.entries if one.removed],
        "Dropped": [one for one in course.entries if one.dropped and not one.removed],
    }
    for title, entries in groups.items():
        if entries:
            lines += ["", paint.bold(title), *(line for one in entries for line in _entry(one, review, plan, paint))]
    lines += ["", paint.bold("Velocity"), *draw_velocity(review.velocity, plan.calendar, paint)]
    return "".join(f"{line}\n" for line in lines)


def render_review_json(review: SprintReview, plan: Plan) -> str:
    """The same as data. Amounts are days of work, or points."""
    course, sprint = review.course, review.course.sprint
    amounts = {
        "committed": course.committed,
        "finished": course.finished,
        "finished_of_committed": review.finished_of_committed,
    }
    return to_json(
        {
            "format": "milepost-sprint-review",
            "version": 1,
            "sprint": {
                "id": sprint.id,
                "start": course.start.isoformat(),
                "end": sprint.end.isoformat() if sprint.end else None,
                "goal": sprint.goal,
                "over": course.is_over,
            },
            "unit": unit_word(review.unit),
            **{
                name: amount_number(size.measure(review.unit), review.unit, plan.calendar)
                for name, size in amounts.items()
            },
            "without_estimate": sum(one.size.unknown for one in course.entries),
            "items": [_record(one, review, plan) for one in course.entries],
            "velocity": velocity_record(review.velocity, plan.calendar),
        }
    )


def _headline(review: SprintReview, plan: Plan) -> str:
    """`3 of 5 committed items finished, 8d of 14d; and 1 that was added, 2d.`"""
    committed = [one for one in review.course.entries if not one.added]
    done = [one for one in review.finished if not one.added]
    words = f"{len(done)} of {count_words(len(committed), 'committed item')} finished"
    if all_ := review.course.committed.measure(review.unit):
        part = review.finished_of_committed.measure(review.unit)
        amounts = (amount_words(number, review.unit, plan.calendar) for number in (part, all_))
        words += ", {} of {}".format(*amounts) + f" ({whole_percent(part / all_, least=(1.0,))}%)"
    if extra := [one for one in review.finished if one.added]:
        words += f", and {len(extra)} that came in later"
    unknown = sum(one.size.unknown for one in review.course.entries)
    aside = f"\n{count_words(unknown, 'item')} without an estimate: counted, not measured." if unknown else ""
    return f"{words}.{aside}"


def _entry(one: Entry, review: SprintReview, plan: Plan, paint: Paint) -> Iterator[str]:
    sign = "✓" if one.finished else "−" if one.removed else "×" if one.dropped else "○"
    left = f"  {sign} {size_words(one.size, plan.calendar):>6}  {cut(one.item.id, 34)}"
    facts = ", ".join(_facts(one, review))
    room = WIDTH - len(left) - len(facts) - 4
    is_wide = bool(facts) and room < _FEWEST
    title = paint.dim(cut(plan.title_of(one.item), WIDTH - len(left) - 2 if is_wide else room))
    if is_wide:
        yield f"{paint.text(left)}  {title}"
        yield from flow((f"{'':{_INDENT}}{facts}", paint.text), hang=_INDENT + 2)
    else:
        yield f"{paint.text(left)}  {title}{'  ' + paint.text(facts) if facts else ''}"


def _facts(one: Entry, review: SprintReview) -> Iterator[str]:
    if one.added:
        yield f"added {_day(one.added)}"
    if one.removed:
        yield _day(one.removed)
    if one.is_left_over:
        later = review.carried.get(one.item)
        yield f"carried into {later.id}" if later else "in no later sprint"


def _day(day: date) -> str:
    return day_words(day).rpartition(" ")[0]


def _record(one: Entry, review: SprintReview, plan: Plan) -> dict[str, object]:
    later = review.carried.get(one.item)
    return {
        "id": one.item.id,
        "title": plan.title_of(one.item),
        "size": None if one.size.unknown else size_words(one.size, plan.calendar),
        "added": one.added.isoformat() if one.added else None,
        "removed": one.removed.isoformat() if one.removed else None,
        "dropped": one.dropped.isoformat() if one.dropped else None,
        "finished": one.finished.isoformat() if one.finished else None,
        "left_over": one.is_left_over,
        "carried_into": later.id if later else None,
    }
