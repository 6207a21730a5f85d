"""What a check takes and gives: a subject with its passages, findings with their place, severity and message.

Checks are deterministic, know no Django and no model, and judge what stands in a page, whoever wrote it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from papers.drafting.base import Citation
from papers.errors import Notice
from papers.glossary import Term
from papers.paper import PageText, Paper
from papers.quotes import QuoteIndex


class Severity(StrEnum):
    """Only errors keep a paper from being ready."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Kind(StrEnum):
    """What a passage is; a title or a line of short phrases follows other rules than prose."""

    TITLE = "title"
    LINE = "line"
    PROSE = "prose"
    QUESTION = "question"
    ANSWER = "answer"


def fingerprint(*texts: str) -> str:
    """Equal fingerprints mean that a finding's judgement still holds."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Finding:
    """One doubt. `start` and `end` count code points of the passage's text; both 0 mean the passage as a whole.

    `suggestion` would replace what stands between them. `source` is what the paper says there, in its own language.
    `term` is a glossary entry that would tell the same fault everywhere: (source term, wrong rendering).
    `judged` is the fingerprint of all that was looked at; when that changes, the finding is void.
    """

    check: str
    severity: Severity
    message: Notice
    field: str
    block: str = ""
    start: int = 0
    end: int = 0
    suggestion: str | None = None
    source: str = ""
    term: tuple[str, str] | None = None
    judged: str = ""


@dataclass(frozen=True)
class Passage:
    """A text in the readers' language. `field` and `block` name its place in the page.

    `source` is what it was made from, in the paper's language; empty where there is none at hand. Where it
    `translates` the source, nothing of it may be missing; else the source is only what the text may draw on.
    """

    field: str
    text: str
    kind: Kind = Kind.PROSE
    block: str = ""
    source: str = ""
    translates: bool = False

    def finding(
        self,
        check: str,
        severity: Severity,
        message: Notice,
        span: tuple[int, int] = (0, 0),
        *,
        suggestion: str | None = None,
        source: str = "",
        term: tuple[str, str] | None = None,
        against: str = "",
    ) -> Finding:
        """A finding in this passage. `against` is any other text that was judged with it."""
        judged = fingerprint(self.text, self.source, against)
        start, end = span
        return Finding(check, severity, message, self.field, self.block, start, end, suggestion, source, term, judged)


@dataclass(frozen=True)
class Item:
    """A question with its answer and quotes. `number` counts from 1 as editors see it."""

    number: int
    question: Passage
    answer: Passage
    citations: tuple[Citation, ...] = ()
    answer_original: str = ""

    @property
    def block(self) -> str:
        return self.answer.block


@dataclass(frozen=True)
class Subject:
    """A page as checks see it: a paper's, a week's, or a single pair of texts.

    `texts` are the passages outside of `items`. `pages` is empty where the paper's text could not be read. `language`
    and `source_language` are BCP 47. `week` is the first and the last day of the week that lists the paper.
    `cited_elsewhere` counts, for strings such as “(p.1,4-8)”, the other papers of the week that have the same one.
    `listed` are the papers of a week's own page, which draws on all of them, and `told` what the readers' language
    says of them already, such as their summaries.
    """

    language: str
    texts: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    pages: tuple[PageText, ...] = ()
    terms: tuple[Term, ...] = ()
    paper: Paper | None = None
    source_language: str = "en"
    listed_title: str = ""
    week: tuple[date, date] | None = None
    cited_elsewhere: Mapping[str, int] = field(default_factory=dict)
    listed: tuple[Paper, ...] = ()
    told: str = ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the page's order."""
        return self.texts + tuple(passage for item in self.items for passage in (item.question, item.answer))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The titles at hand, in the paper's language; a paper's may differ from the list's."""
        papers = (*((self.paper,) if self.paper else ()), *self.listed)
        return tuple(dict.fromkeys(filter(None, (self.listed_title, *(paper.title for paper in papers)))))

    @cached_property
    def quotes(self) -> QuoteIndex:
        """The paper's pages, normalised once for all checks."""
        return QuoteIndex(self.pages)


class Check(Protocol):
    """One rule of the table in docs/checks.md. `id` is stored with each finding and stays."""

    id: str

    def run(self, subject: Subject) -> Iterator[Finding]: ...
