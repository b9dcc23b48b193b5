"""`milepost set`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from milepost.cli.completion import complete_assignments, complete_ids
from milepost.cli.editing.asking import ask
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.reason import give_reason, require_reason
from milepost.cli.options import note
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.documents.edits import New
    from milepost.model.item import Item

_FORM = re.compile(r"(?P<keys>[\w-]*\w(\.[\w.-]*\w)?)(?P<sign>\+=|-=|=)(?P<text>.*)", re.DOTALL)


class Assignment(NamedTuple):
    """One `FIELD=VALUE`. `sign` is `=`, `+=` or `-=`; no text after `=` takes the field out."""

    keys: tuple[str, ...]
    sign: str
    text: str


@click.command("set")
@click.argument("item", metavar="ID", required=False, shell_complete=complete_ids(own=True))
@click.argument("assignments", metavar="FIELD=VALUE...", nargs=-1, shell_complete=complete_assignments)
@click.option("--because", metavar="REASON", help='Why, as in "scope: Sales needs single sign-on".')
@click.option("--move", is_flag=True, help="With a new id, give the file its name too.")
@edit_options
def command(
    item: str | None, assignments: tuple[str, ...], because: str | None, move: bool, today: date,
    folder: Path, no_input: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Change fields of an item; a moved date or estimate asks --because.

    \b
    milepost set public-beta due=2027-04-05 --because "scope: Sales needs it"
    milepost set public-beta/audit-log owner=bo labels+=security

    FIELD=VALUE gives a field a value, FIELD= takes it out. FIELD+=VALUE and FIELD-=VALUE change a list. FIELD.KEY=VALUE
    changes one key, as in blocked.since=2027-02-03. A new id follows every reference, and the old one is kept in `was`.
    """
    editing = Editing(folder, today, dry_run, no_input)
    found = editing.find(item)
    if not assignments and because is None:
        assignments = (_ask_assignment(editing, found),)
    parsed = [parse_assignment(text) for text in assignments]
    for assignment in parsed:
        if assignment.keys != ("id",):
            apply(editing, found, assignment)
    if because is not None:
        give_reason(editing, found, because)
    else:
        require_reason(editing, found)
    new = next((one.text for one in reversed(parsed) if one.keys == ("id",)), None)
    if new is not None:
        _rename(editing, found, new, move)
    elif move:
        raise UsageError("--move goes with a new id.", f"milepost set {found.ref} id=NEW-ID --move")
    editing.save()
    _tell_reasons(editing, found, parsed)


def parse_assignment(text: str) -> Assignment:
    """What was typed as `FIELD=VALUE`. Raises `UsageError` where it has another form."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise UsageError(f"{text!r} is not FIELD=VALUE.", "due=2027-04-05, or labels+=maps for a list")
    field, _, rest = match["keys"].partition(".")
    steps = [rest] if field == "releases" else rest.split(".")  # a release may have dots in its name
    keys = (field, *steps) if rest else (field,)
    return Assignment(keys, match["sign"], match["text"])


def apply(editing: Editing, item: Item, assignment: Assignment) -> None:
    """Makes one change in the draft."""
    from milepost.documents.values import is_list, parse_field

    keys, sign, text = assignment
    if sign == "=" and not text.strip() and editing.draft.value(item, keys) is not None:
        editing.draft.remove(item, keys)
        return
    field = ".".join(keys)
    if sign == "-=" and is_list(item.ref.kind, keys):
        _take_out(editing, item, keys, text)
        return
    value = parse_field(item.ref.kind, keys, text)
    if sign == "=":
        editing.draft.put(item, keys, value)
        return
    if not is_list(item.ref.kind, keys):
        raise UsageError(f"{field} is not a list.", f"{field}={text}")
    entries: list[New] = value if isinstance(value, list) else [value]
    for entry in entries:
        editing.draft.append(item, keys, entry)


def _take_out(editing: Editing, item: Item, keys: tuple[str, ...], text: str) -> None:
    from milepost.documents.values import entry_names

    for name in entry_names(item.ref.kind, keys, text):
        word = name.removeprefix(f"{item.ref.id}/") if keys == ("tasks",) else name
        if not editing.draft.remove_entry(item, keys, word):
            raise UsageError(f"{'.'.join(keys)} of {item.ref} has no {name}.", f"milepost show {item.ref}")


def _tell_reasons(editing: Editing, item: Item, assignments: list[Assignment]) -> None:
    """Notes on a reason that stands there for something else than somebody may think."""
    changed = {change.field for change in editing.draft.changes}
    named = [one.keys[0] for one in assignments if one.keys[0] != "because"]
    if named and changed == {"because"}:
        note(f"Only the reason changed: the plan said the same for {' and '.join(named)} before.")
    back = "dropped" in changed and editing.draft.value(item, ("dropped",)) is None
    if back and "because" not in changed and editing.draft.value(item, ("because",)) is not None:
        note(f"Its `because` is still there: milepost set {item.ref} because= takes it out.")


def _ask_assignment(editing: Editing, item: Item) -> str:
    from milepost.documents.values import field_names

    words = field_names(item.ref.kind)
    field = editing.require("FIELD=VALUE", "Which field?", words, lambda text: _read_field(item.ref.kind, text.strip()))
    if "=" in field:
        return field
    now = editing.draft.value(item, tuple(field.split(".")))
    default = now if isinstance(now, str) else None

    def read(text: str) -> str:
        return _read_field(item.ref.kind, f"{field}={text}") if text.strip() else f"{field}="

    return ask(f"{field} (empty to take it out)", read, default=default, optional=True)


def _read_field(kind: str, text: str) -> str:
    """The name of a field, or FIELD=VALUE. Raises `UsageError` where there is no such field, or the value is none."""
    from milepost.documents.values import field_names, parse_field

    keys, sign, value = parse_assignment(text if "=" in text else f"{text}=")
    if keys[0] not in field_names(kind) or (sign != "-=" and value.strip()):
        parse_field(kind, keys, value)  # which raises for the key or the value
    return text


def _rename(editing: Editing, item: Item, new: str, move: bool) -> None:
    """A new id: every reference follows, and the old one is kept in `was`."""
    from milepost.documents.values import field_names, parse_field
    from milepost.loader.renaming import find_mentions

    milestone, _, old = item.ref.id.rpartition("/")
    new = new.strip().removeprefix(f"{milestone}/") if milestone else new.strip()
    if "was" not in field_names(item.ref.kind):
        message = f"The id of a {item.ref.kind} is a key of milepost.yaml, and can't be followed."
        raise UsageError(message, "rename it there, and wherever it is used")
    value = parse_field(item.ref.kind, ("id",), new)
    if new == old:
        return
    for mention in list(find_mentions(editing.plan, item.ref, new)):
        editing.draft.rewrite(mention.item, mention.place, mention.text)
    editing.draft.put(item, ("id",), value)
    editing.draft.remove_entry(item, ("was",), new)
    editing.draft.append(item, ("was",), old)
    editing.draft.say_renamed(item.ref.id, f"{milestone}/{new}" if milestone else new)
    _move(editing, item, old, new, move)


def _move(editing: Editing, item: Item, old: str, new: str, move: bool) -> None:
    folder, _, name = item.place.path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if item.place.pointer or stem != old:
        if move:
            raise UsageError(f"{item.place.path} is not named after {item.ref}, so it stays.", "leave out --move")
        return
    target = f"{folder}/{new}{dot}{ending}".lstrip("/")
    if move:
        editing.draft.move(item.place.path, target)
    else:
        note(f"The file keeps its name, which means nothing; --move makes it {target}")
