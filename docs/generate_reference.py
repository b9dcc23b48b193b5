"""Writes docs/plan-format.md from the schemas and docs/commands.md from the commands.

    python docs/generate_reference.py

tests/docs/test_reference.py fails while the pages are older than what they are made from.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

DOCS = Path(__file__).parent
SCHEMAS = DOCS.parent / "schemas"
KINDS = (
    "plan", "goal", "milestone", "task", "risk", "sprint", "feedback", "review", "person", "release", "source",
)  # fmt: skip
NOTICE = "<!-- Made by docs/generate_reference.py. Change what it is made from, then run that. -->\n"

FORMAT_HEAD = """\
# The plan language

A plan is a folder of YAML files, one small file for each item:

```
plan/
  milepost.yaml               the plan: title, vision, people, calendar, releases, rules, assertions, sources
  goals/self-serve.yaml
  milestones/public-beta.yaml
  risks/tile-vendor.yaml
  sprints/2027-s03.yaml       optional from here on
  feedback/beta-interviews.yaml
  reviews/2027-01-15.yaml
```

Three fields make a milestone: `id`, `title` and `due` (or `estimate`, or `tasks`). All else is optional.

- The `id` inside a file is the identity, not the name of the file. An id is used once in a plan.
- Dates are written `2027-03-15`. A range `2026-12-24..2026-12-31` includes both ends.
- Status, lateness and progress are never written down. They follow from the dates.
- Files are a strict subset of YAML. What two readers could take differently (`no`, `12:30`, `010`) stands in quotes.
- An unknown key is an error, and `milepost check` says which key may have been meant.

The same descriptions show in an editor that knows JSON Schema: `milepost init` puts the schemas beside the plan.
"""

COMMANDS_HEAD = """\
# Commands

Data goes to standard output, notes and progress to standard error. Output is coloured on a terminal only, and never
when `NO_COLOR` is set. `MILEPOST_DEBUG=1` shows the traceback of a bug.

| Exit code | Meaning |
|:--|:--|
| 0 | fine, also where there is nothing to tell yet |
| 1 | `check` found something at the level of `--fail-on` or above |
| 2 | the command was called wrongly, or nothing has that id |
| 3 | the plan or its history can't be read, or can't be trusted |
| 4 | a bug of ours |
"""

Schema = Mapping[str, Any]


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    return {"plan-format.md": format_page(), "commands.md": commands_page()}


def format_page() -> str:
    """The reference of the plan language."""
    schemas = {name: read_schema(name) for name in KINDS}
    shared = read_schema("common")["definitions"]
    parts = [NOTICE + FORMAT_HEAD]
    parts += ["\n".join(kind_section(schema)) for schema in schemas.values()]
    parts.append("## How values are written\n\nThe fields above refer to these.\n")
    parts += ["\n".join(value_section(name, value)) for name, value in shared.items()]
    return "\n".join(parts)


def read_schema(name: str) -> dict[str, Any]:
    """One schema file."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def kind_section(schema: Schema) -> Iterator[str]:
    """The heading, the example and the fields of one kind of record."""
    yield f"## {schema['title']}\n\n{prose(schema['description'])}\n"
    examples = schema.get("examples", ())
    if examples and isinstance(examples[0], dict):
        yield f"```yaml\n{yaml_block(examples[0])}```\n"
    elif examples:
        yield f"Example: {inline(examples[0])}\n"
    yield from fields(schema, 0)
    for title, part in schema.get("definitions", {}).items():
        yield ""
        yield from value_section(title, part)
    yield ""


def value_section(name: str, schema: Schema) -> Iterator[str]:
    """How one kind of value is written."""
    yield f"### {words(name).capitalize()}\n\n{prose(schema['description'])}\n"
    if told := values(schema):
        yield f"{told}\n"
    listed = list(fields(schema, 0))
    yield from [*listed, ""] if listed else []


def fields(schema: Schema, depth: int) -> Iterator[str]:
    """The fields of a mapping as a list, with those of nested mappings indented."""
    needed = schema.get("required", ())
    for part in [schema, *schema.get("allOf", ())]:
        for name, field in part.get("properties", {}).items():
            yield from one_field(name, field, name in needed or name in part.get("required", ()), depth)


def one_field(name: str, field: Schema, needed: bool, depth: int) -> Iterator[str]:
    """A field in a line or two, and what is inside it."""
    indent = "  " * depth
    about = ", ".join([*(["required"] if needed else []), *written_as(field)])
    told = " ".join(filter(None, (prose(field.get("description", "")), values(field))))
    yield f"{indent}- **`{name}`**{f' ({about})' if about else ''}: {told}".rstrip(": ")
    yield from fields(field, depth + 1)
    for key in ("items", "additionalProperties"):
        inside = field.get(key)
        if isinstance(inside, dict):
            yield from fields(inside, depth + 1)


def written_as(field: Schema) -> Iterator[str]:
    """Links to how the value is written, or to the record that it holds."""
    reference = field.get("$ref")
    for key in ("items", "additionalProperties", "propertyNames"):
        inside = field.get(key)
        if reference is None and isinstance(inside, dict) and "$ref" in inside:
            many = {"items": "each: ", "additionalProperties": "each: ", "propertyNames": "by "}[key]
            yield many + link(inside["$ref"])
    if reference:
        yield link(reference)


def link(reference: str) -> str:
    """A reference of a schema as a link within the page."""
    file, _, place = reference.partition("#")
    name = place.rpartition("/")[2]
    if "/properties/" in place:
        kind = file.removesuffix(".schema.json")
        return f"as [{name} of a {kind}](#{kind})"
    name = name or file.removesuffix(".schema.json")
    return f"[{words(name)}](#{words(name).replace(' ', '-')})"


def values(field: Schema) -> str:
    """The values that are allowed, the one that holds if none is given, and examples."""
    told = []
    if "enum" in field:
        told.append(f"One of {', '.join(map(inline, field['enum']))}.")
    elif (examples := field.get("examples")) and "properties" not in field:
        told.append(f"Example{'s' if len(examples) > 1 else ''}: {', '.join(map(inline, examples))}.")
    if "default" in field:
        told.append(f"Default: {inline(field['default'])}.")
    return " ".join(told)


def prose(text: str) -> str:
    """Plain text as Markdown: an asterisk or an angle bracket outside code stands for itself."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*<>])", r"\\\1", part) for part in parts)


def words(name: str) -> str:
    """`goalReference` as `goal reference`."""
    return re.sub(r"(?<=[a-z])[A-Z]", lambda match: f" {match[0].lower()}", name)


def inline(value: object) -> str:
    """A value as code within a line."""
    return f"`{scalar(value, '') if isinstance(value, str) else flow(value)}`"


def yaml_block(example: Mapping[str, object]) -> str:
    """An example as YAML: a key a line."""
    return "".join(f"{line(key, value)}\n" for key, value in example.items())


def line(key: str, value: object) -> str:
    """A key and its value at the outermost level."""
    return f"{scalar(key)}: {scalar(value, '') if isinstance(value, str) else flow(value)}"


def flow(value: object) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: object, special: str = ",[]{}:") -> str:
    """Plain words and dates as they are, all else in double quotes. `special` has a meaning where the value stands."""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?", value):
        return value
    unsafe = re.search(r":(\s|$)|\s#|\n", value) or re.match(r"[-?:](\s|$)|[\[\]{}\"'&*!|`@%>~#^.,\s]", value)
    other = re.fullmatch(r"(?i)y|n|yes|no|on|off|true|false|null|[-+.0-9_]*[0-9][.0-9_]*", value)
    plain = value and not unsafe and not other and not any(char in value for char in special)
    return value if plain else json.dumps(value, ensure_ascii=False)


def commands_page() -> str:
    """The reference of the commands."""
    from milepost.cli import SECTIONS, main

    context = click.Context(main, info_name="milepost")
    parts = [NOTICE + COMMANDS_HEAD]
    for section, names in SECTIONS.items():
        parts.append(f"## {section}\n")
        for name in names:
            command = main.get_command(context, name)
            assert command is not None
            parts.append("\n".join(command_section(name, command)))
    return "\n".join(parts)


def command_section(name: str, command: click.Command) -> Iterator[str]:
    """What a command does, and its options."""
    context = click.Context(command, info_name=f"milepost {name}")
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    usage = " ".join([f"milepost {name}", "[OPTIONS]", *(argument(one, context) for one in arguments)])
    yield f"### {name}\n\n```\n{usage}\n```\n\n{clean(command.help or '')}\n"
    yield "| Option | Meaning |\n|:--|:--|"
    for option in options:
        names = ", ".join(f"`{text}`" for text in sorted(option.opts, key=len))
        yield f"| {names}{value_of(option)} | {meaning(option)} |"
    yield ""


def argument(param: click.Argument, context: click.Context) -> str:
    """An argument as it stands in the usage line."""
    return param.make_metavar(context)


def value_of(option: click.Option) -> str:
    """What an option wants after its name."""
    if option.is_flag or option.count:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + " \\| ".join(f"`{choice}`" for choice in option.type.choices)
    return f" `{option.metavar or option.type.name.upper()}`"


def meaning(option: click.Option) -> str:
    """The help of an option, with its default where that is shown."""
    shown = option.show_default and option.default is not None and not callable(option.default)
    text = " ".join((option.help or "").split()).replace("|", "\\|")
    return f"{text} Default: `{option.default}`." if shown else text


def clean(text: str) -> str:
    """Help text as paragraphs of Markdown; what keeps its lines in a terminal keeps them here."""
    parts = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(f"```\n{part[2:]}\n```" if part.startswith("\b\n") else part for part in parts)


def main() -> None:
    """Writes the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
