"""Citations against the paper's pages: verbatim after normalisation, or not in the paper."""

from __future__ import annotations

from collections.abc import Iterator

from papers.checks.base import Finding, Item, Severity, Subject, fingerprint
from papers.checks.passages import Nearest, difference, nearest_passage
from papers.drafting.base import Citation
from papers.errors import Notice, gettext_noop
from papers.quotes import Found, is_evidence, normalise

NOT_FOUND = gettext_noop("Quote %(number)s is not in the paper: “%(quote)s”")
NEARLY = gettext_noop(
    "Quote %(number)s is not in the paper word for word. Page %(page)s comes nearest. "
    "Difference, paper → quote: %(difference)s"
)
OTHER_PAGE = gettext_noop("Quote %(number)s stands on page %(found)s, not on page %(page)s.")
NO_PAGE = gettext_noop("Quote %(number)s has no page; it stands on page %(found)s.")
TOO_SHORT = gettext_noop("Quote %(number)s is too short to show anything: “%(quote)s”")
UNCHECKED = gettext_noop("The paper's text is not at hand, so that no quote could be looked up.")

_SHOWN = 120  # letters of a quote in a message


class Quotes:
    """A quote that is not in the paper blocks publishing. What is near is shown, and never passes.

    Not seen: a true quote that does not support its answer.
    """

    id = "quotes"

    def run(self, subject: Subject) -> Iterator[Finding]:
        if not any(page.text.strip() for page in subject.pages):
            if any(item.citations for item in subject.items):
                yield Finding(self.id, Severity.INFO, Notice(UNCHECKED), field="", judged=fingerprint("no pages"))
            return
        for item in subject.items:
            for number, citation in enumerate(item.citations, start=1):
                yield from self._judged(subject, item, number, citation)

    def _judged(self, subject: Subject, item: Item, number: int, citation: Citation) -> Iterator[Finding]:
        params: dict[str, object] = {"number": number, "quote": _short(citation.quote), "page": citation.page or "–"}
        if not is_evidence(normalise(citation.quote)):
            yield _finding(subject, item, citation, Severity.WARNING, Notice(TOO_SHORT, params))
        elif (found := subject.quotes.find(citation.quote, citation.page)) is None:
            nearest = nearest_passage(citation.quote, subject.pages, citation.page)
            yield _not_found(subject, item, citation, params, nearest)
        elif citation.page is None or not found.expected:
            yield _elsewhere(subject, item, citation, params, found)


def _not_found(
    subject: Subject, item: Item, citation: Citation, params: dict[str, object], nearest: Nearest | None
) -> Finding:
    if nearest is None:
        return _finding(subject, item, citation, Severity.ERROR, Notice(NOT_FOUND, params))
    told = {**params, "page": nearest.page, "difference": difference(citation.quote, nearest.text)}
    return _finding(subject, item, citation, Severity.ERROR, Notice(NEARLY, told), source=nearest.text)


def _elsewhere(subject: Subject, item: Item, citation: Citation, params: dict[str, object], found: Found) -> Finding:
    severity, template = (Severity.INFO, NO_PAGE) if citation.page is None else (Severity.ERROR, OTHER_PAGE)
    notice = Notice(template, {**params, "found": found.page})
    return _finding(subject, item, citation, severity, notice, suggestion=str(found.page))


def _finding(
    subject: Subject,
    item: Item,
    citation: Citation,
    severity: Severity,
    notice: Notice,
    *,
    suggestion: str | None = None,
    source: str = "",
) -> Finding:
    judged = fingerprint(str(citation.page), citation.quote, *(page.text for page in subject.pages))
    return Finding(
        Quotes.id, severity, notice, "citations", item.block, suggestion=suggestion, source=source, judged=judged
    )


def _short(quote: str) -> str:
    folded = " ".join(quote.split())
    return folded if len(folded) <= _SHOWN else f"{folded[:_SHOWN]}…"
