"""What the commands that tell something print as data where there is nothing to tell yet."""

from __future__ import annotations

from milepost.render import backlog, log_csv
from milepost.render.words import to_json

_COLUMNS = {"log": log_csv.COLUMNS, "backlog": backlog.COLUMNS}

#: The keys of each format with what they are where nothing is known. A test compares them with those of real answers.
_EMPTY: dict[str, dict[str, object]] = {
    "log": {
        "branch": None, "tip": None, "walk": None, "changes": [], "derived_moves": [], "unreadable": [],
        "duplicate_keys": [],
    },
    "why": {
        "kind": None, "id": None, "title": None, "commitment": None, "status": None, "finished": None,
        "original": None, "first_promise": None, "now": None, "days": None, "moves": [], "said": None, "since": None,
        "age_days": None, "work": None, "forecast": None,
    },
    "slip": {"items": [], "days_by_category": {}},
    "accuracy": {
        "effort": {}, "ranges": {}, "calibration": {}, "groups": {}, "left_out": {},
        "dates": {
            "rates": {}, "ratio": None, "estimating_quality_factor": None, "groups": {}, "milestones": [],
            "done": 0, "open": 0, "dropped": 0,
        },
    },
    "bisect": {"condition": None, "now": None, "flips": []},
    "diff": {"base": None, "head": None, "facts": []},
    "replay": {
        "seed": None, "samples": None, "forecasts": 0, "milestones": 0, "not_known_yet": 0, "range_80": None,
        "sure_80": None, "chances": None, "said": [],
    },
    "backlog": {
        "unit": None, "method": None, "n": 0, "focus": None, "hours_a_point": None, "total": 0, "without_estimate": 0,
        "shares": {}, "sprints": {"likely": None, "sure": None}, "items": [],
    },
    "sprint-plan": {
        "sprint": None, "start": None, "end": None, "unit": None, "counted_from": None, "working_days": None,
        "people": {}, "focus": None, "capacity": None, "committable": None, "likely": None, "room": None,
        "basis": None, "excess": None, "items": [], "left": [], "in_other_sprints": [], "velocity": None,
        "command": None,
    },
    "sprint-status": {
        "today": None, "sprint": None, "day": None, "days": None, "burndown": None, "items": [], "removed": [],
        "since": None, "changes": [],
    },
    "sprint-review": {
        "sprint": None, "unit": None, "committed": None, "finished": None, "finished_of_committed": None,
        "without_estimate": 0, "items": [], "velocity": None,
    },
}  # fmt: skip


def render_nothing(name: str, form: str, why: str) -> str:
    """An answer of the usual shape with nothing in it: JSON with the reason as `note`, CSV, else no text at all.

    `name` is that of the JSON format without `milepost-`; `form` is what was asked for, as `json`.
    """
    if form == "json":
        return to_json({"format": f"milepost-{name}", "version": 1, **_EMPTY[name], "note": why})
    return ",".join(_COLUMNS[name]) + "\n" if form == "csv" else ""
