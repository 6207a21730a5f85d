"""A rough alphabet in which a name and its spelling in another script come out alike.

Vowels, length and doubling are left out, l is r, v is b, f and h are p, soft g and z are j: that much is lost when
English is written in katakana or Hangul, so that only names of some length may be compared.
"""

from __future__ import annotations

import re
from functools import lru_cache

# In the order in which they apply. An r that ends a syllable is not heard, nor a w, y or h after a vowel.
_ENGLISH = (
    (r"[^a-z]+", ""),
    (r"ought|aught", "ot"),
    (r"igh", "i"),
    (r"[st]ion", "shn"),
    (r"^kn", "n"),
    (r"^wr", "r"),
    (r"sch|sh", "s"),
    (r"tch|ch", "q"),
    (r"t[sz]", "t"),
    (r"th", "s"),
    (r"ph", "p"),
    (r"qu", "kw"),
    (r"ck", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"x", "ks"),
    (r"dg(?=[eiy])|g(?=[eiy])", "j"),
    (r"(?<=[aeiou])r(?![aeiouyr])", ""),
    (r"(?<=[aeiou])[wyh](?![aeiou])", ""),
    (r"m(?=[bp])", "n"),
)
_ALIKE = str.maketrans("lvfhz", "rbppj")


@lru_cache(maxsize=4096)
def spoken(name: str) -> str:
    """A name in Latin letters, nearly as it is spoken; `q` stands for ch."""
    word = name.lower()
    for pattern, replacement in _ENGLISH:
        word = re.sub(pattern, replacement, word)
    return word


def consonants(letters: str) -> str:
    """What another script keeps of spoken letters, such as `grnt` for Granite; a y only where it comes first."""
    kept = re.sub(r"[aeiou]|(?<!^)y", "", letters.translate(_ALIKE))
    return re.sub(r"(.)\1+", r"\1", kept)
