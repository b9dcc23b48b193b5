"""What `build` may be relied on for: it swaps in a whole site, deletes nothing of anybody else, and repeats itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from milepost.cli.publish import publish_site
from milepost.errors import MilepostError
from tests.conftest import Checkout, MakeRepository, Run

PLAN = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\nrepository: https://github.com/example/heron\n",
    "plan/milestones/beta.yaml": "id: beta\ntitle: Public beta\ndue: 2027-03-15\ncommitment: promise\n",
}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_second_build_replaces_the_first(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(PLAN)
    assert run("build", folder=checkout.path).exit_code == 0
    assert (checkout.path / "site/milestones/beta.html").exists()
    renamed = PLAN["plan/milestones/beta.yaml"].replace("id: beta", "id: gamma")
    checkout.commit({"plan/milestones/beta.yaml": renamed})
    assert run("build", folder=checkout.path).exit_code == 0
    assert not (checkout.path / "site/milestones/beta.html").exists()
    assert (checkout.path / "site/milestones/gamma.html").exists()
    left_over = [path.name for path in checkout.path.iterdir() if path.name.startswith(".site")]
    assert left_over == []


@pytest.mark.parametrize("inside_a_site", [False, True])
def test_a_folder_with_a_file_of_somebody_else_is_refused_and_untouched(
    make_repository: MakeRepository, run: Run, inside_a_site: bool
) -> None:
    checkout = make_repository(PLAN)
    if inside_a_site:
        run("build", folder=checkout.path)
    checkout.write({"site/mine.txt": "mine\n"})
    before = digest(checkout.path / "site")
    result = run("build", folder=checkout.path)
    assert (result.exit_code, "mine.txt" in result.stderr) == (2, True)
    assert digest(checkout.path / "site") == before


def test_neither_a_forged_mark_nor_an_edited_page_costs_anybody_a_file(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = make_repository(PLAN)
    checkout.write({"forged/.milepost-site": "a.txt\n", "forged/a.txt": "precious\n"})
    assert run("build", "-o", "forged", folder=checkout.path).exit_code == 2
    run("build", folder=checkout.path)
    checkout.write({"site/index.html": "edited\n"})
    assert run("build", folder=checkout.path).exit_code == 2
    assert (checkout.path / "site/index.html").read_text() == "edited\n"


@pytest.mark.parametrize("target", ["n" * 300, "/", "garbled"])
def test_an_odd_target_is_refused_in_a_sentence(make_repository: MakeRepository, run: Run, target: str) -> None:
    checkout = make_repository(PLAN)
    checkout.write({"garbled/.milepost-site": b"\xff\xfe", "garbled/mine.txt": "mine\n"})
    result = run("build", "-o", target, folder=checkout.path)
    assert result.exit_code in (2, 3), result.output
    assert "hint:" in result.stderr


def test_a_link_is_never_replaced_or_written_through(make_repository: MakeRepository, run: Run, tmp_path: Path) -> None:
    checkout = make_repository(PLAN)
    outside = tmp_path / "outside"
    outside.mkdir()
    (checkout.path / "site").symlink_to(outside)
    assert run("build", folder=checkout.path).exit_code == 2
    assert list(outside.iterdir()) == []


def test_a_build_that_fails_half_way_leaves_the_old_site_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_site(site, {"index.html": b"old", "style.css": b"old"})
    before = digest(site)
    with pytest.raises(MilepostError):
        publish_site(site, {"index.html": b"new", "x" * 300 + ".html": b"no system has such long names"})
    assert digest(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_are_the_same_to_the_byte_on_any_machine(make_repository: MakeRepository, tmp_path: Path) -> None:
    checkout = make_repository(PLAN)
    copy = tmp_path / "elsewhere"
    subprocess.run(["git", "clone", "--quiet", str(checkout.path), str(copy)], check=True)
    subprocess.run(["git", "-C", str(copy), "remote", "remove", "origin"], check=True)
    odd = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    _build(checkout, tmp_path / "one", {"PYTHONHASHSEED": "1", "TZ": "America/Adak"}, checkout.path)
    _build(Checkout(copy), tmp_path / "two", odd, tmp_path)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def _build(checkout: Checkout, target: Path, environment: dict[str, str], working_folder: Path) -> None:
    command = [sys.executable, "-m", "milepost", "build", "-C", str(checkout.path), "-o", str(target)]
    subprocess.run(
        [*command, "--today", "2027-02-22"], check=True, capture_output=True, cwd=working_folder,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_every_item_links_to_its_file_in_the_web_editor(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(PLAN)
    run("build", folder=checkout.path)
    page = (checkout.path / "site/milestones/beta.html").read_text(encoding="utf-8")
    assert 'href="https://github.com/example/heron/edit/main/plan/milestones/beta.yaml"' in page


def test_started_in_a_subfolder_the_site_lies_beside_the_plan(make_repository: MakeRepository, run: Run) -> None:
    beta = "id: beta\ntitle: Beta\ndue: 2027-03-01\n"
    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n", "plan/milestones/beta.yaml": beta})
    assert run("build", "--today", "2027-01-04", folder=checkout.path / "plan" / "milestones").exit_code == 0
    assert (checkout.path / "site" / "index.html").is_file()
    assert not (checkout.path / "plan" / "milestones" / "site").exists()
