"""The search as readers and programs meet it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.models import PaperTag
from papers.tagging import merge_tag
from tests.factories import make_home, make_paper, make_week
from weekly import searching
from weekly.search.query import MAX_QUERY

pytestmark = pytest.mark.django_db


def search(client: Client, **query: Any) -> Any:
    make_home()
    answer = client.get(reverse("weekly:search"), query)
    assert answer.status_code == 200
    return answer


def found(answer: Any) -> list[str]:
    return [hit.paper.title for hit in answer.context["hits"]]


def test_the_page_opens_with_nothing_but_a_form(client: Client) -> None:
    make_paper(live=True)
    answer = search(client)
    assert found(answer) == []
    assert 'name="q"' in answer.text
    assert "empty" not in answer.text


def test_words_are_marked_where_they_stand(client: Client) -> None:
    make_paper(live=True, title="On agents", summary="エージェントの話です。")
    text = search(client, q="AGENT エージェント").text
    assert "On <mark>agents</mark>" in text
    assert "<mark>エージェント</mark>の話です。" in text


def test_what_a_text_holds_is_shown_as_text(client: Client) -> None:
    make_paper(live=True, title="A <b>bold</b> & brave agent")
    assert "A &lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; brave agent" in search(client, q="bold").text


def test_formulas_are_shown_as_characters_beside_the_words(client: Client) -> None:
    make_paper(live=True, title=r"Agents in $O(n^2)$", summary=r"エージェントは $\sqrt{n}$ に比例します。")
    text = search(client, q="agents エージェント").text
    assert "<mark>Agents</mark> in O(n²)" in text
    assert "<mark>エージェント</mark>は √n に比例します。" in text


def test_a_summary_without_the_words_has_its_formulas_too(client: Client) -> None:
    make_paper(live=True, title="A cat", summary=r"計算量は $n$ です。")
    assert "<math" in search(client, q="cat").text


def test_a_tag_narrows_down(client: Client) -> None:
    make_paper(live=True, title="One cat", tags=["Agents"])
    make_paper(live=True, title="Other cat", tags=["Other"])
    assert found(search(client, q="cat", tag="agents")) == ["One cat"]
    assert found(search(client, tag="agents")) == ["One cat"]


def test_a_category_narrows_down(client: Client) -> None:
    make_paper(live=True, title="One cat", categories="cs.AI")
    make_paper(live=True, title="Other cat", categories="cs.LG")
    assert found(search(client, q="cat", category="cs.AI")) == ["One cat"]
    assert found(search(client, category="cs.LG")) == ["Other cat"]


@pytest.mark.parametrize(("day", "titles"), [("2024-05-06", ["One"]), ("2024-05-12", ["One"]), ("2024-05-13", [])])
def test_any_day_of_a_week_narrows_down(client: Client, day: str, titles: list[str]) -> None:
    make_week(make_paper(live=True, title="One"), live=True, start=date(2024, 5, 6))
    make_paper(live=True, title="Other")
    assert found(search(client, q="一つのこと", week=day)) == titles


@pytest.mark.parametrize(
    "query",
    [
        {"tag": "none"},
        {"week": "yesterday"},
        {"week": "2024-13-01"},
        {"category": "cs.XX"},
        {"tag": "\x00"},
        {"tag": "a" * 300},
    ],
)
def test_what_cannot_be_meant_is_told_and_kept(client: Client, query: dict[str, str]) -> None:
    make_paper(live=True, title="One cat")
    answer = search(client, q="cat", **query)
    assert found(answer) == [] or query == {"tag": "\x00"}
    assert 'value="cat"' in answer.text


@pytest.mark.parametrize(
    ("typed", "name"), [("C++", "C++"), ("Émile", "Émile"), ("+", "+"), ("STATE Models", "state models"), ("同義", "C")]
)
def test_where_nothing_is_found_the_tag_of_that_name_is_offered(client: Client, typed: str, name: str) -> None:
    make_paper(live=True, tags=["C", "C++", "Émile", "+", "state models"])
    merge_tag(PaperTag.objects.create(name="同義", slug="同義"), PaperTag.objects.get(name="C"))
    link = BeautifulSoup(search(client, q=typed).content, "html.parser").select(".empty a")[-1]
    assert (link.text, client.get(link["href"]).status_code) == (name, 200)


@pytest.mark.parametrize("typed", ["draft", "nothing", "\x00", "x" * 300])
def test_a_tag_that_no_public_paper_has_is_not_offered(client: Client, typed: str) -> None:
    make_paper(tags=["draft"])
    assert search(client, q=typed).context["meant"] is None


@pytest.mark.parametrize("words", ["?!", "\x00", "...", "😀", '"', "%%"])
def test_signs_alone_are_told_to_be_no_words(client: Client, words: str) -> None:
    make_paper(live=True)
    answer = search(client, q=words)
    assert found(answer) == []
    assert answer.context["query"].phrases == ()


def test_of_a_long_text_the_beginning_is_searched_for_and_the_reader_is_told(client: Client) -> None:
    make_paper(live=True, title="One cat")
    answer = search(client, q="cat " * 3_000)
    assert found(answer) == ["One cat"]
    assert answer.context["is_cut"]
    assert len(answer.content) < 100_000


@pytest.mark.parametrize(("address", "status"), [("/search/", 200), ("/nowhere/", 404)])
def test_no_browser_sends_an_address_too_long_to_be_answered(client: Client, address: str, status: int) -> None:
    make_paper(live=True)
    answer = client.get(address)
    assert answer.status_code == status
    most = int(BeautifulSoup(answer.content, "html.parser").select_one("[name=q]")["maxlength"])
    assert MAX_QUERY < most == searching.TYPED
    assert len(quote("検" * most)) < 4_000  # of the 4094 that gunicorn takes unless it is told otherwise


def test_the_next_page_keeps_the_question(client: Client) -> None:
    for number in range(21):
        make_paper(live=True, title=f"Cat {number}", tags=["cats"])
    first = search(client, q="cat", tag="cats")
    second = search(client, q="cat", tag="cats", after=str(first.context["after"]))
    assert f"?q=cat&amp;tag=cats&amp;after={first.context['after']}" in first.text
    assert len(found(first)) + len(found(second)) == len({*found(first), *found(second)}) == 21


@pytest.mark.parametrize("after", ["x", "9.9", "1.99999999999999999", "\x00"])
def test_a_broken_place_is_not_found(client: Client, after: str) -> None:
    make_home()
    assert client.get(reverse("weekly:search"), {"q": "cat", "after": after}).status_code == 404


def test_each_language_finds_its_own(client: Client) -> None:
    make_paper(live=True, title="Japanese cat")
    make_paper(live=True, title="Korean cat", code="ko")
    assert found(search(client, q="cat")) == ["Japanese cat"]
    assert [hit.paper.title for hit in client.get("/ko/search/?q=cat").context["hits"]] == ["Korean cat"]


def test_results_cost_the_same_queries_however_many(client: Client, django_assert_num_queries: Any) -> None:
    address = reverse("weekly:search") + "?q=cat"
    make_paper(live=True, title="Cat", tags=["first"], qas=2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        make_paper(live=True, title=f"Cat {number}", tags=[f"tag {number}"], qas=2)
    with django_assert_num_queries(len(few)):
        assert len(found(client.get(address))) == 13


def test_no_machine_keeps_the_results(client: Client) -> None:
    assert '<meta name="robots" content="noindex, follow">' in search(client, q="cat").text


# The API


def test_the_api_finds_papers_with_excerpts(client: Client) -> None:
    make_paper(live=True, title="One", summary="猫がいる。", tags=["Cats"])
    (item,) = client.get("/api/v1/search?q=猫").json()["items"]
    assert (item["title"], item["tags"][0]["slug"]) == ("One", "cats")
    assert item["excerpts"][0]["parts"] == [{"text": "猫", "marked": True}, {"text": "がいる。", "marked": False}]


def test_the_api_pages_to_the_end(client: Client) -> None:
    for number in range(5):
        make_paper(live=True, title=f"Cat {number}")
    address, titles = "/api/v1/search?q=cat&limit=2", []
    while address:
        answer = client.get(address).json()
        titles += [item["title"] for item in answer["items"]]
        address = answer["next"]
    assert titles == [f"Cat {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%22", "q=" + "x" * 10_000, "tag=%00", "category=%22", "week=1999-01-01"]
)
def test_the_api_finds_nothing_without_complaint(client: Client, query: str) -> None:
    make_paper(live=True)
    answer = client.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer.json()) == (200, {"items": [], "after": None, "next": None})


@pytest.mark.parametrize("query", ["q=a&after=x", "q=a&limit=0", "week=soon", "category=" + "a" * 50])
def test_the_api_says_what_it_cannot_read(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"]
