"""Drafts with a language model: two calls a paper, one a week."""

from __future__ import annotations

from dataclasses import dataclass

from papers.drafting import prompts
from papers.drafting.abstract import AbstractWork
from papers.drafting.base import AbstractDraft, Context, Judge, OverviewDraft, QASetDraft, WeekInput, Wish
from papers.drafting.calls import carry_out
from papers.drafting.overview import OverviewWork
from papers.drafting.qa import QAWork
from papers.drafting.questions import Question
from papers.drafting.redraft import AnswerAnew, OverviewAnew, TextAnew
from papers.errors import InvalidReply, NothingToDraft
from papers.llm.base import LLM
from papers.paper import Paper


@dataclass(frozen=True)
class ModelDrafter:
    """`judge` hears of every reply whether it could be used.

    Raises InvalidReply, what the model raises, and NothingToDraft before any call.
    """

    llm: LLM
    judge: Judge | None = None

    @property
    def backend(self) -> str:
        return self.llm.backend

    @property
    def model(self) -> str:
        return self.llm.model

    def version(self, scope: str) -> str:
        return prompts.version(scope)

    def abstract(self, paper: Paper, context: Context) -> AbstractDraft:
        if not paper.abstract.strip():
            raise NothingToDraft(reason="")
        work = AbstractWork(paper, context)
        return work.result(carry_out(work, self.llm, self.judge))

    def qa(self, paper: Paper, context: Context) -> QASetDraft:
        return self._answer(paper, QAWork(paper, context))

    def redraft_text(self, paper: Paper, context: Context, name: str, wish: Wish) -> str:
        if not paper.abstract.strip():
            raise NothingToDraft(reason="")
        work = TextAnew(paper, context, name, wish)
        reason = carry_out(work, self.llm, self.judge)
        if not work.is_whole:
            raise InvalidReply(reason=reason)
        return work.text

    def redraft_qa(self, paper: Paper, context: Context, question: Question, wish: Wish) -> QASetDraft:
        return self._answer(paper, AnswerAnew(paper, context, question, wish))

    def _answer(self, paper: Paper, work: QAWork) -> QASetDraft:
        if not paper.abstract.strip() and not any(page.text.strip() for page in paper.pages):
            raise NothingToDraft(reason="")
        return work.result(carry_out(work, self.llm, self.judge))

    def overview(self, week: WeekInput, context: Context) -> OverviewDraft:
        return self._oversee(week, OverviewWork(week, context))

    def redraft_overview(self, week: WeekInput, context: Context, name: str, wish: Wish) -> OverviewDraft:
        return self._oversee(week, OverviewAnew(week, context, name, wish))

    def _oversee(self, week: WeekInput, work: OverviewWork) -> OverviewDraft:
        if not any(item.summary or item.note for item in week.items):
            raise NothingToDraft(reason="")
        return work.result(carry_out(work, self.llm, self.judge))
