"""The house holds: the import law, and the habits that a machine can see."""

from __future__ import annotations

import ast
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from milepost.cli import SECTIONS
from milepost.model.calendar import Calendar
from milepost.model.feedback import Feedback
from milepost.model.people import Person, Raci, Shipped, Vote
from milepost.model.plan import Goal, Plan, Release
from milepost.model.reason import Category, Reason
from milepost.model.review import Action, Agreement, Review
from milepost.model.risk import Mitigation, Risk
from milepost.model.source import Source
from milepost.model.sprint import Sprint
from milepost.model.work import Blocker, Dependency, Measure, Milestone, Task
from milepost.resources import resource_folder

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "milepost"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if PACKAGE / "stories" not in path.parents]

#: A record, and the schema of what it is made from. Beside the schema's properties a record has what says where it
#: was written, and an id that the file gives as a key; the plan's own record holds the other files' items too.
#: A place within a schema follows after #, by its keys.
FILES = {"goals", "milestones", "risks", "sprints", "feedback", "reviews"}
RECORDS: dict[type, tuple[str, set[str], set[str]]] = {
    # record: (schema, only in the record, only in the schema)
    Plan: ("plan", FILES | {"items", "duplicates", "foreign"}, {"milepost"}),
    Goal: ("goal", {"ref", "place"}, set()),
    Milestone: ("milestone", {"ref", "place"}, set()),
    Task: ("task", {"ref", "place"}, set()),
    Person: ("person", {"ref", "place", "id"}, set()),
    Release: ("release", {"ref", "place", "id"}, set()),
    Risk: ("risk", {"ref", "place"}, set()),
    Source: ("source", set(), set()),
    Sprint: ("sprint", {"ref", "place"}, set()),
    Feedback: ("feedback", {"ref", "place"}, set()),
    Review: ("review", {"ref", "place"}, set()),
    Calendar: ("plan#properties/calendar", set(), set()),
    Measure: ("milestone#properties/measures/items", set(), set()),
    Raci: ("milestone#properties/raci", set(), set()),
    Vote: ("milestone#properties/votes/additionalProperties", {"person"}, set()),
    Shipped: ("milestone#properties/shipped", set(), set()),
    Mitigation: ("risk#properties/mitigation/items", set(), set()),
    Agreement: ("review#properties/agreed/items", set(), set()),
    Action: ("review#properties/actions/items", set(), set()),
    Blocker: ("common#definitions/blocked", set(), set()),
    Dependency: ("common#definitions/dependency", {"written"}, set()),
    Reason: ("common#definitions/because", {"category", "text"}, {*Category}),
}

#: Imports that would be forbidden: where each is planted, and the contract that has to notice.
PLANTED = {
    "model/plan.py": ("import pygit2", "One room knows git"),
    "model/calendar.py": ("import holidays", "One module knows public holidays"),
    "loader/plan.py": ("import ruamel.yaml", "One room knows YAML and schemas"),
    "analyses/slip.py": ("import jinja2", "One room knows templates"),
    "errors.py": ("import click", "One room knows the terminal"),
    "analyses/growth.py": ("import numpy", "One room knows numpy"),
    "analyses/schedules/rows.py": (
        "import milepost.analyses.forecasts.worlds",
        "Forecasts and sprints rest on schedules",
    ),
    "rules/__init__.py": ("import milepost.repository.files", "What is analysed or rendered was read before"),
    "model/item.py": ("import pathlib", "Pure rooms read nothing and know no clock"),
    "documents/paths.py": ("import milepost.repository.files", "Rooms, from the door inwards"),
    "elsewhere.py": ("import milepost.errors", "Rooms, from the door inwards"),
}


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    command += ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source, to plant something in."""
    leave = shutil.ignore_patterns("__pycache__", "stories")
    shutil.copytree(PACKAGE, tmp_path / "src" / "milepost", ignore=leave)
    return tmp_path / "src"


def test_the_import_law_holds() -> None:
    done = lint_imports(ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("place", "planted", "contract"), [(place, *rest) for place, rest in PLANTED.items()])
def test_a_planted_import_breaks_the_law(copy: Path, place: str, planted: str, contract: str) -> None:
    path = copy / "milepost" / place
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{planted}\n", encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "has no docstring"
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_has_what_its_schema_has(record: type) -> None:
    written, only_record, only_schema = RECORDS[record]
    name, _, place = written.partition("#")
    schema = json.loads((resource_folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
    for key in place.split("/") if place else ():
        schema = schema[key]
    fields = {field.name.removesuffix("_") for field in dataclasses.fields(record)}  # `from` is a word of Python's
    assert only_record <= fields
    assert only_schema <= set(schema["properties"])
    assert fields - only_record == set(schema["properties"]) - only_schema


def test_every_schema_has_a_record() -> None:
    files = {path.name.removesuffix(".schema.json") for path in resource_folder("schemas").glob("*.schema.json")}
    assert files - {"common"} == {written for written, _, _ in RECORDS.values() if "#" not in written}


def test_the_settings_of_every_rule_are_in_the_schema() -> None:
    from milepost.rules import RULES

    text = (resource_folder("schemas") / "common.schema.json").read_text(encoding="utf-8")
    known = set(json.loads(text)["definitions"]["ruleSettings"]["properties"])
    assert {limit.key for rule in RULES for limit in rule.limits} == known - {"level"}


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None, f"{name} {child} is listed, but is not there"
            yield from commands(found, f"{name} {child}")


def test_the_help_imports_no_command() -> None:
    """Start-up time is what every call costs, so the list of commands is made without them."""
    program = "import sys, milepost.cli as c; c.main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {f"milepost.cli.{name}" for names in SECTIONS.values() for name in names} & set(done.stdout.split())


def test_every_command_and_option_says_what_it_does() -> None:
    from milepost.cli import main

    for name, command in commands(main, "milepost"):
        assert command.help, f"{name} has no help"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"{name} {parameter.opts[-1]} has no help"


def test_python_runs_the_package() -> None:
    done = subprocess.run([sys.executable, "-m", "milepost", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: ")
    assert "milepost" in done.stdout.splitlines()[0]
    assert not done.stderr
