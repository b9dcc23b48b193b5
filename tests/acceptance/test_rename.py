"""A new id follows every condition that names the item, and no other word of it."""

from __future__ import annotations

import pytest

from tests.conftest import MakeRepository, Run

#: The id before and after, an assertion, and what becomes of it.
CONDITIONS = [
    ("beta", "gamma", "due(beta) <= 2027-04-15", "due(gamma) <= 2027-04-15"),
    ("beta", "gamma", "count(milestones, label=beta, open) <= 3", "count(milestones, label=beta, open) <= 3"),
    ("beta", "gamma", "estimate(beta/ui) <= 20d", "estimate(gamma/ui) <= 20d"),
    ("beta", "gamma", "count(tasks, milestone=beta) <= 20", "count(tasks, milestone=gamma) <= 20"),
    (
        "open",
        "opened",
        "count(milestones, open) >= 1 and exists(open)",
        "count(milestones, open) >= 1 and exists(opened)",
    ),
    ("due", "gamma", "due(due) <= 2027-04-15", "due(gamma) <= 2027-04-15"),
    ("v1", "w1", "due(v1.4) <= 2027-04-15", "due(v1.4) <= 2027-04-15"),
    ("beta", "gamma", "due(milestone:beta) <= 2027-04-15", "due(milestone:gamma) <= 2027-04-15"),
]


@pytest.mark.parametrize(("old", "new", "written", "expected"), CONDITIONS)
def test_assertions_follow_a_new_id(
    make_repository: MakeRepository, run: Run, old: str, new: str, written: str, expected: str
) -> None:
    plan = f"milepost: 1\ntitle: Heron\nreleases: {{v1.4: 2027-02-10}}\nassertions:\n  - {written}\n"
    milestone = (
        f"id: {old}\ntitle: Beta\ndue: 2027-03-15\nlabels: [beta]\ntasks: [{{id: ui, title: UI, estimate: 5d}}]\n"
    )
    checkout = make_repository({"plan/milepost.yaml": plan, f"plan/milestones/{old}.yaml": milestone})
    result = run("set", old, f"id={new}", "--no-input", folder=checkout.path)
    assert result.exit_code == 0, result.output
    assert (checkout.path / "plan/milepost.yaml").read_text() == plan.replace(written, expected)
