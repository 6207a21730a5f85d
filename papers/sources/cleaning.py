"""From PDFium's raw text of a page to text that can be stored, searched, quoted and sent to a model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from papers.paper import PageText

# PDFium writes U+FFFE (older builds U+0002) where it found a hyphen at a line's end, and drops hyphen and break.
_BREAK_MARK = re.compile("[\ufffe\x02]")
_WORD_BREAK = re.compile(r"([^\W\d_]+)[-‐\xad]\n(?=([^\W\d_]+))")
_COMPOUND = re.compile(r"([^\W\d_]+)[-‐](?=([^\W\d_]+))")

# "arXiv:2405.03548v2 [cs.CL] 6 May 2024", which arXiv prints along the first page's left edge.
_STAMP = re.compile(
    r"arXiv:\s*(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s+\[[\w.-]+\])?\s+\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}"
)
_JOINERS = "\u200c\u200d"  # control the shape of Arabic, Indic and emoji text, so they are part of it


def clean_pages(raw: Sequence[str]) -> tuple[PageText, ...]:
    """Pages numbered from 1: NFKC, words whole that a line's end had cut, no side stamp, no control characters."""
    texts = [_lines(_BREAK_MARK.sub("-\n", unicodedata.normalize("NFKC", text))) for text in raw]
    if texts:
        texts[0] = without_stamp(texts[0])
    compounds = find_compounds(texts)
    return tuple(PageText(number, _tidy(join_words(text, compounds))) for number, text in enumerate(texts, start=1))


def without_stamp(text: str) -> str:
    """Turned text comes out forwards or, letter by letter, backwards."""
    return _STAMP.sub("", _STAMP.sub("", text)[::-1])[::-1]


def find_compounds(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs of words that a hyphen joins within a line, in lower case."""
    return frozenset((left.casefold(), right.casefold()) for text in texts for left, right in _COMPOUND.findall(text))


def join_words(text: str, compounds: frozenset[tuple[str, str]]) -> str:
    """Join what a hyphen at a line's end parts.

    The hyphen stays where it belongs to the word: the paper writes the pair with a hyphen elsewhere, there is a hyphen
    before it already (state-of-|the-art), or capitals stand at the break. A soft hyphen never stays.
    """

    def joined(cut: re.Match[str]) -> str:
        left, right = cut[1], cut[2]
        own = (left.casefold(), right.casefold()) in compounds or text[cut.start() - 1 : cut.start()] in ("-", "‐")
        kept = own or not (left[-1].islower() and right[0].islower())
        return f"{left}-" if kept and "\xad" not in cut[0] else left

    return re.sub(r"(?<=\w)-\n(?=\w)", "-", _WORD_BREAK.sub(joined, text))


def _lines(text: str) -> str:
    return re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)


def _tidy(text: str) -> str:
    """One space between words, no more than one empty line, nothing that a database or a feed refuses."""
    text = re.sub(r"[^\S\n]+", " ", _without_controls(text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def _without_controls(text: str) -> str:
    """Drop controls, format characters, surrogates, private use and unassigned ones (all of Unicode's category C)."""
    allowed = set(_JOINERS + "\n\t")
    return text.translate({ord(c): None for c in set(text) - allowed if unicodedata.category(c).startswith("C")})
