"""Real histories equal answers that were computed without our code, without pygit2 and without ruamel.yaml.

The rules agree but for one: the truth names an item by its file and its name in it, we name it by kind and id. The
configuration beside this file says what id that is; `_ref` states the same rule again for the comparison.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.corpora

HERE = Path(__file__).parent
Ref = tuple[str, str]  # id, field


def _nodejs(_: str, name: str, field: str) -> Ref:
    return f"node-{name}", {"end": "due", "start": "not_before"}.get(field, field)


def _openstack(path: str, name: str, field: str) -> Ref:
    if path.endswith("series_status.yaml"):
        return f"series-{name}", {"initial-release": "due"}.get(field, field)
    series = PurePosixPath(path).parent.name
    ours = {"release-week": "due", "start-week": "not_before", "week": "due"}[field]
    return (f"{series}-{name}" if name else series), ours


def _expands(path: str, name: str, field: str) -> Ref:
    return ("D" if "deliverables" in path else "MS") + name, {"date": "due"}.get(field, field)


def _landmark(path: str, _: str, field: str) -> Ref:
    ours = {"target": "due", "start": "started", "actual": "finished"}.get(field, field)
    return PurePosixPath(path).stem.upper(), ours


CORPORA: dict[str, Callable[[str, str, str], Ref]] = {
    "nodejs": _nodejs,
    "openstack": _openstack,
    "expands": _expands,
    "landmark": _landmark,
}


@pytest.fixture(params=sorted(CORPORA))
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A clone of a bundle, and its name."""
    name = request.param
    bundle = Path(os.environ["MILEPOST_CORPORA"]).resolve() / f"{name}.bundle"
    subprocess.run(["git", "clone", "--quiet", str(bundle), str(tmp_path / name)], check=True)
    return name, tmp_path / name


def test_log_equals_the_truth_value_by_value_and_commit_by_commit(corpus: tuple[str, Path], run: Run) -> None:
    name, folder = corpus
    log = _log(run, name, folder)
    ours: dict[Ref, list[list[str | None]]] = {}
    for change in reversed(log["changes"]):
        ours.setdefault((change["id"], change["field"]), []).append([change["commit"], change["new"]])
    expected = _expected(name)
    assert {key: ours.get(key) for key in expected} == expected
    followed = {field for _, field in expected}
    assert {key for key in ours if key[1] in followed} == set(expected), "a value that the truth does not know"


def test_log_names_the_same_odd_revisions(corpus: tuple[str, Path], run: Run) -> None:
    name, folder = corpus
    log, truth = _log(run, name, folder), _truth(name)
    for ours, theirs in (("unreadable", "unparseable"), ("duplicate_keys", "duplicate_keys")):
        assert {(flaw["commit"], flaw["path"]) for flaw in log[ours]} == {(one[0], one[1]) for one in truth[theirs]}


def test_build_makes_a_site(corpus: tuple[str, Path], run: Run, tmp_path: Path) -> None:
    name, folder = corpus
    config = str(HERE / f"{name}.yaml")
    result = run("build", "--config", config, "--today", "2026-11-23", "-o", str(tmp_path / "site"), folder=folder)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "site" / "index.html").exists()
    shown = json.loads(run("show", "--format", "json", "--config", config, folder=folder).stdout)["items"]
    milestones = [item for item in shown if item["kind"] == "milestone"]
    assert len(list((tmp_path / "site" / "milestones").glob("*.html"))) == len(milestones) > 0


def _log(run: Run, name: str, folder: Path) -> dict[str, Any]:
    result = run("log", "--format", "json", "--config", str(HERE / f"{name}.yaml"), folder=folder)
    assert result.exit_code == 0, result.stderr
    log: dict[str, Any] = json.loads(result.stdout)
    return log


def _truth(name: str) -> dict[str, Any]:
    path = Path(os.environ["MILEPOST_CORPORA"]) / f"{name}.truth.json"
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def _expected(name: str) -> dict[Ref, list[list[str | None]]]:
    expected = {}
    for chain in _truth(name)["chains"]:
        path = chain["paths"][-1][1]
        for item, fields in chain["history"].items():
            for field, values in fields.items():
                expected[CORPORA[name](path, item, field)] = values
    return expected
