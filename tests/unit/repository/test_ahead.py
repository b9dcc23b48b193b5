"""Objects that are read ahead are those that are asked for one by one, in whatever order and whatever is wrong."""

from __future__ import annotations

import faulthandler

import pytest

from milepost.repository.ahead import ReadAhead
from milepost.repository.process import in_folder
from tests.conftest import Checkout, MakeRepository

MISSING = "1" * 40


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """A hundred versions of a file."""
    return make_repository(*({"file.txt": f"version {number}\n"} for number in range(100)))


@pytest.fixture
def blobs(checkout: Checkout) -> list[str]:
    commits = checkout.git("rev-list", "--reverse", "HEAD").split()
    return [checkout.git("rev-parse", f"{commit}:file.txt") for commit in commits]


def test_each_object_in_turn(checkout: Checkout, blobs: list[str]) -> None:
    ahead = ReadAhead(in_folder(checkout.path), blobs)
    for number, blob in enumerate(blobs):
        found = ahead.take(blob)
        assert found
        assert (found.kind, found.data) == ("blob", f"version {number}\n".encode())


def test_some_may_be_left_out_and_others_asked_for_too_early(checkout: Checkout, blobs: list[str]) -> None:
    ahead = ReadAhead(in_folder(checkout.path), [*blobs[:20], MISSING, *blobs[20:]])
    for number in (3, 1, 19):
        found = ahead.take(blobs[number])
        assert found
        assert found.data == f"version {number}\n".encode()
    assert ahead.take(MISSING) is None
    assert ahead.take(blobs[25])


def test_what_is_damaged_is_left_to_who_asks_for_it_alone(checkout: Checkout, blobs: list[str]) -> None:
    path = checkout.path / ".git/objects" / blobs[5][:2] / blobs[5][2:]
    other = checkout.path / ".git/objects" / blobs[6][:2] / blobs[6][2:]
    path.chmod(0o644)
    path.write_bytes(other.read_bytes())
    ahead = ReadAhead(in_folder(checkout.path), blobs)
    assert ahead.take(blobs[4])
    assert ahead.take(blobs[5]) is None
    assert ahead.take(blobs[4]) is None


def test_narrow_pipes_are_wide_enough(checkout: Checkout, blobs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The system gives a user whose pipes have much room already further ones of a page."""
    monkeypatch.setattr("milepost.repository.process._PIPE_SIZE", 4096)
    faulthandler.dump_traceback_later(30, exit=True)  # what waits for ever can't be caught
    many = blobs * 50
    ahead = ReadAhead(in_folder(checkout.path), many)
    found = [ahead.take(blob) for blob in many]
    faulthandler.cancel_dump_traceback_later()
    assert all(one and one.data.startswith(b"version") for one in found)
