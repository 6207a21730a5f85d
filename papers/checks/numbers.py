"""Figures of a text that its source does not have, and figures of the source that a translation lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.quantities import Kind, Quantity, quantities
from papers.checks.quantities.anchors import counted_noun, swapped
from papers.checks.quantities.lookup import stands_in
from papers.checks.quantities.matching import Matching, matching, scaled_from
from papers.checks.quantities.sizes import sizes
from papers.checks.quantities.writing import can_rewrite, rewritten
from papers.checks.sentences import sentences
from papers.errors import Notice, gettext_noop

SCALE = gettext_noop("“%(found)s” is off by a power of ten: the source has “%(said)s”.")
OTHER = gettext_noop("“%(found)s” is not what the source has: “%(said)s”.")
UNKNOWN = gettext_noop("“%(found)s” does not occur in the source.")
MISSING = gettext_noop("“%(said)s” of the source is missing.")
NOWHERE = gettext_noop("“%(found)s” is in no title, abstract, note or summary of this week's papers.")
SWAPPED = gettext_noop("“%(found)s” has its figures in another order than the source: “%(said)s”.")

_SMALL = range(2, 21)
_PAIR = 2


class Numbers:
    """Compares the figures of each passage with its source's, both ways where the passage translates it.

    A summary may have its figures from the whole paper, a week's text from any of its papers.
    """

    id = "numbers"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for passage in subject.passages:
            if passage.source:
                yield from _Comparison(passage, subject).findings()
            elif subject.listed:
                yield from _unheard_of(passage, subject)


def _unheard_of(passage: Passage, subject: Subject) -> Iterator[Finding]:
    """Figures that none of a week's papers has. It may be in one's body, which is not at hand, so they are warnings.

    How many papers do something is counted by no paper, and years are history.
    """
    papers = tuple(f"{paper.title}\n{paper.abstract}" for paper in subject.listed)
    for figure in quantities(passage.text, subject.language):
        counts = figure.kind == Kind.NUMBER and figure.whole and figure.value <= len(papers)
        if not figure.firm or counts or figure.kind == Kind.YEAR:
            continue
        if stands_in(figure, papers, subject.source_language) or stands_in(figure, (subject.told,), subject.language):
            continue
        notice = Notice(NOWHERE, {"found": figure.text})
        yield passage.finding(Numbers.id, Severity.WARNING, notice, (figure.start, figure.end))


class _Comparison:
    def __init__(self, passage: Passage, subject: Subject) -> None:
        self.passage = passage
        self.language, self.source_language = subject.language, subject.source_language
        self.texts = (passage.source, self.source_language, passage.text, self.language)
        self.matching: Matching = matching(*self.texts)
        self.missing = [figure for figure in self.matching.missing if figure.kind != Kind.SEVERAL]
        summarises = passage in subject.texts and not passage.translates
        self.pages = tuple(page.text for page in subject.pages) if summarises else ()

    def findings(self) -> Iterator[Finding]:
        firm = [figure for figure in self.matching.extra if figure.firm]
        wrong = self._with_their_ranges([figure for figure in firm if not self._is_in_body(figure)])
        yield from self._doubtful([figure for figure in firm if figure not in wrong])
        for _, group in groupby(wrong, key=lambda figure: figure.group or -figure.start):
            yield from self._wrong(list(group))
        yield from self._severals()
        if self.passage.translates:
            yield from self._small()
            yield from self._sizes()
            yield from self._names()
            yield from self._swapped()
            yield from self._exchanged()
            yield from self._missing()

    def _with_their_ranges(self, wrong: list[Quantity]) -> list[Quantity]:
        """The 3 of “3から34億” stands in many a body without its scale; it is as wrong as what it shares that with."""
        groups = {figure.group for figure in wrong}

        def shares(figure: Quantity) -> bool:
            return figure.bare is not None and figure.group in groups and bool(scaled_from(figure, self.missing))

        return [figure for figure in self.matching.extra if figure in wrong or (figure.firm and shares(figure))]

    def _is_in_body(self, figure: Quantity) -> bool:
        """Where the abstract has the same figure, it has it in another unit: that is no matter of the body."""
        own = any(figure.value == said.value for said in self.matching.source)
        return not own and stands_in(figure, self.pages, self.source_language)

    def _doubtful(self, figures: list[Quantity]) -> Iterator[Finding]:
        """The paper's body has them, but the abstract the same digits with another power of ten."""
        for figure in figures:
            if origin := scaled_from(figure, self.missing):
                yield replace(self._off([(figure, origin)]), severity=Severity.WARNING)

    def _wrong(self, group: list[Quantity]) -> Iterator[Finding]:
        """One finding where a whole list is off by the same power of ten."""
        origins = [self._scaled(figure) for figure in group]
        if len(group) > 1 and all(origins):
            pairs = [(figure, origin) for figure, origin in zip(group, origins, strict=True) if origin]
            yield self._off(pairs)
            return
        for figure, origin in zip(group, origins, strict=True):
            yield self._off([(figure, origin)]) if origin else self._other(figure)

    def _scaled(self, figure: Quantity) -> Quantity | None:
        origin = scaled_from(figure, self.missing) or scaled_from(figure, self.matching.source)
        self._settle(origin)
        return origin

    def _settle(self, origin: Quantity | None) -> None:
        if origin in self.missing:
            self.missing.remove(origin)

    def _off(self, pairs: list[tuple[Quantity, Quantity]]) -> Finding:
        values = [(figure, origin.value) for figure, origin in pairs]
        suggestion = rewritten(self.passage.text, values, self.language) if can_rewrite(pairs[0][0]) else None
        said = self._said([origin for _, origin in pairs])
        return self._finding(SCALE, [figure for figure, _ in pairs], said, pairs[0][1], suggestion)

    def _other(self, figure: Quantity) -> Finding:
        origin = _nearest(figure, [missing for missing in self.missing if missing.firm])
        if origin is None:
            return self._finding(UNKNOWN, [figure], "", None)
        alone = len(self.missing) == 1 and can_rewrite(figure) and figure.kind == origin.kind
        self._settle(origin)
        suggestion = rewritten(self.passage.text, [(figure, origin.value)], self.language) if alone else None
        return self._finding(OTHER, [figure], self._said([origin]), origin, suggestion)

    def _severals(self) -> Iterator[Finding]:
        """数億 for “billions”; many other words may stand for an uncertain number, so only two of them are compared."""
        said = [figure for figure in self.matching.missing if figure.kind == Kind.SEVERAL]
        for figure in self.matching.extra:
            if figure.kind == Kind.SEVERAL and said:
                yield self._finding(SCALE, [figure], said[0].text, said[0])

    def _small(self) -> Iterator[Finding]:
        """3つ is not asked for, but it cannot stand for “two”; nor for “one”, where both count the same noun."""
        for figure in (*self.matching.extra, *self.matching.repeated):
            if figure.firm or not _is_small(figure):
                continue
            if origins := [origin for origin in self.missing if self._could_be(origin, figure)]:
                self._settle(origins[0])
                yield self._finding(OTHER, [figure], self._said(origins[:1]), origins[0])

    def _could_be(self, source: Quantity, target: Quantity) -> bool:
        """“Both” may stand for two, and a figure that is right once may well be repeated."""
        if target in self.matching.extra:
            return _is_small(source) or (source.value == 1 and self._alike(source, target))
        return _is_small(source) and source.value > _PAIR

    def _alike(self, source: Quantity, target: Quantity) -> bool:
        noun = counted_noun(*self.texts[:2], source)
        return bool(noun) and noun == counted_noun(*self.texts[2:], target)

    def _sizes(self) -> Iterator[Finding]:
        """中規模 for small-scale: a size that the source has not, while one that it has is gone."""
        said = sizes(self.passage.source, self.source_language)
        found = sizes(self.passage.text, self.language)
        lost = [size for size in said if size not in found]
        for size, span in found.items():
            if lost and size not in said:
                origin = slice(*said[lost[0]])
                params = {"found": self.passage.text[slice(*span)], "said": self.passage.source[origin]}
                source = _sentence(self.passage.source, origin.start)
                yield self.passage.finding(Numbers.id, Severity.ERROR, Notice(OTHER, params), span, source=source)

    def _names(self) -> Iterator[Finding]:
        """A name of the source with a number that it never has there."""
        numbers: dict[str, set[Quantity]] = {}
        for figure in self.matching.source:
            if figure.kind == Kind.NAME:
                numbers.setdefault(_stem(figure), set()).add(figure)
        for figure in self.matching.extra:
            if figure.kind == Kind.NAME and (own := numbers.get(_stem(figure))):
                origin = min(own, key=lambda other: other.start)
                yield self._finding(OTHER, [figure], origin.text, origin)

    def _swapped(self) -> Iterator[Finding]:
        """From 36% to 11%, where the source goes from 11% to 36%."""
        said = [group for group in _groups(self.matching.source) if len(set(group)) > 1]
        for group in _groups(self.matching.target):
            figures = _values(group)
            for origin in said:
                if figures != _values(origin) and sorted(figures) == sorted(_values(origin)):
                    yield self._finding(SWAPPED, group, self._said(origin), origin[0])
                    break

    def _exchanged(self) -> Iterator[Finding]:
        """Each of two figures beside the other's name. Word order can deceive, so it is a warning."""
        for pair in swapped(*self.texts, self.matching):
            figures = sorted(pair, key=lambda figure: figure.start)
            origins = [one for one, other in self.matching.pairs if other in pair]
            said = " … ".join(origin.text for origin in sorted(origins, key=lambda origin: origin.start))
            yield replace(self._finding(SWAPPED, figures, said, origins[0]), severity=Severity.WARNING)

    def _missing(self) -> Iterator[Finding]:
        lost = [figure for figure in self.missing if figure.firm and figure.kind != Kind.YEAR]
        for _, group in groupby(lost, key=lambda figure: figure.group or -figure.start):
            figures = list(group)
            yield self._finding(MISSING, [], self._said(figures), figures[0])

    def _said(self, figures: Sequence[Quantity]) -> str:
        return self.passage.source[figures[0].start : figures[-1].end]

    def _finding(
        self,
        template: str,
        figures: Sequence[Quantity],
        said: str,
        origin: Quantity | None,
        suggestion: str | None = None,
    ) -> Finding:
        span = (figures[0].start, figures[-1].end) if figures else (0, 0)
        notice = Notice(template, {"found": self.passage.text[slice(*span)], "said": said})
        source = _sentence(self.passage.source, origin.start) if origin else ""
        return self.passage.finding(Numbers.id, Severity.ERROR, notice, span, suggestion=suggestion, source=source)


def _is_small(figure: Quantity) -> bool:
    return figure.kind == Kind.NUMBER and figure.value in _SMALL


def _stem(figure: Quantity) -> str:
    return re.sub(r"[\W_]", "", figure.stem).casefold()


def _groups(figures: Sequence[Quantity]) -> list[list[Quantity]]:
    groups: dict[int, list[Quantity]] = {}
    for figure in figures:
        if figure.group:
            groups.setdefault(figure.group, []).append(figure)
    return [group for group in groups.values() if len(group) > 1]


def _values(group: Sequence[Quantity]) -> list[tuple[str, float]]:
    return [(figure.kind, float(figure.value)) for figure in group]


def _nearest(figure: Quantity, missing: Sequence[Quantity]) -> Quantity | None:
    """The figure of the source that this one most likely stands for: the same digits, the same kind, the same size."""

    def distance(other: Quantity) -> tuple[bool, bool, float]:
        apart = abs(float(other.value - figure.value)) / (float(max(other.value, figure.value)) or 1)
        return other.value != figure.value, other.kind != figure.kind, apart

    return min(missing, key=distance, default=None)


def _sentence(text: str, place: int) -> str:
    return next((sentence.text for sentence in sentences(text) if sentence.start <= place < sentence.end), "")
