"""A new item while its fields come together: from options, from defaults, from answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from milepost.cli.asking import ask
from milepost.cli.edit import Work
from milepost.cli.naming import free_id, make_id
from milepost.cli.questions import QUESTIONS
from milepost.errors import MilepostError, UsageError

if TYPE_CHECKING:
    from milepost.documents.edits import New
    from milepost.model.item import Item

KINDS = ("milestone", "task", "risk", "goal", "sprint", "feedback", "review")


_EXAMPLES = {"milestone": '--title "Public beta" --due 2027-03-15', "task": '--in MILESTONE --title "Serve tiles"'}


class Outline:
    """The fields of an item that is not there yet."""

    def __init__(self, work: Work, kind: str, parent: str | None) -> None:
        self._work = work
        self._kind = kind
        self._fields: dict[str, New] = {}
        if parent is not None and kind != "task":
            raise UsageError(f"--in goes with a task, and this is a {kind}.", f"milepost new {kind}")
        self._milestone = self._find_milestone(parent) if kind == "task" else None

    def give(self, keys: tuple[str, ...], text: str) -> None:
        """Gives a field the value that a text means. Raises `UsageError` where it means none."""
        from milepost.documents.values import parse_field

        fields = self._fields
        value = parse_field(self._kind, keys, text)
        for key in keys[:-1]:
            below = fields.setdefault(key, {})
            if not isinstance(below, dict):
                raise UsageError(f"{key} has a value already.", f"{'.'.join(keys)} alone")
            fields = below
        fields[keys[-1]] = value

    def complete(self) -> None:
        """Adds what follows from the plan and the day, asks for the rest, and raises where something is missing."""
        from milepost.documents.values import required_names

        if self._work.asks:
            self._ask()
        for field, text in self._defaults().items():
            if field not in self._fields:
                self.give((field,), text)
        self._fields.setdefault("id", self._make_id())
        missing = [name for name in required_names(self._kind) if name not in self._fields]
        if missing:
            example = _EXAMPLES.get(self._kind) or " ".join(f"{name}=…" for name in missing)
            message = f"A new {self._kind} needs {' and '.join(missing)}."
            raise UsageError(message, f"milepost new {self._kind} {example}")

    def add(self) -> None:
        """Puts the item into the draft: a task at the end of its milestone, anything else as a file."""
        from milepost.documents.values import field_names

        order = field_names(self._kind)
        fields = dict(sorted(self._fields.items(), key=lambda pair: order.index(pair[0])))
        id = str(fields["id"])
        if id in self._taken():
            raise UsageError(f"Another item is called {id}.", f"--id {free_id(id, self._taken())}")
        if self._milestone is not None:
            self._work.draft.append(self._milestone, ("tasks",), fields)
        else:
            self._work.draft.create(self._path(id), fields, self._header())

    def _find_milestone(self, parent: str | None) -> Item:
        if parent is None:
            ids = self._work.ids("milestone")
            parent = self._work.require("--in MILESTONE", "Which milestone does it lead to?", ids)
        return self._work.find(parent, "milestone")

    def _defaults(self) -> dict[str, str]:
        """What a field is if nobody says otherwise."""
        from milepost.cli.upcoming import next_sprint

        if self._kind in ("feedback", "review"):
            return {"date": self._work.today.isoformat()}
        if self._kind == "sprint":
            start = self._fields.get("start")
            return next_sprint(self._work.plan, str(start) if start else None, self._work.today, self._work.asks)
        return {}

    def _ask(self) -> None:
        for field, text, optional, kinds in QUESTIONS[self._kind]:
            if field not in self._fields:
                words = self._work.ids(*kinds) if kinds else []
                default = self._defaults().get(field)
                answer = ask(text, partial(self._try, field), words, default, optional)
                if answer:
                    self.give((field,), answer)

    def _try(self, field: str, text: str) -> str:
        """The text, if the field can be that."""
        from milepost.documents.values import parse_field

        if text.strip():
            parse_field(self._kind, (field,), text.strip())
        return text.strip()

    def _taken(self) -> set[str]:
        """The ids that the new item can't have: everybody's, and for a task those of its siblings and milestones."""
        prefix = f"{self._milestone.ref.id}/" if self._milestone else ""
        return {ref.id.removeprefix(prefix) for ref in self._work.plan.items if ref.kind not in ("plan", "release")}

    def _make_id(self) -> str:
        start = str(self._fields.get("start", ""))
        if self._kind == "sprint" and start:
            earlier = [one for one in self._work.plan.sprints if one.start and str(one.start.year) == start[:4]]
            numbers = range(len(earlier) + 1, 1000)
            return next(id for n in numbers if (id := f"{start[:4]}-s{n:02}") not in self._taken())
        words = {
            "feedback": f"{self._fields.get('about', '')} {self._fields.get('date', '')}",
            "review": f"review {self._fields.get('date', '')}",
        }
        id = make_id(words.get(self._kind, str(self._fields.get("title", ""))))
        if not id and "title" in self._fields:
            hint = "--id ID, with lowercase letters, digits and hyphens"
            raise UsageError("No letter of this title can stand in an id.", hint)
        return free_id(id or self._kind, self._taken())

    def _path(self, id: str) -> str:
        folder = self._work.layout.folder_of(self._kind)
        if folder is None:
            raise MilepostError("There is no plan of our own format here to add to.", "milepost init")
        return f"{folder}/{id}.yaml"

    def _header(self) -> str:
        """The line by which an editor finds the schema, where the schemas lie beside the plan."""
        plan = self._work.layout.folder or ""
        schema = f".schemas/{self._kind}.schema.json"
        root = self._work.session.repository.work_folder
        is_there = root is not None and (root / plan / schema).is_file()
        return f"# yaml-language-server: $schema=../{schema}\n" if is_there else ""
