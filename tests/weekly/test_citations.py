"""Reference files to download."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_paper, make_week
from tests.weekly.reading import links_of, read, read_draft
from weekly.citing import FORMATS
from weekly.models import WeekEntry

pytestmark = pytest.mark.django_db

ENDINGS = list(FORMATS)


def get(client: Client, address: str) -> HttpResponse:
    return client.get(address)


def items(client: Client, address: str) -> list[dict[str, Any]]:
    return json.loads(get(client, f"{address}cite.json").content)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_paper_is_downloaded_under_its_own_name(client: Client, ending: str) -> None:
    response = get(client, f"{make_paper(live=True, slug='on-things').get_url()}cite.{ending}")
    assert response["Content-Disposition"] == f'attachment; filename="on-things.{ending}"'
    assert response["Content-Type"] == FORMATS[ending].media_type


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_not_sent_twice_where_nothing_has_changed(client: Client, ending: str) -> None:
    address = f"{make_paper(live=True).get_url()}cite.{ending}"
    tag = get(client, address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_paper_comes_with_abstract_tags_and_authors(client: Client) -> None:
    (found,) = items(client, make_paper(live=True, tags=["agents"]).get_url())
    assert (found["abstract"], found["keyword"]) == ("We study one thing. It works.", "agents")
    assert [name["family"] for name in found["author"]] == ["One", "Two"]


def test_a_slug_may_be_of_any_script(client: Client) -> None:
    response = get(client, f"{make_paper(live=True, slug='物事').get_url()}cite.bib")
    assert response.status_code == 200
    assert "filename*=utf-8''" in response["Content-Disposition"]


def test_a_week_has_its_papers_in_order_those_without_a_page_too(client: Client) -> None:
    first, second = make_paper(live=True, title="First"), make_paper(title="Second")
    week = make_week(first, second, live=True)
    links = [{"label": "x", "url": "javascript:alert(1)"}, {"label": "Paper", "url": "https://example.org/b.pdf"}]
    WeekEntry.objects.filter(week=week, paper=second).update(links=links)
    found = items(client, week.get_url())
    assert [(one["title"], one["type"]) for one in found] == [("First", "article"), ("Second", "webpage")]
    assert found[1]["URL"] == "https://example.org/b.pdf"


def test_a_week_leaves_out_what_was_not_chosen(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    WeekEntry.objects.filter(week=week).update(chosen=False)
    assert items(client, week.get_url()) == []


@pytest.mark.parametrize("papers", [1, 8])
def test_a_weeks_cost_does_not_grow_with_its_papers(
    client: Client, papers: int, django_assert_max_num_queries: Any
) -> None:
    address = make_week(*(make_paper(live=True) for _number in range(papers)), live=True).get_url()
    items(client, address)
    with django_assert_max_num_queries(6):
        assert len(items(client, address)) == papers


@pytest.mark.parametrize("ending", ENDINGS)
def test_drafts_and_hidden_pages_are_not_found(client: Client, ending: str) -> None:
    hidden = make_paper(live=True)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    pages = [make_paper(), hidden, make_week(make_paper())]
    assert [get(client, f"{page.get_url()}cite.{ending}").status_code for page in pages] == [404, 404, 404]


@pytest.mark.parametrize("address", ["/papers/no/cite.bib", "/weeks/2024-05-06/cite.ris", "/papers/%00/cite.bib"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    make_paper(live=True)
    assert get(client, address).status_code == 404


def test_an_unknown_kind_of_file_is_not_found(client: Client) -> None:
    assert get(client, f"{make_paper(live=True).get_url()}cite.docx").status_code == 404


def test_another_languages_paper_stands_under_its_own_address(client: Client) -> None:
    paper = make_paper(live=True, code="en", title="In English", abstract_translated="It works.")
    assert paper.get_url().startswith("/en/")
    assert items(client, paper.get_url())[0]["title"] == "In English"


def test_pages_offer_their_files(client: Client) -> None:
    paper = make_paper(live=True)
    week = make_week(paper, live=True)
    for page in (paper, week):
        found = links_of(read(client, page).select_one(".cite"))
        assert found == [f"{page.get_url()}cite.{ending}" for ending in ENDINGS]


def test_a_pages_head_names_its_files_to_programs(client: Client) -> None:
    paper = make_paper(live=True)
    for page in (paper, make_week(paper, live=True)):
        links = {link["href"]: link["type"] for link in read(client, page).select("head link[rel=alternate][title]")}
        told = {ending: links.get(f"{page.get_url()}cite.{ending}") for ending in ENDINGS}
        assert told == {ending: form.media_type.split(";")[0] for ending, form in FORMATS.items()}


@pytest.mark.parametrize("address", ["/", "/weeks/", "/papers/", "/tags/agents/", "/corrections/"])
def test_a_list_names_no_files(client: Client, address: str) -> None:
    make_week(make_paper(live=True, tags=["agents"]), live=True)
    assert "cite." not in str(read(client, address).head)


def test_a_page_that_has_no_address_yet_can_be_previewed() -> None:
    paper = make_paper()
    draft = paper.get_latest_revision_as_object()
    draft.slug = ""
    assert draft.make_preview_request().status_code == 200
    assert read_draft(paper).select_one(".cite") is not None
