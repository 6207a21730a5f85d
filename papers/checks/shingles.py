"""How much of one text stands in another: runs of three letters or words that both have.

A CJK letter is one token and so is a word of an alphabet: long names of models, which all answers share, then weigh no
more than three letters do, and English is compared by its words.
"""

from __future__ import annotations

import re
import unicodedata

from papers.checks.page_references import without_page_references

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str, size: int = 3) -> Shingles:
    """The runs of `size` tokens; case, width, punctuation and page references do not count."""
    folded = unicodedata.normalize("NFKC", without_page_references(text)).casefold()
    tokens = _TOKEN.findall(folded)
    return frozenset(zip(*(tokens[at:] for at in range(size)), strict=False))


def share(part: Shingles, whole: Shingles) -> float:
    """Which share of `part` stands in `whole`: 0 to 1; an empty part has none."""
    return len(part & whole) / len(part) if part else 0.0


def containment(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text that stands in the longer one."""
    return share(*sorted((one, other), key=len))
