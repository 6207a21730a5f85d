"""What the source and the reading list tell of a paper: does it agree, and with the week?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from papers.categories import NAMES
from papers.checks.base import Finding, Passage, Severity, Subject, fingerprint
from papers.checks.latin import all_spellings, latin_words
from papers.errors import Notice, gettext_noop
from papers.paper import Paper
from papers.sources.titles import titles_match

AFTER_WEEK = gettext_noop("The paper is dated %(published)s, after the week's end (%(end)s).")
LONG_BEFORE = gettext_noop("The paper is dated %(published)s, %(days)d days before the week begins.")
TWICE = gettext_noop("The category “%(category)s” is named twice.")
OTHER_TITLE = gettext_noop("The list calls this paper “%(listed)s”, its source “%(title)s”. Is it the right paper?")
GLUED = gettext_noop("Two words run together: “%(word)s”.")
TITLE_IN_TEXT = gettext_noop("The title runs together with the text.")

_EARLY = timedelta(days=7)
# Two ordinary words, the second with a capital, as in ModelAdaptation.
_GLUED = re.compile(r"((?:[A-Z]|\b)[a-z]{3,})([A-Z][a-z]{3,})")


class Metadata:
    """Findings stand on the paper as a whole, those about the title on the field `title`."""

    id = "metadata"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for passage in subject.texts:
            yield from self._title_in_text(passage, subject)
        if (paper := subject.paper) is None:
            return
        if subject.week and paper.published:
            yield from self._dates(paper.published, *subject.week)
        for category in _named_twice(paper.categories):
            yield self._finding(Severity.WARNING, Notice(TWICE, {"category": category}), category)
        if subject.listed_title and not titles_match(subject.listed_title, paper):
            told = Notice(OTHER_TITLE, {"listed": subject.listed_title, "title": paper.title})
            yield self._finding(Severity.WARNING, told, subject.listed_title, paper.title, field="title")
        yield from self._glued(paper, subject)

    def _dates(self, published: date, start: date, end: date) -> Iterator[Finding]:
        known = (str(published), str(start), str(end))
        if published > end:
            told = Notice(AFTER_WEEK, {"published": published.isoformat(), "end": end.isoformat()})
            yield self._finding(Severity.ERROR, told, *known)
        elif start - published > _EARLY:
            told = Notice(LONG_BEFORE, {"published": published.isoformat(), "days": (start - published).days})
            yield self._finding(Severity.INFO, told, *known)

    def _glued(self, paper: Paper, subject: Subject) -> Iterator[Finding]:
        """A compound is two words where both occur apart and the compound itself nowhere else."""
        texts = (paper.abstract, paper.title, subject.listed_title, *(page.text for page in subject.pages))
        for title in dict.fromkeys(filter(None, (paper.title, subject.listed_title))):
            for word in latin_words(title):
                match = _GLUED.fullmatch(word.text)
                if match and _are_two_words(match, texts):
                    yield self._finding(Severity.WARNING, Notice(GLUED, {"word": word.text}), title, field="title")

    def _title_in_text(self, passage: Passage, subject: Subject) -> Iterator[Finding]:
        for title in {subject.paper.title if subject.paper else "", subject.listed_title} - {""}:
            end = len(title)
            if passage.field != "title" and passage.text.startswith(title) and passage.text[end : end + 1].isalnum():
                yield passage.finding(self.id, Severity.WARNING, Notice(TITLE_IN_TEXT), (0, end))

    def _finding(self, severity: Severity, told: Notice, *judged: str, field: str = "") -> Finding:
        return Finding(self.id, severity, told, field, judged=fingerprint(*judged))


def _named_twice(categories: Iterable[str]) -> Iterator[str]:
    """Different codes of arXiv's that share a name are no fault: the page shows that name once."""
    named: dict[str, list[str]] = defaultdict(list)
    for category in categories:
        named[NAMES.get(category, category).casefold()].append(category)
    for same in named.values():
        if len(same) > len(NAMES.keys() & same) and len(same) > 1:
            yield NAMES.get(same[0], same[0])


def _are_two_words(match: re.Match[str], texts: tuple[str, ...]) -> bool:
    counts = all_spellings(texts)
    if any(f"{match[1]} {match[2]}".lower() in text.lower() for text in texts):
        return True
    lower = {spelling.lower() for spelling in counts}
    return counts[match[0]] < 2 and match[1].lower() in lower and match[2].lower() in lower
