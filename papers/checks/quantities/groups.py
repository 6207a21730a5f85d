"""Ranges and lists of figures: “7, 13 and 65 billion”, 3〜34億."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from papers.checks.languages.counting import Counting
from papers.checks.quantities.model import Kind, Quantity
from papers.checks.quantities.numerals import DIGITS

_NEVER = r"(?!)"


@cache
def _joint(counting: Counting) -> re.Pattern[str]:
    """Between two figures that belong together. After a `noun` the first one has a unit of its own."""
    ranges = rf"-|–|—|〜|~|→|\$?\\(?:right)?arrow\$?|{counting.ranges or _NEVER}"
    noun = r"(?P<noun>[^\W0-9_]{1,5})?"
    return re.compile(rf"\s?{noun}\s?(?:{ranges})\s?|\s?(?:,|、|/|:|,?\s?(?:{counting.listed or _NEVER}))\s?")


def grouped(found: list[Quantity], text: str, counting: Counting) -> list[Quantity]:
    """Figures of one range or list, which share the scale and the unit of the last."""
    joint = _joint(counting)
    groups: list[list[Quantity]] = []
    for quantity in found:
        joined = joint.fullmatch(text, groups[-1][-1].end, quantity.start) if groups else None
        if joined:
            groups[-1][-1] = replace(groups[-1][-1], counter=groups[-1][-1].counter or bool(joined["noun"]))
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return [member for number, group in enumerate(groups, 1) for member in _shared(group, number)]


def _shared(group: list[Quantity], number: int) -> list[Quantity]:
    shared: list[Quantity] = []
    for member in reversed(group):
        later = shared[-1] if shared else None
        shared.append(replace(_like(member, later) if later else member, group=number))
    return shared[::-1]


def _like(member: Quantity, later: Quantity) -> Quantity:
    """“7” in “7 and 13 billion”, “2” in “2–5分の1”."""
    if member.figure != member.end or member.counter or member.scaled or member.kind != Kind.NUMBER:
        return member
    if later.kind == Kind.SHARE and later.value.numerator == 1 and member.value:
        return replace(member, kind=Kind.SHARE, value=1 / member.value, bare=member.value)
    if later.kind in (Kind.PERCENT, Kind.TIMES, Kind.POINTS):
        return replace(member, kind=later.kind, bare=member.value, firm=True)
    if later.kind == Kind.NUMBER and later.scaled:
        return replace(member, value=member.value * _scale(later), bare=member.value, scaled=True, firm=True)
    return member


def _scale(quantity: Quantity) -> Fraction:
    """What the digits of a figure were multiplied by."""
    digits = re.match(DIGITS, quantity.text)
    return quantity.value / Fraction(digits[0].replace(",", "")) if digits else Fraction(1)
