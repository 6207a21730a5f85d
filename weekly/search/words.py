"""From text to the tokens of the search index.

Scripts without spaces become overlapping pairs of characters, so that a word of any length is found as a phrase of
pairs wherever it stands; single characters are kept beside them. All else becomes words, folded, without a plural's
ending. Tokens hold letters and digits only: what an index needs besides (see documents) cannot be confused with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

MAX_TOKEN = 64  # characters; longer ones are cut, in texts and queries alike

# Kanji, kana, hangul, and the scripts of South-East Asia: none of them shows by spaces where a word begins.
UNSPACED = (
    r"\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1100-\u11ff\u1780-\u17d3"
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|[^\W_{UNSPACED}]+")
_PLURAL = re.compile(r"(?<![aeiou])ies$|(?<=[a-z])(?<![su'i])s$")
_ENDINGS = {"ies": "y", "s": ""}


def fold(text: str) -> str:
    """One spelling for full and half width, upper and lower case, letters with and without accents."""
    return "".join(map(fold_character, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=20_000)
def fold_character(character: str) -> str:
    """Accents are dropped from Latin letters alone: elsewhere they make another letter (か, が)."""
    folded = unicodedata.normalize("NFKC", character).casefold()
    if folded.isascii() or "LATIN" not in unicodedata.name(folded[0], ""):
        return folded
    return "".join(part for part in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(part))


def runs(folded: str) -> Iterator[tuple[bool, str]]:
    """The runs of letters and digits in a folded text, each with whether its script knows no spaces."""
    for match in _RUN.finditer(folded):
        yield match.lastgroup == "unspaced", match[0]


def tokens_of_run(unspaced: bool, run: str) -> list[str]:
    """A word's one token, or a run's overlapping pairs."""
    if not unspaced:
        return [stem(run[:MAX_TOKEN])]
    return [one + other for one, other in pairwise(run)] or [run]


def stem(word: str) -> str:
    """An English word without its plural's ending; short words and all others as they are."""
    if len(word) < 4 or not word.isascii():
        return word
    return _PLURAL.sub(lambda match: _ENDINGS[match[0]], word)


def tokens_of(text: str) -> list[str]:
    """The tokens of a text in its order."""
    return [token for unspaced, run in runs(fold(text)) for token in tokens_of_run(unspaced, run)]


def characters_of(text: str) -> set[str]:
    """The single characters that can be searched for."""
    return {character for unspaced, run in runs(fold(text)) if unspaced for character in run}
