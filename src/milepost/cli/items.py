"""Which item somebody means: by its id, or as `kind:id` where several kinds share it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.item import Ref


def find_item(name: str, known: Iterable[Ref], former: dict[str, Ref] | None = None) -> Ref:
    """The item that a user named by its id, or as `kind:id` where several kinds share it."""
    refs = list(known)
    matches = [ref for ref in refs if name in (ref.id, f"{ref.kind}:{ref.id}")]
    if len(matches) == 1:
        return matches[0]
    if matches:
        choices = ", ".join(sorted(f"{ref.kind}:{ref.id}" for ref in matches))
        raise UsageError(f"Several items are called {name}: {choices}", f"{matches[0].kind}:{name}")
    if former and name in former:
        return former[name]
    raise UsageError(f"Nothing in the plan has the id {name}", _meant(name, [ref.id for ref in refs]))


def find_among(
    name: str, refs: Iterable[Ref], kinds: tuple[str, ...], asked: str, former: dict[str, Ref] | None = None
) -> Ref:
    """The item of one of some kinds. Who names another one is told what is `asked` for: `only sprints are planned`."""
    known = list(refs)
    wanted = [ref for ref in known if ref.kind in kinds]
    if not any(name in (ref.id, f"{ref.kind}:{ref.id}") for ref in wanted):
        for ref in known:
            if name in (ref.id, f"{ref.kind}:{ref.id}"):
                raise UsageError(f"{ref.id} is a {ref.kind}: {asked}.", f"milepost show {ref.id}")
    return find_item(name, wanted, former)


def _meant(name: str, ids: list[str]) -> str:
    """What somebody may have meant: a task without its milestone, or an id that looks alike."""
    from difflib import get_close_matches

    tasks = [id for id in ids if id.endswith(f"/{name}")]
    close = tasks[:3] or get_close_matches(name, ids, n=1)
    return f"did you mean {' or '.join(close)}?" if close else "milepost show --ids lists all ids"
