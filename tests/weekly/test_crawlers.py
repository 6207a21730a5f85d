"""What programs find at the root of the site."""

from __future__ import annotations

from io import BytesIO
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from tests.factories import make_home, make_paper, make_week
from weekly.crawlers import in_markdown
from weekly.models import DigestIndexPage

pytestmark = pytest.mark.django_db


def rules(client: Client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def llms(client: Client) -> str:
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/weeks/", "/papers/x/", "/ko/", "/tags/", "/feeds/weeks.rss", "/share/papers/x.png"]
)
def test_robots_may_read_what_readers_read(client: Client, path: str) -> None:
    assert rules(client).can_fetch("Anybot", path)


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/3/", "/comments/new/?page=3", "/ko/reports/new/?page=3"])
def test_robots_are_kept_from_forms_and_editors(client: Client, path: str) -> None:
    assert not rules(client).can_fetch("Anybot", path)


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    assert rules(client).site_maps() == ["http://localhost/sitemap.xml"]


def test_llms_txt_begins_with_what_the_site_is(client: Client) -> None:
    make_home()
    lines = llms(client).splitlines()
    assert (lines[0], lines[1], lines[2].startswith("> ")) == ("# Paper Digest", "", True)


def test_llms_txt_names_the_weeks_and_the_ways_to_read(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True, title="Week [1]", theme="A *theme*")
    text = llms(client)
    assert f"- [Week \\[1\\]]({week.full_url}): A \\*theme\\*" in text
    assert all(f"(http://localhost{path})" in text for path in ("/tags/", "/feeds/papers.json", "/api/v1/openapi.json"))


def test_llms_txt_has_a_part_for_each_language(client: Client) -> None:
    make_home()
    make_week(make_paper(live=True, code="ko"), live=True, code="ko", title="주간")
    text = llms(client)
    assert text.index("## Paper Digest (ja)") < text.index("## Paper Digest (ko)") < text.index("[주간]")


def test_llms_txt_of_a_site_without_a_digest_is_short(client: Client) -> None:
    assert llms(client).strip() == "# http://localhost"


def test_what_is_not_public_is_not_in_llms_txt(client: Client) -> None:
    make_week(make_paper(), title="Draft week")
    PageViewRestriction.objects.create(page=make_home("ko"), restriction_type=PageViewRestriction.LOGIN)
    text = llms(client)
    assert "Draft week" not in text
    assert "(ko)" not in text


def test_an_introduction_stays_on_its_line(client: Client) -> None:
    make_home()
    DigestIndexPage.objects.update(introduction="One\n\n# Two <b>")
    assert ": One \\# Two \\<b\\>" in llms(client)


@pytest.mark.parametrize(
    ("text", "line"), [("a\n b", "a b"), ("[x](y)", "\\[x\\](y)"), ("`*_`", "\\`\\*\\_\\`"), ("", "")]
)
def test_a_text_is_one_line_of_markdown(text: str, line: str) -> None:
    assert in_markdown(text) == line


def test_the_icon_has_three_sizes(client: Client) -> None:
    response = client.get("/favicon.ico")
    icon = Image.open(BytesIO(response.content))
    assert response["Content-Type"] == "image/x-icon"
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize("name", ["robots.txt", "llms.txt", "favicon.ico", "sitemap.xml"])
def test_each_stands_at_the_root_alone(client: Client, name: str) -> None:
    make_home("ko")
    assert client.get(f"/{name}").status_code == 200
    assert client.get(f"/ko/{name}").status_code == 404
