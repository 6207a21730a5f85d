"""The week's call: theme line and trend overview from the papers' summaries, each statement tied to entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from papers.drafting import prompts
from papers.drafting.base import Context, OverviewDraft, WeekInput, WeekItem
from papers.drafting.calls import Work
from papers.drafting.hints import hints
from papers.drafting.main_text import escape
from papers.drafting.names import restore_names
from papers.drafting.plain import answer_text, joined, line
from papers.drafting.schema import Paragraph, Statement, part, parts
from papers.llm.base import Request

_MAX_TOKENS = 4_000


class OverviewWork(Work):
    """A statement that names no entry, or one that is not in the week, makes the field that holds it unusable."""

    closing = ""  # what a call says last

    def __init__(self, week: WeekInput, context: Context) -> None:
        self._week, self._context = week, context
        self._ranks = {item.rank for item in week.items}
        self._paragraphs: list[Paragraph] = []
        self._theme: Statement | None = None

    def request(self) -> Request:
        return self._asking()

    def repair(self, reason: str) -> Request:
        return self._asking(
            prompts.phrase("wanted", wanted=", ".join(self._missing())), prompts.phrase("repair", reason=reason)
        )

    def take(self, reply: Mapping[str, Any]) -> bool:
        before = (bool(self._paragraphs), self._theme is not None)
        paragraphs = parts(reply.get("paragraphs"), Paragraph)
        if not self._paragraphs and self._all_tied([s for paragraph in paragraphs for s in paragraph.statements]):
            self._paragraphs = paragraphs
        theme = part(reply.get("theme"), Statement)
        if self._theme is None and theme is not None and self._all_tied([theme]):
            self._theme = theme
        return (bool(self._paragraphs), self._theme is not None) != before

    @property
    def is_whole(self) -> bool:
        return bool(self._paragraphs) and self._theme is not None

    def result(self, reason: str) -> OverviewDraft:
        theme = line(self._theme.text) if self._theme else ""
        overview = "\n\n".join(self._text(paragraph) for paragraph in self._paragraphs)
        ranks = {rank for paragraph in self._paragraphs for s in paragraph.statements for rank in s.entries}
        problems = {name: reason for name, text in (("theme", theme), ("overview", overview)) if not text}
        return OverviewDraft(theme, overview, tuple(sorted(ranks)), problems)

    def _missing(self) -> list[str]:
        return [name for name, has in (("paragraphs", self._paragraphs), ("theme", self._theme)) if not has]

    def _text(self, paragraph: Paragraph) -> str:
        return joined((answer_text(statement.text) for statement in paragraph.statements), self._context.language)

    def _all_tied(self, statements: Sequence[Statement]) -> bool:
        return bool(statements) and all(
            statement.entries and set(statement.entries) <= self._ranks and answer_text(statement.text)
            for statement in statements
        )

    def _asking(self, *more: str) -> Request:
        entries = "\n".join(_entry(item) for item in self._week.items)
        blocks = [entries, hints(entries, self._context), self.closing, *more]
        return prompts.request("overview", self._context.language, blocks, _MAX_TOKENS)


def _entry(item: WeekItem) -> str:
    """The list's note stands in only where there is no summary; lists lower-case names, titles do not."""
    about = item.summary or restore_names(item.note, item.title)
    return f'<entry n="{item.rank}">\n{escape(item.title)}\n{escape(about)}\n</entry>'
