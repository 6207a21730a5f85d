"""Writing a figure as the readers' language does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from papers.checks.quantities.model import Kind, Quantity
from papers.checks.quantities.numerals import LETTERS
from papers.drafting.number_forms import number_forms

_MILLION = 10**6


def written(value: Fraction, language: str, like: str = "") -> str:
    """A figure without its unit: 340億. It keeps the scale letter and the commas of the text that it replaces."""
    letter = like[-1:] if like[-1:] in LETTERS and like[-2:-1].isdigit() else ""
    if letter:
        return f"{_plain(value / 10 ** LETTERS[letter])}{letter}"
    commas = re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})*|[0-9]+", like)
    if not commas or value >= 10**8:
        forms = number_forms(f"{_plain(value / _MILLION)} million", language)
        if forms:
            return forms[0][1]
    return f"{int(value):,}" if "," in like and value.denominator == 1 else _plain(value)


def _plain(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def rewritten(text: str, group: Sequence[tuple[Quantity, Fraction]], language: str) -> str:
    """The stretch of text that these figures enclose, with other values. A scale that is shared is told with each."""
    parts, place = [], group[0][0].start
    for figure, value in group:
        like = text[figure.start : figure.figure] if figure.bare is None else ""
        parts += [text[place : figure.start], written(value, language, like)]
        place = figure.figure
    return "".join((*parts, text[place : group[-1][0].end]))


def can_rewrite(figure: Quantity) -> bool:
    """Whether a new value can simply stand where the old one did."""
    return figure.kind in (Kind.NUMBER, Kind.PERCENT, Kind.TIMES, Kind.POINTS, Kind.YEAR)
