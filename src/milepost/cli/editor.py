"""What an editor needs beside the plan: schemas that know the plan's ids, and for VS Code which file has which."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milepost.model.plan import Plan

VSCODE = ".vscode/settings.json"
_EXTENSIONS = ".vscode/extensions.json"
_FOLDER = ".schemas"
_ID = re.compile(r"[A-Za-z0-9._/-]+")


def schema_folder(folder: str) -> str:
    """Where the schemas of a plan folder lie; `""` is a plan at the root of the repository."""
    return f"{folder}/{_FOLDER}" if folder else _FOLDER


def schema_files(folder: str, plan: Plan | None) -> dict[str, str]:
    """The text of every schema by its path, with the ids of the plan to complete, if there is one."""
    from milepost.documents.editor import editor_schemas

    return {f"{schema_folder(folder)}/{name}": text for name, text in editor_schemas(_titles(plan)).items()}


def vscode_files(folder: str) -> dict[str, str]:
    """Settings for the YAML extension of VS Code, and a word that recommends it."""
    return {
        VSCODE: _to_text({"yaml.schemas": schema_settings(folder)}),
        _EXTENSIONS: _to_text({"recommendations": ["redhat.vscode-yaml"]}),
    }


def schema_settings(folder: str) -> dict[str, str]:
    """The setting `yaml.schemas`: for each schema the files that it describes, so that none needs to name its own."""
    from milepost.documents.editor import schema_globs

    prefix = f"{folder}/" if folder else ""
    return {f"./{schema_folder(folder)}/{name}": prefix + glob for name, glob in schema_globs().items()}


def advice(folder: str, settings: str) -> str | None:
    """What to add to settings that are there already; None where it is in them."""
    if f"{schema_folder(folder)}/milestone.schema.json" in settings:
        return None
    inner = _to_text({"yaml.schemas": schema_settings(folder)})[2:-3]
    return f"For VS Code, add this to {VSCODE}:\n{inner}"


def _titles(plan: Plan | None) -> dict[str, dict[str, str]]:
    """Kind → id → title of what the plan's own files name. The ids of other sources may be any text, and thousands."""
    titles: dict[str, dict[str, str]] = {}
    if plan is None:
        return titles
    for ref, item in plan.items.items():
        if item.place.path not in plan.foreign and _ID.fullmatch(ref.id):
            title = next((item.fields[name] for name in ("title", "name", "due") if name in item.fields), ref.id)
            titles.setdefault(ref.kind, {})[ref.id] = _one_line(str(title))
    return titles


def _one_line(text: str) -> str:
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _to_text(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
