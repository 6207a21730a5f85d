"""Splits prose into sentences. Knows the abbreviations of papers; headings, tables and captions are no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATION = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|resp|approx|ca|viz|w\.r\.t|i\.i\.d|a\.k\.a"
    r"|Figs?|Eqs?|Secs?|Sect|Tabs?|Refs?|Alg|Thm|Lem|Def|Prop|App|Appx|Ch|Nos?|Vol|pp?"
    r"|Dr|Mr|Mrs|Ms|Prof|St|Jr|Inc|Ltd)|(?<![A-Za-z])[A-Z])\.$",
    re.IGNORECASE,
)
# The second branch: Chinese and Japanese put no space after a full stop.
_BOUNDARY = re.compile(
    r"(?<=[.!?])[\"'”’)\]]*(\s+)(?=[\"'“‘(\[]*[A-Z0-9À-Þ\u3040-\u9fff\uac00-\ud7af])|(?<=[。！？])(?=[^\s」』)])"
)
_HEADING = re.compile(
    r"\s*(?:(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.)\s+[A-Z][^.!?]{0,60}"
    r"|(?i:abstract|introduction|background|related works?|methods?|methodology|experiments?|evaluation|results?"
    r"|discussion|limitations?|conclusions?|future work|acknowledge?ments?))"
)
_CAPTION = re.compile(r"\s*(?:Figure|Fig\.|Table|Algorithm|Listing)\s+\d+\s*[.:|]")
_BULLET = re.compile(r"^\s*[•▪‣●◦]\s*", re.MULTILINE)
_LEAST_WORDS, _MOST_WORDS = 6, 60
_LEAST_LETTERS = 0.75


def split(text: str) -> list[str]:
    """The sentences of a run of prose, white space folded; together they are the whole text."""
    text = " ".join(text.split())
    starts = [0, *(found.end() for found in _BOUNDARY.finditer(text) if not _abbreviates(text, found)), len(text)]
    return [text[a:b].strip() for a, b in zip(starts, starts[1:], strict=False) if text[a:b].strip()]


def prose(page: str) -> list[str]:
    """The whole sentences of a page's text that can stand alone, in order."""
    found = [sentence for block in _blocks(page) for sentence in split(block)]
    return [sentence for sentence in found if _stands_alone(sentence)]


def _abbreviates(text: str, boundary: re.Match[str]) -> bool:
    return bool(_ABBREVIATION.search(text, max(0, boundary.start() - 12), boundary.start()))


def _blocks(page: str) -> Iterator[str]:
    """Runs of lines between headings, captions, bullets and empty lines."""
    lines: list[str] = []
    for line in _BULLET.sub("\n\n", page).splitlines():
        if not line.strip() or _CAPTION.match(line) or (_ends(lines) and _HEADING.fullmatch(line.rstrip())):
            yield " ".join(lines)
            lines = [line] if _CAPTION.match(line) else []
        else:
            lines.append(line)
    yield " ".join(lines)


def _ends(lines: list[str]) -> bool:
    """Whether a heading may stand here: at the start, or after a full stop."""
    return not lines or lines[-1].rstrip().endswith((".", "!", "?", ":", "。"))


def _stands_alone(sentence: str) -> bool:
    words = sentence.split()
    letters = sum(character.isalpha() or character.isspace() for character in sentence)
    return (
        _LEAST_WORDS <= len(words) <= _MOST_WORDS
        and sentence[-1] in ".!?"
        and (sentence[0].isupper() or sentence[0].isdigit())
        and not _CAPTION.match(sentence)
        and letters >= _LEAST_LETTERS * len(sentence)
    )
