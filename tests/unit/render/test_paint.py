"""What a terminal gets that a file does not: colours and links, and neither from foreign text."""

from __future__ import annotations

import pytest

from milepost.render.paint import Paint

PAGE = "https://github.com/example/heron/pull/118"


def test_a_terminal_gets_a_link_and_a_file_the_text() -> None:
    assert Paint(colour=True).link("#118", PAGE) == f"\x1b]8;;{PAGE}\x1b\\\x1b[2m#118\x1b[0m\x1b]8;;\x1b\\"
    assert Paint().link("#118", PAGE) == "#118"


@pytest.mark.parametrize(
    "address", [None, "", "javascript:x", f"{PAGE}\x1b\\\x1b[2J", f"{PAGE}\x07", f"{PAGE} x", "file:///x"]
)
def test_what_is_no_web_address_is_no_link(address: str | None) -> None:
    assert Paint(colour=True).link("#118", address) == "\x1b[2m#118\x1b[0m"


def test_the_text_of_a_link_can_do_nothing() -> None:
    assert "\\x1b]8" in Paint(colour=True).link("\x1b]8;;https://example.org\x1b\\x", PAGE)
