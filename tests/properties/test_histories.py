"""Histories that are made up, with merges, renames, moved ids and broken files, against the plain judge."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Run
from tests.histories_judge import Values, Verdict, judge
from tests.histories_maker import SCENES, TEMPLATE, Scene, make_history


def log(run: Run, folder: Path, *arguments: str) -> Verdict:
    """What `log` says: values by item and field, oldest first, and the revisions that did not parse."""
    result = run("log", "--format", "json", "--no-cache", *arguments, folder=folder)
    assert result.exit_code in (0, 3), result.output
    said = json.loads(result.stdout)
    values: Values = {}
    for change in reversed(said["changes"]):
        key = (change["kind"], change["id"], change["field"])
        values.setdefault(key, []).append((change["commit"], change["new"]))
    return Verdict(values, {(flaw["commit"], flaw["path"]) for flaw in said["unreadable"]}, result.exit_code == 3)


def compare(run: Run, folder: Path, scene: Scene) -> None:
    """Both walks, each against the judge."""
    sources: list[dict[str, Any]] = []
    arguments: list[str] = []
    if scene.config:
        config = folder.with_suffix(".yaml")
        config.write_text(scene.config)
        sources, arguments = yaml.safe_load(scene.config)["sources"], ["--config", str(config)]
    assert log(run, folder, *arguments) == judge(folder, sources)
    said, expected = log(run, folder, "--all-parents", *arguments), judge(folder, sources, all_parents=True)
    assert in_any_order(said) == in_any_order(expected)


def in_any_order(verdict: Verdict) -> Verdict:
    """Branches may be told one before the other, or the other before the one."""
    values = {key: sorted(said, key=repr) for key, said in verdict.values.items()}
    return Verdict(values, verdict.unreadable, verdict.is_broken)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scene", SCENES)
def test_log_equals_the_judge(run: Run, tmp_path: Path, scene: str, seed: int) -> None:
    make_history(tmp_path / "repository", SCENES[scene], seed, commits=20)
    compare(run, tmp_path / "repository", SCENES[scene])


@pytest.mark.soak
@pytest.mark.parametrize("scene", SCENES)
def test_log_equals_the_judge_on_many(run: Run, tmp_path: Path, scene: str) -> None:
    rounds = 3 if os.environ.get("MILEPOST_SOAK") == "short" else 60
    for seed in range(1000, 1000 + rounds):
        folder = tmp_path / str(seed)
        make_history(folder, SCENES[scene], seed, commits=60)
        compare(run, folder, SCENES[scene])


def stream(*versions: dict[str, str]) -> bytes:
    """Commits for `git fast-import`, each with all the files that it changes; empty text deletes one."""
    parts: list[str] = ["reset refs/heads/main\n"]
    for number, files in enumerate(versions):
        who = f"Ada <ada@example.org> {1_800_000_000 - number} +0000"
        parts.append(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 6\nChange\n")
        for path, text in files.items():
            size = len(text.encode())
            parts.append(f"M 100644 inline {path}\ndata {size}\n{text}\n" if text else f"D {path}\n")
    return "".join(parts).encode()


def make_large(folder: Path, *versions: dict[str, str]) -> None:
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=stream(*versions), check=True)


def test_ten_thousand_items_in_one_walk(run: Run, tmp_path: Path) -> None:
    config = "sources: [{files: all.yaml, kind: milestone, each: ., id: 'n-{key}', fields: {due: end, title: name}}]\n"

    def text(day: int) -> str:
        return "".join(f"i{n}: {{end: 2027-01-{day if n % 9 else 1:02}, name: N}}\n" for n in range(10_000))

    make_large(tmp_path / "repository", *({"all.yaml": text(day)} for day in (1, 2, 3)))
    compare(run, tmp_path / "repository", Scene({}, (), config))


def test_renames_end_where_git_s_own_score_falls_below_half(run: Run, tmp_path: Path) -> None:
    """Files of which 35 to 65 of 100 lines stay, each with its own words, so that none can be taken for another."""
    config = "sources: [{files: 'text/*.md', kind: milestone, fields: {due: target}}]\n"
    before, after = dict[str, str](), dict[str, str]()
    for stay in range(35, 66):
        lines = [f"line {line} of number {stay}\n" for line in range(100)]
        new = [f"anew: {stay * line + 7_000_000}\n" for line in range(100 - stay)]
        head = f"---\ntarget: v1.{stay}\n---\n"
        before[f"text/{stay}.md"], after[f"text/{stay}.md"] = head + "".join(lines), ""
        after[f"text/new-{stay}.md"] = head + "".join([*lines[:stay], *new])
    make_large(tmp_path / "repository", before, after)
    compare(run, tmp_path / "repository", Scene({}, (), config))
    found = judge(tmp_path / "repository", yaml.safe_load(config)["sources"]).values
    assert 5 < sum(len(values) > 1 for values in found.values()) < 26, "some are followed, and some are not"


def test_thousands_of_files_in_nested_folders_begun_from_one_template(run: Run, tmp_path: Path) -> None:
    """Half of them are renamed in one commit, and back in another: more at once than git compares by default."""
    config = "sources: [{files: 'keps/**/*.md', kind: milestone, fields: {due: target, status: status}}]\n"
    names = [f"sig-{n % 20}/area-{n % 7}/{n:04}-thing/README.md" for n in range(2_200)]
    texts = {name: TEMPLATE.format(n=n % 30, sig=n % 20) + f"About number {n}.\n" for n, name in enumerate(names)}
    there = {f"keps/{name}": text for name, text in texts.items()}
    moved = {f"keps/old/{name}": texts[name].replace("# Summary", "# Overview") if n % 20 else texts[name]
             for n, name in enumerate(names[::2])}  # fmt: skip
    away = {**dict.fromkeys((f"keps/{name}" for name in names[::2]), ""), **moved}
    back = {**dict.fromkeys(moved, ""), **{path: there[path] for path in (f"keps/{name}" for name in names[::2])}}
    edited = {path: text.replace("target: v1", "target: v2") for path, text in list(there.items())[::3]}
    last = dict.fromkeys(list(there)[::50], "")
    make_large(tmp_path / "repository", there, away, back, edited, last)
    compare(run, tmp_path / "repository", Scene({}, (), config))


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_kept_of_one_history_is_right_for_every_other(run: Run, tmp_path: Path, scene: str) -> None:
    """Forwards, backwards, and along another line."""
    make_history(tmp_path / "repository", SCENES[scene], 7, commits=30)
    listed = subprocess.run(
        ["git", "-C", str(tmp_path / "repository"), "rev-list", "HEAD"], capture_output=True, text=True, check=True
    )
    commits, arguments = listed.stdout.split(), ["--format", "json", "--verbose"]
    if config := SCENES[scene].config:
        (tmp_path / "config.yaml").write_text(config)
        arguments += ["--config", str(tmp_path / "config.yaml")]
    order = [*commits[::-6], *random.Random(7).sample(commits, 6), commits[0]]
    for commit in order:
        kept, anew = (
            run("log", "--branch", commit, *arguments, *further, folder=tmp_path / "repository")
            for further in ([], ["--no-cache"])
        )
        assert (kept.exit_code, kept.stdout, kept.stderr) == (anew.exit_code, anew.stdout, anew.stderr), commit


def test_a_history_that_grows_a_commit_at_a_time_is_told_as_a_whole(run: Run, tmp_path: Path) -> None:
    texts = [f"id: m\ntitle: M\ndue: 2027-01-{1 + day % 28:02}\n" for day in range(80)]
    versions = [{"plan/milepost.yaml": "milepost: 1\n"}, *({"plan/milestones/m.yaml": text} for text in texts)]
    folder = tmp_path / "repository"
    make_large(folder, *versions)
    listed = subprocess.run(["git", "-C", str(folder), "rev-list", "main"], capture_output=True, text=True, check=True)
    for commit in reversed(listed.stdout.split()):
        kept = run("log", "--format", "json", "--branch", commit, folder=folder).stdout
    assert kept == run("log", "--format", "json", "--branch", commit, "--no-cache", folder=folder).stdout
    assert kept.count('"field": "due"') == len(texts)
