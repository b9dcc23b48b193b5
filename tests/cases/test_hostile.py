"""Hostile files that can't be kept in this repository: each is refused, with a position, before it does harm."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.gallery import GENERATED, TODAY
from tests.conftest import MakeRepository, Run

PLAN = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}
BETA = "plan/milestones/beta.yaml"
TEXT = "id: beta\ntitle: Beta\ndue: 2027-03-15\n"

# name; bytes; the rule, line and column that refuse them
CONTENTS: list[tuple[str, bytes, str, int, int]] = [
    ("byte order mark", b"\xef\xbb\xbf" + TEXT.encode(), "bad-char", 1, 1),
    ("UTF-16", TEXT.encode("utf-16"), "not-utf8", 1, 1),
    ("Latin-1", TEXT.replace("Beta", "B\u00eata").encode("latin-1"), "not-utf8", 2, 9),
    ("CESU surrogates", TEXT.encode() + b"outcome: \xed\xa0\xbd\xed\xba\x80", "not-utf8", 4, 10),
    ("NUL", TEXT.encode() + b"outcome: a\x00b", "bad-char", 4, 11),
    ("ESC", TEXT.encode() + b"outcome: a\x1b[31mb", "bad-char", 4, 11),
    ("DEL", TEXT.encode() + b"outcome: a\x7fb", "bad-char", 4, 11),
    ("escaped carriage return", TEXT.encode() + b'outcome: "a\\rb"', "bad-char", 4, 10),
    ("next line", (TEXT + "outcome: a\u0085b").encode(), "bad-char", 4, 11),
    ("line separator", (TEXT + "outcome: a\u2028b").encode(), "bad-char", 4, 11),
    ("direction in a value", (TEXT + "outcome: a\u202eb").encode(), "bad-char", 4, 11),
    ("direction in a key", (TEXT + "out\u2066come: a").encode(), "bad-char", 4, 4),
    ("direction in a comment", (TEXT + "# a\u202eb").encode(), "bad-char", 4, 4),
    ("lone carriage return", TEXT.replace("\n", "\r").encode(), "bare-cr", 1, 9),
    ("100,000 brackets", b"[" * 100_000, "too-deep", 1, 33),
    ("1,500 levels", "".join(f"{' ' * n}a:\n" for n in range(1200)).encode(), "too-deep", 33, 33),
    ("20 MB scalar", b"title: " + b"a" * 20_000_000, "too-big", 1, 1),
    ("60,000 values", b"labels: [" + b"a," * 60_000 + b"]", "too-big", 1, 100_004),
    ("5,000 digits", TEXT.encode() + b"rank: " + b"9" * 5000, "int-too-big", 4, 7),
    ("100 KB x 5000 alias", b"a: &a " + b"x" * 100_000 + b"\nb: [" + b"*a," * 5000 + b"]", "anchor", 1, 4),
]


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"), [row[1:] for row in CONTENTS], ids=[row[0] for row in CONTENTS]
)
def test_a_hostile_file_is_refused_where_it_is_hostile(
    content: bytes, rule: str, line: int, column: int, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, BETA: content})
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert f"{BETA}:{line}:{column}: error[{rule}]: " in result.stdout
    assert "Traceback" not in result.output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", result.output)
    assert len(result.stdout) < 2000


def link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    path.mkdir()
    (path / "inner.yaml").write_text(TEXT)


ODD: dict[str, Callable[[Path], None]] = {
    "link out": link_out, "link to itself": link_to_itself, "folder": folder,
    "pipe": os.mkfifo if sys.platform != "win32" else folder,
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_what_is_no_regular_file_is_never_opened(
    make: Callable[[Path], None], make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, "plan/milestones/other.yaml": TEXT})
    make(checkout.path / BETA)
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert f"{BETA}:1:1: error[skipped-not-regular]: " in result.stdout
    assert "root:" not in result.output


def many(number: int, line: str) -> str:
    return "".join(line.format(n) for n in range(number))


#: So many that whatever looks at all of them for each of them would not come to an end while somebody waits.
LARGE: list[tuple[str, str, str]] = [
    ("unknown keys", TEXT + many(20_000, "k{0}: x\n"), "unknown-key"),
    ("unknown people", TEXT + "votes:\n" + many(9_000, "  person-{0}: {{says: 3}}\n"), "dangling-reference"),
    ("unknown links", TEXT + f"depends_on: [{many(900, 'other-{0}, ')}]\n", "dangling-reference"),
    ("comments", many(20_000, "# milepost: ignore[r{0}] x\n") + TEXT, "too-big"),
    ("rules in a comment", f"# milepost: ignore[{many(20_000, 'r{0},')}] x\n" + TEXT, "too-big"),
    ("links", TEXT + "depends_on:\n" + many(8_000, "  - {{item: other-{0}}}\n"), "bad-value"),
    ("a long title", TEXT + f"outcome: {'x' * 3_000}\n", "bad-value"),
    ("long notes", TEXT + f"notes: {'x' * 30_000}\n", "bad-value"),
]


@pytest.mark.parametrize(("text", "rule"), [row[1:] for row in LARGE], ids=[row[0] for row in LARGE])
def test_what_is_written_by_the_thousand_is_read_in_a_moment(
    text: str, rule: str, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, BETA: text})
    checkout.write(
        {"plan/milestones/more.yaml": "id: more\ntitle: M\ntasks:\n" + many(9_000, "  - {{id: t{0}, title: T}}\n")}
    )
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert f"error[{rule}]: " in result.stdout
    assert result.stdout.count("did you mean") <= 40


def a_file(path: Path) -> None:
    path.write_text(TEXT)


def a_repository(path: Path) -> None:
    path.mkdir()
    (path / ".git").mkdir()
    (path / "beta.yaml").write_text(TEXT)


IN_PLACE: dict[str, Callable[[Path], None]] = {
    "link": lambda path: path.symlink_to("elsewhere"), "file": a_file, "repository": a_repository,
}  # fmt: skip
FOLDERS = [
    ("plan/", "milestones"), ("plan/", "risks"), ("", "milestones"), ("plan/", "milestones/2027"),
]  # fmt: skip

#: A file in a folder of files is nothing odd.
PLACES = [
    pytest.param(*folder, make, id=f"{kind}-{''.join(folder)}")
    for folder in FOLDERS
    for kind, make in IN_PLACE.items()
    if make is not a_file or "/" not in folder[1]
]


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
@pytest.mark.parametrize(("home", "name", "make"), PLACES)
def test_what_stands_in_the_place_of_a_folder_is_named(
    home: str, name: str, make: Callable[[Path], None], make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    settings = "rules: {unread-file: ignore}\n"
    checkout.write({f"{home}milepost.yaml": f"# milepost: ignore[skipped-not-regular] no\n{settings}milepost: 1\n"})
    (checkout.path / home / name).parent.mkdir(parents=True, exist_ok=True)
    checkout.write({f"{home}goals/g.yaml": "id: g\ntitle: G\n"})
    make(checkout.path / home / name)
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 1
    assert f"{home}{name}:1:1: error[skipped-not-regular]: " in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
@pytest.mark.parametrize("make", IN_PLACE.values(), ids=IN_PLACE)
def test_a_plan_that_is_no_folder_is_refused(
    make: Callable[[Path], None], make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    make(checkout.path / "plan")
    if make is a_repository:
        checkout.write({**PLAN})
    assert run("check", "--today", TODAY, folder=checkout.path).exit_code == 3
    checkout.write({"milepost.yaml": "milepost: 1\ntitle: p\n"})
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert ("plan:1:1: error[skipped-not-regular]: " in result.stdout) is (make is not a_file)


def test_no_link_on_the_way_to_a_source_is_followed(make_repository: MakeRepository, run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "outside" / "deep"
    secret.mkdir(parents=True)
    (secret / "beta.yaml").write_text("title: [\n")
    checkout = make_repository()
    sources = "sources: [{files: [way/deep/*.yaml], kind: milestone, fields: {title: title}}]\n"
    checkout.write({"plan/milepost.yaml": PLAN["plan/milepost.yaml"] + sources})
    (checkout.path / "way").symlink_to(tmp_path / "outside")
    assert "way/deep/beta.yaml" not in run("check", "--today", TODAY, folder=checkout.path).output


@pytest.mark.parametrize(
    "name", ["plan/milestones/beta.YAML", "plan/milestones/beta.Yml", "plan/Milestones/beta.yaml", "plan/Milepost.yaml"]
)
def test_a_file_that_nobody_reads_for_its_name_is_a_warning(
    name: str, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, "plan/goals/g.yaml": "id: g\ntitle: G\n", "plan/README.YAML": "x", "plan/notes.md": "x"})
    if (checkout.path / name).exists():
        pytest.skip("this system does not tell these names apart")
    checkout.write({name: TEXT})
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 0
    assert f"{name}:1:1: warning[unread-file]: " in result.stdout
    assert result.stdout.count("[unread-file]") == 1
    checkout.write({"plan/milepost.yaml": PLAN["plan/milepost.yaml"] + "rules: {unread-file: error}\n"})
    assert run("check", "--today", TODAY, folder=checkout.path).exit_code == 1


NAMES = [
    ("plan/milestones/con.yaml", "bad-path", "con.yaml"),
    ("plan/milestones/AUX.yaml", "bad-path", "AUX.yaml"),
    ("plan/milestones/com1.x.yaml", "bad-path", "com1.x.yaml"),
    ("plan/milestones/a./b.yaml", "bad-path", "a./b.yaml"),
    ("plan/milestones/b\\c.yaml", "bad-path", "b\\c.yaml"),
    ("plan/milestones/b\udcff.yaml", "bad-path", "b\\xff.yaml"),
    ("plan/milestones/::error::x.yaml", "bad-path", "::error::x.yaml"),
    ("plan/milestones/OTHER.yaml", "path-collision", "other.yaml:1:1"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems can't hold these names")
@pytest.mark.parametrize(("name", "rule", "shown"), NAMES)
def test_a_name_that_some_system_can_not_hold_is_named(
    name: str, rule: str, shown: str, make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, "plan/milestones/other.yaml": TEXT})
    path = checkout.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT.replace("beta", "second"))
    result = run("check", "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 1
    (line,) = (line for line in result.stdout.splitlines() if f"error[{rule}]: " in line)
    assert shown in line


def test_one_letter_composed_in_two_ways_is_a_collision(make_repository: MakeRepository, run: Run) -> None:
    composed, apart = "plan/milestones/caf\u00e9.yaml", "plan/milestones/cafe\u0301.yaml"
    checkout = make_repository()
    checkout.write({**PLAN, composed: TEXT, apart: TEXT.replace("beta", "second")})
    assert "error[path-collision]: " in run("check", "--today", TODAY, folder=checkout.path).stdout


def test_windows_line_ends_are_fine(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository()
    checkout.write({**PLAN, BETA: TEXT})
    usual = run("check", "--advice", "--today", TODAY, folder=checkout.path)
    checkout.write({**PLAN, BETA: TEXT.replace("\n", "\r\n")})
    assert run("check", "--advice", "--today", TODAY, folder=checkout.path).stdout == usual.stdout
    assert usual.exit_code == 0


def test_what_the_gallery_calls_generated_is_generated_here() -> None:
    assert set(GENERATED) <= {row[2] for row in CONTENTS} | {row[1] for row in NAMES} | {
        "skipped-not-regular",
        "unread-file",
    }
