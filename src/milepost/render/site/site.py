"""All pages of the site, one after the other. Nothing is written here: the command that asks for them does that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from jinja2 import Environment

from milepost.analyses.forecasts.prospects import Prospects
from milepost.model.history import History
from milepost.model.plan import Plan
from milepost.render.site.changes import changes_page, list_facts
from milepost.render.site.environment import open_environment
from milepost.render.site.feed import feed
from milepost.render.site.forecast import forecast_page
from milepost.render.site.front import front_page
from milepost.render.site.material import Material, Replay, gather_material
from milepost.render.site.milestone import milestone_page
from milepost.render.site.names import page_name
from milepost.render.site.page import Page
from milepost.render.site.progress import progress_page
from milepost.render.site.record import record_page
from milepost.render.site.slip import goal_page, slip_page
from milepost.render.site.timeline import timeline_page
from milepost.render.site.tornado import risks_page
from milepost.render.web import WebAddress

#: Characters that neither HTML nor XML may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def render_site(
    plan: Plan,
    history: History,
    today: date,
    address: WebAddress | None,
    is_public: bool = False,
    ahead: Prospects | None = None,
    replay: Replay | None = None,
) -> Iterator[Page]:
    """The pages of a plan's site, always in the same order and with the same bytes for the same input.

    `is_public` says on every page that the plan given is the public part of a larger one. What lies `ahead` then is
    that of the larger one; where it is not given, it follows from the plan.
    """
    environment = open_environment(today)
    environment.globals["is_public"] = is_public
    material = gather_material(plan, history, today, address, ahead, replay)
    yield from _assets(environment)
    facts = list_facts(material)
    yield _page(environment, material, "index.html", front_page(material, facts))
    yield _page(environment, material, "timeline.html", timeline_page(material))
    yield _page(environment, material, "forecast.html", forecast_page(material))
    yield _page(environment, material, "progress.html", progress_page(material))
    yield _page(environment, material, "slip.html", slip_page(material))
    yield _page(environment, material, "risks.html", risks_page(material))
    yield _page(environment, material, "changes.html", changes_page(facts, today))
    yield _page(environment, material, "accuracy.html", record_page(material))
    yield _page(environment, material, "feed.xml", feed(facts, material))
    for goal in sorted(plan.goals, key=lambda goal: goal.id):
        yield _page(environment, material, f"goals/{page_name(goal.id)}.html", goal_page(goal, material), "goal.html")
    for entry in sorted(material.roadmap.all, key=lambda entry: entry.milestone.id):
        path = f"milestones/{page_name(entry.milestone.id)}.html"
        yield _page(environment, material, path, milestone_page(entry, material), "milestone.html")


def _page(
    environment: Environment, material: Material, path: str, parts: Mapping[str, object], template: str | None = None
) -> Page:
    root = "../" * path.count("/")
    html = environment.get_template(f"site/{template or path}").render(
        parts,
        page=path,
        root=root,
        links=replace(material.links, root=root),
        plan=material.plan,
        history=material.history,
        today=material.today,
        title_of=material.title,
        status_of=material.status,
    )
    return Page(path, _CONTROLS.sub("\ufffd", html).encode("utf-8", "replace"))


def _assets(environment: Environment) -> Iterator[Page]:
    """Files that are the same for every plan."""
    for name in ("favicon.svg", "style.css"):
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, f"site/{name}")
        yield Page(name, source.encode())
