"""Where a paper's text matches, with the words marked, as readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from weekly.search.documents import Passage
from weekly.search.query import Query
from weekly.search.words import MAX_TOKEN, UNSPACED, fold_character, stem

LENGTH = 200  # characters of an excerpt; half as many where a character is a syllable or a word
NEAR = 20  # characters around a word that show what kind of text it is
MOST_READ = 20_000  # characters of a passage that are looked through
_LETTER = rf"[^\W_{UNSPACED}]"
_WORDS = re.compile(rf"{_LETTER}+")
_DENSE = re.compile(rf"[{UNSPACED}]")
_SPACES = re.compile(r"\s+")
# All but what the search sees as it is written: small letters, kana, most kanji and hangul, the usual signs.
_OTHER = re.compile(r"[^\x00-@\[-\x7f\u3001-\u3003\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3]")


class Part(NamedTuple):
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
        pieces = (f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in self.parts)
        return mark_safe("".join(pieces))


class Span(NamedTuple):
    """A place in a text where a word of the query stands."""

    start: int
    end: int
    word: str


class Marker:
    """Finds a query's words in texts, at a cost that grows with the text's length alone."""

    def __init__(self, query: Query) -> None:
        self._words = {token for token in query.tokens if not _DENSE.match(token)}
        # A word and its plural begin alike, but for the last letter of `memory`.
        self._beginnings = _any_of((word.removesuffix("y") for word in self._words), rf"{_LETTER}*")
        self._rows = _any_of(_joined(phrase) for phrase in query.phrases if _DENSE.match(phrase[0]))

    def whole(self, passage: Passage) -> Excerpt:
        """A whole passage, such as a title."""
        return self._cut(passage, self._spans(passage.text), 0, len(passage.text))

    def best(self, passages: Iterable[Passage], most: int = 2) -> list[Excerpt]:
        """The excerpts that show most words; each shows some that those before it do not."""
        found: list[Excerpt] = []
        shown: set[str] = set()
        left = [(passage, spans, _words(spans)) for passage in passages if (spans := self._spans(passage.text))]
        while left and len(found) < most:
            passage, spans, words = max(left, key=lambda one: len(one[2] - shown))
            if words <= shown:
                break
            first = next(span for span in spans if span.word not in shown)
            found.append(self._around(passage, spans, first))
            shown |= words
        return found

    def _spans(self, text: str) -> list[Span]:
        """In the text's order."""
        folded, places = _folded(text[:MOST_READ])
        spans = sorted(self._found(folded))
        return [Span(places[start], places[end - 1] + 1, word) for start, end, word in spans] if places else spans

    def _found(self, folded: str) -> Iterator[Span]:
        """No two overlap: words and rows are of different characters."""
        for match in self._beginnings.finditer(folded) if self._beginnings else ():
            start, end = match.span()
            if (word := stem(match[0][:MAX_TOKEN])) in self._words and not _ends_with_letter(folded, start):
                yield Span(start, end, word)
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


def _any_of(texts: Iterable[str], following: str = "") -> re.Pattern[str] | None:
    longest_first = sorted(set(texts), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){following}") if longest_first else None


def _ends_with_letter(text: str, end: int) -> bool:
    """Whether what stands before a place is part of a word."""
    return end > 0 and _WORDS.match(text[end - 1]) is not None


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
    folds = {sign: fold_character(sign) for sign in _OTHER.findall(text)}
    folded = _OTHER.sub(lambda match: folds[match[0]], text) if folds else text
    if all(len(fold) == 1 for fold in folds.values()):
        return folded, []
    return folded, [place for place, sign in enumerate(text) for _letter in folds.get(sign, sign)]
