"""Which addresses in a plan may become links, and where each item is on the site."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milepost.model.history import Revision
from milepost.model.item import Place, Ref
from milepost.model.plan import Plan
from milepost.render.site.names import page_name
from milepost.render.web import WebAddress

_SAFE = re.compile(r"""(https?://[^\s<>"'`\\]+|mailto:[^\s<>"'`\\]+@[^\s<>"'`\\]+)""", re.IGNORECASE)


def safe_url(text: str) -> str | None:
    """The text where it is an address that a click may open (http, https, mailto); None where it is not."""
    return text if text.isprintable() and _SAFE.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as one page sees them. `root` leads from that page to the site's folder: empty, or `../`."""

    plan_refs: frozenset[Ref]
    address: WebAddress | None
    root: str = ""

    def item(self, ref: Ref) -> str | None:
        """Where an item is on the site; None for what has no place there."""
        if ref not in self.plan_refs:
            return None
        match ref.kind:
            case "milestone":
                return f"{self.root}milestones/{page_name(ref.id)}.html"
            case "task":
                page = self.item(milestone_of(ref))
                return f"{page}#{task_anchor(ref)}" if page else None
            case "risk":
                return f"{self.root}risks.html#{risk_anchor(ref)}"
            case "goal":
                return f"{self.root}goals/{page_name(ref.id)}.html"
        return None

    def edit(self, place: Place) -> str | None:
        """Where the file of an item can be edited on the web."""
        return self.address.edit(place.path) if self.address else None

    def commit(self, revision: Revision) -> str | None:
        """Where a revision can be read on the web."""
        return self.address.commit(revision.id) if self.address else None


def link_plan(plan: Plan, address: WebAddress | None) -> Links:
    """The links of a plan, as the pages in the site's own folder see them."""
    kinds = (plan.milestones, plan.tasks(), plan.risks, plan.goals)
    return Links(frozenset(item.ref for items in kinds for item in items), address)


def milestone_of(ref: Ref) -> Ref:
    """The milestone that an item is, or is a task of."""
    return Ref("milestone", ref.id.rpartition("/")[0]) if ref.kind == "task" else ref


def task_anchor(ref: Ref) -> str:
    """The anchor of a task on its milestone's page."""
    return f"task-{page_name(ref.id.rpartition('/')[2])}"


def risk_anchor(ref: Ref) -> str:
    """The anchor of a risk in the register."""
    return f"risk-{page_name(ref.id)}"


def goal_anchor(ref: Ref) -> str:
    """The anchor of a goal on the front page."""
    return f"goal-{page_name(ref.id)}"
