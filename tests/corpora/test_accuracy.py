"""The record of real estimates equals figures that were computed without our code, and those that were published."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.corpora


@pytest.fixture
def corpora() -> Path:
    return Path(os.environ["MILEPOST_CORPORA"]).resolve()


def sip(run: Run, corpora: Path, *more: str) -> dict[str, Any]:
    columns = ["--estimate", "HoursEstimate", "--actual", "HoursActual", "--unique", "TaskNumber"]
    where = ["--where", "StatusCode!=CANCELLED,TEMPLATE,CHRONICLE"]
    result = run("accuracy", "--data", str(corpora / "sip.csv"), *columns, *where, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


#: Our names for the figures of the truth file.
NAMES = {
    "n": "n", "bias_total": "total_ratio", "under": "under", "exact": "exact", "over": "over", "sd_log_ratio": "sd",
    "MAE": "mar", "ratio_p10": "ratio_p10", "ratio_p50": "median_ratio", "ratio_p90": "ratio_p90",
}  # fmt: skip
LEGACY = {"MMRE": "mmre", "MdMRE": "mdmre", "PRED25": "pred25"}


def test_8252_tasks_of_one_company(run: Run, corpora: Path) -> None:
    truth = json.loads((corpora / "sip.truth.json").read_text())["datasets"]["sip"]["metrics"]
    score = sip(run, corpora)["groups"]["all"]
    assert {name: score[ours] for name, ours in NAMES.items()} == pytest.approx({n: truth[n] for n in NAMES}, abs=1e-6)
    legacy = {name: score["legacy"][ours] for name, ours in LEGACY.items()}
    assert legacy == pytest.approx({name: truth[name] for name in LEGACY}, abs=1e-6)
    assert [round(100 * score[share]) for share in ("under", "exact", "over")] == [30, 37, 33]  # as published
    means = score["under_mean"], score["over_mean"]
    assert means == pytest.approx((truth["gm_under"], truth["gm_over"]), abs=1e-6)
    assert (round(means[0], 1), round(means[1], 2)) == (1.9, 0.47)  # as published


def test_it_is_told_as_it_was_published(run: Run, corpora: Path) -> None:
    columns = ["--estimate", "HoursEstimate", "--actual", "HoursActual", "--unique", "TaskNumber"]
    where = ["--where", "StatusCode!=CANCELLED,TEMPLATE,CHRONICLE"]
    text = run("accuracy", "--data", str(corpora / "sip.csv"), *columns, *where).stdout
    assert "30% took longer (1.92 ×), 37% as said, 33% less (0.47 ×)" in text


def test_each_of_its_projects(run: Run, corpora: Path) -> None:
    truth = json.loads((corpora / "sip.truth.json").read_text())["datasets"]["sip"]["metrics"]["by_project"]
    groups = sip(run, corpora, "--by", "ProjectCode")["groups"]
    assert set(groups) == set(truth)
    names = ("n", "bias_total", "under", "exact", "over")
    for project, figures in truth.items():
        found = {name: groups[project][NAMES[name]] for name in names}
        assert found == pytest.approx({name: figures[name] for name in names}, abs=1e-6), project


def test_dates_of_121_projects(run: Run, corpora: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(corpora / "landmark.bundle"), str(tmp_path / "clone")], check=True)
    config = Path(__file__).parent / "landmark.yaml"
    result = run("accuracy", "--config", str(config), "--format", "json", folder=tmp_path / "clone")
    dates = json.loads(result.stdout)["dates"]
    truth = json.loads((corpora / "landmark.accuracy.truth.json").read_text())
    found = {one["id"].lstrip("P0"): one for one in dates["milestones"]}
    for name, ours in (("ratio", "ratio"), ("eqf", "estimating_quality_factor")):
        figures = {id: one[ours] for id, one in found.items()}
        assert figures == pytest.approx({id: one[name] for id, one in truth["projects"].items()}, abs=2e-6)
    assert dates["rates"]["first_said"]["on_time"] == truth["summary"]["on_or_before_first_estimate"]
    assert dates["ratio"]["median"] == truth["summary"]["ratio_actual_to_first_estimate"]["median"]
    quality = {name: dates["estimating_quality_factor"][name] for name in ("q1", "median", "q3")}
    assert quality == {name: truth["summary"]["eqf"][name] for name in quality}
    text = run("accuracy", "--config", str(config), folder=tmp_path / "clone").stdout
    assert "took 1.79 × the time first said" in text
    assert "quality factor 4.7 (half of them 3.5–6.6)" in text
