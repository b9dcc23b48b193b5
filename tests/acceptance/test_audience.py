"""A public site holds nothing of an internal item, in no byte of any file, and does not lie about what is left."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository, Run

#: Stands in everything that is internal: ids, titles, reasons, people's words, file names and commit messages.
SECRET = "narwhal"

PLAN = """\
milepost: 1
title: Heron
vision: Anyone can publish a map.
repository: https://github.com/example/heron
audience: internal
people: {ada: {name: Ada Bright}, narwhal-bo: {name: Bo Narwhal}}
releases: {v1: 2027-04-01, narwhal-1: 2027-05-03}
"""
BETA = """\
id: beta
title: Public beta
due: v1
goal: self-serve
audience: public
depends_on: [importer, narwhal-deal, {item: narwhal-deal/sign, type: SS}]
tasks:
  - {id: page, title: The page, estimate: 3d, audience: public, depends_on: [narwhal-check], started: 2027-01-05}
  - {id: narwhal-check, title: Narwhal check, estimate: 3d}
"""
FILES: dict[str, str | bytes | None] = {
    "plan/milepost.yaml": PLAN,
    "plan/goals/self-serve.yaml": "id: self-serve\ntitle: Publish\ndue: 2027-12-31\naudience: public\n"
    "serves: narwhal-goal\n",
    "plan/goals/narwhal-goal.yaml": "id: narwhal-goal\ntitle: The Narwhal goal\n",
    "plan/milestones/importer.yaml": "id: importer\ntitle: Importer\ndue: 2027-02-01\naudience: public\n",
    "plan/milestones/beta.yaml": BETA,
    "plan/milestones/narwhal.yaml": "id: narwhal-deal\ntitle: Narwhal deal\ndue: narwhal-1\ngoal: self-serve\n"
    "owner: narwhal-bo\ndepends_on: [beta]\ntasks:\n"
    "  - {id: sign, title: Sign Narwhal, estimate: 1d, audience: public}\n",
    "plan/risks/narwhal.yaml": "id: narwhal-risk\ntitle: Narwhals leave\nthreatens: [beta]\nprobability: 30%\n",
    "plan/risks/rain.yaml": "id: rain\ntitle: Rain\nthreatens: [narwhal-deal, beta]\naudience: public\n",
    "plan/feedback/narwhal.yaml": "id: narwhal-said\nabout: importer\nsaid: Narwhals liked it\nfrom: Narwhal Ltd\n",
    "plan/reviews/narwhal.yaml": "id: narwhal-review\ndate: 2027-01-11\ndecisions: Sell to Narwhal\n",
}


def story(make_repository: MakeRepository) -> Checkout:
    """A plan with internal parts of every kind, which move, are renamed, are reached and are taken out."""
    checkout = make_repository()
    checkout.commit(FILES, message="Plan with Narwhal", day=date(2027, 1, 4))
    deal = str(FILES["plan/milestones/narwhal.yaml"])
    moved = deal.replace("due: narwhal-1", "due: 2027-06-01\nbecause: {external: Narwhal wants more}")
    later = BETA.replace("due: v1", "due: 2027-04-12\nbecause: {scope: one more page}")
    checkout.commit(
        {"plan/milestones/narwhal.yaml": moved, "plan/milestones/beta.yaml": later},
        message="Narwhal deal and beta move (#7)", day=date(2027, 1, 11),
    )  # fmt: skip
    renamed = moved.replace("id: narwhal-deal", "id: deal-of-narwhal\nwas: [narwhal-deal]")
    checkout.commit({"plan/milestones/narwhal.yaml": renamed}, message="Rename Narwhal", day=date(2027, 1, 12))
    gone: dict[str, str | bytes | None] = {"plan/risks/narwhal.yaml": None}
    checkout.commit(gone, message="Narwhals stay", day=date(2027, 1, 13))
    checkout.commit({"plan/milestones/narwhal-2.yaml": "id: [narwhal"}, message="Broken Narwhal", day=date(2027, 1, 14))
    checkout.commit({"plan/milestones/narwhal-2.yaml": None}, message="Mend Narwhal", day=date(2027, 1, 15))
    return checkout


def build(run: Run, checkout: Checkout, *more: str) -> Path:
    result = run("build", "--today", "2027-01-20", "-o", "out", *more, folder=checkout.path)
    assert result.exit_code == 0, result.output
    return checkout.path / "out"


def test_nothing_internal_is_in_any_byte(make_repository: MakeRepository, run: Run) -> None:
    site = build(run, story(make_repository), "--audience", "public")
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert SECRET not in path.relative_to(site).as_posix().lower()
        assert SECRET.encode() not in path.read_bytes().lower(), path


def test_what_is_public_is_all_there(make_repository: MakeRepository, run: Run) -> None:
    site = build(run, story(make_repository), "--audience", "public")
    beta = (site / "milestones/beta.html").read_text()
    for words in ("Public beta", "one more page", "Importer", "The page", "Rain"):
        assert words in beta
    assert "Public beta" in (site / "feed.xml").read_text()
    assert "This is the public part of the plan." in (site / "index.html").read_text()
    assert not (site / "milestones/deal-of-narwhal.html").exists()


def test_an_internal_site_holds_everything(make_repository: MakeRepository, run: Run) -> None:
    site = build(run, story(make_repository))
    assert "Narwhal deal" in (site / "index.html").read_text()
    assert "public part" not in (site / "index.html").read_text()


@pytest.mark.parametrize("is_bare", [False, True], ids=["a plan", "nothing public"])
def test_a_public_site_tells_nobody_what_to_type(make_repository: MakeRepository, run: Run, is_bare: bool) -> None:
    """Who reads it has no plan to change."""
    bare = {
        "plan/milepost.yaml": "milepost: 1\ntitle: Heron\n",
        "plan/goals/g.yaml": "id: g\ntitle: G\naudience: public\n",
    }
    site = build(run, make_repository(bare) if is_bare else story(make_repository), "--audience", "public")
    for path in site.rglob("*.html"):
        text = path.read_text()
        for word in ("<code>milepost ", "<code>due", "<code>goal", "<code>plan/", "<pre>"):
            assert word not in text, path.name


def test_a_milestone_stands_where_it_stands_though_its_tasks_are_hidden(
    make_repository: MakeRepository, run: Run
) -> None:
    checkout = story(make_repository)
    done = BETA.replace("started: 2027-01-05", "started: 2027-01-05, finished: 2027-01-15")
    checkout.commit({"plan/milestones/beta.yaml": done}, day=date(2027, 1, 15))
    beta = (build(run, checkout, "--audience", "public") / "milestones/beta.html").read_text()
    assert "In progress" in beta
    assert "Reached" not in beta
    assert "Work that is not public" in beta
    all_done = done.replace("title: Narwhal check", "title: Narwhal check, finished: 2027-01-18")
    checkout.commit({"plan/milestones/beta.yaml": all_done}, day=date(2027, 1, 18))
    beta = (build(run, checkout, "--audience", "public") / "milestones/beta.html").read_text()
    assert 'Reached <time datetime="2027-01-18">' in beta
    assert "Work that is not public" not in beta


def test_what_was_public_when_it_was_taken_out_is_still_told(make_repository: MakeRepository, run: Run) -> None:
    checkout = story(make_repository)
    checkout.commit({"plan/milestones/importer.yaml": None, "plan/milestones/narwhal.yaml": None},
                    day=date(2027, 1, 18))  # fmt: skip
    site = build(run, checkout, "--audience", "public")
    assert "Importer" in (site / "changes.html").read_text()
    assert all(SECRET not in path.read_text().lower() for path in site.rglob("*") if path.is_file())


@pytest.mark.parametrize("default", ["internal", "public"])
def test_the_plans_default_holds_for_what_says_nothing(make_repository: MakeRepository, run: Run, default: str) -> None:
    checkout = make_repository(
        {
            "plan/milepost.yaml": f"milepost: 1\ntitle: Heron\naudience: {default}\n",
            "plan/milestones/beta.yaml": "id: beta\ntitle: Public beta\ndue: 2027-03-15\n",
            "plan/milestones/odd.yaml": "id: odd\ntitle: Odd\ndue: 2027-03-15\naudience: internal\n",
        }
    )
    result = run("build", "--audience", "public", folder=checkout.path)
    assert (checkout.path / "site/milestones/beta.html").exists() == (default == "public")
    assert not (checkout.path / "site/milestones/odd.html").exists()
    assert ("No milestone is public" in result.stderr) == (default == "internal")


def test_the_load_of_the_team_is_not_for_everybody(make_repository: MakeRepository, run: Run) -> None:
    people = "people: {ada: {name: Ada}, cy: {name: Cy}, dana: {name: Dana, away: [2027-01-20..2027-02-20]}}\n"
    beta = "id: beta\ntitle: Public beta\ndue: 2027-04-01\nowner: ada\nestimate: 9d\n"
    plan = f"milepost: 1\ntitle: Heron\naudience: public\n{people}"
    checkout = make_repository({"plan/milepost.yaml": plan, "plan/milestones/beta.yaml": beta})
    assert "Working time" in (build(run, checkout) / "progress.html").read_text()
    page = (build(run, checkout, "--audience", "public") / "progress.html").read_text()
    assert "of 9 days of listed work are done" in page
    assert "Working time" not in page


AHEAD: dict[str, str | bytes | None] = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\naudience: internal\npeople: {ada: {name: Ada Bright}}\n",
    "plan/milestones/beta.yaml": "id: beta\ntitle: Public beta\ndue: 2027-03-05\ncommitment: promise\nowner: ada\n"
    "audience: public\ndepends_on: [narwhal-deal]\ntasks:\n"
    "  - {id: page, title: The page, estimate: 4d..6d, audience: public}\n"
    "  - {id: narwhal-check, title: Narwhal check, estimate: 2d..9d, depends_on: [page]}\n",
    "plan/milestones/narwhal.yaml": "id: narwhal-deal\ntitle: Narwhal deal\nestimate: 15d..20d\nowner: ada\n",
    "plan/milestones/free.yaml": "id: free\ntitle: Free maps\ndue: 2027-06-01\naudience: public\n"
    "depends_on: [narwhal-unsized]\nestimate: 1d..2d\n",
    "plan/milestones/unsized.yaml": "id: narwhal-unsized\ntitle: Narwhal unsized\n",
    "plan/risks/narwhal.yaml": "id: narwhal-risk\ntitle: Narwhals leave\nthreatens: [beta]\nprobability: 60%\n"
    "impact: 5d..9d\n",
    "plan/risks/rain.yaml": "id: rain\ntitle: Rain\nthreatens: [narwhal-deal, beta]\naudience: public\n"
    "probability: 50%\nimpact: 4d..8d\n",
}  # fmt: skip


def test_dates_of_a_public_site_follow_from_the_whole_plan(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({**AHEAD})
    whole = build(run, checkout)
    build(run, checkout, "--audience", "public", "-o", "public")
    public = checkout.path / "public"
    for page, words in (("forecast.html", r"80\s% sure by (\d+ \w+)"), ("milestones/beta.html", r"(\d+)\s% likely")):
        found = [re.findall(words, (site / page).read_text()) for site in (whole, public)]
        assert found[0] and found[0][0] == found[1][0]
    work = re.compile(r"The page: work from ([^<]*?), float")
    told = [work.findall((site / "timeline.html").read_text()) for site in (whole, public)]
    assert told[0] and told[0] == told[1]
    assert "Rain" in (public / "forecast.html").read_text()


def test_a_forecast_names_nothing_internal(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({**AHEAD})
    site = build(run, checkout, "--audience", "public")
    for path in site.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes().lower(), path
    assert "work that is not public" in (site / "forecast.html").read_text()


def test_a_circle_of_internal_work_is_told_without_its_names(make_repository: MakeRepository, run: Run) -> None:
    circle = "id: narwhal-unsized\ntitle: Narwhal\nestimate: 3d\ndepends_on: [narwhal-deal]\n"
    deal = str(AHEAD["plan/milestones/narwhal.yaml"]) + "depends_on: [narwhal-unsized]\n"
    files = {**AHEAD, "plan/milestones/unsized.yaml": circle, "plan/milestones/narwhal.yaml": deal}
    site = build(run, make_repository(files), "--audience", "public")
    for path in site.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes().lower(), path
    assert "There is no forecast" in (site / "forecast.html").read_text()
