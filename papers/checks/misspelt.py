"""A name's right spelling where a text has it one letter off, or in another case."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA

from papers.checks.known_names import KnownNames
from papers.checks.latin import spellings

_SHORT = 4  # letters; most acronyms that short have a neighbour that is another acronym
_PLAIN = re.compile(r"[A-Z][a-z]+")
_PART = 3  # letters of the part that differs; S and B in DeiT-S and DeiT-B are sizes


def right_case(word: str, known: KnownNames, source: str) -> str | None:
    """The spelling that the paper has or, where it tells nothing, that is the commoner one in the page.

    A word in small letters is only told where the passage's own source has it otherwise: small letters are a habit.
    """
    if word in known.paper or _singular(word) in known.paper:
        return None
    if in_paper := known.cased.get(word.lower()):
        best = _commonest(in_paper)
        told = best in known.shaped and spellings(source)[best] > 0
        return best if told or not word.islower() else None
    in_page = known.cased_in_page.get(word.lower(), Counter())
    if word.islower() or len(in_page) < 2 or _PLAIN.fullmatch(word):
        return None
    best = _commonest(in_page)
    return best if best != word else None


def one_letter_off(word: str, known: KnownNames, *, sure: bool) -> str | None:
    """The only name from which the word differs in a letter.

    `sure` says that all that the word can come from was at hand. Else a name that is merely alike is likely another
    one, and only an acronym with the same letters in another count or order is told.
    """
    lowered = word.lower()
    if word in known.paper or lowered in known.cased or _singular(word) in known.paper or known.page[word] > 2:
        return None
    found = {
        name for name in known.candidates if abs(len(name) - len(word)) < 2 and _differ(lowered, name.lower(), sure)
    }
    return found.pop() if len(found) == 1 else None


def _differ(word: str, name: str, sure: bool) -> bool:
    if OSA.distance(word, name, score_cutoff=1) != 1 or _letters(word) == _letters(name):
        return False
    if len(name) <= _SHORT:
        return word[0] == name[0] and len(name) > 2 and len(word) == len(name) and set(word) == set(name)
    extended = word.startswith(name) or name.startswith(word)
    return sure and word[0] == name[0] and not extended and _in_long_part(word, name)


def _in_long_part(word: str, name: str) -> bool:
    """Whether they differ in letters of a part that is no size or version."""
    parts, of_name = re.split(r"[-./+]", word), re.split(r"[-./+]", name)
    if len(parts) != len(of_name):
        return False
    a, b = next((a, b) for a, b in zip(parts, of_name, strict=True) if a != b)
    return min(len(a), len(b)) >= _PART and re.sub(r"\d", "", a) != re.sub(r"\d", "", b) and (a + b).isalpha()


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", word)


def _singular(word: str) -> str:
    return re.sub(r"(?:['’]?s|['’])$", "", word)


def _commonest(counted: Counter[str]) -> str:
    return max(counted, key=lambda spelling: (counted[spelling], sum(map(str.isupper, spelling))))
