"""Sprints, feedback and reviews from their fields as written."""

from __future__ import annotations

from collections.abc import Collection

from milepost.model.build_work import milestone_or_task
from milepost.model.feedback import Feedback
from milepost.model.fields import Fields
from milepost.model.item import Item, Ref
from milepost.model.review import Action, Agreement, Review
from milepost.model.sprint import Sprint


def build_sprint(item: Item, fields: Fields) -> Sprint:
    """A sprint."""
    return Sprint(
        ref=item.ref,
        id=item.ref.id,
        start=fields.day("start"),
        end=fields.day("end"),
        goal=fields.text("goal"),
        items=_work(fields, "items"),
        capacity=fields.amount("capacity"),
        audience=fields.text("audience"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def build_feedback(item: Item, fields: Fields) -> Feedback:
    """Feedback on a milestone or a task."""
    about = fields.text("about")
    return Feedback(
        ref=item.ref,
        id=item.ref.id,
        about=milestone_or_task(about) if about else None,
        date=fields.day("date"),
        from_=fields.text("from"),
        said=fields.text("said"),
        score=fields.number("score"),
        leads_to=_work(fields, "leads_to"),
        audience=fields.text("audience"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def build_review(item: Item, fields: Fields, risks: set[str]) -> Review:
    """A review. `risks_looked_at` names risks, or milestones whose risks were looked at."""
    looked_at = fields.texts("risks_looked_at")
    return Review(
        ref=item.ref,
        id=item.ref.id,
        date=fields.day("date"),
        attended=fields.texts("attended"),
        agreed=tuple(
            Agreement(part.text("who") or "", _work(part, "about"), part.text("recorded_by"))
            for part in fields.parts("agreed")
        ),
        risks_looked_at=tuple(risk_or_milestone(name, risks) for name in looked_at),
        decisions=fields.texts("decisions"),
        went_well=fields.texts("went_well"),
        improve=fields.texts("improve"),
        actions=tuple(
            Action(part.text("text") or "", part.text("owner"), part.day("due"), part.day("done"))
            for part in fields.parts("actions")
        ),
        audience=fields.text("audience"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def risk_or_milestone(name: str, risks: Collection[str]) -> Ref:
    """What a review looked at: `risk:id`, the id of a risk that there is, else work whose risks are meant."""
    written = name.removeprefix("risk:")
    return Ref("risk", written) if written != name or name in risks else milestone_or_task(name)


def _work(fields: Fields, key: str) -> tuple[Ref, ...]:
    return tuple(milestone_or_task(name) for name in fields.texts(key))
