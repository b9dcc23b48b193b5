"""What an editor shows in a project that `milepost init` made, by the real yaml-language-server and without a network.

Half of the files begin with the line that names their schema, as `init` and `new` write it, and all have the settings
that `init` writes for VS Code; the page docs/how-to/editors.md gives the same to Neovim.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Checkout
from tests.editors.language_server import LanguageServer

pytestmark = pytest.mark.editors

FILES = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\npeople:\n  ada: {name: Ada Bright}\n  bo: {name: Bo Lind}\n"
    "releases: {v1.4: 2027-02-10}\n",
    "plan/goals/self-serve.yaml": "id: self-serve\ntitle: People publish without our help\n",
    "plan/milestones/public-beta.yaml": "id: public-beta\ntitle: Public beta\ndue: 2027-03-15\n"
    "tasks:\n  - {id: server, title: Serve vector tiles}\n",
    "plan/risks/terms.yaml": "id: terms\ntitle: The vendor changes its terms\n",
}
START = "id: launch\ntitle: Launch\n"
MODELINE = "# yaml-language-server: $schema=../.schemas/milestone.schema.json\n"
LAUNCH = "plan/milestones/launch.yaml"
NUMBERS = itertools.count()


def make_project(folder: Path) -> Checkout:
    project = Checkout(folder)
    project.git("init", "--quiet", "--initial-branch=main")
    project.write(FILES)
    milepost(project, "init")
    return project


def milepost(project: Checkout, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "milepost", *arguments], cwd=project.path, check=True, capture_output=True)


def start(command: list[str], project: Checkout) -> LanguageServer:
    """The server with the settings that `init` wrote."""
    settings = json.loads((project.path / ".vscode/settings.json").read_text(encoding="utf-8"))
    return LanguageServer(command, project.path, settings)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, server_command: list[str]) -> Iterator[LanguageServer]:
    with start(server_command, make_project(tmp_path_factory.mktemp("heron"))) as server:
        yield server


def fresh(path: str = LAUNCH) -> str:
    """A file beside that one which has not been open before."""
    return path.replace(".y", f"-{next(NUMBERS)}.y")


def complete(server: LanguageServer, text: str, path: str = LAUNCH) -> dict[str, Any]:
    """What is offered at the end of the text: label → what is said about it."""
    path = fresh(path)
    server.open(path, text)
    *before, last = text.split("\n")
    return {item["label"]: item.get("documentation") for item in server.complete(path, len(before), len(last))}


@pytest.mark.parametrize("first", ["", MODELINE], ids=["by the settings", "by its first line"])
@pytest.mark.parametrize(
    ("path", "text", "complaint", "line"),
    [
        (LAUNCH, START + "due: 2027-05-03\nownr: ada\n", "Property ownr is not allowed.", 3),
        (LAUNCH, START + "due: 2027-13-03\n", "does not match the pattern", 2),
        (LAUNCH, START + "due: 2027-05-03\nnot_before: 3 May 2027\n", "does not match the pattern", 3),
        (LAUNCH, START + "due: 2027-05-03\nowner: Ada Bright\n", "does not match the pattern", 3),
        (LAUNCH, START + "due: 2027-05-03\ndepends_on: [{itm: x}]\n", "Property itm is not allowed.", 3),
        (LAUNCH, START, 'Missing property "due"', 0),
    ],
)
def test_a_mistake_is_underlined(
    server: LanguageServer, first: str, path: str, text: str, complaint: str, line: int
) -> None:
    found = server.open(fresh(path), first + text)
    lines = [one["range"]["start"]["line"] - bool(first) for one in found if complaint in one["message"]]
    assert lines[:1] == [line], found


@pytest.mark.parametrize("path", ["plan/milestones/by-hand.yml", "plan/milestones/2027/launch.yaml"])
def test_a_file_that_was_written_by_hand_needs_no_first_line(server: LanguageServer, path: str) -> None:
    assert [one["message"] for one in server.open(path, START + "due: 2027-05-03\nx: 1\n")] == [
        "Property x is not allowed."
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_plan_without_mistakes_has_none_in_the_editor(server: LanguageServer, name: str) -> None:
    assert server.open(name, FILES[name]) == []


@pytest.mark.parametrize(
    ("line", "title", "words"),
    [
        ("commitment: promise", "#### Commitment", "How firmly the date is meant"),
        ("owner: ada", "#### Owner", "The id of the one person who answers for this milestone"),
        ("owner: nobody-yet", "#### Owner", "The id of the one person who answers for this milestone"),
        ("due: 2027-05-03", "#### Due", "When the milestone should be reached"),
        ("due: v1.4", "#### Due", "When the milestone should be reached"),
        ("depends_on: [public-beta]", "#### Depends on", "What has to be done before work"),
    ],
)
def test_a_key_is_explained(server: LanguageServer, line: str, title: str, words: str) -> None:
    path = fresh()
    server.open(path, START + line + "\n")
    text = server.hover(path, 2, 1)
    assert text.startswith(title)
    assert words in text


PEOPLE = {"ada": "Ada Bright", "bo": "Bo Lind"}
WORK = {"public-beta": "Public beta", "public-beta/server": "Serve vector tiles"}
IDS: list[tuple[str, dict[str, str], str]] = [
    (START + "owner: ", PEOPLE, LAUNCH),
    (START + "goal: ", {"self-serve": "People publish without our help"}, LAUNCH),
    (START + "due: ", {"v1.4": "2027-02-10"}, LAUNCH),
    (START + "depends_on:\n  - ", WORK, LAUNCH),
    (START + "depends_on: [", WORK, LAUNCH),
    (START + "depends_on:\n  - item: ", WORK, LAUNCH),
    (START + "blocked:\n  owner: ", PEOPLE, LAUNCH),
    (START + "tasks:\n  - id: sell\n    owner: ", PEOPLE, LAUNCH),
    (START + "threatens:\n  - ", WORK, "plan/risks/launch.yaml"),
    (START + "serves: ", {"self-serve": "People publish without our help"}, "plan/goals/launch.yaml"),
]


@pytest.mark.parametrize(("text", "ids", "path"), IDS, ids=[text[len(START) :] for text, _, _ in IDS])
def test_an_id_of_the_plan_is_completed(server: LanguageServer, text: str, ids: dict[str, str], path: str) -> None:
    offered = complete(server, text, path)
    assert ids.items() <= offered.items()
    assert not {"design-freeze", "importer/schema"} & set(offered), "these are examples, not ids of this plan"


def test_an_id_of_its_own_is_not_completed(server: LanguageServer) -> None:
    assert not {"self-serve", "public-beta/server", *PEOPLE} & set(complete(server, "id: "))


def test_a_key_and_a_word_are_completed(server: LanguageServer) -> None:
    keys = complete(server, START + "o")
    assert {"owner", "outcome", "due", "estimate"} <= set(keys)
    assert keys["owner"].startswith("The id of the one person")
    assert {"tentative", "target", "promise"} <= set(complete(server, START + "commitment: "))


def test_after_refresh_the_open_editor_completes_what_is_new(server_command: list[str], tmp_path: Path) -> None:
    project = make_project(tmp_path)
    with start(server_command, project) as server:
        project.write({"plan/milestones/closed-beta.yaml": "id: closed-beta\ntitle: Closed beta\ndue: 2027-01-15\n"})
        assert "closed-beta" not in complete(server, START + "depends_on:\n  - ")
        milepost(project, "init", "--refresh")
        server.tell_changed("plan/.schemas/ids.schema.json")
        assert "closed-beta" in complete(server, START + "depends_on:\n  - ")


def test_our_own_plan_has_no_mistakes_in_the_editor(server_command: list[str]) -> None:
    root = Path(__file__).parents[2]
    with LanguageServer(server_command, root, {}) as server:
        for path in sorted((root / "plan").rglob("*.yaml")):
            assert server.open(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) == [], path
