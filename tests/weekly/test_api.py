"""The public JSON, as programs read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_editor, make_paper, make_qa, make_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
Get = Callable[..., Any]


def public_week(**fields: Any) -> WeekPage:
    """A public week of one public paper."""
    return make_week(make_paper(live=True), live=True, **fields)


def pages_of(client: Client, address: str) -> Iterator[list[Json]]:
    """The items of each page of a list, following `next` to its end."""
    while address:
        answer = client.get(address).json()
        yield answer["items"]
        address = answer["next"]


# Weeks


def test_a_week_carries_its_texts_and_where_they_come_from(get: Get) -> None:
    public_week(source_name="A list", source_url="https://example.org/list", introduction="序です。")
    week = get("weeks/2024-05-06")
    assert (week["start"], week["end"], week["language"]) == ("2024-05-06", "2024-05-12", "ja")
    assert (week["theme"], week["overview"], week["introduction"]) == ("主題", "概観です。\n\n続きです。", "序です。")
    assert week["source"] == {"key": "dair-ai", "name": "A list", "url": "https://example.org/list"}


def test_a_week_names_the_machine_and_the_person(get: Get) -> None:
    week = make_week(make_paper(), provenance={"theme": {"backend": "openai", "model": "tiny", "hash": "x"}})
    week.latest_revision.publish(user=make_editor(first_name="Alice", last_name="Ando"))
    provenance = get("weeks/2024-05-06")["provenance"]
    assert (provenance["backend"], provenance["model"]) == ("openai", "tiny")
    assert provenance["reviewed_by"] == "Alice Ando"
    assert provenance["reviewed_at"]


def test_a_week_lists_its_entries_in_order_each_with_its_paper(get: Get) -> None:
    first, second = make_paper(live=True), make_paper(live=True)
    make_week(first, second, live=True)
    entries = get("weeks/2024-05-06")["entries"]
    assert [entry["rank"] for entry in entries] == [1, 2]
    assert [entry["paper"]["slug"] for entry in entries] == [first.slug, second.slug]


def test_an_entry_whose_paper_is_no_public_page_stands_without_it(get: Get) -> None:
    make_week(make_paper(title="Still a draft"), live=True)
    (entry,) = get("weeks/2024-05-06")["entries"]
    assert (entry["title"], entry["note"], entry["paper"]) == ("Still a draft", "A note.", None)


def test_an_entry_that_is_not_chosen_does_not_show(get: Get) -> None:
    week = public_week()
    week.entries.update(chosen=False)
    assert get("weeks/2024-05-06")["entries"] == []


def test_an_entry_shows_only_links_that_a_browser_fetches(get: Get) -> None:
    week = public_week()
    good = {"label": "Paper", "url": "https://example.org/a(1)"}
    week.entries.update(links=[good, {"label": "Tweet", "url": "javascript:alert(1)"}])
    assert get("weeks/2024-05-06")["entries"][0]["links"] == [good]


def test_of_two_lists_of_one_week_the_first_shows_unless_the_other_is_asked_for(get: Get) -> None:
    public_week(title="One")
    public_week(title="Other", slug="other", source="by-hand")
    assert get("weeks/2024-05-06")["title"] == "One"
    assert get("weeks/2024-05-06", source="by-hand")["title"] == "Other"
    assert [week["source"]["key"] for week in get("weeks")["items"]] == ["by-hand", "dair-ai"]


def test_an_unknown_week_is_told_so(get: Get) -> None:
    make_week(start=date(2024, 5, 13))
    answer = get("weeks/2024-05-13", status=404)
    assert answer == {"detail": "There is no public week in ja that starts on 2024-05-13."}


# Papers


def test_a_paper_carries_its_facts(get: Get) -> None:
    paper = make_paper(
        live=True,
        title="On Things",
        title_translated="訳題",
        categories="cs.CL x.YZ cs.CL",
        updated_on=date(2024, 5, 9),
    )
    shown = get(f"papers/{paper.slug}")
    assert (shown["title_translated"], shown["authors"]) == ("訳題", ["Ada One", "Ben Two"])
    assert (shown["published"], shown["updated"], shown["withdrawn"]) == ("2024-05-07", "2024-05-09", False)
    names = [("cs.CL", "Computation and Language"), ("x.YZ", "x.YZ")]
    assert [(found["code"], found["name"]) for found in shown["categories"]] == names


def test_a_paper_points_to_arxiv_with_its_version(get: Get) -> None:
    shown = get(f"papers/{make_paper(live=True, arxiv_id='2405.09999', arxiv_version=3).slug}")
    assert (shown["arxiv_id"], shown["arxiv_version"]) == ("2405.09999", 3)
    assert shown["source_url"] == "https://arxiv.org/abs/2405.09999v3"
    assert shown["pdf_url"] == "https://arxiv.org/pdf/2405.09999v3"


def test_a_paper_outside_arxiv_points_to_its_own_address(get: Get) -> None:
    shown = get(f"papers/{make_paper(live=True, arxiv_id=None, source_url='https://example.org/card').slug}")
    assert (shown["source_url"], shown["pdf_url"], shown["arxiv_id"]) == ("https://example.org/card", None, None)


def test_a_paper_has_its_abstract_in_both_languages(get: Get) -> None:
    shown = get(f"papers/{make_paper(live=True, abstract='It works.', abstract_translated='うまくいく。').slug}")
    assert shown["abstract"] == {"text": "うまくいく。", "original": "It works."}


def test_an_answer_has_its_place_its_maker_and_its_pages(get: Get) -> None:
    paper = make_paper(live=True, qas=2, arxiv_id="2405.08888")
    first, second = get(f"papers/{paper.slug}")["qa"]
    assert (first["key"], first["id"]) == ("00000001", "00000001-0000-4000-8000-000000000000")
    assert (first["kind"], first["backend"], first["model"]) == ("result", "openai", "tiny")
    (cited,) = second["citations"]
    assert (cited["page"], cited["verified"]) == (2, True)
    assert cited["url"] == "https://arxiv.org/pdf/2405.08888v1#page=2"


def test_a_citation_without_a_page_or_a_pdf_has_no_address(get: Get) -> None:
    cited = [{"page": None, "quote": "so it is", "verified": False}]
    paper = make_paper(live=True, qa=[make_qa(1, citations=cited), make_qa(2)], arxiv_id=None, arxiv_version=None)
    first, second = (found["citations"][0] for found in get(f"papers/{paper.slug}")["qa"])
    assert (first["page"], first["url"]) == (None, None)
    assert (second["page"], second["url"]) == (2, None)


def test_a_paper_names_the_public_weeks_that_list_it(get: Get) -> None:
    paper = make_paper(live=True)
    make_week(paper, live=True)
    make_week(paper, live=True, start=date(2024, 5, 13))
    make_week(paper, start=date(2024, 5, 20))
    assert [week["start"] for week in get(f"papers/{paper.slug}")["weeks"]] == ["2024-05-13", "2024-05-06"]


def test_page_texts_and_money_are_no_part_of_a_paper(get: Get) -> None:
    shown = get(f"papers/{make_paper(live=True, qas=1).slug}")
    assert not {"pages", "comment", "cost", "provenance_hash", "source_note", "listed_note"} & set(shown)
    assert set(shown["provenance"]) == {"backend", "model", "reviewed_by", "reviewed_at"}


def test_text_stays_the_plain_text_that_it_is(get: Get) -> None:
    paper = make_paper(live=True, summary="a <think> & 「b」")
    assert get(f"papers/{paper.slug}")["summary"] == "a <think> & 「b」"


def test_japanese_is_not_escaped(client: Client) -> None:
    make_paper(live=True)
    assert "一行の要約です。" in client.get("/api/v1/papers").content.decode()


# Tags


def test_tags_come_with_how_many_public_papers_carry_them(get: Get) -> None:
    make_paper(live=True, tags=["agents", "memory"])
    make_paper(live=True, tags=["agents"])
    make_paper(tags=["agents", "secret"])
    assert [(tag["slug"], tag["papers"]) for tag in get("tags")["items"]] == [("agents", 2), ("memory", 1)]


def test_a_tag_lists_its_papers_with_all_their_tags(get: Get) -> None:
    paper = make_paper(live=True, tags=["agents", "memory"])
    make_paper(live=True, tags=["memory"])
    answer = get("tags/agents")
    assert answer["tag"]["url"] == "http://testserver/tags/agents/"
    assert [found["slug"] for found in answer["items"]] == [paper.slug]
    assert [tag["name"] for tag in answer["items"][0]["tags"]] == ["agents", "memory"]


def test_a_tag_that_only_drafts_carry_is_unknown(get: Get) -> None:
    make_paper(tags=["secret"])
    assert get("tags/secret", status=404) == {"detail": "No public paper in ja carries the tag “secret”."}


def test_a_tag_of_signs_alone_has_an_address(get: Get) -> None:
    make_paper(live=True, tags=["+++"])
    make_paper(live=True, tags=["&&&"])
    assert {get(f"tags/{tag['slug']}")["tag"]["name"] for tag in get("tags")["items"]} == {"+++", "&&&"}


# Lists


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_papers_join_without_gap_or_repeat(client: Client, limit: int) -> None:
    days = [date(2024, 5, 1), date(2024, 5, 3)]
    papers = [make_paper(live=True, published_on=days[number % 2]) for number in range(7)]
    newest = sorted(papers, key=lambda paper: (paper.published_on, paper.pk), reverse=True)
    pages = list(pages_of(client, f"/api/v1/papers?limit={limit}"))
    assert [item["slug"] for page in pages for item in page] == [paper.slug for paper in newest]
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_pages_of_weeks_join_without_gap_or_repeat(client: Client) -> None:
    starts = [date(2024, 5, 6) + timedelta(weeks=number) for number in range(5)]
    for start in starts:
        public_week(start=start)
    shown = [item["start"] for page in pages_of(client, "/api/v1/weeks?limit=2") for item in page]
    assert shown == [start.isoformat() for start in reversed(starts)]


def test_pages_of_tags_join_without_gap_or_repeat(client: Client) -> None:
    for number in range(5):
        make_paper(live=True, tags=["all", f"t{number}", f"u{number}"])
    shown = [item["slug"] for page in pages_of(client, "/api/v1/tags?limit=3") for item in page]
    assert shown[0] == "all"
    assert sorted(shown[1:]) == sorted(f"{letter}{number}" for letter in "tu" for number in range(5))


def test_pages_of_a_tag_keep_what_else_was_asked(client: Client) -> None:
    for _number in range(3):
        make_paper(live=True, tags=["agents"], code="ko")
    pages = list(pages_of(client, "/api/v1/tags/agents?limit=2&language=ko"))
    assert [len(page) for page in pages] == [2, 1]


def test_a_cursor_stays_good_when_its_paper_goes(client: Client, get: Get) -> None:
    papers = [make_paper(live=True) for _number in range(3)]
    address = get("papers", limit=1)["next"]
    papers[-1].unpublish()
    assert client.get(address).json()["items"][0]["slug"] == papers[1].slug


def test_the_last_page_says_so_and_an_empty_list_is_a_list(get: Get) -> None:
    assert get("papers") == {"items": [], "after": None, "next": None}
    assert get("weeks") == {"items": [], "after": None, "next": None}
    assert get("tags") == {"items": [], "after": None, "next": None}


# Languages


def test_the_sites_language_shows_where_none_is_asked_for(get: Get, client: Client) -> None:
    japanese, _korean = make_paper(live=True), make_paper(live=True, code="ko")
    assert [item["slug"] for item in get("papers")["items"]] == [japanese.slug]
    english = client.get("/api/v1/papers", headers={"Accept-Language": "ko"}).json()
    assert [item["slug"] for item in english["items"]] == [japanese.slug]


def test_another_language_shows_where_it_is_asked_for(get: Get, client: Client) -> None:
    korean = make_paper(live=True, code="ko")
    make_week(korean, live=True, code="ko")
    assert get("papers", language="KO")["items"][0]["url"] == f"http://testserver/ko/papers/{korean.slug}/"
    assert get("weeks/2024-05-06", language="ko")["language"] == "ko"
    assert len(client.get("/ko/api/v1/weeks").json()["items"]) == 1
