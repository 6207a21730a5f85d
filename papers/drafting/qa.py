"""The large call: all questions at once, over the page-tagged main text, each answer with quotes that we verify."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from papers.drafting import prompts
from papers.drafting.base import NOT_IN_PAPER, Citation, Context, QADraft, QASetDraft
from papers.drafting.bm25 import BM25
from papers.drafting.calls import Work
from papers.drafting.hints import hints
from papers.drafting.main_text import MainText, escape, main_text
from papers.drafting.plain import answer_text, line
from papers.drafting.questions import QUESTIONS, Question
from papers.drafting.schema import Answer, Evidence, parts
from papers.errors import Notice, gettext_noop
from papers.llm.base import Request
from papers.paper import PageText, Paper
from papers.quotes import QuoteIndex

MOST_CITATIONS, LONGEST_QUOTE = 3, 60  # the latter in words
# Six Japanese sentences with three quotes take some 450 tokens; a repair gets twice the room.
TOKENS_A_QUESTION, _SPARE_TOKENS = 600, 1_000
_REPAIR_PAGES = 2
# A name that matters comes back; what comes once or twice in a paper is often a misread table or formula.
_NAMES_AT_LEAST = 3

CUT_TEXT = gettext_noop("The paper is long: only its pages up to %(page)s were read.")


class Source:
    """What the answers are drawn from: the main text with its pages, or the abstract alone, without any."""

    def __init__(self, paper: Paper) -> None:
        has_pages = any(page.text.strip() for page in paper.pages)
        self._abstract = "" if has_pages else paper.abstract
        self._numbers = {page.number for page in paper.pages} if has_pages else set()
        self._index = QuoteIndex(paper.pages if has_pages else [PageText(1, paper.abstract)])
        self.text = main_text(paper) if has_pages else MainText(())

    def shown(self, pages: Sequence[PageText]) -> str:
        """The text for the prompt, with the range of pages that may be cited."""
        if not self._numbers:
            return f"<abstract>\n{escape(self._abstract)}\n</abstract>\n{prompts.phrase('abstract_only')}"
        numbers = [page.number for page in self.text.pages]
        page_range = prompts.phrase("pages", first=numbers[0], last=numbers[-1])
        return f"{MainText(tuple(pages)).tagged()}\n{page_range}"

    def citation(self, evidence: Evidence) -> Citation:
        """A quote on the page where we found it; else unverified, on the page that the model named if there is one."""
        quote = " ".join(line(evidence.quote).split()[:LONGEST_QUOTE])
        found = self._index.find(quote, evidence.page)
        if not self._numbers:
            return Citation(None, quote, verified=found is not None)
        if found is not None:
            return Citation(found.page, quote, verified=True)
        return Citation(evidence.page if evidence.page in self._numbers else None, quote)

    def likely_pages(self, questions: Iterable[Question]) -> list[PageText]:
        """The pages that most likely answer these questions, in their order; the first ones where no word tells."""
        ranking = BM25([page.text for page in self.text.pages])
        best = {number for question in questions for number in ranking.ranked(question.query)[:_REPAIR_PAGES]}
        return [self.text.pages[number] for number in sorted(best)] or list(self.text.pages[:_REPAIR_PAGES])


class QAWork(Work):
    """Questions are numbered from 1 in their order; a reply's items carry these numbers."""

    closing = ""  # what a call says last

    def __init__(self, paper: Paper, context: Context) -> None:
        self._paper, self._context = paper, context
        self._questions = dict(enumerate(context.questions or QUESTIONS, start=1))
        self._source = Source(paper)
        self._drafts: dict[int, QADraft] = {}

    def request(self) -> Request:
        return self._asking(self._source.text.pages, list(self._questions), TOKENS_A_QUESTION)

    def repair(self, reason: str) -> Request:
        missing = self._missing()
        questions = [self._questions[number] for number in missing]
        pages = self._source.likely_pages(questions) if self._drafts else self._source.text.pages
        return self._asking(pages, missing, TOKENS_A_QUESTION * 2, prompts.phrase("repair", reason=reason))

    def take(self, reply: Mapping[str, Any]) -> bool:
        before = len(self._drafts)
        for answer in parts(reply.get("items"), Answer):
            if answer.number in self._missing() and (answer.not_in_paper or answer_text(answer.answer)):
                self._drafts[answer.number] = self._draft(answer)
        return len(self._drafts) > before

    @property
    def is_whole(self) -> bool:
        return not self._missing()

    def result(self, reason: str) -> QASetDraft:
        items = tuple(self._drafts.get(n) or self._blank(q, reason) for n, q in self._questions.items())
        cut = self._source.text.cut
        return QASetDraft(items, note=Notice(CUT_TEXT, {"page": cut}) if cut else None)

    def _missing(self) -> list[int]:
        return [number for number in self._questions if number not in self._drafts]

    def _draft(self, answer: Answer) -> QADraft:
        question = self._questions[answer.number]
        if answer.not_in_paper:
            return self._blank(question, NOT_IN_PAPER)
        citations = dict.fromkeys(self._source.citation(evidence) for evidence in answer.evidence)
        return QADraft(
            kind=question.kind,
            question=question.in_language(self._context.language),
            question_original=question.text["en"],
            answer=answer_text(answer.answer),
            citations=tuple(citation for citation in citations if citation.quote)[:MOST_CITATIONS],
        )

    def _blank(self, question: Question, problem: str) -> QADraft:
        asked = question.in_language(self._context.language)
        return QADraft(question.kind, asked, question_original=question.text["en"], problem=problem)

    def _asking(self, pages: Sequence[PageText], numbers: Sequence[int], tokens: int, repair: str = "") -> Request:
        """The text first and the questions last: a redraft of one answer finds its prefix cached."""
        language = self._context.language
        shown = self._source.shown(pages)
        asked = [f"{number}: {self._questions[number].in_language(language)}" for number in numbers]
        blocks = [
            shown,
            prompts.phrase("paper", title=escape(self._paper.title)),
            "\n".join([prompts.phrase("questions"), *asked]),
            hints(f"{self._paper.title}\n{shown}", self._context, _NAMES_AT_LEAST if pages else 1),
            self.closing,
            repair,
        ]
        key = hashlib.sha256(shown.encode()).hexdigest()[:32]
        return prompts.request("qa", language, blocks, tokens * len(numbers) + _SPARE_TOKENS, key)
