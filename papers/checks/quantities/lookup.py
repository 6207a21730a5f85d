"""Which figures stand anywhere in a paper, in whatever unit: what two checks of numbers look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from papers.checks.languages import language_of
from papers.checks.languages.counting import Bound
from papers.checks.quantities.model import Kind, Quantity, same, significant
from papers.checks.quantities.numerals import LETTERS
from papers.checks.quantities.reading import quantities

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, **LETTERS}
_FIGURE = re.compile(
    r"(?P<whole>[0-9]+(?:,[0-9]{3})*)(?P<part>\.[0-9]+)?(?:[\s-]?(?P<word>thousand|million|billion|trillion)|(?P<letter>[KkMBbT])(?![A-Za-z]))?"
)
_FRACTION = re.compile(r"(?<![0-9.])\.[0-9]+")
_COLUMN = re.compile(r"\((?:in\s)?(?:#\s?)?(?P<scale>K|M|B|T|thousands?|millions?|billions?)\)")
_TINY = 10**-9
_NEAR = 1 / 25
TELLING = 3  # digits; a figure with fewer stands in nearly every table, whatever it counts there


@lru_cache(maxsize=32)
def figures_of(pages: tuple[str, ...], language: str) -> frozenset[float]:
    """All figures of the pages' texts, with and without their scales. A column's “(M)” may scale every bare figure."""
    counting = language_of(language).counting
    text = "\n".join(pages)
    known = {float(number) for word, number in counting.numerals.items() if word in text}
    bare: set[float] = {float(found[0]) for found in _FRACTION.finditer(text)}
    for found in _FIGURE.finditer(text):
        digits = found["whole"].replace(",", "") + (found["part"] or "")
        bare.add(float(digits))
        if scale := found["word"] or found["letter"]:
            known.add(float(f"{digits}e{_SCALES.get(scale, 0)}"))
        if "," in found["whole"]:
            bare.update(map(float, found["whole"].split(",")))  # 1,024 may be a list
    if not counting.words:
        known |= {float(figure.value) for page in pages for figure in quantities(page, language)}
    return frozenset(known | bare | _columns(text, bare))


def stands_in(figure: Quantity, texts: tuple[str, ...], language: str) -> bool:
    """Whether one of the texts says the same; in another unit only a figure of three digits or more can be told."""
    if any(same(said, figure) for text in texts for said in quantities(text, language)):
        return True
    return significant(figure.value) >= TELLING and occurs(figure, figures_of(texts, language))


def _columns(text: str, bare: set[float]) -> set[float]:
    scales = {_SCALES[found["scale"].removesuffix("s")] for found in _COLUMN.finditer(text)}
    return {float(f"{figure!r}e{scale}") for scale in scales for figure in bare if "e" not in repr(figure)}


def occurs(figure: Quantity, known: frozenset[float]) -> bool:
    """Whether it is among the figures of `figures_of`, as such or in another unit."""
    value = float(figure.value)
    if any(form in known for form in _forms(figure, value)):
        return True
    if figure.bound == Bound.ABOUT and not figure.verb:
        digits = significant(figure.value)
        return any(abs(other - value) <= _NEAR * value and len(f"{other:g}".strip("0")) > digits for other in known)
    return False


def _forms(figure: Quantity, value: float) -> Iterator[float]:
    """The figure as papers may have it: 42.5% as 0.425, a third as 3 times less, a multiple as a share."""
    yield value
    if figure.bare is not None:
        yield float(figure.bare)
    if figure.kind == Kind.PERCENT:
        yield round(value / 100, 9)
    if figure.kind == Kind.SHARE:
        yield round(value * 100, 9)
        yield round(1 / max(value, _TINY), 9)
    if figure.kind == Kind.NUMBER and 0 < value < 1:
        yield round(value * 100, 9)
