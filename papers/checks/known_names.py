"""Which names a page may use: those of its paper, and those that the page itself has more than once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from papers.checks.base import Subject
from papers.checks.latin import all_spellings, latin_words, names

_CAPITALISED = re.compile(r"[A-Z][a-z]{3,}")
_FREQUENT = 3
_SHORTEST = 4  # letters and digits of a name such as gpt-4
_LONG = 6  # letters of a proper noun; a shorter one has too many neighbours


@dataclass(frozen=True)
class KnownNames:
    """`paper` counts the spellings in the paper's language, `page` those in the readers' texts.

    `texts` is all that is at hand of the paper, its authors last.
    """

    paper: Counter[str]
    page: Counter[str]
    shaped: frozenset[str]
    shaped_in_page: frozenset[str]
    authors: frozenset[str]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, subject: Subject) -> KnownNames:
        texts, own = tuple(paper_texts(subject)), [passage.text for passage in subject.passages]
        authors = subject.paper.authors if subject.paper else ()
        paper, page = all_spellings((*texts, *authors)), all_spellings(own)
        return cls(
            paper=paper,
            page=page,
            shaped=_shaped_in_paper(texts, paper),
            shaped_in_page=names(page),
            authors=frozenset(word.text for author in authors for word in latin_words(author) if len(word.text) > 3),
            texts=(*texts, *authors),
        )

    def is_in_paper(self, name: str) -> bool:
        """Whether the paper has it in just these letters, be it over a line's end or in the plural."""
        spaced = r"\s+".join(map(re.escape, name.split()))
        pattern = re.compile(rf"(?<![A-Za-z0-9]){spaced}(?=s?(?![A-Za-z0-9]))")
        return any(pattern.search(text) for text in self.texts)

    @cached_property
    def cased(self) -> Mapping[str, Counter[str]]:
        """The spellings of each name of the paper, by its small letters: names by shape, and proper nouns."""
        return _by_lower(self.shaped | {word for word in self.paper if self._is_proper(word)}, self.paper)

    @cached_property
    def cased_in_page(self) -> Mapping[str, Counter[str]]:
        """The spellings that the page has of what looks like a name at least once."""
        lowered = {name.lower() for name in self.shaped_in_page}
        capitals = (word for word in self.page if not word.islower() and word.lower() in lowered)
        return _by_lower(capitals, self.page)

    @cached_property
    def candidates(self) -> frozenset[str]:
        """What a misspelt word may have meant: names by shape, authors, words with a digit, and proper nouns.

        A name that the page has three times is meant, whatever is at hand of the paper.
        """
        frequent = {name for name in self.shaped_in_page if self.page[name] >= _FREQUENT}
        return self.shaped | self.authors | frequent | {word for word in self.paper if self._is_name_like(word)}

    def _is_name_like(self, word: str) -> bool:
        if len(word) > _SHORTEST and re.search(r"\d", word) and re.search("[A-Za-z]", word):
            return True
        return len(word) >= _LONG and self._is_proper(word)

    def _is_proper(self, word: str) -> bool:
        return _CAPITALISED.fullmatch(word) is not None and word.lower() not in self.paper


def paper_texts(subject: Subject) -> Iterator[str]:
    """All texts at hand in the paper's language, the authors left out."""
    yield from subject.titles
    if subject.paper:
        yield from (subject.paper.abstract, subject.paper.comment)
    yield from (paper.abstract for paper in subject.listed)
    yield from (passage.source for passage in subject.passages if passage.source)
    yield from (page.text for page in subject.pages)


def _shaped_in_paper(texts: Iterable[str], counts: Counter[str]) -> frozenset[str]:
    """Names by shape; a title in capitals shapes all of its words like acronyms."""
    capitals = [text for text in texts if text.isupper() and len(text.split()) > 2]
    return names(counts - all_spellings(capitals) if capitals else counts)


def _by_lower(words: Iterable[str], counts: Counter[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        found[word.lower()][word] = counts[word]
    return found
