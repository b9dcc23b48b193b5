"""Every rule that reading a file can name: how much it matters, and why it is a rule at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from milepost.model.finding import Level


class DocumentRule(NamedTuple):
    """A rule about files. `why` is one sentence."""

    level: Level
    why: str


_WHY = {
    "ambiguous-scalar": "Two readers of YAML would read this differently, so a plan would mean different things.",
    "anchor": "Anchors and aliases hide what a change touches, and can make a small file enormous.",
    "bad-char": "Invisible and direction-changing characters let a file look different from what it says.",
    "bad-date": "A date that does not exist, or is written differently by everyone, can't be planned with.",
    "bad-id": "Ids stand in addresses, file names and commands, where only plain words survive.",
    "bad-path": "A file that some systems can't check out is missing from the plan of those who use them.",
    "bad-value": "What is written here has a form that no command would understand.",
    "bare-cr": "A lone carriage return ends a line for some readers only, so positions and text would differ.",
    "complex-key": "A list or a mapping as a key can't be addressed, compared or merged.",
    "directive": "Options of YAML itself change how the rest of the file is read.",
    "duplicate-key": "Readers differ in which of two values counts, and a clean merge can leave both.",
    "int-too-big": "Larger numbers lose digits in other programs.",
    "merge-key": "Merge keys copy fields from elsewhere, so a change here would not be seen there.",
    "missing-key": "Without this nobody, and no command, knows what is meant.",
    "multi-doc": "One file holds one item, so that it can be reviewed, owned and merged by itself.",
    "non-finite": "Infinity and not-a-number can't be planned with.",
    "non-string-key": "A key that is no text is a different key for different readers.",
    "not-utf8": "Text in other encodings turns into other letters on other machines.",
    "path-collision": "Two files whose names differ only in case or accents overwrite each other on some systems.",
    "skipped-not-regular": "Links, folders and devices in the place of a file could lead out of the repository.",
    "syntax": "What can't be parsed can't be planned with.",
    "tag": "Tags ask the reader to build special objects; a plan holds text, lists and mappings.",
    "too-big": "Limits keep a hostile or broken file from stopping everybody's checks.",
    "too-deep": "Limits keep a hostile or broken file from stopping everybody's checks.",
    "unknown-key": "A misspelt key would silently have no effect.",
    "unread-file": "A file that nobody reads looks like a part of the plan, and is none.",
    "wrong-type": "A list where a word belongs, or a number where text belongs, means something else than was meant.",
}

_WARNINGS = frozenset(("unread-file",))

#: By name, the rules whose breach makes a `Problem`.
DOCUMENT_RULES: Mapping[str, DocumentRule] = MappingProxyType(
    {name: DocumentRule(Level.WARNING if name in _WARNINGS else Level.ERROR, why) for name, why in _WHY.items()}
)


def level_of(rule: str) -> Level:
    """How much a breach of a rule about files matters."""
    return DOCUMENT_RULES[rule].level
