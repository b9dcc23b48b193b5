"""One plan makes every mistake that goes together with the others, and the page in docs/ shows what `check` says."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from tests.cases.every_mistake import GALLERY, NOT_SHOWN, check_gallery, found_rules, written_files
from tests.cases.gallery import known_rules

DOCS = GALLERY.parents[1] / "docs"


@pytest.fixture(scope="module")
def output() -> str:
    return check_gallery()


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_gallery", DOCS / "generate_gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_rule_is_broken_or_left_out_for_a_reason(output: str) -> None:
    shown = {rule for _, rule in found_rules(output)}
    missing = sorted(known_rules().keys() - shown - NOT_SHOWN.keys())
    assert not missing, (
        f"Nothing in tests/gallery/ breaks {', '.join(missing)}: add that mistake to a file of 03-write-it-all-down/, "
        "with a comment that names the rule; or, if it can't be in one plan with the others, say why in NOT_SHOWN of "
        "tests/cases/every_mistake.py. Then run: python docs/generate_gallery.py"
    )


def test_what_is_left_out_is_a_rule_and_is_not_there(output: str) -> None:
    assert NOT_SHOWN.keys() <= known_rules().keys()
    assert not NOT_SHOWN.keys() & {rule for _, rule in found_rules(output)}


def test_each_file_names_the_rules_that_it_breaks(output: str) -> None:
    files = written_files()
    unnamed = sorted((path, rule) for path, rule in found_rules(output) if rule not in files[path])
    assert not unnamed, "add a comment that names the rule, or mend what nobody meant to break"


def test_each_comment_that_names_a_rule_is_right(output: str) -> None:
    found = found_rules(output)
    named = {(path, rule) for path, text in written_files().items() for rule in known_rules() if names(text, rule)}
    assert named <= found, "a comment names a rule that its file does not break"


def names(text: str, rule: str) -> bool:
    """Whether a comment names a rule as what is broken there."""
    comments = " ".join(line.partition("# ")[2] for line in text.splitlines() if "# milepost: ignore" not in line)
    return rule in {word.strip(",;:.") for word in comments.split()}


def test_the_page_is_as_new_as_the_plan(output: str, pytestconfig: pytest.Config) -> None:
    page, text = DOCS / "every-mistake.md", load_generator().render_page(output)
    if pytestconfig.getoption("--update-golden"):
        page.write_text(text, encoding="utf-8", newline="\n")
    assert page.read_text(encoding="utf-8") == text, "run: python docs/generate_gallery.py"
