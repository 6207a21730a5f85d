"""Figures of an answer that stand nowhere in the paper."""

from __future__ import annotations

from collections.abc import Iterator

from papers.checks.base import Finding, Item, Severity, Subject
from papers.checks.quantities import quantities
from papers.checks.quantities.lookup import figures_of, occurs
from papers.errors import Notice, gettext_noop

ABSENT = gettext_noop("“%(found)s” does not occur anywhere in the paper.")


class AnswerNumbers:
    """Looks for each figure of an answer, as such or in another unit, in the text of the pages."""

    id = "answer-numbers"

    def run(self, subject: Subject) -> Iterator[Finding]:
        if subject.pages and subject.items:
            known = figures_of(tuple(page.text for page in subject.pages), subject.source_language)
            for item in subject.items:
                yield from _absent(item, subject.language, known)


def _absent(item: Item, language: str, known: frozenset[float]) -> Iterator[Finding]:
    for figure in quantities(item.answer.text, language):
        if figure.firm and not occurs(figure, known):
            notice = Notice(ABSENT, {"found": figure.text})
            yield item.answer.finding(AnswerNumbers.id, Severity.ERROR, notice, (figure.start, figure.end))
