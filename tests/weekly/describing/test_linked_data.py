"""JSON-LD, as programs read it out of a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from papers.models import PaperPage
from tests.factories import make_paper, make_qa, make_week
from tests.weekly.reading import read
from weekly.describing.linked_data import script

pytestmark = pytest.mark.django_db

EVIL = "</script><script>alert(1)</script><!-- & \u2028 ]]>"


def nodes(client: Client, page: Page | str) -> dict[str, dict[str, Any]]:
    """The nodes of a page by their type."""
    (found,) = read(client, page).select("script[type='application/ld+json']")
    document = json.loads(found.string)
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def test_a_paper_is_a_scholarly_article_in_its_own_language(client: Client) -> None:
    paper = make_paper(live=True, title="On Things", title_translated="物事について", tags=["agents"])
    article = nodes(client, paper)["ScholarlyArticle"]
    told = {name: article[name] for name in ("headline", "alternativeHeadline", "inLanguage", "keywords")}
    words = {"headline": "On Things", "alternativeHeadline": "物事について", "inLanguage": "en", "keywords": ["agents"]}
    assert (told, article["abstract"]) == (words, paper.abstract)
    assert [author["name"] for author in article["author"]] == ["Ada One", "Ben Two"]


def test_groups_among_the_authors_are_organizations(client: Client) -> None:
    paper = make_paper(live=True, authors="Ada One\nOpenAI\nGemini Team, Google")
    authors = nodes(client, paper)["ScholarlyArticle"]["author"]
    assert [author["@type"] for author in authors] == ["Person", "Organization", "Organization"]


def test_a_paper_is_known_by_its_arxiv_id_and_its_days(client: Client) -> None:
    paper = make_paper(live=True)
    article = nodes(client, paper)["ScholarlyArticle"]
    assert (article["identifier"]["value"], article["datePublished"]) == (paper.arxiv_id, "2024-05-07")
    assert article["encoding"]["contentUrl"] == f"https://arxiv.org/pdf/{paper.arxiv_ref}"


def test_its_questions_are_questions_with_their_anchors(client: Client) -> None:
    paper = make_paper(live=True, qas=2)
    page = nodes(client, paper)["FAQPage"]
    first, second = page["mainEntity"]
    assert (first["name"], second["acceptedAnswer"]["text"]) == ("質問1は何ですか。", "答え2です。")
    assert first["url"] == f"http://localhost/papers/{paper.slug}/#qa-00000001"
    assert page["about"] == {"@id": f"http://localhost/papers/{paper.slug}/#paper"}


def test_an_answer_that_was_not_translated_is_told_in_the_papers_language(client: Client) -> None:
    paper = make_paper(live=True, qa=[make_qa(1, answer="", answer_original="We prove it.")])
    (question,) = nodes(client, paper)["FAQPage"]["mainEntity"]
    answer = {"@type": "Answer", "text": "We prove it.", "inLanguage": "en"}
    assert question["acceptedAnswer"] == answer


def test_a_page_without_questions_is_a_page(client: Client) -> None:
    assert {"WebPage", "ScholarlyArticle", "BreadcrumbList"} == set(nodes(client, make_paper(live=True)))


def test_breadcrumbs_lead_from_home_to_the_page(client: Client) -> None:
    paper = make_paper(live=True, title="On Things")
    steps = nodes(client, paper)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [(1, "Paper Digest"), (2, "論文"), (3, "On Things")]
    assert steps[0]["item"] == "http://localhost/"


def test_a_tags_breadcrumbs_lead_through_the_list_of_tags(client: Client) -> None:
    make_paper(live=True, tags=["agents"])
    steps = nodes(client, "/tags/agents/")["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in steps] == [f"http://localhost/{path}" for path in ("", "tags/", "tags/agents/")]


def test_a_week_lists_its_papers_in_order(client: Client) -> None:
    paper = make_paper(live=True)
    week = make_week(make_paper(title="No page"), paper, live=True)
    page = nodes(client, week)["CollectionPage"]
    names = [(item["name"], item.get("url")) for item in page["mainEntity"]["itemListElement"]]
    assert names == [("No page", None), (paper.title, f"http://localhost/papers/{paper.slug}/")]
    assert page["temporalCoverage"] == "2024-05-06/2024-05-12"


def test_home_is_a_site(client: Client) -> None:
    make_week(make_paper(live=True), live=True)
    assert nodes(client, "/")["WebSite"]["url"] == "http://localhost/"


def test_no_text_can_leave_its_element(client: Client) -> None:
    evil = f"{EVIL}。"
    paper = make_paper(live=True, title=evil, authors=evil, abstract=evil, qa=[make_qa(1, question=evil, answer=evil)])
    found = nodes(client, paper)
    assert (found["ScholarlyArticle"]["headline"], found["ScholarlyArticle"]["abstract"]) == (evil, evil)
    assert found["FAQPage"]["mainEntity"][0]["name"] == evil


@pytest.mark.parametrize(
    "text", [EVIL, "<!--<script>", "&lt;/script&gt;", '"\\"', "\x00\x1f", "\ud83d\ude42", "\u2029"]
)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    written = script([{"name": text}])
    assert json.loads(written)["@graph"] == [{"name": text}]
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(written)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org/x"])
def test_it_names_only_web_addresses(client: Client, address: str) -> None:
    paper = make_paper(live=True, arxiv_id=None)
    PaperPage.objects.filter(pk=paper.pk).update(source_url=address, pdf_url=address)
    assert not {"url", "encoding", "identifier"} & set(nodes(client, paper)["ScholarlyArticle"])
