"""`milepost log --graph`: each value's course as a line of blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite

from milepost.analyses.values import FieldCourse
from milepost.render.flow import flow
from milepost.render.paint import Paint
from milepost.render.words import count_words, value_words

_BLOCKS = "▁▂▃▄▅▆▇█"
_GAP = "·"
_MOST = 40  # values; of more, the latest
_LONGEST = 60


def render_log_graph(courses: Sequence[FieldCourse], paint: Paint) -> str:
    """A line for each field under its item: the course, the first and the present value, and how often it changed."""
    lines: list[str] = []
    for item in dict.fromkeys(course.item for course in courses):
        lines += flow((str(item), paint.bold), (f" {item.kind}", paint.dim))
        fields = [course for course in courses if course.item == item]
        width = max(len(course.field) for course in fields)
        drawn = [draw_blocks(course.numbers) for course in fields]
        blocks = max(map(len, drawn))
        for course, line in zip(fields, drawn, strict=True):
            lines.append(f"  {paint.text(f'{course.field:<{width}}')}  {line:<{blocks}}  {paint.text(_words(course))}")
    return "".join(f"{line}\n" for line in lines)


def draw_blocks(numbers: Sequence[float | None]) -> str:
    """A block for each number: the lowest at the bottom, the highest at the top, a dot where there is none."""
    shown = [number if number is not None and isfinite(number) else None for number in numbers[-_MOST:]]
    known = [number for number in shown if number is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return "".join(_GAP if number is None else _BLOCKS[_height(number, low, high)] for number in shown)


def _height(number: float, low: float, high: float) -> int:
    return round((number - low) / (high - low) * (len(_BLOCKS) - 1)) if high > low else 0


def _words(course: FieldCourse) -> str:
    first, last = (_value(course, end) for end in (0, -1))
    if len(course.values) == 1:
        return first
    return f"{first} → {last}, {count_words(len(course.values) - 1, 'change')}"


def _value(course: FieldCourse, end: int) -> str:
    value, number = course.values[end], course.numbers[end]
    if value is None:
        return "nothing"
    text = value_words(value, course.field)[:_LONGEST]
    day = date.fromordinal(int(number)).isoformat() if course.field == "due" and number else text
    return text if text == day else f"{text} ({day})"
