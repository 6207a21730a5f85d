"""One text drafted anew, as an editor wishes: the same calls as a whole draft, asking for one thing alone.

What is asked for comes last, so that a server finds the paper's text in its cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from papers.drafting import prompts
from papers.drafting.abstract import AbstractWork, is_translation
from papers.drafting.base import Context, OverviewDraft, WeekInput, Wish
from papers.drafting.main_text import escape
from papers.drafting.overview import OverviewWork
from papers.drafting.plain import line, plain
from papers.drafting.qa import QAWork
from papers.drafting.questions import OWN, Question
from papers.errors import CannotRedraft, Notice, gettext_noop
from papers.paper import Paper

# In characters. An instruction says how to write; what is longer than this is a text, not a wish.
LONGEST_WISH, LONGEST_QUESTION, LONGEST_PRESENT = 500, 500, 6_000

SAME_LANGUAGE = gettext_noop("the paper is in the readers' language, so its own words stand here.")

# The part of the small call's reply that each field comes from.
PARTS: Mapping[str, str] = {
    "title_translated": "title",
    "summary": "summary",
    "abstract_translated": "sentences",
}


# The part of the week's call that each of its fields comes from.
WEEK_PARTS: Mapping[str, str] = {"theme": "theme", "overview": "paragraphs"}


def own_question(text: str) -> Question:
    """An editor's question, in whatever language they ask it; empty text stays empty."""
    return Question(OWN, {"en": line(text)[:LONGEST_QUESTION]})


class TextAnew(AbstractWork):
    """Title, summary or abstract alone. Raises CannotRedraft where the paper's own words stand in the place."""

    def __init__(self, paper: Paper, context: Context, name: str, wish: Wish) -> None:
        super().__init__(paper, context)
        if name != "summary" and not is_translation(paper, context):
            raise CannotRedraft(reason=Notice(SAME_LANGUAGE))
        self._part = PARTS[name]
        self.closing = f"{prompts.phrase('only')}\n{_wishes(wish)}".strip()

    @property
    def text(self) -> str:
        return {"title": self._title, "summary": self._summary, "sentences": self._abstract()}[self._part]

    @property
    def is_whole(self) -> bool:
        return bool(self.text)

    def take(self, reply: Mapping[str, Any]) -> bool:
        return super().take({self._part: reply.get(self._part)})

    def _wanted(self) -> list[str]:
        if self._part != "sentences":
            return [self._part]
        return [f"sentences {', '.join(map(str, self._missing_sentences()))}"]


class AnswerAnew(QAWork):
    """One question alone."""

    def __init__(self, paper: Paper, context: Context, question: Question, wish: Wish) -> None:
        super().__init__(paper, replace(context, questions=(question,)))
        self.closing = _wishes(wish)


class OverviewAnew(OverviewWork):
    """A week's theme or overview alone; what the other one says stays empty."""

    def __init__(self, week: WeekInput, context: Context, name: str, wish: Wish) -> None:
        super().__init__(week, context)
        self._name, self._part = name, WEEK_PARTS[name]
        wanted = prompts.phrase("wanted", wanted=self._part)
        self.closing = f"{wanted}\n{prompts.phrase('only')}\n{_wishes(wish)}".strip()

    def take(self, reply: Mapping[str, Any]) -> bool:
        return super().take({self._part: reply.get(self._part)})

    @property
    def is_whole(self) -> bool:
        return self._part not in self._missing()

    def result(self, reason: str) -> OverviewDraft:
        drafted = super().result(reason)
        problems = {name: why for name, why in drafted.problems.items() if name == self._name}
        return replace(drafted, problems=problems)

    def _missing(self) -> list[str]:
        return [part for part in super()._missing() if part == self._part]


def _wishes(wish: Wish) -> str:
    """What an editor wants, bounded; an instruction is one plain line, whatever was pasted."""
    present, instruction = plain(wish.present)[:LONGEST_PRESENT], line(wish.instruction)[:LONGEST_WISH]
    lines = [
        prompts.phrase("present", text=escape(present)) if present else "",
        prompts.phrase("wish", wish=escape(instruction)) if instruction else "",
        prompts.phrase("again", number=wish.turn) if wish.turn else "",
    ]
    return "\n".join(said for said in lines if said)
