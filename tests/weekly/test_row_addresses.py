"""Rows of lists lie where Wagtail says of their pages."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import clear_script_prefix, set_script_prefix
from django.utils.translation import override
from wagtail.models import Page, Site

from papers.addressing import Addresses
from papers.models import PaperIndexPage, PaperPage
from tests.factories import make_home, make_paper

pytestmark = pytest.mark.django_db


def request_to(host: str) -> HttpRequest:
    return RequestFactory().get("/", SERVER_NAME=host)


def assert_all_lie_where_wagtail_says(hosts: list[str]) -> None:
    pages = list(Page.objects.filter(depth__gt=1))
    for host in hosts:
        addresses = Addresses(request_to(host))
        found = [addresses.path(page) for page in pages]
        assert found == [page.get_url(request_to(host)) for page in pages]


def make_folder(parent: Page, slug: str) -> PaperIndexPage:
    return parent.add_child(instance=PaperIndexPage(title=slug, slug=slug, locale=parent.locale))


def make_papers(folder: Page, *slugs: str) -> None:
    for slug in slugs:
        page = folder.add_child(instance=PaperPage(title="T", slug="new", locale=folder.locale))
        PaperPage.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{folder.url_path}{slug}/")  # none is refused


def test_papers_of_several_languages_and_folders_and_sites() -> None:
    root, home = Page.get_first_root_node(), make_home()
    for code in ("ja", "ko"):
        make_paper(live=True, code=code, slug="one")
        make_paper(live=True, code=code, slug="논문-é")
    elsewhere = root.add_child(instance=Page(title="X", slug="elsewhere", locale=home.locale))
    make_papers(make_folder(elsewhere, "a"), "x", "y")
    make_papers(make_folder(home, "second"), "x", "y")
    assert_all_lie_where_wagtail_says(["testserver"])
    Site.objects.create(hostname="other.example", root_page=elsewhere)
    Site.objects.create(hostname="home.example", root_page=make_home("ko"), port=443)
    assert_all_lie_where_wagtail_says(["testserver", "other.example", "home.example"])


def test_a_paper_can_be_the_root_of_a_site() -> None:
    for slug in ("one", "two"):
        make_paper(live=True, slug=slug)
    Site.objects.create(hostname="two.example", root_page=PaperPage.objects.get(slug="two"))
    assert_all_lie_where_wagtail_says(["testserver", "two.example"])


@pytest.mark.parametrize("slugs", [("a.b", "one", "two"), ("one", "a.b", "two")])
def test_a_slug_that_no_address_holds_does_not_harm_those_beside_it(slugs: tuple[str, ...]) -> None:
    make_papers(make_folder(make_home(), "more"), *slugs)
    assert_all_lie_where_wagtail_says(["testserver"])
    found = {page.slug: Addresses(request_to("testserver")).path(page) for page in PaperPage.objects.all()}
    assert found == {"a.b": None, "one": "/more/one/", "two": "/more/two/"}


def test_what_is_remembered_follows_the_sites_the_language_and_the_prefix() -> None:
    make_paper(live=True, slug="one")
    home = make_home()
    assert_all_lie_where_wagtail_says(["testserver"])
    home.slug = "moved"
    home.save()
    assert_all_lie_where_wagtail_says(["testserver"])
    with override("ko"):
        assert_all_lie_where_wagtail_says(["testserver"])
    set_script_prefix("/below/")
    assert_all_lie_where_wagtail_says(["testserver"])
    clear_script_prefix()
    Site.objects.update(root_page=Page.get_first_root_node())
    Site.clear_site_root_paths_cache()
    assert_all_lie_where_wagtail_says(["testserver"])


def test_every_list_leads_to_the_papers_own_folders(client: Client) -> None:
    home = make_home()
    make_paper(live=True, slug="one", tags=["agents"])
    moved = make_paper(live=True, slug="moved", tags=["agents"])
    moved.move(make_folder(home, "second"), pos="last-child")
    for path in ("/papers/", "/tags/agents/", "/api/v1/papers", "/api/v1/tags/agents"):
        told = client.get(path).content.decode()
        assert "/papers/one/" in told
        assert "/second/moved/" in told
        assert "/papers/moved/" not in told
