"""Drafts without a model: verbatim sentences of the paper with their pages, picked by BM25. It translates nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from papers.drafting.base import (
    NO_SENTENCE,
    AbstractDraft,
    Citation,
    Context,
    OverviewDraft,
    QADraft,
    QASetDraft,
    WeekInput,
    Wish,
)
from papers.drafting.bm25 import BM25
from papers.drafting.main_text import main_text
from papers.drafting.questions import QUESTIONS, Question
from papers.drafting.sentences import prose
from papers.errors import CannotRedraft, NothingToDraft, Notice, gettext_noop
from papers.paper import PageText, Paper
from papers.quotes import QuoteIndex

VERSION = "1"
SENTENCES_AN_ANSWER = 2
MOST_TAGS = 5

NO_MODEL = gettext_noop("there is no language model here, and sentences of the paper can only answer questions.")


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    page: int | None


@dataclass(frozen=True)
class ExtractiveDrafter:
    """Translations stay empty, and that is no failure: what it drafts is labelled extractive wherever it shows."""

    backend: str = "extractive"
    model: str = "extractive"

    def version(self, scope: str) -> str:
        return VERSION

    def abstract(self, paper: Paper, context: Context) -> AbstractDraft:
        """Only tags that the site has and that the title or abstract names."""
        if not paper.abstract.strip():
            raise NothingToDraft(reason="")
        text = f"{paper.title}\n{paper.abstract}"
        return AbstractDraft(tags=tuple(tag for tag in context.tags if _names(text, tag))[:MOST_TAGS])

    def qa(self, paper: Paper, context: Context) -> QASetDraft:
        """No sentence answers two questions."""
        questions, sentences = context.questions or QUESTIONS, _sentences(paper)
        picked = _picked(questions, sentences)
        chosen = ([sentences[number] for number in sorted(numbers)] for numbers in picked)
        return QASetDraft(tuple(_draft(q, found, context.language) for q, found in zip(questions, chosen, strict=True)))

    def overview(self, week: WeekInput, context: Context) -> OverviewDraft:
        """Empty: an overview has to be written, and there is nothing that writes."""
        return OverviewDraft()

    def redraft_text(self, paper: Paper, context: Context, name: str, wish: Wish) -> str:
        raise CannotRedraft(reason=Notice(NO_MODEL))

    def redraft_overview(self, week: WeekInput, context: Context, name: str, wish: Wish) -> OverviewDraft:
        raise CannotRedraft(reason=Notice(NO_MODEL))

    def redraft_qa(self, paper: Paper, context: Context, question: Question, wish: Wish) -> QASetDraft:
        """Other sentences than those that stand; the words of the wish are searched for as well."""
        sentences = [sentence for sentence in _sentences(paper) if sentence.text not in wish.present]
        wider = replace(question, text={"en": f"{question.text['en']} {wish.instruction}"})
        (numbers,) = _picked([wider], sentences)
        found = [sentences[number] for number in sorted(numbers)]
        return QASetDraft((_draft(question, found, context.language),))


def _names(text: str, tag: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(tag)}s?(?!\w)", text, re.IGNORECASE) is not None


def _picked(questions: Sequence[Question], sentences: Sequence[_Sentence]) -> list[list[int]]:
    """The numbers of the sentences for each question: the best pairs first, and a first one for all before a second."""
    ranking = BM25([sentence.text for sentence in sentences])
    scores = [ranking.scores(question.query) for question in questions]
    pairs = [(-score, asked, number) for asked, row in enumerate(scores) for number, score in enumerate(row) if score]
    picked: list[list[int]] = [[] for _ in questions]
    free = set(range(len(sentences)))
    for round_ in range(SENTENCES_AN_ANSWER):
        for _, asked, number in sorted(pairs):
            if number in free and len(picked[asked]) == round_:
                picked[asked].append(number)
                free.remove(number)
    return picked


def _sentences(paper: Paper) -> list[_Sentence]:
    """The prose of the main text whose place our own search confirms; of the abstract where there are no pages."""
    if not any(page.text.strip() for page in paper.pages):
        if not paper.abstract.strip():
            raise NothingToDraft(reason="")
        return [_Sentence(text, None) for text in prose(paper.abstract)]
    index = QuoteIndex(paper.pages)
    return [sentence for page in main_text(paper).pages for sentence in _placed(page, index)]


def _placed(page: PageText, index: QuoteIndex) -> list[_Sentence]:
    found = [(text, index.find(text, page.number)) for text in prose(page.text)]
    return [_Sentence(text, place.page) for text, place in found if place is not None]


def _draft(question: Question, sentences: Sequence[_Sentence], language: str) -> QADraft:
    return QADraft(
        kind=question.kind,
        question=question.in_language(language),
        question_original=question.text["en"],
        answer_original=" ".join(sentence.text for sentence in sentences),
        citations=tuple(Citation(sentence.page, sentence.text, verified=True) for sentence in sentences),
        problem="" if sentences else NO_SENTENCE,
    )
