"""A folder is a test: what `milepost check` says about each small repository in tests/cases/."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.cases.gallery import CASES, GENERATED, TODAY, Case, find_cases, known_rules
from tests.conftest import MakeRepository, Run

ALL = list(find_cases())


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.folder.relative_to(CASES).as_posix())
def test_case(
    case: Case, make_repository: MakeRepository, run: Run, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    if case.has_history:
        folder = tmp_path / "repository"
        case.make(folder)
    else:
        checkout = make_repository()
        checkout.write(case.files())
        folder = checkout.path
    result = run("check", "--rule", case.rule, "--today", TODAY, folder=folder)
    if not case.fails:
        assert result.stdout == "No findings.\n"
        assert result.exit_code == 0
        return
    if pytestconfig.getoption("--update-golden"):
        case.expected.write_text(result.stdout, encoding="utf-8", newline="\n")
    assert result.stdout == case.expected.read_text(encoding="utf-8")
    assert result.exit_code == (1 if ": error[" in result.stdout else 0)
    assert f"[{case.rule}]:" in result.stdout


def test_every_rule_has_a_case() -> None:
    failing = {case.rule for case in ALL if case.fails}
    assert failing | set(GENERATED) == set(known_rules())
    assert not failing & set(GENERATED)


def test_every_folder_is_a_case() -> None:
    files = {path for path in CASES.glob("*/**/*") if path.is_file() and "__pycache__" not in path.parts}
    held = {path for case in ALL for path in case.held()} | {case.expected for case in ALL if case.fails}
    assert files == held


def test_the_error_pages_are_as_new_as_the_cases() -> None:
    folder = CASES.parent.parent / "docs"
    spec = importlib.util.spec_from_file_location("generate_errors", folder / "generate_errors.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (folder / "errors.md").read_text(encoding="utf-8") == module.render_page(), "python docs/generate_errors.py"
