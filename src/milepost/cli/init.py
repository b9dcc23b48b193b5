"""`milepost init`."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

import click

from milepost.cli.options import Day
from milepost.errors import MilepostError

_SCHEMA_FOLDER = ".schemas"
_WORDS_OF_YAML = ("true", "false", "null")
_PLAN = """\
# yaml-language-server: $schema=.schemas/plan.schema.json
milepost: 1
title: {title}
# vision: one sentence that says what the world looks like when you are done
# people:
#   ada: {{name: Ada Bright}}
"""
_MILESTONE = """\
# yaml-language-server: $schema=../.schemas/milestone.schema.json
id: {id}
title: {title}
due: {due}
"""


@click.command("init")
@click.option("-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".",
              metavar="DIR", help="Run as if started there.")  # fmt: skip
@click.option("--title", help="What a user will be able to do first.")
@click.option("--due", type=Day(), metavar="DATE", help="By when.")
@click.option("--no-input", is_flag=True, help="Ask nothing; without --title and --due no milestone is written.")
def command(folder: Path, title: str | None, due: date | None, no_input: bool) -> None:
    """Add a plan to this repository. Asks two questions, overwrites nothing.

    Your editor completes and explains every field offline: the schemas lie beside the plan.
    """
    from milepost.repository.repository import open_repository

    root = open_repository(folder).work_folder
    if root is None:
        raise MilepostError("This repository is bare: there is no work tree to put a plan in.", "git clone it first")
    if not no_input and sys.stdin.isatty():
        title = title or click.prompt("What will a user be able to do first?", default="", show_default=False)
        due = due or (click.prompt("By when (YYYY-MM-DD)?", type=Day()) if title else None)
    written, left = _write(root, _files(root, title, due))
    for path in _briefly(written):
        click.echo(f"wrote  {path}")
    for path in _briefly(left):
        click.echo(f"left   {path}, it was there already")
    _say_next(bool(title and due))


def _files(root: Path, title: str | None, due: date | None) -> dict[str, str]:
    from milepost.resources import resource_folder

    files = {"plan/milepost.yaml": _PLAN.format(title=_quote(root.name))}
    for schema in sorted(resource_folder("schemas").glob("*.json")):
        files[f"plan/{_SCHEMA_FOLDER}/{schema.name}"] = schema.read_text(encoding="utf-8")
    if title and due:
        id = _slug(title)
        files[f"plan/milestones/{id}.yaml"] = _MILESTONE.format(id=_quote(id), title=_quote(title), due=due.isoformat())
    return files


def _write(root: Path, files: dict[str, str]) -> tuple[list[str], list[str]]:
    """What was written, and what was left alone. Links out of the repository are not followed."""
    written, left = [], []
    for name, text in files.items():
        path = root / name
        if path.exists() or path.is_symlink():
            left.append(name)
            continue
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise MilepostError(f"{path.parent} leads out of the repository.", "remove the link, then milepost init")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise MilepostError(f"{name} can't be written: {error.strerror}.", "check the permissions") from error
        written.append(name)
    return written, left


def _briefly(names: list[str]) -> list[str]:
    """The files that somebody will edit, and one line for the schemas."""
    schemas = [name for name in names if f"/{_SCHEMA_FOLDER}/" in name]
    own = [name for name in names if name not in schemas]
    return [*own, f"plan/{_SCHEMA_FOLDER}/ ({len(schemas)} schemas, for your editor)"] if schemas else own


def _say_next(has_milestone: bool) -> None:
    click.echo("\nNext:")
    if not has_milestone:
        click.echo("  write plan/milestones/NAME.yaml with three fields: id, title, due")
    click.echo("  milepost check")
    click.echo("  git add plan && git commit -m 'Add the plan'")


def _slug(title: str) -> str:
    """An id of words: the first that fit in 40 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if slug and len(slug) + len(word) > 40:
            break
        slug = f"{slug}-{word}".strip("-")[:63]
    return slug or "first-milestone"


def _quote(text: str) -> str:
    """The text in double quotes, unless it is plain words that no reader of YAML takes for anything else."""
    clean = "".join(char for char in " ".join(text.split()) if char.isprintable())
    if re.fullmatch(r"[A-Za-z]{4,}([ -][A-Za-z0-9-]+)*", clean) and clean.lower() not in _WORDS_OF_YAML:
        return clean
    escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
