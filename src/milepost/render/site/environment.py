"""Jinja, set so that nothing a plan says can become markup, and with the words that templates need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from milepost.model.due import Due
from milepost.render.site import amounts, dates, links, sentences
from milepost.resources import resource_folder

_FILTERS: dict[str, Callable[..., object]] = {
    "count": amounts.count,
    "part": amounts.part,
    "times": amounts.times,
    "shift": amounts.shift,
    "later": amounts.later,
    "share": amounts.share,
    "whole_share": amounts.whole_share,
    "effort": amounts.effort,
    "full_day": dates.short_day,
    "safe_url": links.safe_url,
    "milestone_of": links.milestone_of,
    "task_anchor": links.task_anchor,
    "risk_anchor": links.risk_anchor,
    "goal_anchor": links.goal_anchor,
    "aim": sentences.aim_word,
    "move_words": sentences.move_words,
    "cause_words": sentences.cause_words,
    "outcome_words": sentences.outcome_words,
    "step_words": sentences.step_words,
}


def open_environment(today: date) -> Environment:
    """Templates that escape everything, refuse what they do not know, and write dates as seen from `today`."""
    environment = Environment(
        loader=FileSystemLoader(resource_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_FILTERS)
    environment.filters.update(
        day=partial(dates.short_day, today=today),
        due=partial(dates.due_words, today=today),
        is_day=_is_day,
        is_release=dates.is_release,
        paragraphs=_paragraphs,
    )
    return environment


def _is_day(due: Due | None) -> bool:
    return due is not None and due.day is not None


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, as blank lines part them."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
