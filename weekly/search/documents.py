"""What a paper's page gives to the search: passages to read, tokens to find it by, marks to narrow by."""

from __future__ import annotations

import hashlib
from collections import Counter, namedtuple
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from papers.models import PaperPage
from papers.models.facts import PaperFacts
from papers.models.listed import ListedPaper
from weekly.search.words import characters_of, tokens_of

TITLE, HEAD = "!", "+"  # before a token: it stands in a title; or in title or summary, or often
OFTEN = 4
_PAGE_BITS = 32  # Wagtail's page ids have no more


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as readers see it, in its language."""

    text: str
    language: str


class FoundPaper(PaperFacts, namedtuple("_Columns", (*ListedPaper._fields, "abstract", "abstract_translated", "qa"))):
    """A paper as lists show it, with the texts that are searched."""

    __slots__ = ()


AnyPaper = PaperPage | FoundPaper


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as the index has it: `words` in their order, `marks` in none."""

    key: int
    words: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def version(self) -> str:
        text = "\x1f".join([str(self.key), " ".join(self.words), " ".join(self.marks)])
        return hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def key_of(day: date | None, page_id: int) -> int:
    """A paper's place among all, newest last."""
    return ((day.toordinal() if day else 1) << _PAGE_BITS) | page_id


def page_of(key: int) -> int:
    return key & ((1 << _PAGE_BITS) - 1)


def key_of_last_day() -> int:
    """Above every key."""
    return (date.max.toordinal() + 1) << _PAGE_BITS


def year_of(key: int) -> int:
    return date.fromordinal(key >> _PAGE_BITS).year


def days_between(start: int, end: int) -> int:
    return (end >> _PAGE_BITS) - (start >> _PAGE_BITS)


def titles_of(page: AnyPaper) -> list[Passage]:
    return _filled([(page.title_translated, page.language), (page.title, page.source_language)])


def passages_of(page: AnyPaper) -> list[Passage]:
    """All that is searched below the titles, in the page's order."""
    own, original = page.language, page.source_language
    texts = [(page.summary, own), (page.abstract_translated, own), (page.abstract, original)]
    for block in page.qa.raw_data:
        value = block["value"]
        texts += [(value.get("question"), own), (value.get("answer"), own)]
        texts += [(value.get("question_original"), original), (value.get("answer_original"), original)]
    return _filled(texts)


def _filled(texts: Iterable[tuple[str | None, str]]) -> list[Passage]:
    return [Passage(text, language) for text, language in texts if text and text.strip()]


def document_of(page: PaperPage, tags: Iterable[int], weeks: Iterable[int]) -> Document:
    """A page's document. `tags` and `weeks` are the ids of its tags and of the public weeks that show it."""
    titles, passages = ([passage.text for passage in found] for found in (titles_of(page), passages_of(page)))
    facts = [page.authors, page.arxiv_id or ""]
    words = [tokens_of(text) for text in (*titles, *passages, *facts)]
    key = key_of(page.sort_date, page.pk)
    marks = {
        *_facets(page, key, tags, weeks),
        *characters_of("\n".join([*titles, *passages, *facts])),
        *(TITLE + token for token in _kept(titles)),
        *(HEAD + token for token in _kept([*titles, page.summary])),
        *(HEAD + token for token, count in Counter(token for row in words for token in row).items() if count >= OFTEN),
    }
    return Document(key, tuple(token for row in words for token in row), tuple(sorted(marks)))


def _kept(texts: Iterable[str]) -> set[str]:
    return {token for text in texts for token in (*tokens_of(text), *characters_of(text))}


def _facets(page: PaperPage, key: int, tags: Iterable[int], weeks: Iterable[int]) -> Iterator[str]:
    yield language_mark(page.language)
    yield year_mark(year_of(key))
    yield from map(category_mark, page.categories.split())
    yield from map(tag_mark, tags)
    yield from map(week_mark, weeks)


def language_mark(language: str) -> str:
    return f"#l{_plain(language)}"


def year_mark(year: int) -> str:
    return f"#y{year}"


def tag_mark(tag_id: int) -> str:
    return f"#t{tag_id}"


def week_mark(week_id: int) -> str:
    return f"#w{week_id}"


def category_mark(code: str) -> str:
    return f"#c{_plain(code)}"


def _plain(code: str) -> str:
    """Of a code that people may type, what can stand in a mark."""
    return "".join(character for character in code.lower()[:40] if character.isalnum() or character in ".-")
