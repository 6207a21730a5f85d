"""How Korean spells foreign names."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from papers.checks.languages.base import Borrowing

_FIRST_INITIAL, _FIRST_VOWEL, _FIRST_FINAL = 0x1100, 0x1161, 0x11A8
_INITIALS = ("g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "q", "k", "t", "p", "h")
_VOWELS = ("a", "e", "ya", "ye", "eo", "e", "yeo", "ye", "o", "wa", "we")
_VOWELS += ("we", "yo", "u", "wo", "we", "wi", "yu", "eu", "wi", "i")
_FINALS = ("k", "k", "ks", "n", "n", "n", "t", "r", "k", "m", "b", "s", "t", "p")
_FINALS += ("h", "m", "p", "ps", "t", "t", "ng", "t", "t", "k", "t", "p", "h")


@lru_cache(maxsize=4096)
def letters(hangul: str) -> str:
    """Hangul in Latin letters, as `geuraenaiteu` for 그래나이트."""
    said = "".join(map(_letters_of, unicodedata.normalize("NFD", hangul)))
    return said.replace("qeu", "teu")  # 츠 is the end of a ts, all else with ㅊ a ch


def folded(hangul: str) -> str:
    """Spellings that differ in spaces only are equal."""
    return hangul.replace(" ", "")


def _letters_of(jamo: str) -> str:
    code = ord(jamo)
    for first, table in ((_FIRST_FINAL, _FINALS), (_FIRST_VOWEL, _VOWELS), (_FIRST_INITIAL, _INITIALS)):
        if first <= code < first + len(table):
            return table[code - first]
    return ""


HANGUL = Borrowing(run=r"[가-힣]+(?: [가-힣]+)*", letters=letters, folded=folded)
