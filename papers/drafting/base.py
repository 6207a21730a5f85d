"""What drafting takes and gives: frozen data, and the port behind which every drafter stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from papers.drafting.questions import Question
from papers.errors import Notice, gettext_noop
from papers.glossary import Term
from papers.llm.base import Reply, Request
from papers.paper import Paper

# Told after each reply whether drafting could use it; a reply that could not be used is never replayed.
Judge = Callable[[Request, Reply, bool], None]

# Reasons for an empty answer that no further call would mend.
NOT_IN_PAPER = gettext_noop("The model found no answer in the paper.")
NO_SENTENCE = gettext_noop("No sentence of the paper matches the question.")


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote in the paper's language. `verified` only where our own search found it on `page`."""

    page: int | None
    quote: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class QADraft:
    """One question and answer. `problem` says why the answer is empty, where it is."""

    kind: str
    question: str
    answer: str = ""
    question_original: str = ""
    answer_original: str = ""
    citations: tuple[Citation, ...] = ()
    problem: str = ""

    @property
    def failed(self) -> bool:
        """Whether the answer is missing for a reason that another call could mend."""
        return bool(self.problem) and self.problem not in {NOT_IN_PAPER, NO_SENTENCE}


@dataclass(frozen=True, slots=True)
class AbstractDraft:
    """Texts of the small call. `problems` maps a field's name to the reason why it stayed empty."""

    title: str = ""
    summary: str = ""
    abstract: str = ""
    tags: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QASetDraft:
    """`note` tells what an editor should know though nothing failed, such as that the end was not read."""

    items: tuple[QADraft, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    note: Notice | None = None


@dataclass(frozen=True, slots=True)
class OverviewDraft:
    """The week's theme line and its trend overview, paragraphs parted by a blank line.

    `entries` are the ranks that the overview draws on.
    """

    theme: str = ""
    overview: str = ""
    entries: tuple[int, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WeekItem:
    """An entry of the week as the overview call sees it."""

    rank: int
    title: str
    summary: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekInput:
    start: date
    end: date
    items: tuple[WeekItem, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all papers of a run: target language (BCP 47), terms, the site's tags, its questions."""

    language: str
    terms: tuple[Term, ...] = ()
    tags: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """How an editor wants one text drafted anew, in their own words, and what stands there now.

    `turn` counts the earlier drafts for the same wish: another press is to give another text.
    """

    instruction: str = ""
    present: str = ""
    turn: int = 0


class Drafter(Protocol):
    """Drafts the parts of a digest. Raises LLMError where nothing at all could be drafted."""

    backend: str
    model: str

    def version(self, scope: str) -> str:
        """The hash of all prompt text used for `abstract`, `qa`, `overview` or `redraft`."""
        ...

    def abstract(self, paper: Paper, context: Context) -> AbstractDraft: ...

    def qa(self, paper: Paper, context: Context) -> QASetDraft: ...

    def overview(self, week: WeekInput, context: Context) -> OverviewDraft: ...

    def redraft_text(self, paper: Paper, context: Context, name: str, wish: Wish) -> str:
        """`title_translated`, `summary` or `abstract_translated`. Raises CannotRedraft where that makes no sense."""
        ...

    def redraft_qa(self, paper: Paper, context: Context, question: Question, wish: Wish) -> QASetDraft:
        """The answer to one question, which may be an editor's own; a set of one."""
        ...

    def redraft_overview(self, week: WeekInput, context: Context, name: str, wish: Wish) -> OverviewDraft:
        """`theme` or `overview`; the other one is empty. Raises CannotRedraft where that makes no sense."""
        ...
