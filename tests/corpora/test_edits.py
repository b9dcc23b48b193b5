"""Any leaf of real YAML files becomes any text, and nothing but the leaf changes."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from milepost.documents.edits import Put, edit_document

pytestmark = pytest.mark.corpora

FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NASTY = [
    "no", "12:30", "2024-01-02", "~", "null", "true", "1.0", "1e3", "010", "0o7", "1_000", ".inf", "=", "<<", "",
    " lead", "trail ", "a: b", "x:", "# x", "x #y", "- x", "? x", "[x", "x, y", "{}", "&a", "*a", "!t", "|", ">", "%x",
    "@x", "---",
    "it's \"so\"", "back\\slash\ttab", "\x07\u2028", "two\nlines\n",
]  # fmt: skip


def real_files() -> Iterator[tuple[str, bytes]]:
    """Every version of every YAML file in the bundles."""
    for bundle in sorted(Path(os.environ["MILEPOST_CORPORA"]).resolve().glob("*.bundle")):
        yield from _files_in(bundle)


def _files_in(bundle: Path) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", "--bare", str(bundle), folder], check=True)
        git = ["git", "-C", folder]
        listed = subprocess.run([*git, "rev-list", "--objects", "--all"], check=True, capture_output=True, text=True)
        for line in listed.stdout.splitlines():
            blob, _, path = line.partition(" ")
            if path.endswith((".yaml", ".yml", ".json")):
                shown = subprocess.run([*git, "cat-file", "blob", blob], check=True, capture_output=True)
                yield f"{bundle.stem}:{blob[:10]}:{path}", shown.stdout


def leaves(
    node: yaml.Node | None, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        for key, value in node.value:
            if keys.count(key.value) == 1:
                yield from leaves(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from leaves(value, (*path, number))


def require_one_span(text: str, new: str, node: yaml.ScalarNode, wanted: str) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    assert new.startswith(text[:start].rstrip(" "))
    assert new.endswith(text[end:])
    if wanted != node.value:
        assert len(new) >= start + len(text) - end


def test_any_leaf_becomes_any_text() -> None:
    dice = random.Random(61)
    files = edits = 0
    for name, data in real_files():
        text = data.decode()
        try:
            found = [one for one in leaves(yaml.compose(text, yaml.SafeLoader)) if one[0]]
        except yaml.YAMLError:
            continue  # conflict markers and the like were committed too
        files += bool(found)
        for path, node in dice.sample(found, min(1, len(found))):
            for wanted in NASTY:
                new = edit_document(data, [Put(path, wanted)]).decode()
                require_one_span(text, new, node, wanted)
                written = dict(leaves(yaml.compose(new, FAST)))[path]
                assert (written.value, written.tag) == (wanted, "tag:yaml.org,2002:str"), (name, path)
                edits += 1
    assert files > 300
    assert edits > 300 * len(NASTY)
