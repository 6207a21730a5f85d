"""Citations: what our own search found, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from papers.drafting.base import Citation, Context
from papers.drafting.draft import ModelDrafter
from papers.drafting.questions import Question
from papers.paper import PageText, Paper
from tests.papers.drafting.replies import every
from tests.servers.llm import ModelServer

ONE = (Question("result", {"en": "What accuracy is achieved on HumanEval?", "ja": "精度は？"}),)
FIRST = "On HumanEval the filtered model achieves 48.2% accuracy, which improves results by 5 points."


def cited(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context, quote: str, page: int
) -> tuple[Citation, ...]:
    server.twist(every(evidence=[{"quote": quote, "page": page}]))
    return drafter.qa(paper, replace(context, questions=ONE)).items[0].citations


def test_a_quote_on_another_page_gets_the_page_where_it_stands(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    assert cited(drafter, server, paper, context, FIRST, 3) == (Citation(2, FIRST, verified=True),)
    assert cited(drafter, server, paper, context, FIRST, 99) == (Citation(2, FIRST, verified=True),)


@pytest.mark.parametrize(("page", "kept"), [(2, 2), (3, 3), (99, None), (0, None), (-1, None)])
def test_an_altered_quote_is_unverified_on_a_page_that_exists(
    page: int, kept: int | None, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    altered = FIRST.replace("48.2%", "84.2%")
    assert cited(drafter, server, paper, context, altered, page) == (Citation(kept, altered, verified=False),)


def test_a_quote_without_the_papers_own_marks_is_verified(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    quote = "filters 34 billion tokens by their provenance."
    assert cited(drafter, server, paper, context, quote, 1) == (Citation(1, quote, verified=True),)


def test_a_quote_of_the_references_is_still_a_quote_of_the_paper(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    quote = "A paper that nobody should quote in any answer"
    assert cited(drafter, server, paper, context, quote, 3)[0].verified


def test_at_most_three_citations_stay_and_none_twice(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    evidence = [{"quote": quote, "page": 2} for quote in (FIRST, FIRST, "", "one", "two", "three")]
    server.twist(every(evidence=evidence))
    item = drafter.qa(paper, replace(context, questions=ONE)).items[0]
    assert [citation.quote for citation in item.citations] == [FIRST, "one", "two"]


def test_a_quote_that_is_too_long_is_cut_and_stays_verbatim(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    words = [f"word{number}" for number in range(200)]
    long = replace(paper, pages=(PageText(1, "Abstract " + " ".join(words)),))
    citation = cited(drafter, server, long, context, " ".join(words), 1)[0]
    assert (len(citation.quote.split()), citation.verified) == (60, True)


def test_a_quote_of_the_abstract_is_verified_without_a_page(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    short = replace(paper, pages=())
    quote, altered = "We filter 34 billion tokens", "We filter 43 billion tokens"
    assert cited(drafter, server, short, context, quote, 7) == (Citation(None, quote, verified=True),)
    assert cited(drafter, server, short, context, altered, 0) == (Citation(None, altered, verified=False),)
