"""How numerals are written in a language, and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from papers.checks.languages.counting import Counting

LETTERS = {"K": 3, "k": 3, "M": 6, "B": 9, "b": 9, "T": 12}
LETTER = r"(?:[KkMBbT](?![A-Za-z0-9]|-[A-Z]))"
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_POWER = r"(?:\s?(?:[×*]|\$?\\times)\s?10\s?\^\s?\{?[0-9]+\}?)"


def alternatives(words: Iterable[str]) -> str:
    """The words as one group, longest first; a pattern that never matches where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"


@cache
def numeral(counting: Counting) -> str:
    """A regular expression for one numeral with its scales: 5.72M, 1兆7600億, two hundred thousand."""
    scale = alternatives([*counting.small, *counting.large])
    if counting.words:
        # “One” may begin a sentence, but ONE is a name.
        word = rf"(?:\b{alternatives([*counting.numerals, *map(str.capitalize, counting.numerals)])}\b)"
        scale = rf"(?i:{scale}\b)"
        one = "|".join(rf"(?<=\b{word}\s)" for word in counting.ones.split("|"))
        more = rf"(?:[\s-](?:{word}|{scale}))*"
        return rf"(?:{DIGITS}(?:{_POWER}|{LETTER}|(?:[\s-]?{scale})*)|{word}{more}|(?:{one}){scale}{more}|{scale}(?=-))"
    scales = rf"(?:\s?{scale})+"
    sign = alternatives(counting.numerals)
    groups = rf"{scales}(?:\s?{DIGITS}{scales})*(?:{DIGITS}(?!\s?{scale}))?"
    signs = rf"(?:(?<![가-힣]){sign}|(?<![가-힣]){scale}(?=\s?{sign}|{scale}))(?:{sign}|{scale})*"
    return rf"(?:{DIGITS}(?:{_POWER}|{LETTER}|{groups})?|{signs}|{scale})"


@cache
def _tokens(counting: Counting) -> re.Pattern[str]:
    words = alternatives([*counting.numerals, *counting.small, *counting.large])
    return re.compile(
        rf"(?P<digits>{DIGITS})|(?P<word>{words})|(?P<power>10\s?\^\s?\{{?(?P<exponent>[0-9]+))|[KkMBbT]", re.I
    )


def value_of(written: str, counting: Counting) -> Fraction:
    """What a numeral is worth. Scales inside of a group multiply what stands before them, the others end the group."""
    power = re.search(r"10\s?\^\s?\{?([0-9]+)", written)
    if power:
        return value_of(re.match(DIGITS, written)[0], counting) * 10 ** int(power[1])  # type: ignore[index]
    total, group, number = Fraction(0), Fraction(0), None
    for token in _tokens(counting).finditer(written):
        said = token[0].casefold()
        if token["digits"]:
            number = Fraction(said.replace(",", ""))
        elif said in counting.numerals:
            number = (number or 0) * (1 if counting.words else 10) + counting.numerals[said]
        elif said in counting.small:
            group, number = group + (1 if number is None else number) * 10 ** counting.small[said], None
        else:
            exponent = counting.large[said] if said in counting.large else LETTERS[token[0]]
            total, group, number = total + (group + (number or 0) or 1) * 10**exponent, Fraction(0), None
    return total + group + (number or 0)
