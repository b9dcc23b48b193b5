"""The past as it looked when it was the present."""

from __future__ import annotations

from pathlib import Path

from milepost.analyses.versions import replay_versions
from milepost.loader.cache import Cache
from milepost.loader.history import load_history
from milepost.loader.layout import find_layout
from milepost.loader.plan import load_plan
from milepost.model.item import Item, Place
from milepost.model.plan import Plan
from milepost.repository.repository import open_repository
from milepost.repository.story import read_story, write_story
from tests.unit.conftest import heron, tell

_DEMO = Path(__file__).parents[3] / "src" / "milepost" / "stories" / "heron"


def _said(plan: Plan) -> dict[object, Item]:
    """What a plan says, wherever it says it."""
    return {ref: item._replace(place=Place("")) for ref, item in plan.items.items()}


def test_the_last_version_is_the_plan_and_each_knows_only_what_was_known() -> None:
    plan, history = tell(heron())
    versions = list(replay_versions(history))
    assert _said(versions[-1].plan) == _said(plan)
    assert versions[-1].history.changes == history.changes
    for version in versions:
        assert version.history.tip == version.revision
        assert version.history.changes[-1].revision == version.revision


def test_each_version_is_the_plan_that_its_commit_holds(tmp_path: Path) -> None:
    write_story(read_story(_DEMO), tmp_path / "demo")
    repository = open_repository(tmp_path / "demo")
    branch = repository.accepted_branch()
    assert branch
    layout = find_layout(repository.commit_tree(branch[1], branch[0]), None)
    history = load_history(repository, layout, branch[0], branch[1], Cache(None))
    unreadable = {one.revision.id for one in history.unreadable}
    versions = list(replay_versions(history))
    assert len(versions) > 40
    for version in versions:
        tree = repository.commit_tree(version.revision.id, "")
        plan, broken = load_plan(tree, find_layout(tree, None))
        assert bool(broken) == (version.revision.id in unreadable)
        if not broken:
            assert _said(version.plan) == _said(plan), version.revision.subject
