"""What `milepost init` does for editors: it writes what is missing, leaves what is there, and refreshes when asked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository, Run

ROOT = Path(__file__).parents[2]
PLAN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada Bright}}\n"
SETTINGS = ".vscode/settings.json"
IDS = "plan/.schemas/ids.schema.json"


def offered(checkout: Checkout, kind: str) -> dict[str, str]:
    schema = json.loads((checkout.path / IDS).read_text(encoding="utf-8"))["definitions"][kind]
    return {one["const"]: one["description"] for one in schema.get("anyOf", [])}


def test_init_sets_up_vs_code_where_nothing_is_set_up(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"README.md": "x\n"})
    result = run("init", folder=checkout.path)
    assert "wrote  .vscode/settings.json" in result.stdout
    assert "git add plan .vscode" in result.stdout
    settings = json.loads((checkout.path / SETTINGS).read_text(encoding="utf-8"))
    for schema in settings["yaml.schemas"]:
        assert (checkout.path / schema).is_file()
    extensions = json.loads((checkout.path / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}


def test_init_says_what_to_add_to_settings_that_are_there(make_repository: MakeRepository, run: Run) -> None:
    own = '{\n  // ours\n  "editor.rulers": [120],\n}\n'
    checkout = make_repository({SETTINGS: own})
    result = run("init", folder=checkout.path)
    assert (checkout.path / SETTINGS).read_text() == own
    assert "For VS Code, add this to .vscode/settings.json:" in result.stdout
    assert '"./plan/.schemas/milestone.schema.json": "plan/milestones/**/*.y*ml"' in result.stdout
    checkout.write({SETTINGS: '{"yaml.schemas": {"./plan/.schemas/milestone.schema.json": "x"}}'})
    assert "For VS Code" not in run("init", folder=checkout.path).stdout


def test_the_schemas_know_the_ids_of_the_plan_that_is_there(make_repository: MakeRepository, run: Run) -> None:
    beta = "id: beta\ntitle: 'Public\tbeta'\ndue: 2027-03-15\ntasks: [{id: sell, title: Sell}]\n"
    checkout = make_repository({"plan/milepost.yaml": PLAN, "plan/milestones/beta.yaml": beta})
    run("init", folder=checkout.path)
    assert offered(checkout, "person") == {"ada": "Ada Bright"}
    assert offered(checkout, "milestone") == {"beta": "Public beta"}
    assert offered(checkout, "task") == {"beta/sell": "Sell"}


def test_refresh_writes_the_schemas_and_nothing_else(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN, "plan/.schemas/milestone.schema.json": "{}\n"})
    result = run("init", "--refresh", folder=checkout.path)
    assert result.exit_code == 0
    assert re.search(r"\d+ of \d+ schemas changed", result.stdout)
    assert not (checkout.path / ".vscode").exists()
    assert "Milestone" in (checkout.path / "plan/.schemas/milestone.schema.json").read_text()
    checkout.write({"plan/goals/free.yaml": "id: free\ntitle: Free\n", "plan/goals/bad.yaml": "id: [\n"})
    again = run("init", "--refresh", folder=checkout.path)
    assert "plan/.schemas/ is up to date: 1 of " in again.stdout
    assert "plan/goals/bad.yaml" in again.stderr
    assert offered(checkout, "goal") == {"free": "Free"}


# what is typed, the exit code, words that are printed
FIRST = [
    (["--title", "Draw a map", "--due", "2027-Q2"], 0, "wrote  plan/milestones/draw-a-map.yaml"),
    (["--title", "地図", "--due", "2027-04", "--id", "first-map"], 0, "wrote  plan/milestones/first-map.yaml"),
    (["--title", "地図", "--due", "2027-04"], 2, "hint: --id first-map"),
    (["--title", "Draw a map"], 2, "--title and --due go together"),
    (["--due", "2027-04"], 2, "--title and --due go together"),
    (["--title", "Draw", "--due", "soon"], 2, "or roughly as 2027-04 or 2027-Q2"),
    (["--title", "Draw", "--due", "2027-04", "--id", "Draw it"], 2, "write draw-it"),
    ([], 0, "milepost new milestone"),
]


@pytest.mark.parametrize(("typed", "code", "words"), FIRST)
def test_the_first_milestone_is_written_whole_or_not_at_all(
    make_repository: MakeRepository, run: Run, typed: list[str], code: int, words: str
) -> None:
    checkout = make_repository({"README.md": "x\n"})
    result = run("init", "--no-input", *typed, folder=checkout.path)
    assert (result.exit_code, words in result.output) == (code, True), result.output
    assert (checkout.path / "plan").exists() == (code == 0)


def test_what_comes_next_depends_on_what_is_there(make_repository: MakeRepository, run: Run) -> None:
    beta = "id: beta\ntitle: Beta\ndue: 2027-03-15\n"
    checkout = make_repository({"plan/milepost.yaml": PLAN, "plan/milestones/beta.yaml": beta})
    assert "milepost new milestone" not in run("init", "--no-input", folder=checkout.path).stdout


def test_refresh_needs_a_plan(make_repository: MakeRepository, run: Run) -> None:
    result = run("init", "--refresh", folder=make_repository({"README.md": "x\n"}).path)
    assert (result.exit_code, "There is no plan" in result.stderr) == (3, True)


def test_ids_of_other_sources_are_not_offered(make_repository: MakeRepository, run: Run) -> None:
    source = "sources: [{files: x.yaml, kind: milestone, each: ., id: '{key}', title: '{key}', fields: {due: due}}]\n"
    checkout = make_repository({"plan/milepost.yaml": PLAN + source, "x.yaml": "theirs: {due: 2027-01-01}\n"})
    run("init", "--refresh", folder=checkout.path)
    assert offered(checkout, "milestone") == {}


def test_refresh_follows_no_link(make_repository: MakeRepository, run: Run, tmp_path: Path) -> None:
    checkout = make_repository({"plan/milepost.yaml": PLAN})
    (tmp_path / "outside").mkdir()
    (checkout.path / "plan/.schemas").symlink_to(tmp_path / "outside")
    assert run("init", "--refresh", folder=checkout.path).exit_code == 3
    assert list((tmp_path / "outside").iterdir()) == []


def test_the_page_gives_neovim_what_vs_code_gets() -> None:
    from milepost.cli.editor import schema_settings

    page = (ROOT / "docs/how-to/editors.md").read_text(encoding="utf-8")
    assert dict(re.findall(r'\["(\./plan/[^"]+)"\] = "([^"]+)"', page)) == schema_settings("plan")
