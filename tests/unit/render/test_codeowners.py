"""Lines for CODEOWNERS: right for plain plans, harmless for hostile ones."""

from __future__ import annotations

from milepost.model.build import build_plan
from milepost.model.item import Item, Place, Ref
from milepost.model.plan import Plan
from milepost.render.codeowners import render_codeowners

HEADER = render_codeowners(build_plan([]))


def plan(people: dict[str, dict[str, str]], owned: dict[str, str], kind: str = "milestone") -> Plan:
    """A plan whose files, by path, have these owners."""
    items = [Item(Ref("person", id), dict(fields), Place("plan/milepost.yaml")) for id, fields in people.items()]
    items += [Item(Ref(kind, f"m{n}"), {"owner": who}, Place(path)) for n, (path, who) in enumerate(owned.items())]
    return build_plan(items)


def lines(people: dict[str, dict[str, str]], owned: dict[str, str], kind: str = "milestone") -> list[str]:
    """What stands below the header."""
    return [line for line in render_codeowners(plan(people, owned, kind)).removeprefix(HEADER).splitlines() if line]


ADA = {"ada": {"name": "Ada Ash", "github": "adab"}}


def test_the_header_says_that_owners_need_write_permission() -> None:
    assert "Owners need write permission" in HEADER
    assert all(line.startswith("#") for line in HEADER.splitlines())


def test_a_file_is_its_owners() -> None:
    for kind in ("milestone", "goal", "risk"):
        assert lines(ADA, {"plan/milestones/a b.yaml": "ada"}, kind) == ["/plan/milestones/a\\ b.yaml @adab"]


def test_people_without_an_account_are_named_in_a_comment() -> None:
    found = lines({"bo": {"name": "Bo Lind"}}, {"plan/milestones/a.yaml": "bo", "plan/milestones/b.yaml": "cy"})
    assert found == [
        "# Without an account: Bo Lind. If there is one: milepost set bo github=NAME",
        "# cy is not among the people of this plan.",
        "# plan/milestones/a.yaml: Bo Lind",
        "# plan/milestones/b.yaml: cy",
    ]


def test_one_file_with_several_owners_has_one_line() -> None:
    people = {**ADA, "bo": {"name": "Bo", "github": "bolind"}}
    items = [*plan(people, {}).items.values()]
    items += [Item(Ref("milestone", id), {"owner": id}, Place("s.json")) for id in ("ada", "bo")]
    assert render_codeowners(build_plan(items)).splitlines()[-1] == "/s.json @adab @bolind"


def test_no_name_and_no_path_makes_a_line_of_its_own() -> None:
    evil = "x\n* @mallory\r\n\u2028* @mallory \x1b[2J"
    people = {
        "ada": {"name": evil, "github": "adab"},
        "bo": {"name": evil},
        "cy": {"name": "Cy", "github": "a @mallory"},
    }
    owned = {f"plan/milestones/{evil}.yaml": "ada", "plan/a\n*": "bo", "plan/c.yaml": "cy", "plan/d": evil}
    found = lines(people, owned)
    assert all(line.startswith("# ") for line in found)
    assert "\x1b" not in "".join(found)


def test_what_github_would_take_for_a_pattern_is_left_to_people() -> None:
    for path in (
        "plan/*.yaml",
        "plan/a?.yaml",
        "plan/[ab].yaml",
        "plan/a #b.yaml",
        "plan/a\\b.yaml",
        "plan/\udcff.yaml",
    ):
        (line,) = lines(ADA, {path: "ada"})
        assert line.startswith("# "), path
        assert line.isprintable(), path
