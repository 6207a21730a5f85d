"""A host site that mounts the digest elsewhere, inside its own frame: no address of ours is fixed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path, reverse
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from tests.factories import make_paper, make_week
from tests.weekly.crawling import crawl

pytestmark = pytest.mark.django_db

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("service/digest/", include("weekly.urls")),
    path("site/", include(wagtail_urls)),
]

FRAME = """<!doctype html><html><head><title>{% block title %}{% endblock %}</title>{% block head %}{% endblock %}</head>
<body><h1>The host's own frame</h1>{% block content %}{% endblock %}</body></html>"""
OWN = ("/service/digest/", "/site/")


@pytest.fixture(autouse=True)
def host(settings: Any, tmp_path: Path, digest: Any) -> None:
    """Another site: its own addresses, its own base template, no language in its addresses."""
    (tmp_path / "host_frame.html").write_text(FRAME)
    settings.ROOT_URLCONF = __name__
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    digest(BASE_TEMPLATE="host_frame.html")


@pytest.fixture
def found(client: Client) -> dict[str, str]:
    """Every answer that a reader of the host's digest can come to."""
    paper = make_paper(live=True, tags=["agents"], qas=2, title="On Things", title_translated="訳題")
    make_week(paper, make_paper(live=True), live=True, source_name="A list", source_url="https://example.org/")
    names = ["tags", "weeks-rss", "weeks-atom", "healthz"]
    api = ["weeks", "papers", "tags", "openapi-json", "openapi-view"]
    starts = [reverse(f"weekly:{name}") for name in names] + [reverse(f"weekly:api-v1:{name}") for name in api]
    return crawl(client, ["/site/", *starts])


def test_all_addresses_lie_where_the_host_put_them(found: dict[str, str]) -> None:
    assert all(address.startswith(OWN) for address in found)
    assert {"/site/weeks/2024-05-06/", "/service/digest/tags/agents/"} <= set(found)


def test_every_page_stands_in_the_hosts_frame(found: dict[str, str]) -> None:
    pages = {address: text for address, text in found.items() if "<html" in text and not address.endswith("/docs")}
    assert len(pages) >= 6
    assert [address for address, text in pages.items() if "The host's own frame" not in text] == []


def test_the_api_describes_itself_under_the_prefix(client: Client) -> None:
    told = client.get("/service/digest/api/v1/openapi.json").json()["paths"]
    assert all(address.startswith("/service/digest/api/v1/") for address in told)
    assert '"url": "/service/digest/api/v1/openapi.json"' in client.get("/service/digest/api/v1/docs").content.decode()


def test_lists_go_on_under_the_prefix(client: Client) -> None:
    for _number in range(2):
        make_paper(live=True)
    first = client.get("/service/digest/api/v1/papers?limit=1").json()
    assert first["next"].startswith("http://testserver/service/digest/api/v1/papers?")
    assert first["items"][0]["url"].startswith("http://testserver/site/papers/")


def test_a_feed_is_the_same_for_every_browser(client: Client) -> None:
    make_week(make_paper(live=True), live=True)
    feeds = [client.get(reverse("weekly:weeks-rss"), headers={"Accept-Language": tag}).content for tag in ("en", "ja")]
    assert feeds[0] == feeds[1]
