"""What somebody types for a field becomes what the plan language writes there, or a sentence that says why not."""

from __future__ import annotations

import pytest

from milepost.documents.edits import write_document
from milepost.documents.schema import validate_document
from milepost.documents.values import entry_names, field_choices, field_names, parse_field, parse_reason_text
from milepost.documents.yaml import read_plan_file
from milepost.errors import UsageError

# kind, field, what is typed, how it stands in a file
WRITTEN = [
    ("milestone", "due", "2027-03-15", "due: 2027-03-15"),
    ("milestone", "due", "2027-04", "due: 2027-04"),
    ("milestone", "due", "2027-Q2", "due: 2027-Q2"),
    ("milestone", "due", "v1.4", "due: v1.4"),
    ("milestone", "due", "1.4", 'due: "1.4"'),
    ("milestone", "title", "no", 'title: "no"'),
    ("milestone", "title", "12:30", 'title: "12:30"'),
    ("milestone", "title", "2024-01-02", 'title: "2024-01-02"'),
    ("milestone", "title", "1.0", 'title: "1.0"'),
    ("milestone", "title", "[draft] #1: it's", 'title: "[draft] #1: it\'s"'),
    ("milestone", "outcome", "{no: mapping}", 'outcome: "{no: mapping}"'),
    ("milestone", "notes", "one\ntwo", "notes: |-\n  one\n  two"),
    ("milestone", "rank", "30", "rank: 30"),
    ("milestone", "new_technology", "true", "new_technology: true"),
    ("milestone", "estimate", "3d..5d..12d", "estimate: 3d..5d..12d"),
    ("milestone", "estimate", "{pert: [3d, 4d, 12d]}", "estimate: {pert: [3d, 4d, 12d]}"),
    ("milestone", "owner", "no", 'owner: "no"'),
    ("milestone", "labels", "maps", "labels: [maps]"),
    ("milestone", "labels", "maps, no", 'labels: [maps, "no"]'),
    ("milestone", "labels", "[maps, no]", 'labels: [maps, "no"]'),
    ("milestone", "links", "https://example.org/a,b", 'links: ["https://example.org/a,b"]'),
    ("milestone", "depends_on", "a,b/c", "depends_on: [a, b/c]"),
    ("milestone", "depends_on", "[{item: a, lag: 3d}, b]", "depends_on:\n  - {item: a, lag: 3d}\n  - b"),
    ("milestone", "measures", "[{text: yes, met: 2027-01-01}]", 'measures:\n  - {text: "yes", met: 2027-01-01}'),
    ("milestone", "because", "scope: Sales: needs it", 'because: {scope: "Sales: needs it"}'),
    ("milestone", "blocked.since", "2027-01-01", "since: 2027-01-01"),
    ("milestone", "votes.ada", "4", "ada: 4"),
    ("task", "actual", "9d", "actual: 9d"),
    ("risk", "probability", "30%", "probability: 30%"),
    ("risk", "threatens", "a, b", "threatens: [a, b]"),
    ("feedback", "said", "No, I could not", "said: No, I could not"),
    ("feedback", "score", "4", "score: 4"),
    ("review", "decisions", "first this, then that", "decisions:\n  - first this, then that"),
    ("review", "attended", "ada,bo", "attended: [ada, bo]"),
    ("person", "away", "2027-01-01,2027-02-01..2027-02-05", "away: [2027-01-01, 2027-02-01..2027-02-05]"),
    ("release", "due", "2027-01-01", "due: 2027-01-01"),
    ("plan", "calendar.hours", "7.5", "hours: 7.5"),
]


@pytest.mark.parametrize(("kind", "field", "typed", "line"), WRITTEN)
def test_what_is_typed_is_written_as_the_field_has_it(kind: str, field: str, typed: str, line: str) -> None:
    keys = tuple(field.split("."))
    written = write_document({keys[-1]: parse_field(kind, keys, typed)})
    assert written.decode() == f"{line}\n"
    read = read_plan_file(written)
    assert read.problems == ()
    if len(keys) == 1:
        assert all("This file" in problem.message for problem in validate_document(kind, read.data))


# kind, field, what is typed, words of the message, words of the hint
REFUSED = [
    ("milestone", "dues", "x", "The key dues is not known", "did you mean due?"),
    ("milestone", "status", "done", "The key status is not known", "write `started`, `finished` or `dropped`"),
    ("milestone", "started", "15.3.2027", "15.3.2027 is not a date", "write year-month-day"),
    ("milestone", "due", "2027-02-30", "2027-02-30 is not a day of the calendar", "2027-03-15"),
    ("milestone", "estimate", "3 days", '"3 days" is not an estimate', "3d..12d"),
    ("milestone", "rank", "first", "a whole number", "rank: 10"),
    ("milestone", "new_technology", "maybe", "true or false", "new_technology: true"),
    ("milestone", "commitment", "Promise", "commitment can't be Promise here", "did you mean promise?"),
    ("milestone", "owner", "Ada Ash", '"Ada Ash" is not an id', "write ada-ash"),
    ("milestone", "depends_on", "[{type: SS}]", "has no item", "add `item: "),
    ("milestone", "labels", "[a", "[a can't be read", ""),
    ("milestone", "because", "late", "A reason is a category and a sentence", "(or: estimate, dependency, "),
    ("milestone", "blocked.sinc", "2027-01-01", "The key sinc is not known in blocked", "since"),
    ("milestone", "votes.ada", "6", "at most 5", ""),
    ("milestone", "measures.0", "x", "measures has to be a list", ""),
    ("milestone", "title.x", "x", "title has to be text", ""),
    ("milestone", "title", "  ", "not text that says anything", ""),
    ("feedback", "score", "9", "at most 5", ""),
]


@pytest.mark.parametrize(("kind", "field", "typed", "message", "hint"), REFUSED)
def test_what_a_field_can_not_be_is_refused_in_the_words_of_check(
    kind: str, field: str, typed: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_field(kind, tuple(field.split(".")), typed)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_one_key_of_a_mapping_does_not_need_the_others() -> None:
    assert parse_field("milestone", ("blocked", "since"), "2027-01-01") == "2027-01-01"


def test_a_reason_is_a_category_and_a_sentence() -> None:
    assert parse_reason_text("scope: Sales: single sign-on") == {"scope": "Sales: single sign-on"}
    for text in ("scope", "scope:", "late: it was", ": nothing"):
        with pytest.raises(UsageError):
            parse_reason_text(text)


@pytest.mark.parametrize(("field", "typed", "names"), [
    ("labels", "a, b", ["a", "b"]),
    ("depends_on", "importer,base-map", ["importer", "base-map"]),
    ("tasks", "reader", ["reader"]),
    ("measures", "8 of 10, unaided", ["8 of 10, unaided"]),
])  # fmt: skip
def test_entries_are_named_by_words_or_by_all_of_a_text(field: str, typed: str, names: list[str]) -> None:
    assert entry_names("milestone", (field,), typed) == names


def test_fields_stand_in_the_order_of_the_schema() -> None:
    assert field_names("milestone")[:3] == ("id", "was", "title")
    assert field_names("milestone", ("blocked",)) == ("since", "by", "owner")
    assert field_choices("milestone", ("commitment",)) == ("tentative", "target", "promise")
