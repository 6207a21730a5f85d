"""What readers see where something is not there, not for them, or broken: in their language, with a way on."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import bad_request, server_error
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_home, make_paper, make_week
from tests.weekly.reading import language_of, links_of, text_of


@pytest.fixture
def faulty(client: Client, settings: Any) -> Client:
    """A client of a site that has an address for each fault, and that answers as it would to readers."""
    settings.ROOT_URLCONF = "tests.browser.faulty_urls"
    client.raise_request_exception = False
    return client


def read(client: Client, address: str, status: int) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


# Not found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language", "says"),
    [("/no/", "ja", "ページが見つかりません"), ("/ko/no/", "ko", "페이지를 찾을 수 없습니다")],
)
def test_what_is_not_found_is_told_in_the_language_of_its_address(
    client: Client, address: str, language: str, says: str
) -> None:
    soup = read(client, address, 404)
    assert (soup.html["lang"], text_of(soup.h1)) == (language, says)


@pytest.mark.django_db
def test_a_reader_whose_paper_is_gone_can_search_and_go_home(client: Client) -> None:
    paper = make_paper(live=True)
    address = paper.get_url()
    paper.unpublish()
    soup = read(client, address, 404)
    assert soup.select_one("main form[role=search]")["action"] == "/search/"
    assert {"/", "/weeks/", "/papers/", "/tags/"} <= set(links_of(soup.select_one("main")))


@pytest.mark.django_db
def test_what_was_typed_there_is_searched_for(client: Client) -> None:
    make_paper(live=True, title="Cats", title_translated="猫の論文")
    form = read(client, "/no/", 404).select_one("main form[role=search]")
    found = read(client, f"{form['action']}?{form.select_one('input')['name']}=猫", 200)
    assert [text_of(hit) for hit in found.select(".found h2 a")] == ["猫の論文"]


@pytest.mark.django_db
def test_no_search_engine_keeps_a_fault(faulty: Client) -> None:
    robots = [
        read(faulty, address, status).select_one("meta[name=robots]")
        for address, status in (("/no/", 404), ("/forbidden/", 403), ("/fault/", 500))
    ]
    assert [tag["content"] for tag in robots] == ["noindex"] * 3


# Refused


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/forbidden/", 403), ("/no-token/", 403)])
def test_who_is_refused_is_led_on(faulty: Client, address: str, status: int) -> None:
    make_home()
    assert "/weeks/" in links_of(read(faulty, address, status).select_one("main"))


@pytest.fixture
def locked(db: None) -> PaperPage:
    paper = make_paper(live=True, title="Secret", title_translated="秘密", tags=["covert"], summary="内緒。")
    PageViewRestriction.objects.create(page=paper, restriction_type=PageViewRestriction.PASSWORD, password="sesame")
    return paper


def test_a_page_behind_a_password_asks_for_it_and_tells_nothing(client: Client, locked: PaperPage) -> None:
    text = client.get(locked.get_url()).content.decode()
    assert 'type="password"' in text
    assert [word for word in ("Secret", "秘密", "covert", "内緒", "ld+json") if word in text] == []


def test_the_password_opens_it(client: Client, locked: PaperPage) -> None:
    form = BeautifulSoup(client.get(locked.get_url()).content, "html.parser").select_one("main form")
    back = form.select_one("[name=return_url]")["value"]
    answer = client.post(form["action"], {"password": "sesame", "return_url": back}, follow=True)
    assert "秘密" in answer.content.decode()


def test_a_wrong_password_is_told_in_the_pages_language(client: Client, locked: PaperPage) -> None:
    form = BeautifulSoup(client.get(locked.get_url()).content, "html.parser").select_one("main form")
    answer = client.post(form["action"], {"password": "x", "return_url": "/"}, headers={"accept-language": "en"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.select_one(".errorlist") is not None
    assert language_of(soup.select_one("main form")) == "ja"


# Broken; without the database fixture any query fails


@pytest.mark.parametrize(("language", "says"), [("ja", "問題が起きました"), ("en", "Something went wrong")])
def test_a_fault_is_told_without_a_database(rf: RequestFactory, language: str, says: str) -> None:
    with override(language):
        answer = server_error(rf.get("/"))
    soup = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, text_of(soup.h1), soup.html["lang"]) == (500, says, language)


@pytest.mark.parametrize(("language", "home"), [("ja", "/"), ("ko", "/ko/")])
def test_a_fault_leads_to_the_home_of_its_language(rf: RequestFactory, language: str, home: str) -> None:
    with override(language):
        pages = [server_error(rf.get("/")), bad_request(rf.get("/"), ValueError())]
    assert [links_of(BeautifulSoup(page.content, "html.parser"))[-1] for page in pages] == [home, home]


def test_a_fault_loads_nothing_that_may_be_broken_too(rf: RequestFactory) -> None:
    soup = BeautifulSoup(server_error(rf.get("/")).content, "html.parser")
    assert soup.select("link, script, img") == []


# A site that has not begun


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/ko/"])
def test_a_site_without_a_digest_says_so_at_its_root(client: Client, address: str) -> None:
    soup = read(client, address, 200)
    assert "Wagtail" not in soup.get_text()
    assert "/admin/" in links_of(soup.select_one("main"))


@pytest.mark.django_db
def test_with_the_first_week_the_digest_takes_its_place(client: Client) -> None:
    make_week(make_paper(live=True), live=True)
    assert read(client, "/", 200).select_one(".newest") is not None
