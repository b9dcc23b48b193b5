"""Ranges that are told from slips hold as often as they should, on 121 real projects, by what was known then alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import fmean

import pytest

from milepost.analyses.forecasts.experience import gain_experience
from milepost.analyses.forecasts.forecast import forecast_plan
from milepost.analyses.forecasts.outlook import Basis, Outlook
from milepost.analyses.versions import replay_versions
from milepost.cli.session import Session

pytestmark = pytest.mark.corpora


@pytest.fixture
def told(tmp_path: Path) -> Iterator[list[tuple[date, Outlook, date]]]:
    """Every forecast at every accepted version, with the day it was made and the day it came about."""
    bundle = Path(os.environ["MILEPOST_CORPORA"]).resolve() / "landmark.bundle"
    subprocess.run(["git", "clone", "--quiet", str(bundle), str(tmp_path / "clone")], check=True)
    session = Session(tmp_path / "clone", Path(__file__).parent / "landmark.yaml", use_cache=False)
    finishes = {one.ref: one.finish for one in session.accepted_plan.milestones}
    found = []
    for version in replay_versions(session.history, session.accepted_plan.sources):
        day = version.revision.day
        assert day is not None
        forecast = forecast_plan(version.plan, day, gain_experience(version.plan, version.history))
        for outlook in forecast.outlooks:
            finish = finishes[outlook.item]
            if outlook.basis is Basis.SLIPS and finish is not None and finish > day:
                found.append((day, outlook, finish))
    yield found


def test_80_percent_ranges_hold_80_percent_of_the_time(told: list[tuple[date, Outlook, date]]) -> None:
    hits: dict[str, list[bool]] = {}
    for _, outlook, finish in told:
        low, high = outlook.day(0.1), outlook.day(0.9)
        assert low is not None
        assert high is not None
        hits.setdefault(outlook.item.id, []).append(low <= finish <= high)
    n = len(hits)
    coverage = fmean(fmean(one) for one in hits.values())
    print(f"{len(told)} forecasts of {n} projects: {coverage:.3f} of the 80 % ranges held")
    assert n > 100
    assert abs(coverage - 0.8) < 1.96 * sqrt(0.8 * 0.2 / n), "projects count once each: their forecasts hang together"
