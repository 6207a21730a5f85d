"""The passage of a paper that is nearest to a quote, and how they differ: to be shown, never to be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from papers.paper import PageText
from papers.quotes import normalise

_LEAST = 75  # rapidfuzz's ratio, 0 to 100; below it the likeness is chance
_MOST = 600  # letters; a longer quote is compared by its beginning
_MARGIN = 16  # letters around an alignment in which its first and last word end

_HYPHEN = re.compile(r"(?<=\w)[-\xad\x02\ufffe‐]\s*\n\s*(?=\w)")
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PIECE = re.compile(rf"[{_CJK}]|[^\s{_CJK}]+")


@dataclass(frozen=True, slots=True)
class Nearest:
    page: int
    text: str
    likeness: float


def nearest_passage(quote: str, pages: Sequence[PageText], expected: int | None = None) -> Nearest | None:
    """The page's own words that are most like the quote, on the expected page where pages are equally near."""
    needle = _folded(quote)[:_MOST]
    found = [near for page in pages if (near := _nearest(needle, page)) is not None]
    return max(found, key=lambda near: (near.likeness, near.page == expected), default=None)


def difference(quote: str, passage: str) -> str:
    """What changed, in the paper's words and then the quote's: “34 → 35”; a dash stands for nothing."""
    told, printed = _PIECE.findall(quote[:_MOST]), _PIECE.findall(passage)
    matcher = SequenceMatcher(None, list(map(_bare, printed)), list(map(_bare, told)), autojunk=False)
    return "; ".join(_changes(matcher, printed, told)) or "–"


def _changes(matcher: SequenceMatcher[str], printed: Sequence[str], told: Sequence[str]) -> Iterator[str]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield f"{_joined(printed[a:b])} → {_joined(told[c:d])}"


def _nearest(needle: str, page: PageText) -> Nearest | None:
    text = " ".join(_HYPHEN.sub("", page.text).split())
    found = fuzz.partial_ratio_alignment(needle, _lower(text), score_cutoff=_LEAST)
    if found is None or found.score < _LEAST or not text:
        return None
    return Nearest(page.number, _whole_words(text, found.dest_start, found.dest_end), found.score)


def _whole_words(text: str, start: int, end: int) -> str:
    """Widen a span to where its first and last word end; where nothing is spaced, leave it."""
    before = re.search(rf"[^\s。、{_CJK}]{{0,{_MARGIN}}}$", text[max(0, start - _MARGIN) : start])
    after = re.match(rf"[^\s。、{_CJK}]{{0,{_MARGIN}}}", text[end:])
    return text[start - len(before[0] if before else "") : end + len(after[0] if after else "")].strip()


def _folded(text: str) -> str:
    return _lower(" ".join(text.split()))


def _lower(text: str) -> str:
    """Small letters, one for each, so that places stay what they were."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _bare(piece: str) -> str:
    return normalise(piece).strip(" \"'.,;:()")


def _joined(pieces: Sequence[str]) -> str:
    if not pieces:
        return "–"
    return " ".join(pieces) if pieces[0].isascii() else "".join(pieces)
