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
    """Between two figures that belong together; after a `noun` the first one has a unit of its own. A bare `comma` may
    also part two figures that have nothing to do with each other."""
    ranges = rf"-|–|—|〜|~|→|\$?\\(?:right)?arrow\$?|{counting.ranges or _NEVER}"
    noun = r"(?P<noun>[^\W0-9_]{1,5})?"
    listed = rf"/|:|,?\s?(?:{counting.listed or _NEVER})"
    return re.compile(rf"\s?{noun}\s?(?:{ranges})\s?|\s?(?:{listed})\s?|(?P<comma>\s?[,、]\s?)")


def grouped(found: list[Quantity], text: str, counting: Counting) -> list[Quantity]:
    """Figures of one range or list, which share the scale and the unit of the last."""
    joint = _joint(counting)
    groups: list[list[Quantity]] = []
    commas: list[int] = []  # how many of a group's joints are bare commas
    for quantity in found:
        joined = joint.fullmatch(text, groups[-1][-1].end, quantity.start) if groups else None
        if joined:
            groups[-1][-1] = replace(groups[-1][-1], counter=groups[-1][-1].counter or bool(joined["noun"]))
            groups[-1].append(quantity)
            commas[-1] += bool(joined["comma"])
        else:
            groups.append([quantity])
            commas.append(0)
    numbered = enumerate(zip(groups, commas, strict=True), 1)
    return [member for number, (group, few) in numbered for member in _shared(group, number, len(group) - few == 1)]


def _shared(group: list[Quantity], number: int, only_commas: bool) -> list[Quantity]:
    """“256, 100k” are two figures, “7, 13, 33, 65億” is a list."""
    if only_commas and len(group) == 2:
        return [replace(member, group=number) for member in group]
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
