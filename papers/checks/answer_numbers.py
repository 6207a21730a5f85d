"""Figures of an answer that stand nowhere in the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.quantities import Kind, Quantity, quantities
from papers.checks.quantities.lookup import TELLING, figures_of, occurs
from papers.checks.quantities.matching import scaled_from
from papers.checks.quantities.model import digits_of, power_apart, same, significant
from papers.checks.quantities.writing import can_rewrite, rewritten
from papers.checks.sentences import sentences
from papers.errors import Notice, gettext_noop

ABSENT = gettext_noop("“%(found)s” does not occur anywhere in the paper.")
SCALE = gettext_noop("“%(found)s” is off by a power of ten: the paper has “%(said)s”.")

_FARTHEST = 4  # powers of ten between one scale and the one that is taken for it
_LONGEST = 300  # letters of a sentence that is shown; a table without full stops is longer
_AROUND = 100  # letters of such a one that are shown on either side of the figure

Slip = tuple[Quantity, str]  # a figure of the paper and the sentence in which it stands


class AnswerNumbers:
    """Looks for each figure of an answer, as such or in another unit, in the text of the pages."""

    id = "answer-numbers"

    def run(self, subject: Subject) -> Iterator[Finding]:
        if subject.pages and subject.items:
            paper = _Paper(subject)
            for item in subject.items:
                figures = [figure for figure in quantities(item.answer.text, subject.language) if figure.firm]
                for _, group in groupby(figures, key=lambda figure: figure.group or -figure.start):
                    yield from _wrong(item.answer, list(group), paper, subject.language)


class _Paper:
    """A sentence is read word by word only where a figure is not found at once: that takes its time."""

    def __init__(self, subject: Subject) -> None:
        self.language = subject.source_language
        self.pages = tuple(page.text for page in subject.pages)
        self.known = figures_of(self.pages, self.language)

    @cached_property
    def sentences(self) -> Sequence[str]:
        return [sentence.text for page in self.pages for sentence in sentences(" ".join(page.split()))]

    def has(self, figure: Quantity) -> bool:
        """A range such as “3 to 34 billion” has a 3 billion that stands nowhere as such."""
        return occurs(figure, self.known) or any(same(said, figure) for said, _ in self._alike(figure))

    def slip(self, figure: Quantity) -> Slip | None:
        """The same digits at the nearest other power of ten."""
        near = [(said, sentence) for said, sentence in self._alike(figure) if _is_slip(said, figure)]
        return min(near, key=lambda one: abs(power_apart(one[0].value, figure.value)), default=None)

    def _alike(self, figure: Quantity) -> Iterator[Slip]:
        """The paper's figures with the same digits, whatever their power of ten."""
        digits = digits_of(figure.value)
        written = re.compile("[.,]?".join(digits))
        for sentence in filter(written.search, self.sentences):
            figures = quantities(sentence, self.language)
            yield from ((said, sentence) for said in figures if digits_of(said.value) == digits)


def _is_slip(said: Quantity, figure: Quantity) -> bool:
    """Few digits without a scale are alike by chance in a paper of many tables."""
    telling = (said.scaled and figure.scaled) or significant(figure.value) >= TELLING
    if not telling or {said.kind, figure.kind} & {Kind.YEAR, Kind.NAME}:
        return False
    return scaled_from(figure, [said]) is not None and abs(power_apart(said.value, figure.value)) <= _FARTHEST


def _wrong(answer: Passage, group: Sequence[Quantity], paper: _Paper, language: str) -> Iterator[Finding]:
    """One finding where a whole range or list is off; its first figures may stand in the paper without the scale."""
    absent = [figure for figure in group if not paper.has(figure)]
    if not absent:
        return
    slips = [paper.slip(figure) if figure in absent or figure.bare is not None else None for figure in group]
    pairs = [(figure, slip) for figure, slip in zip(group, slips, strict=True) if slip]
    if len(pairs) == len(group):
        yield _off(answer, pairs, language)
        return
    for figure in absent:
        own = [pair for pair in pairs if pair[0] == figure]
        yield _off(answer, own, language) if own else _absent(answer, figure)


def _absent(answer: Passage, figure: Quantity) -> Finding:
    notice = Notice(ABSENT, {"found": figure.text})
    return answer.finding(AnswerNumbers.id, Severity.ERROR, notice, (figure.start, figure.end))


def _off(answer: Passage, pairs: Sequence[tuple[Quantity, Slip]], language: str) -> Finding:
    span = pairs[0][0].start, pairs[-1][0].end
    values = [(figure, said.value) for figure, (said, _) in pairs]
    suggestion = rewritten(answer.text, values, language) if can_rewrite(pairs[0][0]) else None
    notice = Notice(SCALE, {"found": answer.text[slice(*span)], "said": _said([slip for _, slip in pairs])})
    source = _shown(*pairs[0][1])
    return answer.finding(
        AnswerNumbers.id, Severity.ERROR, notice, span, suggestion=suggestion, source=source, against=source
    )


def _said(slips: Sequence[Slip]) -> str:
    """The range as the paper has it; figures from several places each for themselves."""
    (first, sentence), (last, other) = slips[0], slips[-1]
    if sentence == other and first.group == last.group and first.start <= last.start:
        return sentence[first.start : last.end]
    return " … ".join(said.text for said, _ in slips)


def _shown(said: Quantity, sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[max(0, said.start - _AROUND) : said.end + _AROUND].strip()
