"""What work is marked with on a terminal, by where it stands."""

from __future__ import annotations

from milepost.model.work import Status

MARKS = {Status.DONE: "✓", Status.IN_PROGRESS: "◐", Status.PLANNED: "○", Status.DROPPED: "×"}
