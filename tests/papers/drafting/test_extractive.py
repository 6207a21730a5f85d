"""Drafts without a model: verbatim sentences with their pages, nothing invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from papers.drafting.base import NO_SENTENCE, AbstractDraft, Context, OverviewDraft, WeekInput
from papers.drafting.extractive import ExtractiveDrafter
from papers.drafting.questions import QUESTIONS, Question
from papers.errors import NothingToDraft
from papers.paper import PageText, Paper
from papers.quotes import find_quote

DRAFTER = ExtractiveDrafter()


def ask(paper: Paper, context: Context, kind: str, question: str) -> tuple[str, list[int | None]]:
    asked = replace(context, questions=(Question(kind, {"en": question}),))
    item = DRAFTER.qa(paper, asked).items[0]
    return item.answer_original, [citation.page for citation in item.citations]


@pytest.mark.parametrize(
    ("kind", "question", "words", "page"),
    [
        ("problem", "What do existing approaches lack?", "existing approaches lack any record", 1),
        ("result", "What accuracy is achieved on HumanEval?", "achieves 48.2% accuracy", 2),
        ("comparison", "How does it compare with the baseline?", "Compared with the unfiltered baseline", 2),
        ("data", "Which data sets are used for training?", "public StarCoder data set", 2),
        ("limitation", "Which limitations are named?", "limited to Python files", 3),
        ("use", "What can practitioners use?", "Practitioners can use the released code", 3),
    ],
)
def test_it_picks_sentences_that_answer(
    kind: str, question: str, words: str, page: int, paper: Paper, context: Context
) -> None:
    answer, pages = ask(paper, context, kind, question)
    assert words in answer
    assert page in pages


def test_every_sentence_is_verbatim_and_verified(paper: Paper, context: Context) -> None:
    citations = [citation for item in DRAFTER.qa(paper, context).items for citation in item.citations]
    assert citations
    assert all(c.verified and find_quote(c.quote, paper.pages, c.page) for c in citations)


def test_translations_stay_empty(paper: Paper, context: Context) -> None:
    items = DRAFTER.qa(paper, context).items
    assert [item.question for item in items] == [question.text["ja"] for question in QUESTIONS]
    assert {item.answer for item in items} == {""}


def test_no_sentence_answers_two_questions(paper: Paper, context: Context) -> None:
    quotes = [citation.quote for item in DRAFTER.qa(paper, context).items for citation in item.citations]
    assert len(quotes) == len(set(quotes))


def test_a_question_gets_its_first_sentence_before_another_gets_a_second(paper: Paper, context: Context) -> None:
    text = "The method filters every file of the corpus. The method also joins every file of the corpus."
    asked = replace(
        context, questions=(Question("x", {"en": "Which method filters files?"}), Question("x", {"en": "A method?"}))
    )
    items = DRAFTER.qa(replace(paper, pages=(PageText(1, text),)), asked).items
    assert [len(item.citations) for item in items] == [1, 1]
    assert "filters" in items[0].answer_original


def test_a_question_without_a_sentence_says_so_and_is_no_failure(paper: Paper, context: Context) -> None:
    asked = replace(context, questions=(Question("other", {"en": "Zebras?"}),))
    draft = DRAFTER.qa(paper, asked)
    assert (draft.items[0].problem, draft.items[0].failed) == (NO_SENTENCE, False)
    assert draft.problems == {}


def test_references_are_never_picked(paper: Paper, context: Context) -> None:
    answer, _ = ask(paper, context, "other", "Which paper should nobody quote in any answer?")
    assert "nobody" not in answer


def test_without_pages_it_picks_from_the_abstract(paper: Paper, context: Context) -> None:
    short = replace(paper, pages=(), abstract="We filter thirty billion tokens by their provenance. Nothing else.")
    assert ask(short, context, "method", "What is filtered?") == (
        "We filter thirty billion tokens by their provenance.",
        [None],
    )


def test_tags_are_those_of_the_site_that_the_abstract_names(paper: Paper, context: Context) -> None:
    known = replace(context, tags=("HumanEval", "Eval", "code model", "評価", "token"))
    assert DRAFTER.abstract(paper, known) == AbstractDraft(tags=("HumanEval", "code model", "token"))


def test_it_writes_no_overview(week: WeekInput, context: Context) -> None:
    assert DRAFTER.overview(week, context) == OverviewDraft()


@pytest.mark.parametrize("pages", [(), (PageText(1, "  "),)])
def test_with_nothing_to_read_it_says_so(pages: tuple[PageText, ...], paper: Paper, context: Context) -> None:
    empty = replace(paper, abstract="", pages=pages)
    with pytest.raises(NothingToDraft):
        DRAFTER.qa(empty, context)
    with pytest.raises(NothingToDraft):
        DRAFTER.abstract(empty, context)


def test_it_is_known_by_its_name() -> None:
    assert (DRAFTER.backend, DRAFTER.model, DRAFTER.version("qa")) == ("extractive", "extractive", "1")
