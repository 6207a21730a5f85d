"""References to places in the paper: pages that do not exist, forms that point nowhere, answers that have none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papers.checks.base import Finding, Item, Passage, Severity, Subject, fingerprint
from papers.checks.languages import language_of
from papers.checks.page_references import PageReference, page_references
from papers.checks.sentences import sentences
from papers.errors import Notice, gettext_noop

NO_SUCH_PAGE = gettext_noop("Citation %(number)s points to page %(page)s; the paper's pages are 1 to %(last)s.")
NO_PAGE_AT_ALL = gettext_noop("Citation %(number)s points to page %(page)s, which no paper has.")
NO_PAGE_AT_ALL_NAMED = gettext_noop("“%(reference)s” points to page %(page)s, which no paper has.")
NO_SUCH_PAGE_NAMED = gettext_noop("“%(reference)s” points to page %(page)s; the paper's pages are 1 to %(last)s.")
SECTION = gettext_noop("“%(reference)s” is no page; it looks like the number of a section.")
DUMP = gettext_noop("“%(reference)s” names several places at once; readers cannot tell which of them holds.")
ELSEWHERE = gettext_noop(
    "“%(reference)s” stands on %(count)s other papers of this week as well; look whether it is true."
)
CARRIED_OVER = gettext_noop("“%(mark)s” points into the paper's own list of references, which readers do not have.")
BOILERPLATE = gettext_noop("This sentence only says where something stands; the citation shows that.")
MISSING = gettext_noop("This answer has no citation, though most answers of this paper have one.")

_MOST_PLACES = 2
_FEWEST_ELSEWHERE = 2  # with this one, three papers
_FEWEST_ANSWERS = 3
_MOST = 0.5

# The paper's own marks, such as [83] or [5, 12–14]. What an interval, a shape or an index is stays.
_MARK = re.compile(r"(?<![^A-Za-z0-9][A-Za-z_])\s?\[[1-9]\d{0,2}(?:\s*[,、;–-]\s*[1-9]\d{0,2})*\](?!\()")
_NO_MARK_BEFORE = re.compile(
    r"(?:[=∈×]|区間|範囲|形状|구간|범위|형상|\b(?:range|interval|shape|size)(?: of)?)\s*$", re.IGNORECASE
)


class Citations:
    """What readers are given to look up has to be there, and to be one place."""

    id = "citations"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for item in subject.items:
            yield from self._pages(item, subject)
        for passage in subject.passages:
            yield from self._references(passage, subject)
            yield from self._marks(passage)
            yield from self._boilerplate(passage, language_of(subject.language).prose.only_place)
        yield from self._missing(subject.items)

    def _pages(self, item: Item, subject: Subject) -> Iterator[Finding]:
        for number, citation in enumerate(item.citations, start=1):
            if citation.page is not None and not _exists(citation.page, subject):
                params = {"number": number, "page": citation.page, "last": _last(subject)}
                judged = fingerprint(str(citation.page), citation.quote, str(_last(subject)))
                notice = Notice(NO_SUCH_PAGE if subject.pages else NO_PAGE_AT_ALL, params)
                yield Finding(self.id, Severity.ERROR, notice, "citations", item.block, judged=judged)

    def _references(self, passage: Passage, subject: Subject) -> Iterator[Finding]:
        for reference in page_references(passage.text):
            if problem := _problem(reference, subject):
                yield passage.finding(self.id, *problem, reference.span)

    def _marks(self, passage: Passage) -> Iterator[Finding]:
        for found in _MARK.finditer(passage.text):
            if not _NO_MARK_BEFORE.search(passage.text, max(0, found.start() - 20), found.start()):
                notice = Notice(CARRIED_OVER, {"mark": found[0].strip()})
                yield passage.finding(self.id, Severity.WARNING, notice, found.span(), suggestion="")

    def _boilerplate(self, passage: Passage, pattern: str) -> Iterator[Finding]:
        if not pattern:
            return
        for sentence in sentences(passage.text):
            if re.fullmatch(pattern, sentence.text, re.IGNORECASE):
                yield passage.finding(self.id, Severity.WARNING, Notice(BOILERPLATE), sentence.span, suggestion="")

    def _missing(self, items: tuple[Item, ...]) -> Iterator[Finding]:
        answered = [item for item in items if item.answer.text.strip()]
        bare = [item for item in answered if not _cites(item)]
        if len(answered) >= _FEWEST_ANSWERS and len(bare) < len(answered) * _MOST:
            for item in bare:
                yield item.answer.finding(self.id, Severity.WARNING, Notice(MISSING))


def _problem(reference: PageReference, subject: Subject) -> tuple[Severity, Notice] | None:
    """The worst that is wrong with a reference."""
    params: dict[str, object] = {"reference": reference.text}
    if reference.is_section:
        return Severity.ERROR, Notice(SECTION, params)
    if wrong := [page for page in reference.pages if not _exists(page, subject)]:
        template = NO_SUCH_PAGE_NAMED if subject.pages else NO_PAGE_AT_ALL_NAMED
        return Severity.ERROR, Notice(template, {**params, "page": wrong[0], "last": _last(subject)})
    elsewhere = subject.cited_elsewhere.get(reference.text, 0)
    if len(reference.ranges) > 1 and elsewhere >= _FEWEST_ELSEWHERE:
        return Severity.ERROR, Notice(ELSEWHERE, {**params, "count": elsewhere})
    return (Severity.WARNING, Notice(DUMP, params)) if reference.places > _MOST_PLACES else None


def _exists(page: int, subject: Subject) -> bool:
    """Where the pages are not known, only what no paper has is wrong."""
    return page >= 1 and (not subject.pages or page <= subject.pages[-1].number)


def _last(subject: Subject) -> int:
    """The paper's last page, 0 where its pages are not known."""
    return subject.pages[-1].number if subject.pages else 0


def _cites(item: Item) -> bool:
    return bool(item.citations) or next(page_references(item.answer.text), None) is not None
