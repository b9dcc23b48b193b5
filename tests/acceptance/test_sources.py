"""Plans that were never written for Milepost: what a `sources` entry makes of YAML, JSON and front matter."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from milepost.documents.paths import compile_glob
from tests.conftest import MakeRepository, Run

KEPS = """
sources:
  - files: "keps/**/kep.yaml"
    kind: milestone
    fields: {title: title, due: milestone.stable, owner: owning-sig}
    values: {finished: {from: status, when: implemented, date: accepted}}
"""


def kep(title: str, stable: str, status: str = "provisional") -> str:
    return textwrap.dedent(f"""\
        title: {title}
        owning-sig: sig-a
        status: {status}
        creation-date: 2027-01-04
        milestone:
          alpha: v1.20
          stable: {stable}
        """)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Where the configuration from outside the repository goes."""
    return tmp_path / "sources.yaml"


def log(run: Run, folder: Path, config: Path, *arguments: str) -> list[dict[str, Any]]:
    result = run("log", "--format", "json", "--config", str(config), *arguments, folder=folder)
    assert result.exit_code == 0, result.output
    changes: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    return changes[::-1]


def values(run: Run, folder: Path, config: Path, field: str) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for change in log(run, folder, config, "--field", field):
        found.setdefault(change["id"], []).append(change["new"])
    return found


def test_a_file_without_an_id_is_followed_through_gits_renames(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text(KEPS)
    old, new = "keps/sig-a/1-thing/kep.yaml", "keps/sig-b/1-thing/kep.yaml"
    checkout = make_repository(
        {old: kep("Thing", "v1.22")},
        {old: None, new: kep("Thing", "v1.23")},
        {new: kep("Thing", "v1.24"), old: kep("Thing", "v1.30")},
        {old: None},
    )
    assert values(run, checkout.path, config, "due") == {
        new: ["v1.22", "v1.23", "v1.24"],
        old: ["v1.30", None],
    }, "renamed, never copied; the name is free for another file"


@pytest.mark.parametrize("walk", [(), ("--all-parents",)], ids=["accepted", "all parents"])
def test_a_file_is_followed_though_it_says_nothing_for_a_while(
    make_repository: MakeRepository, run: Run, config: Path, walk: tuple[str, ...]
) -> None:
    config.write_text("sources: [{files: 'text/*.md', kind: milestone, fields: {due: due}}]\n")
    text = "---\ndue: {}\n---\n\n" + "".join(f"line {number}\n" for number in range(20))
    empty, broken = text.replace("---", "--"), text.replace("due:", "due: [")
    checkout = make_repository(
        {"text/a.md": text.format("v1")},
        {"text/a.md": None, "text/b.md": broken.format("v2")},
        {"text/b.md": None, "text/c.md": text.format("v2")},
        {"text/c.md": None, "text/d.md": empty.format("v3")},
        {"text/d.md": None, "text/e.md": text.format("v3")},
        {"text/e.md": None, "text/f.md": broken.format("v4")},
        {"text/f.md": None},
    )
    changes = log(run, checkout.path, config, *walk)
    commits = checkout.git("rev-list", "--reverse", "HEAD").split()
    assert [(commits.index(change["commit"]), change["new"]) for change in changes] == [
        (0, "v1"), (2, "v2"), (3, None), (4, "v3"), (6, None)
    ]  # fmt: skip
    assert {change["id"] for change in changes} == {"text/f.md"}


def test_a_stranger_begun_from_a_template_has_no_past(make_repository: MakeRepository, run: Run, config: Path) -> None:
    config.write_text(KEPS)
    template, mine = "keps/template/kep.yaml", "keps/sig-a/2-mine/kep.yaml"
    checkout = make_repository({template: kep("Template", "v1.0")}, {mine: kep("Mine", "v1.0")})
    assert values(run, checkout.path, config, "title") == {template: ["Template"], mine: ["Mine"]}


def test_a_value_can_be_the_day_on_which_another_was_accepted(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text(KEPS)
    path = "keps/sig-a/3-done/kep.yaml"
    checkout = make_repository(
        {path: kep("Done", "v1.22")},
        {path: kep("Done", "v1.22", "implemented")},
        {path: kep("Still done", "v1.22", "implemented")},
    )
    assert values(run, checkout.path, config, "finished") == {path: ["2027-01-05"]}
    assert run("build", "--config", str(config), folder=checkout.path).exit_code == 0
    assert "5 Jan 2027" in run("why", path, "--config", str(config), folder=checkout.path).stdout


def test_the_day_of_acceptance_is_no_news_to_the_merge_that_brings_it(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text(KEPS)
    path = "keps/sig-a/3-done/kep.yaml"
    checkout = make_repository({path: kep("Done", "v1.22")})
    checkout.git("switch", "--quiet", "--create", "side")
    done = checkout.commit({path: kep("Done", "v1.22", "implemented")}, day=date(2027, 1, 20))
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"code.py": "pass\n"})
    checkout.git(
        "-c", "user.name=Ada", "-c", "user.email=a@b", "merge", "--quiet", "--no-ff", "--message=Merge", "side"
    )
    found = log(run, checkout.path, config, "--all-parents", "--field", "finished")
    assert [(change["commit"], change["new"]) for change in found] == [(done, "2027-01-20")]


def test_front_matter_several_documents_and_json_are_read(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text(
        textwrap.dedent("""\
        sources:
          - {files: "docs/*.md", id: "{stem}", fields: {due: target}}
          - {files: "many.yaml", id: "{name}", fields: {due: when}}
          - {files: "plan.json", each: items, id: "{dir}{key}", fields: {due: when.end}, track: [when.n, flag]}
        """)
    )
    checkout = make_repository(
        {
            "docs/one.md": "---\ntarget: 2027-03-15\n---\n\n# One\n\ntarget: not this\n",
            "docs/none.md": "# No front matter\n",
            "many.yaml": "name: a\nwhen: 2027-01-01\n---\nname: b\nwhen:\t2027-02-02\n",
            "plan.json": '{"items": {"x": {"when": {"end": "2027-05-05", "n": 1.10}, "flag": null}}}',
        }
    )
    assert values(run, checkout.path, config, "due") == {
        "one": ["2027-03-15"], "a": ["2027-01-01"], "b": ["2027-02-02"], "x": ["2027-05-05"],
    }  # fmt: skip
    assert values(run, checkout.path, config, "when.n") == {"x": ["1.10"]}, "as it was written"
    assert values(run, checkout.path, config, "flag") == {"x": ["null"]}


def test_what_is_odd_in_front_matter_is_found_in_the_line_of_the_file(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text("sources: [{files: '*.md', kind: milestone, id: '{stem}', fields: {due: due}}]\n")
    checkout = make_repository({"a.md": "---\ntitle: A\ndue: 2027-01-01\ndue: 2027-01-02\n---\n"})
    result = run("check", "--config", str(config), folder=checkout.path)
    assert "a.md:4:1: error[duplicate-key]" in result.stdout


def test_an_entry_with_a_number_beyond_all_lists_is_not_there(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text(f"sources: [{{files: p.yaml, id: a, fields: {{due: due, owner: 'x[{'9' * 5000}]'}}}}]\n")
    checkout = make_repository({"p.yaml": "due: 2027-01-01\nx: [ada]\n"})
    assert values(run, checkout.path, config, "due") == {"a": ["2027-01-01"]}
    assert values(run, checkout.path, config, "owner") == {}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "due:\t2027-02-30\nowner: x\nowner: y\n"),
        ("a.json", '{"due": "2027-02-30",\n"owner": "x", "owner": "y"}\n'),
        ("a.md", "---\ndue:\t2027-02-30\nowner: x\nowner: y\n---\n\n# A\n"),
    ],
    ids=["yaml", "json", "front matter"],
)
def test_marks_line_ends_tabs_twins_and_days_that_no_calendar_has_are_read_in_every_form(
    make_repository: MakeRepository, run: Run, config: Path, name: str, text: str, end: str, mark: str
) -> None:
    config.write_text("sources: [{files: 'a.*', id: a, title: A, fields: {due: due, owner: owner}}]\n")
    checkout = make_repository({name: mark + text.replace("\n", end)})
    for field, value in (("due", "2027-02-30"), ("owner", "y")):
        assert values(run, checkout.path, config, field) == {"a": [value]}
    result = run("log", "--format", "json", "--config", str(config), folder=checkout.path)
    assert len(json.loads(result.stdout)["duplicate_keys"]) == 1


def test_foreign_yaml_may_have_anchors_merge_keys_a_bom_and_duplicates(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text("sources: [{files: p.yaml, each: ., id: '{key}', fields: {due: due, owner: owner}}]\n")
    text = "\ufeffbase: &base {due: 2027-01-01, owner: x}\na: {<<: *base, owner: y}\nb: *base\nb: {due: 2027-02-02}\n"
    checkout = make_repository({"p.yaml": text})
    assert values(run, checkout.path, config, "due") == {
        "base": ["2027-01-01"], "a": ["2027-01-01"], "b": ["2027-02-02"],
    }  # fmt: skip
    assert values(run, checkout.path, config, "owner") == {"base": ["x"], "a": ["y"]}
    verbose = run("log", "--verbose", "--config", str(config), folder=checkout.path)
    assert "names a key twice" in verbose.stderr


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{n}: &{n} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
                                                  for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "[" * 100_000,
        "a: &a [*a]\n",
        "".join(f"{n}: &a{n} {'[' * 90}{f'*a{n - 1}' if n else 'x'}{']' * 90}\n" for n in range(100)),
        "a: &a " + "{b: " * 98 + "x" + "}" * 98 + "\nc: {d: {e: *a}}\n",
    ],
)  # fmt: skip
def test_a_bomb_in_a_foreign_file_is_named_and_harmless(
    make_repository: MakeRepository, run: Run, config: Path, bomb: str
) -> None:
    config.write_text("sources: [{files: '*.yaml', id: '{stem}', fields: {due: due}}]\n")
    checkout = make_repository({"bomb.yaml": bomb, "good.yaml": "due: 2027-01-01\n"})
    assert values(run, checkout.path, config, "due") == {"good": ["2027-01-01"]}
    assert "bomb.yaml" in run("log", "--config", str(config), folder=checkout.path).stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 120 + "]" * 120, "More than 100 levels are nested"),
        ("[" * 700 + "]" * 700, "More than 100 levels are nested"),  # json reads it, and more is too much for it too
        ("[" * 100_000, "More than 100 levels are nested"),
        ('{"a": 1, "b": 1, "a": 2, "c": 3, "b": 2}', "The key a, b is given twice"),
    ],
)
def test_odd_json_is_named(make_repository: MakeRepository, run: Run, config: Path, text: str, says: str) -> None:
    config.write_text("sources: [{files: '*.json', id: '{stem}', fields: {due: due}}]\n")
    checkout = make_repository({"odd.json": text, "good.json": '{"due": "2027-01-01"}'})
    result = run("log", "--verbose", "--config", str(config), folder=checkout.path)
    assert "2027-01-01" in result.stdout
    assert "odd.json" in result.stderr
    assert says in result.stderr


def test_sources_in_milepost_yaml_stand_beside_our_own_files(make_repository: MakeRepository, run: Run) -> None:
    source = "{files: s.json, kind: milestone, each: ., id: 'n-{key}', fields: {due: end}}"
    plan = f"milepost: 1\ntitle: Both\nsources: [{source}]\n"
    checkout = make_repository(
        {
            "plan/milepost.yaml": plan,
            "plan/milestones/a.yaml": "id: a\ntitle: A\ndue: 2027-01-15\n",
            "s.json": '{"1.10": {"end": "2027-05-05"}}',
        }
    )
    assert run("check", folder=checkout.path).stdout.startswith("0 errors. ")
    shown = json.loads(run("show", "--format", "json", folder=checkout.path).stdout)["items"]
    assert {item["id"] for item in shown if item["kind"] == "milestone"} == {"a", "n-1.10"}


def test_what_does_not_convert_is_kept_as_text(make_repository: MakeRepository, run: Run, config: Path) -> None:
    config.write_text("sources: [{files: p.yaml, id: it, title: It, fields: {due: due}}]\n")
    checkout = make_repository({"p.yaml": "due: someday\n"}, {"p.yaml": "due: 2027-02-30\n"})
    assert values(run, checkout.path, config, "due") == {"it": ["someday", "2027-02-30"]}
    for arguments in (["show"], ["why", "it"], ["build"], ["diff", "HEAD~1"], ["check"]):
        assert run(*arguments, "--config", str(config), folder=checkout.path).exit_code == 0, arguments


@pytest.mark.parametrize("text", ["\x00\x01", "nothing: here\n", "sources: [{kind: milestone}]\n", "[broken\n"])
def test_a_configuration_without_sources_is_refused(
    make_repository: MakeRepository, run: Run, config: Path, text: str
) -> None:
    config.write_text(text)
    checkout = make_repository({"p.yaml": "due: 2027-01-01\n"})
    result = run("log", "--config", str(config), folder=checkout.path)
    assert (result.exit_code, "hint:" in result.stderr) == (3, True)


def test_a_source_that_does_not_parse_at_the_tip_stands_by_what_it_said(
    make_repository: MakeRepository, run: Run, config: Path
) -> None:
    config.write_text("sources: [{files: '*.yaml', id: '{stem}', title: It, fields: {due: due}}]\n")
    good = {"it.yaml": "due: 2027-01-01\n", "other.yaml": "due: 2027-06-06\n"}
    checkout = make_repository(good, {"it.yaml": "due: 2027-02-02\n"}, {"it.yaml": "due: [broken\n"})
    for arguments in (["log"], ["why", "it"], ["slip"], ["bisect", "due(it) > 2027-01-31"], ["accuracy"], ["build"]):
        result = run(*arguments, "--config", str(config), folder=checkout.path)
        assert (result.exit_code, "it.yaml" in result.stderr or arguments[0] == "bisect") == (0, True), arguments
    assert "2 Feb 2027" in run("why", "it", "--config", str(config), folder=checkout.path).stdout
    for arguments in (["show"], ["diff", "HEAD~1"]):
        assert run(*arguments, "--config", str(config), folder=checkout.path).exit_code == 3, arguments


GLOBS = [
    ("a/*.yaml", "a/b.yaml", True),
    ("a/*.yaml", "a/b/c.yaml", False),
    ("a/**/c.yaml", "a/c.yaml", True),
    ("a/**/c.yaml", "a/x/y/c.yaml", True),
    ("**/c.yaml", "c.yaml", True),
    ("a/**", "a/x/y", True),
    ("a?.json", "ab.json", True),
    ("a?.json", "a/.json", False),
    ("a+(b).[c]", "a+(b).[c]", True),
    ("*" * 40 + "b", "a" * 200, False),
    ("*a" * 40 + "b", "a" * 200, False),
    ("**/" * 40 + "b", "a/" * 100 + "a", False),
]


@pytest.mark.parametrize(("glob", "path", "fits"), GLOBS)
def test_globs_fit_whole_paths_and_never_take_long(glob: str, path: str, fits: bool) -> None:
    assert compile_glob(glob).matches(path) is fits
