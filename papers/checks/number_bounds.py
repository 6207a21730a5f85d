"""Bounds of figures: “over 15” is not 15, and “more than one” is not 1つ以上."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.languages.counting import Bound
from papers.checks.quantities import Kind, Quantity, same
from papers.checks.quantities.matching import matching
from papers.errors import Notice, gettext_noop

DROPPED = gettext_noop("The source has “%(said)s”; the text says just “%(found)s”.")
ADDED = gettext_noop("“%(found)s”: the source says just “%(said)s”.")
OTHER = gettext_noop("“%(found)s” bounds the figure in another way than the source: “%(said)s”.")

_UP = {Bound.OVER, Bound.LEAST}
_DOWN = {Bound.UNDER, Bound.MOST}
_FEW = 3  # “more than 15” may be rounded to 15以上, “more than one” cannot be 1つ以上


class NumberBounds:
    """Compares what both texts say about a figure that they share: more than, at least, up to, less than."""

    id = "number-bounds"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for passage in subject.passages:
            if passage.source:
                matched = matching(passage.source, subject.source_language, passage.text, subject.language)
                if passage.translates:
                    yield from self._lost(passage, matched.source, matched.target)
                yield from self._turned(passage, matched.source, matched.target)

    def _lost(self, passage: Passage, source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Finding]:
        for figure in source:
            said = figure.firm or not figure.scaled  # “million-length” has no figure to be bounded
            if figure.bound in _UP | _DOWN and not figure.verb and said and figure.kind != Kind.NAME:
                partners = [other for other in target if same(figure, other)]
                if partners and not any(_keeps(figure, other) for other in partners):
                    partner = next((other for other in partners if other.bound), partners[0])
                    yield _finding(passage, OTHER if partner.bound else DROPPED, figure, partner)

    def _turned(self, passage: Passage, source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Finding]:
        """A bound that no figure of the source has."""
        for figure in target:
            if figure.bound not in _UP | _DOWN or figure.verb:
                continue
            partners = [other for other in source if same(other, figure)]
            if not partners:
                continue
            if not any(other.bound for other in partners):
                yield _finding(passage, ADDED, partners[0], figure)
            elif not passage.translates and not any(_keeps(other, figure) for other in partners):
                yield _finding(passage, OTHER, partners[0], figure)


def _keeps(source: Quantity, target: Quantity) -> bool:
    if source.bound == Bound.OVER and target.bound == Bound.LEAST:
        return not (source.whole and source.value <= _FEW and source.kind == Kind.NUMBER)
    if source.bound in _UP:
        return target.bound in _UP
    if source.bound in _DOWN:
        return target.bound in _DOWN
    return True


def _finding(passage: Passage, template: str, source: Quantity, target: Quantity) -> Finding:
    said, found = passage.source[slice(*source.reach)].strip(), passage.text[slice(*target.reach)]
    notice = Notice(template, {"found": found, "said": said})
    return passage.finding(NumberBounds.id, Severity.WARNING, notice, target.reach, source=said)
