"""Figures that cannot be meant as they stand there, whatever the source says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papers.checks.base import Finding, Item, Passage, Severity, Subject
from papers.checks.languages import language_of
from papers.checks.languages.counting import Counting
from papers.checks.quantities import Kind, Quantity, quantities
from papers.checks.quantities.model import power_apart, significant
from papers.checks.quantities.numerals import DIGITS
from papers.checks.quantities.writing import rewritten
from papers.errors import Notice, gettext_noop

RANGE = gettext_noop("“%(found)s”: it is unclear whether the first figure has the scale of the second.")
FRACTION = gettext_noop("“%(found)s” is not how large numbers are written here.")
PARAMETERS = gettext_noop("“%(found)s”: models of this size are rare; billions may be meant.")
FEWER = gettext_noop("“%(found)s”: a multiple does not make less; a fraction may be meant.")
PART = gettext_noop("“%(found)s”: the part is larger than the whole.")
COUNT = gettext_noop("“%(found)s”: %(items)d are listed.")
BEATEN = gettext_noop("“%(found)s” is said to be beaten by the smaller %(smaller)s.")
APART = gettext_noop("The question says “%(said)s”, the answer “%(found)s”: they are apart by a power of ten.")

_NEVER = r"(?!)"
_TOO_WIDE = 10  # 10 and more between the two figures of “1〜10億”
_FEWEST_ITEMS = 3
_TRILLION = 10**12
_LIST_REACH = 400
_PART_REACH = 16


class NumberSense:
    """Looks at figures in the text alone, and at a question's against its answer's."""

    id = "number-sense"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for passage in subject.passages:
            yield from _Reading(passage, subject).findings()
        for item in subject.items:
            yield from _apart(item, subject.language)


class _Reading:
    def __init__(self, passage: Passage, subject: Subject) -> None:
        self.passage = passage
        self.text = passage.text
        self.language = subject.language
        self.counting = language_of(subject.language).counting
        self.figures = [figure for figure in quantities(passage.text, subject.language) if figure.kind != Kind.NAME]

    def findings(self) -> Iterator[Finding]:
        for figure in self.figures:
            yield from self._broken_scale(figure)
            yield from self._parameters(figure)
            yield from self._fewer(figure)
        yield from self._broken_ranges()
        yield from self._beaten()
        yield from self._too_large_parts()
        yield from self._miscounted()

    def _broken_scale(self, figure: Quantity) -> Iterator[Finding]:
        """5.72百万 is 572万."""
        scales = self.counting.broken_scale
        written = self.text[figure.start : figure.figure]
        if scales and re.search(rf"[0-9]\.[0-9]+\s?[{scales}]|[0-9]\s?十\s?[万億兆]|[0-9]\s?십\s?[만억조]", written):
            suggestion = rewritten(self.text, [(figure, figure.value)], self.language)
            yield self._finding(FRACTION, (figure.start, figure.end), suggestion=suggestion)

    def _parameters(self, figure: Quantity) -> Iterator[Finding]:
        """Where there is a source, the check of numbers compares them."""
        words = re.compile(self.counting.parameters or _NEVER).match(self.text, figure.end)
        if words and not self.passage.source and figure.scaled and figure.value >= _TRILLION:
            yield self._finding(PARAMETERS, (figure.start, words.end()))

    def _fewer(self, figure: Quantity) -> Iterator[Finding]:
        """2倍少ない; but not “2倍に高速化し、…を削減”."""
        if figure.kind != Kind.TIMES or figure.figure == figure.end:
            return
        found = _fewer(self.counting).match(self.text, figure.end)
        if found:
            yield self._finding(FEWER, (figure.start, found.end()))

    def _broken_ranges(self) -> Iterator[Finding]:
        """3から34億 may be 3億から34億, or a 3."""
        for low, high in zip(self.figures, self.figures[1:], strict=False):
            between = self.text[low.end : high.start].strip()
            bare = re.fullmatch(DIGITS, self.text[low.start : low.end])
            if low.group != high.group or not (bare and low.scaled) or between in ("、", ",", "/"):
                continue
            said_aloud = re.fullmatch(self.counting.broken_range or _NEVER, between)
            if said_aloud or (between in ("〜", "~", "～", "-", "–") and high.value > _TOO_WIDE * low.value):
                yield self._finding(RANGE, (low.start, high.end))

    def _beaten(self) -> Iterator[Finding]:
        """“95.42%を達成し、98.7%より優れた” in one sentence, unless less is better there."""
        beats = re.compile(rf"\s?(?:{self.counting.beats or _NEVER})")
        better_low = re.compile(self.counting.lower_is_better or _NEVER)
        for place, figure in enumerate(self.figures[1:], 1):
            first = self.figures[place - 1]
            between = self.text[first.end : figure.start]
            if {first.kind, figure.kind} != {Kind.PERCENT} or re.search(r"[。！？]|[.!?]\s", between):
                continue
            found = beats.match(self.text, figure.end)
            if found and first.value < figure.value and not better_low.search(self._sentence(figure)):
                smaller = self.text[first.start : first.end]
                yield self._finding(BEATEN, (figure.start, found.end()), smaller=smaller)

    def _too_large_parts(self) -> Iterator[Finding]:
        """9のうち10."""
        parted = re.compile(
            rf"[^。、,.]{{0,{_PART_REACH}}}(?:{self.counting.parted or _NEVER})[^。、,.]{{0,{_PART_REACH}}}"
        )
        for whole, part in zip(self.figures, self.figures[1:], strict=False):
            counts = whole.kind == part.kind == Kind.NUMBER and part.value > whole.value
            if counts and parted.fullmatch(self.text, whole.end, part.start):
                yield self._finding(PART, (whole.start, part.end))

    def _miscounted(self) -> Iterator[Finding]:
        """A list of names against its count: “A、B、C、およびDなど、3つの言語”, “4つの言語(A、B、C)”."""
        for figure in self.figures:
            if figure.kind != Kind.NUMBER or figure.scaled or not figure.whole or figure.bound:
                continue
            before, after = self.text[max(0, figure.start - _LIST_REACH) : figure.start], self.text[figure.end :]
            named, listed = _list_before(self.counting).search(before), _list_after(self.counting).match(after)
            items = self._items(named or listed)
            if items > figure.value or (listed and not named and 0 < items < figure.value):
                yield self._finding(COUNT, (figure.start, figure.end), items=items)

    def _items(self, found: re.Match[str] | None) -> int:
        """How many names a list has; 0 where they are too few to be sure of a list."""
        names = re.split(rf"[、,，]|(?:{self.counting.items})", found["items"]) if found else []
        count = sum(bool(name.strip()) for name in names)
        return count if count >= _FEWEST_ITEMS else 0

    def _sentence(self, figure: Quantity) -> str:
        start = max(self.text.rfind(stop, 0, figure.start) for stop in ("。", ". ", "\n"))
        end = min(
            (place for stop in ("。", ". ", "\n") if (place := self.text.find(stop, figure.end)) >= 0), default=None
        )
        return self.text[start + 1 : end]

    def _finding(
        self, template: str, span: tuple[int, int], *, suggestion: str | None = None, **more: object
    ) -> Finding:
        notice = Notice(template, {"found": self.text[slice(*span)], **more})
        return self.passage.finding(NumberSense.id, Severity.WARNING, notice, span, suggestion=suggestion)


@cache
def _fewer(counting: Counting) -> re.Pattern[str]:
    if not counting.fewer:
        return re.compile(_NEVER)
    stop = rf"(?:{counting.more})" if counting.more else _NEVER
    return re.compile(rf"(?:(?!{stop})[^、。，,.0-9]){{0,10}}?(?:{counting.fewer})")


@cache
def _names(counting: Counting) -> str:
    name = r"[A-Za-z][A-Za-z0-9 +#.*/_-]*"
    last = rf"\s?(?:[、,，]\s?|\s)?(?:{counting.items})?\s?"
    return rf"(?P<items>{name}(?:\s?[、,，]\s?{name})+{last}{name})"


@cache
def _list_before(counting: Counting) -> re.Pattern[str]:
    return re.compile(rf"{_names(counting)}\s?(?:{counting.counted})\s?$" if counting.items else _NEVER)


@cache
def _list_after(counting: Counting) -> re.Pattern[str]:
    """Only what surely ends there is a whole list."""
    start = r"[^、。,.A-Za-z0-9()（）]{1,24}?[(（:：、はは은는]\s?、?\s?"
    return re.compile(
        rf"{start}{_names(counting)}\s?(?:[)）。]|です|である|입니다|이다|$)" if counting.items else _NEVER
    )


def _apart(item: Item, language: str) -> Iterator[Finding]:
    """340億 in the question, 34億 in the answer."""
    asked = quantities(item.question.text, language)
    answered = quantities(item.answer.text, language)
    for figure in answered:
        origin = next((other for other in asked if _slipped(other, figure)), None)
        if (
            origin
            and all(other.value != figure.value for other in asked)
            and origin.value not in {a.value for a in answered}
        ):
            notice = Notice(APART, {"said": origin.text, "found": figure.text})
            span = (figure.start, figure.end)
            yield item.answer.finding(NumberSense.id, Severity.WARNING, notice, span, against=item.question.text)


def _slipped(asked: Quantity, answered: Quantity) -> bool:
    """Figures such as 10 and 100 are apart by chance."""
    telling = significant(asked.value) > 1 or (asked.scaled and answered.scaled)
    return asked.kind == answered.kind != Kind.NAME and telling and bool(power_apart(asked.value, answered.value))
