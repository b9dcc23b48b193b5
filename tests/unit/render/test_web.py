import pytest

from milepost.render.site.links import safe_url
from milepost.render.web import parse_web_address

GITHUB = "https://github.com/example/heron"


@pytest.mark.parametrize(
    ("url", "edit", "commit"),
    [
        (GITHUB, f"{GITHUB}/edit/main/plan/a.yaml", f"{GITHUB}/commit/1a2b3c4"),
        (GITHUB + ".git", f"{GITHUB}/edit/main/plan/a.yaml", f"{GITHUB}/commit/1a2b3c4"),
        (GITHUB + "/", f"{GITHUB}/edit/main/plan/a.yaml", f"{GITHUB}/commit/1a2b3c4"),
        ("git@github.com:example/heron.git", f"{GITHUB}/edit/main/plan/a.yaml", f"{GITHUB}/commit/1a2b3c4"),
        ("ssh://git@github.com/example/heron", f"{GITHUB}/edit/main/plan/a.yaml", f"{GITHUB}/commit/1a2b3c4"),
        (
            "https://gitlab.com/a/b/c",
            "https://gitlab.com/a/b/c/-/edit/main/plan/a.yaml",
            "https://gitlab.com/a/b/c/-/commit/1a2b3c4",
        ),
        (
            "https://gitlab.example.org:8443/a/b",
            "https://gitlab.example.org:8443/a/b/-/edit/main/plan/a.yaml",
            "https://gitlab.example.org:8443/a/b/-/commit/1a2b3c4",
        ),
        (
            "https://codeberg.org/a/b",
            "https://codeberg.org/a/b/_edit/main/plan/a.yaml",
            "https://codeberg.org/a/b/commit/1a2b3c4",
        ),
    ],
)
def test_addresses_of_files_and_commits(url: str, edit: str, commit: str) -> None:
    address = parse_web_address(url)
    assert address
    assert address.edit("plan/a.yaml") == edit
    assert address.commit("1a2b3c4") == commit


@pytest.mark.parametrize(
    "url",
    [
        None, "", "https://git.example.org/a/b", "javascript:alert(1)//github.com/a/b", "ftp://github.com/a/b",
        "https://user:secret@github.com/a/b", "https://github.com/a", "https://github.com/a/b?x=1",
        "/srv/git/heron.git",
        "https://github.com/a/../b", "https://github.com/a/b\" onclick=\"x", "https://github.com/a/b#x", "../heron",
        "https://notgithub.example/a/b", "https://github.com/a b/c", "file:///home/ada/heron",
        "https://git hub.com/a/b",
    ],
)  # fmt: skip
def test_no_address_where_the_url_has_no_plausible_shape(url: str | None) -> None:
    assert parse_web_address(url) is None


def test_paths_and_branches_are_percent_encoded() -> None:
    address = parse_web_address(GITHUB, "feature/a b#1")
    assert address
    assert address.edit("plan/ü ?#%.yaml") == f"{GITHUB}/edit/feature/a%20b%231/plan/%C3%BC%20%3F%23%25.yaml"
    assert address.edit("plan/\udcff.yaml") == f"{GITHUB}/edit/feature/a%20b%231/plan/%FF.yaml"
    assert address.edit("plan/\ud800.yaml")


@pytest.mark.parametrize("path", ["", "..", "../x", "a//b", "/etc/passwd", "a/./b"])
def test_no_link_for_a_path_that_leads_elsewhere(path: str) -> None:
    address = parse_web_address(GITHUB)
    assert address
    assert address.edit(path) is None


@pytest.mark.parametrize("id", ["", "abc", "1a2b3c4/../x", "HEAD", "1A2B3C4D"])
def test_no_link_for_what_is_no_commit(id: str) -> None:
    address = parse_web_address(GITHUB)
    assert address
    assert address.commit(id) is None


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://example.org", "mailto:ada@example.org", "HTTPS://EXAMPLE.ORG/ü"]
)
def test_addresses_that_may_be_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//example.org", "/a", "a.html", "https://", "", "https://a b",
        "mailto:nobody",
        "https://a\"onclick=x", "https://a'b", "https://a<b", "https://a\x00b", "https://a\u202eb", "blob:https://a",
    ],
)  # fmt: skip
def test_addresses_that_stay_text(url: str) -> None:
    assert safe_url(url) is None
