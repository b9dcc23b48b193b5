"""Long JSON comes in pieces, and reads as if it had come whole."""

from __future__ import annotations

import json

import pytest

from milepost.render.words import encode, to_json_lines


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
def test_pieces_are_one_object(count: int) -> None:
    records = [{"number": number, "text": "##[group]"} for number in range(count)]
    lists = {"many": map(encode, records), "few": iter([]), "one": [encode({"a": "b"})]}
    text = "".join(to_json_lines({"format": "some", "version": 1}, lists))
    assert json.loads(text) == {"format": "some", "version": 1, "many": records, "few": [], "one": [{"a": "b"}]}
    assert "##[" not in text
    assert all(
        any(line.strip(" ,") == encode(record).replace("##[", "\\u0023#[") for line in text.splitlines())
        for record in records[:3]
    )
