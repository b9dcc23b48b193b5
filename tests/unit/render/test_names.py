import re

import pytest

from milepost.render.site.names import page_name

NASTY = [
    "1.10", "1-10", "../x", "..", "CON", "con", "nul", "com1", "lpt9", "keps/sig-a/kep.yaml", "KEPS/SIG-A/kep.yaml",
    "🎉", "", " ", "a" * 65, "a" * 300, "b" * 300, "-a", "a-", "Public-Beta", "public_beta", "a\x00b", "a:b", "a?b",
    "é", "e\u0301", "\ud800", "x" * 40 + "y", "x" * 40 + "z" * 30,
]  # fmt: skip


def test_a_plain_id_is_its_own_name() -> None:
    assert page_name("public-beta") == "public-beta"
    assert page_name("a") == "a"
    assert page_name("7") == "7"


@pytest.mark.parametrize("id", NASTY)
def test_any_other_id_gets_a_safe_name(id: str) -> None:
    name = page_name(id)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*(_[0-9a-f]{12})?", name)
    assert len(name) <= 64
    assert name == page_name(id)


def test_names_differ_where_ids_do_even_if_case_does_not_count() -> None:
    names = [page_name(id).casefold() for id in [*NASTY, "a" * 64]]
    assert len(set(names)) == len(names)


def test_no_plain_id_is_the_name_of_another_id() -> None:
    assert page_name(page_name("1.10")) != page_name("1.10")
