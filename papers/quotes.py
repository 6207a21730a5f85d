"""Finds a quote in a paper's pages: verbatim after normalisation, or not at all.

Verbatim means equal once case, white space, ligatures, hyphenation and the shapes of quotation marks and dashes are
folded, and once running heads and the paper's own reference marks are left out where they stand in between. Nothing is
ever fuzzy: a changed digit, a sign or a negation is another text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from papers.page_text import with_apparatus_hidden
from papers.paper import PageText

# Fewer words than this are no evidence: “of the model” stands on every page. Two CJK characters count as one word.
MIN_WORDS = 4

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]{{1,2}}|[^\W{_CJK}]+")
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")

# PDF extraction marks a hyphen at a line's end as U+0002 or U+FFFE; soft hyphens and zero-width spaces do not show.
_FOLDED = str.maketrans(
    dict.fromkeys("‐‑‒−\x02\ufffe", "-")
    | dict.fromkeys("–—―", " - ")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‘’‚‛`´", "'")
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff")
)
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d_]{2})\s*-\s*(?=[^\W\d_]{2})")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2}-[^\W\d_]{2}")
_DASH_IN_RANGE = re.compile(r"(?<=\d) - (?=\d)")
_SPACE_AFTER_HYPHEN = re.compile(r"(?<=\w)- (?=\w)")
_AROUND = " \"'.,;:"


@dataclass(frozen=True, slots=True)
class Found:
    """The page on which the quote starts; `expected` where that is the page it was looked for on, or none was told."""

    page: int
    expected: bool = True


def normalise(text: str) -> str:
    """Fold what two verbatim copies of one text may differ in."""
    text = unicodedata.normalize("NFKC", text.translate(_FOLDED)).replace("''", '"').casefold()
    text = _HYPHEN_IN_WORD.sub("", " ".join(text.split()))
    text = _SPACE_AFTER_HYPHEN.sub("-", _DASH_IN_RANGE.sub("-", text))
    return _BETWEEN_CJK.sub("", text)


def needle_of(quote: str) -> str:
    """A quote as it is searched for: normalised, without marks around it."""
    return normalise(quote).strip(_AROUND)


def is_evidence(quote: str) -> bool:
    """Whether a quote is long enough to point to one place."""
    return len(_WORD.findall(quote)) >= MIN_WORDS


class QuoteIndex:
    """The pages of one paper, normalised once, for any number of quotes."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self._pages = tuple(pages)

    @cached_property
    def _as_printed(self) -> Run:
        return Run(self._pages)

    @cached_property
    def _as_read(self) -> Run:
        return Run(with_apparatus_hidden(self._pages))

    def find(self, quote: str, expected_page: int | None = None) -> Found | None:
        """Where the quote stands, the expected page first; None where it does not, or is too short to tell."""
        needle = needle_of(quote)
        if not is_evidence(needle):
            return None
        printed = set(self._as_printed.places(needle))
        if printed and (expected_page is None or expected_page in printed):
            return Found(expected_page or min(printed))
        places = printed | set(self._as_read.places(needle))
        if expected_page in places:
            return Found(expected_page)
        return Found(min(places), expected=expected_page is None) if places else None


def find_quote(quote: str, pages: Sequence[PageText], expected_page: int | None = None) -> Found | None:
    """`QuoteIndex.find` for a single quote."""
    return QuoteIndex(pages).find(quote, expected_page)


class Run:
    """Pages run together, so that a quote may cross a page break."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.text = ""
        self.starts: list[int] = []  # where each page begins in `text`
        self._numbers = [page.number for page in pages]
        for page in pages:
            self._append(normalise(page.text))

    def _append(self, text: str) -> None:
        if _BROKEN_WORD.fullmatch(self.text[-3:] + text[:2]):
            self.text = self.text[:-1]
        elif self.text:
            self.text += " "
        self.starts.append(len(self.text))
        self.text += text

    def places(self, needle: str) -> Iterator[int]:
        """The numbers of the pages on which the needle starts."""
        return (self._numbers[bisect_right(self.starts, at) - 1] for at in self.offsets(needle))

    def offsets(self, needle: str) -> Iterator[int]:
        """Where the needle stands in `text`, whole words and numbers only."""
        at = self.text.find(needle)
        while at >= 0:
            if self._stands_alone(at, at + len(needle)):
                yield at
            at = self.text.find(needle, at + 1)

    def _stands_alone(self, start: int, end: int) -> bool:
        """Cut inside a word or a number, a quote says something else: “4 billion” is no part of “34 billion”."""
        return not _JOINED_BEFORE.search(self.text[max(0, start - 2) : start + 1]) and not _JOINED_AFTER.match(
            self.text[end - 1 : end + 2]
        )


_LETTER = rf"[^\W{_CJK}]"
_JOINED_BEFORE = re.compile(rf"{_LETTER}{_LETTER}$|[-+.,/±]\d$")
_JOINED_AFTER = re.compile(rf"{_LETTER}{_LETTER}|\d(?:%|[.,]\d)")
