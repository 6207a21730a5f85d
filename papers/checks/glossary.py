"""Whether a text keeps to the glossary: terms rendered as agreed, terms kept as they are, nothing forbidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.languages import language_of
from papers.errors import Notice, gettext_noop
from papers.glossary import Term, find_terms

FORBIDDEN = gettext_noop("The glossary forbids “%(wrong)s” for “%(term)s”; it asks for “%(right)s”.")
MISSING = gettext_noop("The glossary renders “%(term)s” as “%(right)s”, which is not in this text.")
NOT_KEPT = gettext_noop("The glossary keeps “%(term)s” as it is, and it is not in this text.")

# Letters of which words are made; kanji are not among them, since they form compounds without end.
_JOINING = ("A-Za-z0-9", "ァ-ヺー")


class Glossary:
    """A rendering is only asked for where the text translates its source; a forbidden one is told everywhere."""

    id = "glossary"

    def run(self, subject: Subject) -> Iterator[Finding]:
        paper = _whole_paper(subject)
        for passage in subject.passages:
            told = [
                finding
                for term in _wrongly_rendered(subject.terms, passage.text, passage.source or paper)
                for finding in self._forbidden(passage, term, subject)
            ]
            yield from told
            if passage.translates and passage.source:
                done = {finding.source for finding in told}
                wanted = (term for term in _told(subject.terms, passage.source) if term.source not in done)
                yield from self._missing(passage, wanted)

    def _forbidden(self, passage: Passage, term: Term, subject: Subject) -> Iterator[Finding]:
        right = term.target or term.source
        if _rendered_throughout(passage, term):
            return
        # Without a source of its own, a text may well say an everyday word of another thing (機能 for “function”).
        is_sure = bool(passage.source) or term.keep or term.case_sensitive
        severity = Severity.ERROR if is_sure else Severity.WARNING
        allowed = [span for other in subject.terms for span in _spans(other.target, passage.text, other)]
        for rendering in term.forbidden:
            for start, end in _spans(rendering, passage.text, term, whole=True, language=subject.language):
                if any(first <= start and end <= last for first, last in allowed):
                    continue
                told = Notice(FORBIDDEN, {"wrong": rendering, "term": term.source, "right": right})
                yield passage.finding(self.id, severity, told, (start, end), suggestion=right, source=term.source)

    def _missing(self, passage: Passage, terms: Iterable[Term]) -> Iterator[Finding]:
        for term in terms:
            if term.keep and not term.pattern().search(passage.text):
                told = Notice(NOT_KEPT, {"term": term.source})
                yield passage.finding(self.id, Severity.WARNING, told, source=term.source)
            elif term.target and not _is_in(term.target, passage.text):
                told = Notice(MISSING, {"term": term.source, "right": term.target})
                yield passage.finding(self.id, Severity.INFO, told, source=term.source)


def _rendered_throughout(passage: Passage, term: Term) -> bool:
    """Whether the right rendering stands as often as the term: then the other one renders some other word."""
    asked = len(term.pattern().findall(passage.source))
    right = term.pattern().findall(passage.text) if term.keep else _spans(term.target, passage.text, term)
    return passage.translates and 0 < asked <= len(right)


def _whole_paper(subject: Subject) -> str:
    """What stands for the source of a text that has none of its own; for a week's, all of its papers."""
    papers = (*((subject.paper,) if subject.paper else ()), *subject.listed)
    return "\n".join((*subject.titles, *(paper.abstract for paper in papers), *(page.text for page in subject.pages)))


def _wrongly_rendered(terms: Sequence[Term], text: str, source: str) -> list[Term]:
    """The terms of the source with a forbidden rendering in the text. The text is looked at first: a paper is long."""
    wrong = [term for term in terms if any(_is_in(rendering, text) for rendering in term.forbidden)]
    longer = [term for term in terms if any(part.source.lower() in term.source.lower() for part in wrong)]
    return [term for term in _told(longer, source) if term in wrong]


def _told(terms: Iterable[Term], source: str) -> list[Term]:
    """The terms of a source; where one is only part of a longer one, as in “attention head”, it is the longer."""
    lowered = source.lower()
    found = []
    for term in find_terms(source, (term for term in terms if term.source.lower() in lowered)):
        if term.pattern().search(source):
            found.append(term)
            source = term.pattern().sub(" ", source)
    return found


def _spans(rendering: str, text: str, term: Term, *, whole: bool = False, language: str = "") -> list[tuple[int, int]]:
    if not rendering:
        return []
    pattern = _whole(rendering, language_of(language).spaced) if whole else re.escape(rendering)
    return [match.span() for match in re.finditer(pattern, text, 0 if term.case_sensitive else re.IGNORECASE)]


@lru_cache(maxsize=4096)
def _whole(rendering: str, spaced: bool) -> str:
    """The rendering where it is no part of a longer word; in languages with spaces, an ending may follow it."""
    before = after = ""
    for letters in _JOINING:
        if re.match(f"[{letters}]", rendering[0]):
            before = f"(?<![{letters}])"
        if re.match(f"[{letters}]", rendering[-1]):
            after = f"(?![{letters}])"
    if spaced and not before:
        before = r"(?<![^\W\d_])"
    return before + re.escape(rendering) + after


def _is_in(rendering: str, text: str) -> bool:
    """Whether it occurs, dots and spaces inside of words aside."""
    return _bare(rendering) in _bare(text)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return re.sub(r"[\s・]+", "", unicodedata.normalize("NFKC", text)).casefold()
