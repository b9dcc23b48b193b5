"""What a rule is for, and how a team sets it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from milepost.model.finding import Level
from milepost.render.flow import WIDTH, flow
from milepost.render.paint import Paint
from milepost.rules.configuration import UNITS, write_limit
from milepost.rules.rule import Rule


def render_rule(rule: Rule, fixed: bool, paint: Paint) -> str:
    """One rule: its level and reason, what can be set and how, and when it speaks."""
    lines = [f"{paint.bold(rule.name)}  {paint.dim(str(rule.level))}", *_wrap(rule.why), ""]
    for remark in _remarks(rule):
        lines += [*_wrap(remark), ""]
    lines += ["A plan can't be trusted without this rule: its level can't be changed."] if fixed else _settings(rule)
    return "\n".join(lines) + "\n"


def render_rules(groups: Mapping[str, Sequence[Rule]], paint: Paint) -> str:
    """All rules with their levels, each above its reason, below what they are about."""
    lines: list[str] = []
    for title, rules in groups.items():
        lines += [*([""] if lines else []), paint.bold(title)]
        for rule in rules:
            lines += [f"  {rule.name}  {paint.dim(str(rule.level))}", *flow((f"      {rule.why}", paint.text), hang=6)]
    return "\n".join([*lines, "", "milepost check --explain RULE says more."]) + "\n"


def _remarks(rule: Rule) -> Iterator[str]:
    if rule.timed:
        yield (
            "It depends on today: what was fine can cease to be. So it never fails a run, except with --strict-time, "
            "or with --base where the change touched the item."
        )
    if rule.needs_history:
        yield "It needs the whole history of the plan, and is skipped where the clone is shallow."
    if rule.uses_history:
        yield "It sees more where the whole history of the plan is at hand; without it, it judges by the plan alone."


def _settings(rule: Rule) -> Iterator[str]:
    """How to set it in `milepost.yaml`, and how to silence it once."""
    if rule.limits:
        yield "Limits:"
        for one in rule.limits:
            number = write_limit(one.measure, one.default)
            words = f"  {one.key}: {number}  {one.what} ({UNITS[one.measure]})"
            yield from textwrap.wrap(words, WIDTH, subsequent_indent="    ")
        yield ""
    other = Level.WARNING if rule.level is not Level.WARNING else Level.ADVICE
    parts = [f"level: {other}", *(f"{one.key}: {write_limit(one.measure, one.default)}" for one in rule.limits)]
    written = f"{{{', '.join(parts)}}}" if rule.limits else str(other)
    yield "To set it, in plan/milepost.yaml (error, warning, advice or ignore):"
    yield from ("  rules:", f"    {rule.name}: {written}", "")
    yield "To allow it once, on the line above:"
    yield f"  # milepost: ignore[{rule.name}] the reason"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)
