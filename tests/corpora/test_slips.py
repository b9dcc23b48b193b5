"""Slips of 121 real projects equal the figures that were computed without our code."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.corpora


def test_slips_of_121_projects(tmp_path: Path, run: Run) -> None:
    corpora = Path(os.environ["MILEPOST_CORPORA"]).resolve()
    subprocess.run(["git", "clone", "--quiet", str(corpora / "landmark.bundle"), str(tmp_path / "clone")], check=True)
    config = Path(__file__).parent / "landmark.yaml"
    result = run("slip", "--config", str(config), "--format", "json", folder=tmp_path / "clone")
    assert result.exit_code == 0, result.output
    found = {item["id"].lstrip("P0"): item for item in json.loads(result.stdout)["items"]}
    truth: dict[str, dict[str, Any]] = json.loads((corpora / "landmark.accuracy.truth.json").read_text())["projects"]
    assert {id: figures(item) for id, item in found.items()} == {
        id: {
            key: project[key]
            for key in ("first_target", "last_target", "actual", "slips", "pull_ins", "total_move_days")
        }
        for id, project in truth.items()
    }
    assert all(
        sum(part["days"] for part in one["parts"]) + one["unannounced"] == one["total"] for one in found.values()
    )


def figures(item: dict[str, Any]) -> dict[str, Any]:
    days = [part["days"] for part in item["parts"]]
    return {
        "first_target": item["original"]["day"],
        "last_target": item["now"]["day"],
        "actual": item["actual"],
        "slips": sum(day > 0 for day in days),
        "pull_ins": sum(day < 0 for day in days),
        "total_move_days": sum(days),
    }
