"""Which figures of a text come from its source, as multisets both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from papers.checks.quantities.model import Kind, Quantity, power_apart, same
from papers.checks.quantities.reading import quantities

# Every figure is compared with every other one; a text with more of them is a table, and nothing is said of it.
MOST_FIGURES = 500


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs` are (source, target). `extra` are figures of the target that the source has not, or not so often while
    another one is gone; `missing` are those that the target lacks; `repeated` are used more often than the source has
    them.
    """

    source: tuple[Quantity, ...]
    target: tuple[Quantity, ...]
    pairs: tuple[tuple[Quantity, Quantity], ...]
    extra: tuple[Quantity, ...]
    missing: tuple[Quantity, ...]
    repeated: tuple[Quantity, ...]


@lru_cache(maxsize=256)
def matching(source: str, source_language: str, target: str, language: str) -> Matching:
    """The figures of both texts, paired."""
    said, found = quantities(source, source_language), quantities(target, language)
    if max(len(said), len(found)) > MOST_FIGURES:
        return Matching((), (), (), (), (), ())
    left, pairs, repeated, extra = list(said), [], [], []
    for figure in found:
        partner = _best(figure, left)
        if partner:
            left.remove(partner)
            pairs.append((partner, figure))
        elif again := _best(figure, said):
            pairs.append((again, figure))
            repeated.append(figure)
        else:
            extra.append(figure)
    missing = [figure for figure in left if _best_target(figure, found) is None]
    fewer = [figure for figure in left if figure not in missing and figure.firm]
    more, gone = _shifted([figure for figure in repeated if figure.firm], fewer)
    return Matching(said, found, tuple(pairs), (*extra, *more), (*missing, *gone), tuple(repeated))


def _best(target: Quantity, sources: Sequence[Quantity]) -> Quantity | None:
    """The likeliest origin: of the same kind, and as firm."""
    fitting = [source for source in sources if same(source, target)]
    return min(fitting, key=lambda source: (source.kind != target.kind, source.firm != target.firm), default=None)


def _best_target(source: Quantity, targets: Sequence[Quantity]) -> Quantity | None:
    return next((target for target in targets if same(source, target)), None)


def _shifted(more: list[Quantity], fewer: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """A figure once too often while another of its kind is once too seldom: one was written for the other."""
    kinds = [figure.kind for figure in fewer]
    shifted = [figure for figure in more if figure.kind in kinds]
    return shifted, [figure for figure in fewer if any(other.kind == figure.kind for other in shifted)]


def scaled_from(target: Quantity, sources: Sequence[Quantity]) -> Quantity | None:
    """The figure with the same digits and another power of ten."""
    for source in sources:
        alike = source.kind == target.kind or {source.kind, target.kind} <= {Kind.NUMBER, Kind.YEAR, Kind.NAME}
        if alike and source.kind != Kind.SEVERAL and power_apart(source.value, target.value):
            return source
    return None
