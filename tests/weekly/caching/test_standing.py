"""What stands around all pages: asked for once while nothing of it changes, and new for the very next reader.

The pages are read with a query that they do not know, so that they themselves are never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import Locale, Page, PageViewRestriction, Site

from papers.models import PaperIndexPage, PaperPage
from papers.standing import _Newest, remembered, standing_since
from tests.factories import make_home, make_paper, make_week
from tests.weekly.caching.test_processes import run_beside
from weekly.homes import open_home
from weekly.models import DigestIndexPage, DiscussionSettings, WeekIndexPage
from weekly.sections import sections_of

pytestmark = pytest.mark.django_db
Done = Callable[[], AbstractContextManager[Any]]
# How the questions for sites, homes and folders, languages, restrictions, and the settings of comments begin.
STANDING = (
    'FROM "wagtailcore_site"',
    'FROM "weekly_digestindexpage"',
    'FROM "wagtailcore_locale"',
    'SELECT 1 AS "a" FROM "wagtailcore_pageviewrestriction"',
    'FROM "weekly_discussionsettings"',
    'IN (SELECT "weekly_digestindexpage"',
)


def read(address: str, **headers: str) -> HttpResponse:
    return Client(headers=headers).get(f"{address}?utm_source=mail")


def asked(address: str, **headers: str) -> list[str]:
    """What a reader's page asks for of that which stands around all pages."""
    with CaptureQueriesContext(connection) as questions:
        assert read(address, **headers).status_code == 200
    told = [question["sql"].split(" WHERE EXISTS")[0] for question in questions]
    return [
        begin for begin in STANDING for sql in told if begin in sql.split("JOIN")[0] or begin == STANDING[-1] in sql
    ]


@pytest.fixture
def paper(cached: None) -> PaperPage:
    """A public paper, after whose first reader all that stands around it is known."""
    paper = make_paper(live=True, slug="one")
    make_week(paper, live=True)
    for address in ("/papers/one/", "/papers/", "/weeks/", "/"):
        assert read(address).status_code == 200
    return paper


@pytest.mark.parametrize("address", ["/papers/one/", "/papers/", "/weeks/", "/weeks/2024-05-06/", "/"])
def test_the_next_reader_asks_for_nothing_that_stands_around(paper: PaperPage, address: str) -> None:
    assert asked(address) == []
    assert STANDING[0] in asked(address, cookie="messages=x")


def test_no_host_makes_it_ask_again(settings: Any, paper: PaperPage) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    read("/papers/one/", host="a.example.org")
    assert asked("/papers/one/", host="b.example.org:8000") == []


# Changes


def test_a_digests_new_name(paper: PaperPage, done: Done) -> None:
    with done():
        home = DigestIndexPage.objects.get()
        home.title = "The Other Digest"
        home.save_revision().publish()
    assert b"The Other Digest" in read("/papers/one/").content


def test_a_folders_new_address(paper: PaperPage, done: Done) -> None:
    with done():
        folder = PaperIndexPage.objects.get()
        folder.slug = "articles"
        folder.save()
    assert [read(f"/{slug}/one/").status_code for slug in ("papers", "articles")] == [404, 200]


def test_a_folder_that_is_taken_back(paper: PaperPage, done: Done) -> None:
    with done():
        WeekIndexPage.objects.get().unpublish()
    assert read("/weeks/").status_code == 404
    assert b'href="/weeks/"' not in read("/papers/one/").content


@pytest.mark.parametrize("kind", [PaperPage, PaperIndexPage, DigestIndexPage])
def test_the_first_restriction_closes_a_page_and_opens_it_again(paper: PaperPage, done: Done, kind: type[Page]) -> None:
    with done():
        closed = PageViewRestriction.objects.create(page=kind.objects.get(), restriction_type="login")
    assert read("/papers/one/").status_code == 302
    with done():
        closed.delete()
    assert read("/papers/one/").status_code == 200


def test_comments_that_are_closed(paper: PaperPage, done: Done) -> None:
    assert b"/comments/new/" in read("/papers/one/").content
    with done():
        DiscussionSettings.objects.create(site=Site.objects.get(), comments_open=False)
    assert b"/comments/new/" not in read("/papers/one/").content
    with done():
        DiscussionSettings.objects.get().delete()
    assert b"/comments/new/" in read("/papers/one/").content


@pytest.mark.parametrize("beside", [DigestIndexPage, PaperIndexPage])
def test_a_page_that_is_put_before_homes_and_folders(paper: PaperPage, done: Done, beside: type[Page]) -> None:
    """They get new paths, by which what is below them is found."""
    with done():
        place = beside.objects.get()
        plain = place.get_parent().add_child(instance=Page(title="Plain", slug="plain", locale=place.locale))
    assert read("/papers/one/").status_code == 200
    with done():
        plain.move(beside.objects.get(), pos="left")
    assert beside.objects.get().path != place.path
    assert read("/papers/one/").status_code == 200


def test_a_page_that_begins_before_a_folder(paper: PaperPage, done: Done) -> None:
    folder = PaperIndexPage.objects.get()
    with done():
        folder.add_sibling(pos="left", instance=Page(title="Plain", slug="plain", locale=folder.locale))
    assert PaperIndexPage.objects.get().path != folder.path
    assert read("/papers/one/").status_code == 200


def test_a_page_below_a_folder_that_was_empty(cached: None, done: Done) -> None:
    home = make_home()
    home.get_children().delete()
    read("/")
    with done():
        home = DigestIndexPage.objects.get()
        home.add_child(instance=WeekIndexPage(title="Weeks", slug="weeks", locale=home.locale))
    assert read("/weeks/").status_code == 200


def test_a_second_language(paper: PaperPage, done: Done) -> None:
    assert b'<html lang="ko"' not in read("/ko/").content
    with done():
        open_home(Locale.objects.create(language_code="ko"))
    assert [read(address).status_code for address in ("/", "/ko/", "/ko/papers/")] == [200, 200, 200]
    assert b'<html lang="ko"' in read("/ko/").content
    assert asked("/ko/") == []


def test_a_site_with_another_home(paper: PaperPage, done: Done) -> None:
    with done():
        site = Site.objects.get()
        other = Page.get_first_root_node().add_child(
            instance=DigestIndexPage(title="Other", slug="other", locale=paper.locale)
        )
        site.root_page = other
        site.save()
    assert (read("/papers/one/").status_code, read("/").status_code) == (404, 200)
    assert b"<title>Other</title>" in read("/").content


def test_a_host_that_gets_a_site_of_its_own(settings: Any, paper: PaperPage, done: Done) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    read("/papers/one/", host="new.example.org")
    with done():
        other = Page.get_first_root_node().add_child(
            instance=DigestIndexPage(title="Other", slug="other", locale=paper.locale)
        )
        Site.objects.create(hostname="new.example.org", port=80, root_page=other)
    answers = [read("/papers/one/", host=host).status_code for host in ("new.example.org", "old.example.org")]
    assert answers == [404, 200]


def test_the_root_page_of_a_site_without_a_digest(settings: Any, paper: PaperPage, done: Done) -> None:
    settings.ROOT_URLCONF = __name__
    with done():
        root = Page.get_first_root_node().add_child(instance=Page(title="Old", slug="host", locale=paper.locale))
        Site.objects.create(hostname="testserver", port=80, root_page=root)
    assert b"Old" in read("/spoil/").content
    with done():
        root.title = "New"
        root.save()
    assert b"New" in read("/spoil/").content


def test_what_is_written_in_silence_shows_when_the_cache_is_cleared(paper: PaperPage) -> None:
    read("/papers/one/")
    Page.objects.filter(pk=DigestIndexPage.objects.get().pk).update(title="Written in silence")
    assert b"Written in silence" not in read("/papers/one/").content
    caches["digest"].clear()
    assert b"Written in silence" in read("/papers/one/").content


# What a request is given is its own


def spoil(request: HttpRequest) -> HttpResponse:
    """A host's view that changes all that it is given, and tells what that was."""
    site = Site.find_for_request(request)
    pages = [site.root_page, *sections_of(request)]
    told = [site.hostname, *(page.title for page in pages), *(page.locale.language_code for page in pages)]
    site.hostname = "spoiled"
    for page in pages:
        page.title = page.locale.language_code = "spoiled"
    return HttpResponse(" ".join(told))


urlpatterns = [
    path("spoil/", spoil),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("weekly.root_urls")),
    path("", include("weekly.urls")),
    path("", include(wagtail_urls)),
]


def test_what_one_request_changes_no_other_gets(settings: Any, paper: PaperPage) -> None:
    settings.ROOT_URLCONF = __name__
    told = [read("/spoil/").content for _time in range(3)]
    assert told == [told[0]] * 3
    assert b"spoiled" not in told[0]
    assert asked("/spoil/") == []


def test_a_draft_that_waits_is_told_to_whoever_asks(paper: PaperPage, done: Done) -> None:
    """A copy has no columns that change in silence: it asks for them."""
    told = []
    for title in ("First draft", "Second draft"):
        with done():
            home = DigestIndexPage.objects.get()
            home.title = title
            home.save_revision()
        with standing_since("one stamp"):
            copy = remembered("home", DigestIndexPage.objects.get)
        told.append((copy.title, copy.draft_title))
    assert [draft for _title, draft in told] == ["First draft", "Second draft"]
    assert told[0][0] == told[1][0] != "First draft"


def test_who_began_before_a_change_leaves_nothing_to_those_who_begin_after() -> None:
    with standing_since("old"):
        with standing_since("new"):
            assert remembered("key", lambda: "new") == "new"
        assert remembered("key", lambda: "old") == "old"
    with standing_since("new"):
        assert remembered("key", lambda: "newer") != "old"


def test_nothing_is_remembered_where_nobody_tells_a_stamp() -> None:
    made = iter(range(3))
    assert [remembered("number", lambda: next(made)) for _time in range(2)] == [0, 1]
    with standing_since(None):
        assert remembered("number", lambda: next(made)) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("store", ["files", "redis"], indirect=True)
def test_what_another_process_changes_is_new_here(settings: Any, store: str) -> None:
    make_paper(live=True, slug="one")
    assert read("/papers/one/").status_code == 200
    edit = """
from wagtail.models import PageViewRestriction
from papers.models import PaperPage
PageViewRestriction.objects.create(page=PaperPage.objects.get(slug="one"), restriction_type="login")
"""
    run_beside(settings, "shell", "--no-imports", "-c", edit)
    assert read("/papers/one/").status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("store", ["files"], indirect=True)
@pytest.mark.parametrize(("debug", "cookies"), [(False, {}), (False, {"cookie": "messages=x"}), (True, {})])
def test_a_language_that_another_process_begins_has_its_addresses_here(
    settings: Any, store: str, debug: bool, cookies: dict[str, str]
) -> None:
    """Wagtail keeps which homes belong to a site in the default cache, which may be each process's own."""
    settings.DEBUG = debug
    make_paper(live=True, slug="one")
    assert read("/papers/one/", **cookies).status_code == 200
    begin = """
from weekly.homes import locale_for, open_home
open_home(locale_for("en"))
"""
    run_beside(settings, "shell", "--no-imports", "-c", begin)
    told = [read(address, **cookies).content.decode() for address in ("/en/", "/en/papers/")]
    assert all('href="/en/papers/"' in page and 'href="None"' not in page for page in told)


def test_nothing_is_remembered_for_longer_than_a_page_is_kept() -> None:
    """A process may have been killed between a change and its drop."""
    with standing_since(7):
        assert remembered("told", lambda: 1) == 1
    _Newest.until = 0.0  # a day later
    with standing_since(7):
        assert remembered("told", lambda: 2) == 2
