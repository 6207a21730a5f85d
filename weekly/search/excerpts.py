"""Where a paper's text matches, with the words marked, as readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from weekly.search.documents import Passage
from weekly.search.query import Query
from weekly.search.words import MAX_TOKEN, UNSPACED, fold_character, stem

LENGTH = 200  # characters of an excerpt; half as many where a character is a syllable or a word
NEAR = 20  # characters around a word that show what kind of text it is
MOST_READ = 20_000  # characters of a passage that are looked through
_WORDS = re.compile(rf"[^\W_{UNSPACED}]+")
_DENSE = re.compile(rf"[{UNSPACED}]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage, or a piece of one, in its language. `parts` in a row are its text."""

    parts: tuple[Part, ...]
    language: str

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def html(self) -> SafeString:
        """The text, escaped, with its words in `mark` elements."""
        pieces = (format_html("<mark>{}</mark>", part.text) if part.marked else part.text for part in self.parts)
        return format_html_join("", "{}", ((piece,) for piece in pieces))


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text where a word of the query stands."""

    start: int
    end: int
    word: str


class Marker:
    """Finds a query's words in texts, at a cost that grows with the text's length alone."""

    def __init__(self, query: Query) -> None:
        self._words = {token for token in query.tokens if not _DENSE.match(token)}
        rows = {_joined(phrase) for phrase in query.phrases if _DENSE.match(phrase[0])}
        longest_first = sorted(rows, key=len, reverse=True)
        self._rows = re.compile("|".join(map(re.escape, longest_first))) if rows else None

    def whole(self, passage: Passage) -> Excerpt:
        """A whole passage, such as a title."""
        return self._cut(passage, self._spans(passage.text), 0, len(passage.text))

    def best(self, passages: Iterable[Passage], most: int = 2) -> list[Excerpt]:
        """The excerpts that show most words; each shows some that those before it do not."""
        found: list[Excerpt] = []
        shown: set[str] = set()
        left = [(passage, spans) for passage in passages if (spans := self._spans(passage.text))]
        while left and len(found) < most:
            passage, spans = max(left, key=lambda one: len(_words(one[1]) - shown))
            fresh = [span for span in spans if span.word not in shown]
            if not fresh:
                break
            found.append(self._around(passage, spans, fresh[0]))
            shown |= _words(spans)
        return found

    def _spans(self, text: str) -> list[Span]:
        """In the text's order; where two overlap, the first."""
        folded, places = _folded(text[:MOST_READ])
        found = sorted(self._found(folded), key=lambda span: (span.start, -span.end))
        spans: list[Span] = []
        for span in found:
            if not spans or span.start >= spans[-1].end:
                spans.append(span)
        return [Span(places[span.start], places[span.end - 1] + 1, span.word) for span in spans] if places else spans

    def _found(self, folded: str) -> Iterator[Span]:
        for match in _WORDS.finditer(folded) if self._words else ():
            word = stem(match[0][:MAX_TOKEN])
            if word in self._words:
                yield Span(match.start(), match.end(), word)
        for match in self._rows.finditer(folded) if self._rows else ():
            yield Span(match.start(), match.end(), match[0])

    def _around(self, passage: Passage, spans: list[Span], first: Span) -> Excerpt:
        dense = _DENSE.search(passage.text, max(first.start - NEAR, 0), first.end + NEAR)
        length = LENGTH // 2 if dense else LENGTH
        is_short = len(passage.text) <= length * 5 // 4
        start = 0 if is_short else _word_start(passage.text, max(first.start - length // 4, 0), first.start)
        length = len(passage.text) if is_short else length
        return self._cut(passage, spans, start, _word_end(passage.text, max(start + length, first.end), first.end))

    def _cut(self, passage: Passage, spans: list[Span], start: int, end: int) -> Excerpt:
        parts = [Part("…", False)] if start else []
        place = start
        for span in spans:
            if span.start < place or span.end > end:
                continue
            parts += _part(passage.text[place : span.start]), Part(passage.text[span.start : span.end], True)
            place = span.end
        parts.append(_part(passage.text[place:end]))
        parts += [Part("…", False)] if end < len(passage.text) else []
        return Excerpt(tuple(part for part in parts if part.text), passage.language)


def _joined(phrase: tuple[str, ...]) -> str:
    """The run of characters that overlapping pairs are of."""
    return phrase[0] + "".join(pair[1:] for pair in phrase[1:])


def _words(spans: Iterable[Span]) -> set[str]:
    return {span.word for span in spans}


def _part(text: str) -> Part:
    return Part(_SPACES.sub(" ", text), False)


def _word_start(text: str, start: int, latest: int) -> int:
    """Where an excerpt begins: no word with spaces around it is cut."""
    if start == 0 or _DENSE.match(text[start]):
        return start
    space = _SPACES.search(text, start, latest)
    return space.end() if space else start


def _word_end(text: str, end: int, earliest: int) -> int:
    """Where an excerpt ends, in the same way."""
    if end >= len(text) or _DENSE.match(text[end]):
        return min(end, len(text))
    space = text.rfind(" ", earliest, end + 1)
    return space if space > 0 else end


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as the search sees it, and for each of its characters its place in the text; none where they are the
    same."""
    if text.isascii():
        return text.lower(), []
    pieces = list(map(fold_character, text))
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return folded, []
    return folded, [place for place, piece in enumerate(pieces) for _letter in piece]
