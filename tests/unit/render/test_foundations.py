"""What a forecast rests on, in sentences: each figure says what it counts."""

from __future__ import annotations

import pytest

from milepost.analyses.focus import Focus
from milepost.analyses.forecasts.experience import Experience
from milepost.render.foundations import focus_line
from milepost.scheduling.calibration import Past, calibrate

KNOWN = calibrate([Past(None, "small", 1.1)] * 8)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Experience(KNOWN, focus=Focus(9, 0.752)), "Finished tasks took 75 % of the working time that went by for"),
        (Experience(focus=Focus(9, 0.6)), "Finished tasks were estimated at 60 % of the working time that went by for"),
        (Experience(focus=Focus(3)), "People are taken to give all their time; how much they do is known from 8 fini"),
        (
            Experience(focus=Focus(9)),
            "People are taken to give all their time; how much they do is known of longer tas",
        ),
    ],
)
def test_the_focus_says_what_it_counts(known: Experience, words: str) -> None:
    line = focus_line(known)
    assert line.startswith(words)
    assert line.endswith(f"(n = {known.focus.n}).")
