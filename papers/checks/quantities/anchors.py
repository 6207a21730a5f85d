"""Figures that changed places: “GSM8K 36%, MATH 6%” for “GSM8K 6%, MATH 36%”, “15 datasets” for “15 tasks”.

Words differ between languages and so does their order; names in Latin letters stay, and the nouns that are counted most
in papers are known. Two figures of one kind are swapped where each of them stands at the other's name or noun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise, permutations

from papers.checks.languages import language_of
from papers.checks.languages.counting import Counting
from papers.checks.quantities.masking import FULL_WIDTH
from papers.checks.quantities.matching import Matching
from papers.checks.quantities.model import Kind, Quantity

Pair = tuple[Quantity, Quantity]

_NAME = re.compile(r"(?<![A-Za-z0-9])(?<![0-9]-)[A-Za-z][A-Za-z0-9]*(?:[-./][A-Za-z0-9]+)*")
_BREAK = re.compile(r"[、。,;；，)）]|\b(?:and|while|versus|vs)\b|および|及び|\s및\s|[.]\s|(?<=[가-힣])[고며]\s")
_UNIT = re.compile(r"\s?([A-Za-z]{2,})")
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


@dataclass(frozen=True)
class _Side:
    """One text: the names and nouns that it shares with the other, and what parts them from figures."""

    anchors: tuple[_Anchor, ...]
    breaks: tuple[int, ...]

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

    @cached_property
    def clusters(self) -> tuple[frozenset[str], ...]:
        """Names that stand side by side, as “Few-shot SQL-PaLM”, tell the same."""
        clusters: list[set[str]] = []
        for before, anchor in pairwise((None, *self.anchors)):
            if before and anchor.start - before.end <= 1:
                clusters[-1].add(anchor.name)
            else:
                clusters.append({anchor.name})
        return tuple(map(frozenset, clusters))


def swapped(source: str, source_language: str, target: str, language: str, matched: Matching) -> Iterator[Pair]:
    """Pairs of the target's figures that stand at each other's names or nouns."""
    pairs = _single(matched)
    if len(pairs) < 2:
        return
    said_in, found_in = language_of(source_language).counting, language_of(language).counting
    said, found = _sides((source, said_in), (target, found_in))
    nouns = [
        (_counted(source, one, matched.source, said_in), _counted(target, other, matched.target, found_in))
        for one, other in pairs
    ]
    for (first, first_nouns), (second, second_nouns) in combinations(zip(pairs, nouns, strict=True), 2):
        if first[1].kind != second[1].kind or _agree(first_nouns) or _agree(second_nouns):
            continue
        if _one_list(first, second) or _parted(source, first[0], second[0]) or _parted(target, first[1], second[1]):
            continue
        if _crossed(first_nouns, second_nouns) or _apart(first, second, said, found):
            yield first[1], second[1]


def _agree(nouns: tuple[str, str]) -> bool:
    return bool(nouns[0]) and nouns[0] == nouns[1]


def _crossed(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Nouns of the source and the target: (tasks, datasets) and (datasets, tasks)."""
    return all((*first, *second)) and first[0] != second[0] and first == second[::-1]


def _one_list(first: Pair, second: Pair) -> bool:
    """The order of a list is looked at by itself."""
    return first[0].group == second[0].group and first[1].group == second[1].group


def _parted(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two figures stand in different sentences."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return bool(_SENTENCE_END.search(text, first.end, second.start))


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


def _apart(first: Pair, second: Pair, said: _Side, found: _Side) -> bool:
    """Whether some names tell that two figures changed places, and none tell that they did not."""
    crossed = False
    for one, other in permutations(said.clusters, 2):
        if said.prefers(first[0], one, other) and said.prefers(second[0], other, one):
            if found.prefers(first[1], one, other) and found.prefers(second[1], other, one):
                return False
            crossed |= found.prefers(first[1], other, one) and found.prefers(second[1], one, other)
    return crossed


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
    return _noun(text, figure, counting) or (_noun(text, last, counting) if figure.end == figure.figure else "")


def counted_noun(text: str, language: str, figure: Quantity) -> str:
    """What a figure counts, by a name that all languages share; nothing where no such noun follows soon."""
    return _noun(text, figure, language_of(language).counting)


def _noun(text: str, figure: Quantity, counting: Counting) -> str:
    if figure.kind != Kind.NUMBER:
        return ""
    found = _nouns(counting).match(text, figure.figure, figure.figure + _NOUN_REACH)
    unit = _UNIT.match(text, figure.figure)
    return (found.lastgroup or "") if found else f"={unit[1].casefold()}" if unit else ""


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
