"""Figures of an answer that stand nowhere in the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from papers.checks.base import Finding, Item, Severity, Subject
from papers.checks.languages import language_of
from papers.checks.languages.counting import Bound
from papers.checks.quantities import Kind, Quantity, quantities
from papers.checks.quantities.model import significant
from papers.checks.quantities.numerals import LETTERS
from papers.errors import Notice, gettext_noop
from papers.paper import PageText

ABSENT = gettext_noop("“%(found)s” does not occur anywhere in the paper.")

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, **LETTERS}
_FIGURE = re.compile(
    r"(?P<whole>[0-9]+(?:,[0-9]{3})*)(?P<part>\.[0-9]+)?(?:[\s-]?(?P<word>thousand|million|billion|trillion)|(?P<letter>[KkMBbT])(?![A-Za-z]))?"
)
_FRACTION = re.compile(r"(?<![0-9.])\.[0-9]+")
_COLUMN = re.compile(r"\((?:in\s)?(?:#\s?)?(?P<scale>K|M|B|T|thousands?|millions?|billions?)\)")
_TINY = 10**-9
_NEAR = 1 / 25


class AnswerNumbers:
    """Looks for each figure of an answer, as such or in another unit, in the text of the pages."""

    id = "answer-numbers"

    def run(self, subject: Subject) -> Iterator[Finding]:
        if subject.pages and subject.items:
            known = _known(subject.pages, subject.source_language)
            for item in subject.items:
                yield from _absent(item, subject.language, known)


def _absent(item: Item, language: str, known: frozenset[float]) -> Iterator[Finding]:
    for figure in quantities(item.answer.text, language):
        if figure.firm and not _occurs(figure, known):
            notice = Notice(ABSENT, {"found": figure.text})
            yield item.answer.finding(AnswerNumbers.id, Severity.ERROR, notice, (figure.start, figure.end))


@lru_cache(maxsize=32)
def _known(pages: tuple[PageText, ...], language: str) -> frozenset[float]:
    """All figures of the pages, with and without their scales. A column's “(M)” may scale every bare figure."""
    counting = language_of(language).counting
    text = "\n".join(page.text for page in pages)
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
        known |= {float(figure.value) for page in pages for figure in quantities(page.text, language)}
    return frozenset(known | bare | _columns(text, bare))


def _columns(text: str, bare: set[float]) -> set[float]:
    scales = {_SCALES[found["scale"].removesuffix("s")] for found in _COLUMN.finditer(text)}
    return {float(f"{figure!r}e{scale}") for scale in scales for figure in bare if "e" not in repr(figure)}


def _occurs(figure: Quantity, known: frozenset[float]) -> bool:
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
