"""`milepost completion`, and what a shell can complete: ids, people and fields of the plan at hand.

Whatever goes wrong while somebody types completes nothing, and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from milepost.model.plan import Plan

Complete = Callable[[click.Context, click.Parameter, str], list["CompletionItem[str]"]]
_Candidates = Callable[[click.Context, str], Iterable[tuple[str, str]]]

#: What a shell takes as it stands. A plan that nobody checked may hold any text as an id, and Tab puts it on the line.
_SAFE = re.compile(r"[A-Za-z0-9._/=,:+-]+")
_SHELLS = ("bash", "zsh", "fish")
_LINKS = ("depends_on", "threatens", "items", "about", "leads_to", "risks_looked_at")


def _completer(candidates: _Candidates) -> Complete:
    """Makes a completer of pairs of a word and what stands beside it."""

    @wraps(candidates)
    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        try:
            pairs = list(candidates(context, incomplete))
        except Exception:  # a traceback in the middle of a line that is being typed helps nobody
            return []
        offered = [pair for pair in pairs if pair[0].startswith(incomplete) and _SAFE.fullmatch(pair[0])]
        return [CompletionItem(word, help=_one_line(text)) for word, text in offered]

    return complete


def _one_line(text: str) -> str | None:
    """Help text that can't be taken for another answer, or for an order to the terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split()) or None


def complete_ids(*kinds: str, own: bool = False) -> Complete:
    """Completes the ids of items: of some kinds, or of everything but the plan itself. `own`: that can be changed."""
    return _completer(lambda context, _: _ids(_plan(context), kinds, own))


@_completer
def complete_people(context: click.Context, _: str) -> Iterable[tuple[str, str]]:
    """Completes the ids of people."""
    return [(person.id, person.name) for person in _plan(context).people]


@_completer
def complete_fields(_: click.Context, __: str) -> Iterable[tuple[str, str]]:
    """Completes the fields that any item has."""
    return [(name, "") for name in all_fields()]


def all_fields() -> list[str]:
    """The fields that any item has."""
    from milepost.documents.values import field_names

    kinds = ("milestone", "task", "goal", "risk", "sprint", "feedback", "review", "person", "release", "plan")
    return list(dict.fromkeys(name for kind in kinds for name in field_names(kind)))


@_completer
def complete_assignments(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Completes `FIELD=` for the item or the kind on the line, then what can stand after it."""
    from milepost.documents.values import field_choices, field_names

    kind = context.params.get("kind") or _kind(context)
    field, sign, text = incomplete.partition("=")
    if not sign:
        return [(f"{name}=", "") for name in field_names(kind)]
    before, comma, _ = text.rpartition(",")
    name = field.rstrip("+-")
    found = field_choices(kind, (name,)) or [id for id, _ in _named(context, name)]
    return [(f"{field}={before}{comma}{one}", "") for one in found]


def _plan(context: click.Context) -> Plan:
    from milepost.cli.session import Session
    from milepost.loader.plan import load_plan

    session = Session(context.params.get("folder") or Path())
    tree = session.repository.work_tree()
    return load_plan(tree, session.layout(tree))[0]


def _ids(plan: Plan, kinds: tuple[str, ...], own: bool = False) -> list[tuple[str, str]]:
    """Ids, each with its title."""
    items = [item for item in plan.items.values() if not own or item.place.path not in plan.foreign]
    refs = (item.ref for item in items if item.ref.kind in kinds or (not kinds and item.ref.kind != "plan"))
    return [(ref.id, plan.title_of(ref)) for ref in refs]


def _kind(context: click.Context) -> str:
    """The kind of the item on the line."""
    from milepost.cli.items import find_item

    return find_item(context.params["item"], _plan(context).items).kind


def _named(context: click.Context, field: str) -> list[tuple[str, str]]:
    """The items that a field can name."""
    if field in _LINKS:
        return _ids(_plan(context), ("milestone", "task", *(("risk",) if field == "risks_looked_at" else ())))
    kind = {"owner": "person", "attended": "person", "goal": "goal", "serves": "goal", "due": "release"}.get(field)
    return _ids(_plan(context), (kind,)) if kind else []


@click.command("completion", hidden=True)
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """Print the script with which a shell completes milepost's commands, ids, people, fields and rules.

    \b
    eval "$(milepost completion bash)"                                     in ~/.bashrc
    eval "$(milepost completion zsh)"                                      in ~/.zshrc, after compinit
    milepost completion fish > ~/.config/fish/completions/milepost.fish    once
    """
    from milepost.cli.shells import completion_script

    click.echo(completion_script(shell), nl=False)
