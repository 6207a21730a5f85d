"""Drafts with a language model: two calls a paper, one a week."""

from __future__ import annotations

from dataclasses import dataclass

from papers.drafting import prompts
from papers.drafting.abstract import AbstractWork
from papers.drafting.base import AbstractDraft, Context, Judge, OverviewDraft, QASetDraft, WeekInput
from papers.drafting.calls import carry_out
from papers.drafting.overview import OverviewWork
from papers.drafting.qa import QAWork
from papers.errors import NothingToDraft
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
        if not paper.abstract.strip() and not any(page.text.strip() for page in paper.pages):
            raise NothingToDraft(reason="")
        work = QAWork(paper, context)
        return work.result(carry_out(work, self.llm, self.judge))

    def overview(self, week: WeekInput, context: Context) -> OverviewDraft:
        if not any(item.summary or item.note for item in week.items):
            raise NothingToDraft(reason="")
        work = OverviewWork(week, context)
        return work.result(carry_out(work, self.llm, self.judge))
