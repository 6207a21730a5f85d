"""The index of tags and the pages of tags."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.keyset import PAGE_SIZE
from papers.models import PaperPage, PaperTag, TagDescription, TaggedPaper
from papers.tagging import merge_tag
from tests.factories import make_paper
from tests.weekly.reading import language_of, links_of, read, text_of
from weekly import views

pytestmark = pytest.mark.django_db


def tagged(number: int, *tags: str, **fields: Any) -> list[PaperPage]:
    """Public papers with these tags, a day apart, oldest first."""
    return [make_paper(live=True, tags=tags, published_on=date(2024, 1, 1 + n), **fields) for n in range(number)]


def titles(soup: Any) -> list[str]:
    return [text_of(link) for link in soup.select(".paper-list h2 a")]


# The index


def test_tags_stand_by_the_number_of_their_papers(client: Client) -> None:
    tagged(1, "rare")
    tagged(2, "common")
    found = [text_of(tag) for tag in read(client, "/tags/").select(".tag-index li")]
    assert found == ["common 2", "rare 1"]


def test_the_index_leads_to_pages_that_are_there(client: Client) -> None:
    tagged(1, "情報検索", "C++", "c#", "state-space models")
    links = links_of(read(client, "/tags/").select_one(".tag-index"))
    assert [client.get(link).status_code for link in links] == [200] * 4


def test_an_index_without_tags_says_so(client: Client) -> None:
    make_paper(tags=["draft"])
    assert text_of(read(client, "/tags/").select_one(".tag-index")).startswith("まだタグはありません")


def test_a_long_index_goes_on(client: Client) -> None:
    tagged(1, *(f"tag {number}" for number in range(views.TAGS_SHOWN + 1)))
    first = read(client, "/tags/")
    rest = read(client, "/tags/" + first.select_one(".pager .next")["href"])
    assert [len(page.select(".tag-index li")) for page in (first, rest)] == [views.TAGS_SHOWN, 1]


def test_a_broken_place_in_the_index_is_not_there(client: Client) -> None:
    tagged(1, "a")
    assert client.get("/tags/?after=x").status_code == 404


# A tag's page


def test_it_lists_a_tags_papers_newest_first(client: Client) -> None:
    papers = tagged(3, "agents")
    tagged(1, "other")
    soup = read(client, "/tags/agents/")
    assert titles(soup) == [paper.title for paper in reversed(papers)]
    assert "論文3本" in text_of(soup.select_one(".page-head"))


def test_an_entry_has_both_titles_and_the_beginning_of_the_summary(client: Client) -> None:
    make_paper(live=True, tags=["agents"], title="On Things", title_translated="物事について", summary="要" * 300)
    entry = read(client, "/tags/agents/").select_one(".paper-list li")
    assert language_of(entry.select_one(".original-title")) == "en"
    assert "要" * 179 + "…" in text_of(entry)
    assert "要" * 180 not in text_of(entry)


def test_a_page_goes_on_where_the_one_before_ended(client: Client) -> None:
    papers = tagged(PAGE_SIZE + 1, "agents")
    first = read(client, "/tags/agents/")
    rest = read(client, "/tags/agents/" + first.select_one(".pager .next")["href"])
    assert titles(first) + titles(rest) == [paper.title for paper in reversed(papers)]
    assert "/tags/agents/" in links_of(rest.select_one(".pager"))


def test_a_list_that_fits_has_no_pager(client: Client) -> None:
    tagged(1, "agents")
    assert read(client, "/tags/agents/").select(".pager") == []


def test_it_names_the_tags_that_stand_beside_it(client: Client) -> None:
    tagged(2, "agents", "memory")
    tagged(1, "agents", "tools")
    tagged(1, "elsewhere")
    related = [text_of(tag) for tag in read(client, "/tags/agents/").select(".related li")]
    assert related == ["memory 2", "tools 1"]


def test_the_tags_beside_it_stay_the_same_through_the_list(client: Client) -> None:
    tagged(1, "agents", "memory")
    tagged(PAGE_SIZE, "agents")
    later = read(client, "/tags/agents/?after=2024-01-02.99999")
    assert [text_of(tag) for tag in later.select(".related li")] == ["memory 1"]


def test_a_description_stands_at_the_head_of_the_first_page_in_its_language_alone(client: Client) -> None:
    tagged(1, "agents")
    tag = PaperTag.objects.get()
    for language, text in (("ja", "自ら動くもの。<b>"), ("ko", "스스로")):
        TagDescription.objects.create(tag=tag, language=language, text=text)
    head = text_of(read(client, "/tags/agents/").select_one(".page-head"))
    assert "自ら動くもの。<b>" in head
    assert "스스로" not in head


def test_a_description_is_not_repeated_on_later_pages(client: Client) -> None:
    tagged(1, "agents")
    TagDescription.objects.create(tag=PaperTag.objects.get(), language="ja", text="自ら動くもの。")
    first, later = read(client, "/tags/agents/"), read(client, "/tags/agents/?after=2024-02-01.1")
    assert [bool(page.select("meta[name=description]")) for page in (first, later)] == [True, False]
    assert "自ら" not in text_of(later.select_one(".digest"))


@pytest.mark.parametrize("slug", ["nothing", "a%00b", "%22", "x" * 300, quote("無い")])
def test_a_tag_that_is_none_is_not_there(client: Client, slug: str) -> None:
    assert client.get(f"/tags/{slug}/").status_code == 404


@pytest.mark.parametrize("after", ["x", "2024-05-06", "2024-05-06.99999999999999999999", "%00", "2024-02-30.1"])
def test_a_broken_cursor_is_a_page_that_is_not_there(client: Client, after: str) -> None:
    tagged(1, "agents")
    response = client.get(f"/tags/agents/?after={after}")
    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


# Synonyms


def test_a_synonyms_address_leads_to_what_it_means_for_good(client: Client) -> None:
    tagged(1, "情報検索", "ir")
    merge_tag(PaperTag.objects.get(name="ir"), PaperTag.objects.get(name="情報検索"))
    response = client.get("/tags/ir/")
    assert (response.status_code, response["Location"]) == (301, f"/tags/{quote('情報検索')}/")


def test_a_synonym_leads_to_the_tag_of_its_own_language(client: Client) -> None:
    tagged(1, "agents", code="ko")
    PaperTag.objects.create(name="agent", merged_into=PaperTag.objects.get())
    assert client.get("/ko/tags/agent/")["Location"] == "/ko/tags/agents/"
    assert client.get("/tags/agent/").status_code == 404


@pytest.mark.parametrize("spelt", ["RLHF", "Ｒlhf"])
def test_an_address_in_another_spelling_leads_to_the_tag(client: Client, spelt: str) -> None:
    tagged(1, "rlhf")
    assert client.get(f"/tags/{quote(spelt)}/")["Location"] == "/tags/rlhf/"


def test_a_synonym_of_what_only_drafts_carry_is_unknown(client: Client) -> None:
    make_paper(tags=["secret"])
    PaperTag.objects.create(name="hidden", merged_into=PaperTag.objects.get())
    assert client.get("/tags/hidden/").status_code == 404


def test_the_api_gives_a_synonyms_papers_under_what_it_means(client: Client) -> None:
    (paper,) = tagged(1, "rag")
    PaperTag.objects.create(name="retrieval", merged_into=PaperTag.objects.get())
    answer = client.get("/api/v1/tags/retrieval").json()
    assert (answer["tag"]["slug"], [item["slug"] for item in answer["items"]]) == ("rag", [paper.slug])


def test_a_merged_tag_leaves_the_index(client: Client) -> None:
    tagged(1, "rag", "retrieval")
    merge_tag(PaperTag.objects.get(name="retrieval"), PaperTag.objects.get(name="rag"))
    assert [text_of(tag) for tag in read(client, "/tags/").select(".tag-index li")] == ["rag 1"]


# Whose tags


def test_a_tag_of_drafts_alone_is_unknown(client: Client) -> None:
    make_paper(tags=["secret"])
    paper = make_paper(live=True, tags=["open"])
    draft = paper.get_latest_revision_as_object()
    draft.tags.add("planned")
    draft.save_revision()
    assert [client.get(f"/tags/{slug}/").status_code for slug in ("open", "secret", "planned")] == [200, 404, 404]


def test_an_unpublished_paper_leaves_its_tags(client: Client) -> None:
    gone, _kept = tagged(2, "agents")
    gone.unpublish()
    soup = read(client, "/tags/agents/")
    assert gone.title not in titles(soup)
    assert "論文1本" in text_of(soup.select_one(".page-head"))


def test_each_language_has_its_own_tags(client: Client) -> None:
    tagged(1, "agents")
    korean = tagged(1, "agents", code="ko")
    soup = read(client, "/ko/tags/agents/")
    assert titles(soup) == [korean[0].title]
    assert soup.html["lang"] == "ko"


def test_the_readers_browser_does_not_change_the_language(client: Client) -> None:
    tagged(1, "agents")
    assert read(client, "/tags/", **{"Accept-Language": "ko"}).html["lang"] == "ja"


# Cost


@pytest.mark.parametrize("after", ["", "?after=2024-01-02.9999"])
def test_a_tags_list_is_read_from_its_index_without_sorting(client: Client, after: str) -> None:
    tagged(2, "agents")
    with CaptureQueriesContext(connection) as queries:
        read(client, f"/tags/agents/{after}")
    (listed,) = [sql for query in queries if '"papers_taggedpaper"."sort_date" AS' in (sql := query["sql"])]
    plan = plan_of(listed)
    assert "papers_tag_list" in plan
    assert not any(word in plan for word in ("TEMP B-TREE", "Sort Key"))


def plan_of(query: str) -> str:
    """How the database would do it; PostgreSQL reads so short a table whole unless it is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + query)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_its_queries_do_not_grow_with_its_papers(client: Client) -> None:
    counts = []
    for number in (2, PAGE_SIZE):
        tagged(number - TaggedPaper.objects.count(), "agents")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, "/tags/agents/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
