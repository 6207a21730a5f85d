"""What a form says of a quote counts for nothing: the paper's text decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.models import PaperPage, PaperSource
from papers.quoting import reverify
from tests.editing import log_in, open_editor, save
from tests.factories import make_paper, make_qa, make_week

pytestmark = pytest.mark.django_db
TRUE = "The gain is 3.4 points over all of the tasks"
FALSE = "The gain is 3.5 points over all of the tasks"


def paper(*citations: dict[str, Any], text: str = f"{TRUE}.") -> PaperPage:
    page = make_paper(qa=[make_qa(1, citations=list(citations))])
    if text:
        PaperSource.objects.create(key=page.source_key, pages=[[1, text], [2, "Nothing else."]])
    return page


def verdicts(page: PaperPage) -> list[bool]:
    draft = PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [one["verified"] for one in draft.qa[0].value["citations"]]


@pytest.mark.parametrize(
    ("page", "quote", "verified"),
    [(1, TRUE, True), (None, TRUE, True), (2, TRUE, False), (1, FALSE, False), (1, "The gain", False), (1, "", False)],
)
@pytest.mark.parametrize("claimed", [True, False])
def test_the_search_decides_whatever_was_claimed(page: Any, quote: str, verified: bool, claimed: bool) -> None:
    draft = paper({"page": page, "quote": quote, "verified": claimed})
    reverify(draft)
    assert [one["verified"] for one in draft.qa[0].value["citations"]] == [verified]


def test_without_the_papers_text_the_newest_draft_counts() -> None:
    draft = paper({"page": 1, "quote": TRUE, "verified": True}, {"page": 1, "quote": FALSE, "verified": False}, text="")
    for one in draft.qa[0].value["citations"]:
        one["verified"] = True
    reverify(draft)
    assert [one["verified"] for one in draft.qa[0].value["citations"]] == [True, False]


def test_a_page_without_questions_asks_nothing(django_assert_num_queries: Any) -> None:
    page, week = make_paper(), make_week()
    with django_assert_num_queries(0):
        reverify(page)
        reverify(week)


def test_ten_questions_cost_one_query(django_assert_num_queries: Any) -> None:
    page = make_paper(qas=10)
    PaperSource.objects.create(key=page.source_key, pages=[[1, "We measured it 3 times on the whole set."]])
    page = PaperPage.objects.select_related("locale").get(pk=page.pk)
    with django_assert_num_queries(1):
        reverify(page)


def test_a_form_that_claims_too_much_is_put_right(client: Client) -> None:
    page = paper({"page": 1, "quote": FALSE, "verified": False})
    alice = log_in(client)
    fields = {**open_editor(alice, page), "qa-0-value-citations-0-value-verified": "on"}
    assert save(alice, page, fields).status_code == 302
    assert verdicts(page) == [False]


def test_a_form_that_claims_too_little_is_put_right(client: Client) -> None:
    page = paper({"page": 1, "quote": TRUE, "verified": False})
    alice = log_in(client)
    assert save(alice, page, open_editor(alice, page)).status_code == 302
    assert verdicts(page) == [True]


def test_a_quote_changed_in_the_form_is_judged_anew(client: Client) -> None:
    page = paper({"page": 1, "quote": TRUE, "verified": True})
    alice = log_in(client)
    fields = {**open_editor(alice, page), "qa-0-value-citations-0-value-quote": FALSE}
    assert save(alice, page, fields).status_code == 302
    assert verdicts(page) == [False]
