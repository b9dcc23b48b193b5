"""A new item while its fields come together: from options, from defaults, from answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from milepost.cli.editing.answers import ask_fields
from milepost.cli.editing.doubles import require_free, require_unlike, taken_ids
from milepost.cli.editing.edit import Editing
from milepost.cli.editing.naming import free_id, make_id
from milepost.cli.editing.questions import EXAMPLES, QUESTIONS
from milepost.errors import MilepostError, UsageError
from milepost.model.calendar import parse_date
from milepost.model.item import PLAN

if TYPE_CHECKING:
    from milepost.documents.edits import New
    from milepost.model.item import Item, Ref

KINDS = tuple(QUESTIONS)
_NO_PLAN = ("There is no plan of our own format here to add to.", "milepost init")
_WHEN = ("due", "estimate", "tasks")  # a milestone has one of them


class Outline:
    """The fields of an item that is not there yet."""

    def __init__(self, editing: Editing, kind: str, parent: str | None) -> None:
        self._editing = editing
        self._kind = kind
        self._fields: dict[str, New] = {}
        if parent is not None and kind != "task":
            raise UsageError(f"--in goes with a task, and this is a {kind}.", f"milepost new {kind}")
        self._milestone = self._find_milestone(parent) if kind == "task" else None

    def give_option(self, field: str, text: str) -> None:
        """Gives a field the value of the option that is called like it. Raises where this kind has no such field."""
        kinds = [kind for kind in KINDS if _has(kind, field)]
        if self._kind not in kinds:
            message = f"A {self._kind} has no {field}: --{field} goes with {', '.join(kinds)}."
            raise UsageError(message, self._example())
        self.give((field,), text)

    def give(self, keys: tuple[str, ...], text: str) -> None:
        """Gives a field the value that a text means. Raises `UsageError` where it means none."""
        from milepost.documents.values import parse_field

        fields = self._fields
        value = parse_field("milestone" if keys == ("id",) else self._kind, keys, text)  # a person's id is a key
        for key in keys[:-1]:
            below = fields.setdefault(key, {})
            if not isinstance(below, dict):
                raise UsageError(f"{key} has a value already.", f"{'.'.join(keys)} alone")
            fields = below
        fields[keys[-1]] = value

    def complete(self) -> None:
        """Adds what follows from the plan and the day, asks for the rest, and raises where something is missing."""
        if self._editing.asks:
            ask_fields(self._editing, self._kind, self._fields, self.give, self._defaults)
        for field, text in self._defaults().items():
            if field not in self._fields:
                self.give((field,), text)
        is_named = "id" in self._fields
        self._fields.setdefault("id", self._make_id())
        self._require_whole()
        if not is_named:
            plan, id = self._editing.plan, str(self._fields["id"])
            require_unlike(self._kind, self._fields, plan, self._milestone, free_id(id, self._taken()))

    def _require_whole(self) -> None:
        from milepost.documents.values import required_names

        missing = [name for name in required_names(self._kind) if name not in self._fields]
        if missing:
            raise UsageError(f"A new {self._kind} needs {' and '.join(missing)}.", self._example())
        if self._kind == "milestone" and not self._fields.keys() & set(_WHEN):
            message = "A new milestone needs a date, even a rough one, or an estimate."
            raise UsageError(message, "--due 2027-Q2   (or --estimate 8d..20d)")

    def add(self) -> None:
        """Puts the item into the draft: a task at the end of its milestone, anything else as a file."""
        from milepost.documents.values import field_names

        order = ("id", *field_names(self._kind))
        fields = dict(sorted(self._fields.items(), key=lambda pair: order.index(pair[0])))
        id = str(fields["id"])
        require_free(id, self._editing.plan, self._milestone, free_id(id, self._taken()))
        if self._kind == "person":
            self._add_person(id, {name: value for name, value in fields.items() if name != "id"})
        elif self._milestone is not None:
            self._editing.draft.append(self._milestone, ("tasks",), fields)
        else:
            self._editing.draft.create(self._path(id), fields, self._header())

    def _add_person(self, id: str, fields: dict[str, New]) -> None:
        """People are not files of their own: they stand in milepost.yaml."""
        if PLAN not in self._editing.plan.items:
            raise MilepostError(*_NO_PLAN)
        self._editing.draft.put(self._editing.plan.items[PLAN], ("people", id), fields)

    def _example(self) -> str:
        return f"milepost new {self._kind} {EXAMPLES[self._kind]}"

    def _find_milestone(self, parent: str | None) -> Item:
        if parent is None:
            ids = self._editing.ids("milestone")
            find = partial(_find_milestone, self._editing)
            return self._editing.require("--in MILESTONE", "Which milestone does it lead to?", ids, find)
        return self._editing.find(parent, "milestone")

    def _defaults(self) -> dict[str, str]:
        """What a field is if nobody says otherwise."""
        from milepost.analyses.sprints.upcoming import next_sprint

        if self._kind in ("feedback", "review"):
            return {"date": self._editing.today.isoformat()}
        if self._kind == "sprint":
            start = self._fields.get("start")
            return next_sprint(
                self._editing.plan, str(start) if start else None, self._editing.today, self._editing.asks
            )
        return {}

    def _taken(self) -> dict[str, Ref]:
        return taken_ids(self._editing.plan, self._milestone)

    def _make_id(self) -> str:
        start = str(self._fields.get("start", ""))
        if self._kind == "sprint" and start:
            return free_id(_week(start), self._taken())
        id = make_id(self._words())
        if not id and self._fields.keys() & {"title", "name"}:
            what = "name" if self._kind == "person" else "title"
            hint = "--id ID, with lowercase letters, digits and hyphens"
            raise UsageError(f"No letter of this {what} can stand in an id.", hint)
        return free_id(id or self._kind, self._taken())

    def _words(self) -> str:
        """What the id is made of; of a person the first name, where nothing else is called so."""
        title, name, about, day = (str(self._fields.get(key, "")) for key in ("title", "name", "about", "date"))
        if self._kind == "person":
            first = name.partition(" ")[0]
            return name if make_id(first) in self._taken() else first
        return {"feedback": f"{about} {day}", "review": f"review {day}"}.get(self._kind, title)

    def _path(self, id: str) -> str:
        folder = self._editing.layout.folder_of(self._kind)
        if folder is None:
            raise MilepostError(*_NO_PLAN)
        return f"{folder}/{id}.yaml"

    def _header(self) -> str:
        """The line by which an editor finds the schema, where the schemas lie beside the plan."""
        plan = self._editing.layout.folder or ""
        schema = f".schemas/{self._kind}.schema.json"
        root = self._editing.session.repository.work_folder
        is_there = root is not None and (root / plan / schema).is_file()
        return f"# yaml-language-server: $schema=../{schema}\n" if is_there else ""


def _find_milestone(editing: Editing, text: str) -> Item:
    return editing.find(text.strip(), "milestone")


def _has(kind: str, field: str) -> bool:
    from milepost.documents.values import field_names

    return field == "id" or field in field_names(kind)


def _week(start: str) -> str:
    """The week in which a sprint starts (ISO 8601), as in `2027-w05`: a counter would be the same on two branches."""
    day = parse_date(start)
    year, week, _ = day.isocalendar() if day else (start[:4], 0, 0)
    return f"{year}-w{week:02}"
