"""Bounds around a figure: more than 100, 100以上, 100개 이상."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from papers.checks.languages.counting import Bound, Counting
from papers.checks.quantities.model import Kind, Quantity

_REACH = 28
_SIGNS_BEFORE = {
    "≥": Bound.LEAST,
    ">": Bound.OVER,
    "≤": Bound.MOST,
    "<": Bound.UNDER,
    "~": Bound.ABOUT,
    "≈": Bound.ABOUT,
}
# What may stand between a figure and the bound behind it; a bound that may be a verb has to stand closer.
_NOUN = r"[^\s、。，,.;:()（）0-9はがでにと]{1,10}?"
_UNIT = r"[^\s、。，,.;:()（）0-9はがでにとの]{1,8}?"


@cache
def _before(counting: Counting, verbs: bool) -> tuple[tuple[re.Pattern[str], Bound], ...]:
    edge = r"(?<![A-Za-z])" if counting.words else ""
    words = counting.verbs_before if verbs else counting.bounds_before
    between = r"\s?(?:an?\s|the\s|average\sof\s)?[$€¥]?$"
    return tuple((re.compile(rf"(?i:{edge}(?:{word}){between})"), bound) for word, bound in words.items())


@cache
def _after(counting: Counting, verbs: bool) -> tuple[tuple[re.Pattern[str], Bound], ...]:
    words = counting.verbs_after if verbs else counting.bounds_after
    between = rf"\s?(?:{_UNIT if verbs else _NOUN})??\s?"
    edge = r"\s" if counting.words else ""
    return tuple((re.compile(rf"{edge}{between}(?:{word})"), bound) for word, bound in words.items())


def with_bound(quantity: Quantity, text: str, counting: Counting) -> Quantity:
    """The quantity with the bound that its text gives it; what may be the sentence's verb is asked last."""
    start, end = quantity.start, quantity.end
    if quantity.kind in (Kind.NAME, Kind.SEVERAL):
        return replace(quantity, reach=(start, end))
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    sign = _sign(before, after)
    if sign:
        return replace(quantity, bound=sign, reach=(start - 1, end))
    for verbs in (False, True):
        if found := _found(before, _before(counting, verbs)):
            return replace(quantity, bound=found[1], verb=verbs, reach=(start - len(before) + found[0], end))
        if found := _matched(after, _after(counting, verbs)):
            return replace(quantity, bound=found[1], verb=verbs, reach=(start, end + found[0]))
    return replace(quantity, reach=(start, end))


def _sign(before: str, after: str) -> Bound | None:
    """≥ 5, ~5, 5+; but 3~5 is a range."""
    left = before.rstrip(" $\\")
    if left.endswith("~") and left.rstrip(" ~")[-1:].isalnum():
        return None
    return _SIGNS_BEFORE.get(left[-1:]) or (Bound.LEAST if re.match(r"\+(?!\s?[0-9])", after) else None)


def _found(text: str, patterns: tuple[tuple[re.Pattern[str], Bound], ...]) -> tuple[int, Bound] | None:
    return next(((match.start(), bound) for pattern, bound in patterns if (match := pattern.search(text))), None)


def _matched(text: str, patterns: tuple[tuple[re.Pattern[str], Bound], ...]) -> tuple[int, Bound] | None:
    return min(((match.end(), bound) for pattern, bound in patterns if (match := pattern.match(text))), default=None)
