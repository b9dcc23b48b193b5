"""Where the files that ship with the package are: schemas, templates and stories.

The wheel holds `schemas/` and `templates/` under `_data/` (hatchling's force-include); an editable install does not,
so the checkout is looked at second.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_folder(kind: str) -> Path:
    """The folder that holds all files of one kind: `schemas`, `templates` or `stories`."""
    places = (_PACKAGE / kind, _PACKAGE / "_data" / kind, _PACKAGE.parent.parent / kind)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"milepost is not installed whole: {kind}/ is missing beside {_PACKAGE}")
