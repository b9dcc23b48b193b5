"""The generated pages of docs/ say what the schemas and commands say now; every link within docs/ leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "changes").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def load_generator(name: str = "generate_reference") -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["plan-format.md", "commands.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == load_generator().pages()[name], "run: python docs/generate_reference.py"


def test_the_page_on_conditions_is_up_to_date() -> None:
    written = (DOCS / "conditions.md").read_text(encoding="utf-8")
    assert written == load_generator("generate_conditions").render_page(), "run: python docs/generate_conditions.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for first, second in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
        target, _, anchor = (first or second).partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(file), f"{target} has no heading #{anchor}"


def without_code(text: str) -> str:
    return re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """Headings as GitHub names them: lower case, without punctuation, hyphens for spaces."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    headings = re.findall(r"(?m)^#+ +(.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = {(DOCS / first).resolve() for first, _ in LINK.findall(index) if "://" not in first}
    assert {page for page in DOCS.rglob("*.md") if page.name != "index.md"} <= listed


def test_the_readme_lists_the_commands_that_there_are() -> None:
    from milepost.cli import SECTIONS

    listed = re.findall(r"(?m)^\| `milepost (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(name for names in SECTIONS.values() for name in names)


def test_the_pages_pin_the_actions_that_our_own_workflows_pin() -> None:
    pinned = {use for path in (ROOT / ".github" / "workflows").glob("*.yml") for use in actions(path)}
    for page in DOCS.rglob("*.md"):
        assert actions(page) <= pinned, page


def actions(path: Path) -> set[str]:
    return set(re.findall(r"uses: (\S+@\S+)", path.read_text(encoding="utf-8")))
