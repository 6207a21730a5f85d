"""How Japanese spells foreign names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from papers.checks.languages.base import Borrowing

# Unicode calls チ “TI”. A syllable before a small vowel loses its own one; u before one is a w.
_SPOKEN = (
    (r"ウ(?=[ァィェォ])", "w"),
    (r"([テデトドキ-ヂニヒビピミリ])(?=[ィュゥャョ])", r"\1'"),
    (r"[ッー・]", ""),
    (r"チ", "qi"),
)
_HABITS = (
    (r"ヴァ", "バ"),
    (r"ヴィ", "ビ"),
    (r"ヴェ", "ベ"),
    (r"ヴォ", "ボ"),
    (r"ヴ", "ブ"),
    (r"ウィ", "ウイ"),
    (r"ウェ", "ウエ"),
    (r"ウォ", "ウオ"),
    (r"ヂ", "ジ"),
    (r"ヅ", "ズ"),
    (r"[ッー・]", ""),
)


@lru_cache(maxsize=4096)
def letters(kana: str) -> str:
    """Katakana in Latin letters, as `guranaito` for グラナイト."""
    for pattern, replacement in _SPOKEN:
        kana = re.sub(pattern, replacement, kana)
    return re.sub(r".'", "", "".join(map(_letters_of, kana)))


def folded(kana: str) -> str:
    """Equal for spellings that differ in length marks, dots, doubling, or in ヴ for バ行."""
    for pattern, replacement in _HABITS:
        kana = re.sub(pattern, replacement, kana)
    return kana


def _letters_of(char: str) -> str:
    name = unicodedata.name(char, "")
    return name.split()[-1].lower() if name.startswith("KATAKANA LETTER") else char


KATAKANA = Borrowing(run=r"[ァ-ヺー][ァ-ヺー・]+", letters=letters, folded=folded)
