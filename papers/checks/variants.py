"""One thing written in two ways in one page: a foreign word in the readers' script, or an acronym spelt out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from papers.checks.languages.base import Borrowing

_LONG = 5  # folded characters; shorter words such as コート and コード's neighbours are words of their own
_EXPANSION = re.compile(
    r"(?<![ァ-ヺー・一-鿿A-Za-z-])(?<![のたるいな])([ァ-ヺー・一-鿿A-Za-z-]*[ァ-ヺー一-鿿])\s?[(（]([A-Z][A-Za-z-]*[A-Z])s?[)）]"
)
_MARKS = re.compile(r"[ー・ ッ]")


def variants(texts: Sequence[str], borrowing: Borrowing) -> Iterator[tuple[int, int, str, str, bool]]:
    """(text, start, rarer spelling, commoner one, whether they differ in more than length marks and dots).

    A spelling counts where it begins a longer run as well: エビクション and エヴィクションポリシー.
    """
    places: dict[str, tuple[int, int]] = {}
    counts: Counter[str] = Counter()
    for at, text in enumerate(texts):
        for run in re.finditer(borrowing.run, text):
            counts[run[0]] += 1
            places.setdefault(run[0], (at, run.start()))
    told = set()
    for one, other in _pairs(list(places), borrowing):
        wrong, right = sorted((one, other), key=lambda spelling: _standing(spelling, counts, places))
        if wrong in told:
            continue
        told.add(wrong)
        at, start = next(place for run, place in places.items() if run.startswith(wrong))
        yield at, start, wrong, right, _differ(wrong, right)


def expansions(text: str) -> Iterator[tuple[str, str, int]]:
    """(acronym, what stands before its brackets, start): 大規模言語モデル(LLM)."""
    for found in _EXPANSION.finditer(text):
        yield found[2], found[1], found.start(1)


def _pairs(runs: Sequence[str], borrowing: Borrowing) -> Iterator[tuple[str, str]]:
    folded = sorted((borrowing.folded(run), run) for run in runs)
    told = set()
    for key, run in folded:
        if len(key) < _LONG:
            continue
        for longer, other in folded[bisect_left(folded, (key, "")) :]:
            if not longer.startswith(key):
                break
            beginning = _beginning(other, key, borrowing)
            pair = frozenset((run, beginning))
            if len(pair) == 2 and pair not in told and _counts(run, beginning, other):
                told.add(pair)
                yield run, beginning


def _counts(run: str, beginning: str, other: str) -> bool:
    """A mark at the end is a matter of habit, and one inside of a longer run may belong to the next word."""
    if other == beginning:
        return run.rstrip("ー") != beginning.rstrip("ー")
    return _differ(run, beginning)


def _differ(one: str, other: str) -> bool:
    return _MARKS.sub("", one) != _MARKS.sub("", other)


def _beginning(run: str, key: str, borrowing: Borrowing) -> str:
    """The shortest beginning of a run that folds to the key, with the length mark that may follow."""
    end = next((end for end in range(len(key), len(run) + 1) if borrowing.folded(run[:end]) == key), len(run))
    return run[: end + (run[end : end + 1] == "ー")]


def _standing(spelling: str, counts: Counter[str], places: Mapping[str, tuple[int, int]]) -> tuple[int, int, int]:
    """The commoner spelling counts more and, of two as common, the one that stands first."""
    text, start = min(place for run, place in places.items() if run.startswith(spelling))
    return _count(spelling, counts), -text, -start


def _count(spelling: str, counts: Counter[str]) -> int:
    return sum(count for run, count in counts.items() if run.startswith(spelling))
