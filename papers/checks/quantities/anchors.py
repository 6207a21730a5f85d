"""Figures that changed places: “GSM8K 36%, MATH 6%” for “GSM8K 6%, MATH 36%”, “15 datasets” for “15 tasks”.

Words differ between languages and so does their order; names in Latin letters stay, and the nouns that are counted most
in papers are known. Two figures of one kind are swapped where each of them stands at the other's name or noun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

from papers.checks.languages import language_of
from papers.checks.languages.counting import Counting
from papers.checks.quantities.masking import FULL_WIDTH
from papers.checks.quantities.matching import Matching
from papers.checks.quantities.model import Kind, Quantity

Pair = tuple[Quantity, Quantity]

_NAME = re.compile(r"(?<![A-Za-z0-9])(?<![0-9]-)[A-Za-z][A-Za-z0-9]*(?:[-./][A-Za-z0-9]+)*")
_BREAK = re.compile(r"[、。,;；，)）]|\b(?:and|while|versus|vs)\b|および|及び|\s및\s|[.]\s|(?<=[가-힣])[고며]\s")
_SENTENCE_END = re.compile(r"[。！？\n]|[.!?]\s")
_STEP = 40  # a comma parts more than some words do
_NEAR = 60  # a name further away is hardly the figure's
_MARGIN = 6
_NOUN_REACH = 24


@dataclass(frozen=True, slots=True)
class _Anchor:
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Side:
    """One text: the names and nouns that it shares with the other, and what parts them from figures."""

    anchors: tuple[_Anchor, ...]
    breaks: tuple[int, ...]

    def cluster(self, figure: Quantity) -> frozenset[str]:
        """The name that stands nearest, with those that stand beside it."""
        nearest = min(self.anchors, key=lambda anchor: self._distance(figure, anchor))
        return next(cluster for cluster in self._clusters() if nearest.name in cluster)

    def prefers(self, figure: Quantity, names: frozenset[str], others: frozenset[str]) -> bool:
        """Whether a figure stands close to some of the names, and clearly further from the others."""
        near, far = self._to(figure, names), self._to(figure, others)
        return near < _NEAR and far - near > _MARGIN

    def _to(self, figure: Quantity, names: frozenset[str]) -> int:
        return min((self._distance(figure, anchor) for anchor in self.anchors if anchor.name in names), default=_NEAR)

    def _distance(self, figure: Quantity, anchor: _Anchor) -> int:
        before = anchor.start < figure.start
        start, end = (anchor.end, figure.start) if before else (figure.end, anchor.start)
        return end - start + _STEP * sum(start <= at < end for at in self.breaks)

    def _clusters(self) -> Iterator[frozenset[str]]:
        cluster = {self.anchors[0].name}
        for one, other in pairwise(self.anchors):
            if other.start - one.end > 1:
                yield frozenset(cluster)
                cluster = set()
            cluster.add(other.name)
        yield frozenset(cluster)


def swapped(source: str, source_language: str, target: str, language: str, matched: Matching) -> Iterator[Pair]:
    """Pairs of the target's figures that stand at each other's names or nouns."""
    pairs = _single(matched)
    if len(pairs) < 2:
        return
    first_language, second_language = language_of(source_language).counting, language_of(language).counting
    said, found = _sides((source, first_language), (target, second_language))
    nouns = {one: _counted(source, one, matched.source, first_language) for one, _ in pairs}
    nouns |= {other: _counted(target, other, matched.target, second_language) for _, other in pairs}
    for (one, first), (other, second) in combinations(pairs, 2):
        if first.kind != second.kind or _agree(nouns, one, first) or _agree(nouns, other, second):
            continue
        if not (_together(source, one, other) and _together(target, first, second)):
            continue
        counted = _crossed((nouns[one], nouns[other]), (nouns[first], nouns[second]))
        if counted or (len(said.anchors) > 1 and _apart((one, other), (first, second), said, found)):
            yield first, second


def _agree(nouns: Mapping[Quantity, str], one: Quantity, other: Quantity) -> bool:
    return bool(nouns[one]) and nouns[one] == nouns[other]


def _together(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two figures stand in one sentence, and not in one range: its order is looked at by itself."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return not _SENTENCE_END.search(text, first.end, second.start) and not (one.group == other.group and one.group)


def _single(matched: Matching) -> list[Pair]:
    """Figures that occur once in each text."""
    said = Counter((figure.kind, figure.value) for figure in matched.source)
    found = Counter((figure.kind, figure.value) for figure in matched.target)
    once = {key for key, count in said.items() if count == found[key] == 1}
    return [
        (one, other)
        for one, other in matched.pairs
        if one.kind == other.kind != Kind.NAME and (one.kind, one.value) in once
    ]


def _crossed(here: tuple[str, str], there: tuple[str, str]) -> bool:
    return all((*here, *there)) and here[0] != here[1] and here == there[::-1]


def _apart(origins: Pair, figures: Pair, said: _Side, found: _Side) -> bool:
    one, other = said.cluster(origins[0]), said.cluster(origins[1])
    if one == other or not said.prefers(origins[0], one, other) or not said.prefers(origins[1], other, one):
        return False
    return found.prefers(figures[0], other, one) and found.prefers(figures[1], one, other)


def _sides(*texts: tuple[str, Counting]) -> list[_Side]:
    """Both texts with the names and nouns that each of them has once."""
    anchors = [list(_anchors(text.translate(FULL_WIDTH), counting)) for text, counting in texts]
    once = [{name for name, count in Counter(anchor.name for anchor in side).items() if count == 1} for side in anchors]
    common = once[0] & once[1]
    return [
        _Side(
            tuple(anchor for anchor in side if anchor.name in common),
            tuple(found.start() for found in _BREAK.finditer(text)),
        )
        for side, (text, _) in zip(anchors, texts, strict=True)
    ]


def _anchors(text: str, counting: Counting) -> Iterator[_Anchor]:
    found = [_Anchor(name[0].casefold(), *name.span()) for name in _NAME.finditer(text) if len(name[0]) > 1]
    found += [_Anchor(f"={noun.lastgroup}", *noun.span()) for noun in _measures(counting).finditer(text)]
    yield from sorted(found, key=lambda anchor: anchor.start)


def _counted(text: str, figure: Quantity, figures: Sequence[Quantity], counting: Counting) -> str:
    """What a figure counts, by the name that all languages share, or what stands in brackets behind it: 1.9% (95M)."""
    last = max((other for other in figures if other.group == figure.group), key=lambda other: other.start)
    for other in figures:
        if other.start > last.end and text[last.end : other.start].strip() in ("(", "（"):
            return str(other.value)
    if figure.kind != Kind.NUMBER:
        return ""
    found = _nouns(counting).match(text, last.figure, last.figure + _NOUN_REACH)
    return (found.lastgroup or "") if found else ""


@cache
def _measures(counting: Counting) -> re.Pattern[str]:
    edge = r"\b" if counting.words else ""
    nouns = {**counting.nouns, **counting.measures}
    return re.compile("|".join(rf"(?P<{name}>{edge}(?i:{word}){edge})" for name, word in nouns.items()) or r"(?!)")


@cache
def _nouns(counting: Counting) -> re.Pattern[str]:
    if not counting.nouns:
        return re.compile(r"(?!)")
    edge = r"\b" if counting.words else ""
    nouns = "|".join(rf"(?P<{name}>{edge}(?:{pattern}){edge})" for name, pattern in counting.nouns.items())
    if counting.words:
        return re.compile(
            rf"[\s-](?:(?!(?:of|in|on|with|for|and|or|to|per|at|by|over|from)\s)[A-Za-z-]+\s){{0,3}}?(?:{nouns})"
        )
    return re.compile(rf"[^、。，,.()（）0-9をはがにでへ을를]{{0,14}}?(?:{nouns})")
