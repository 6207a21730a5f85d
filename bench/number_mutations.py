"""Wrong numbers made from right ones: how many of them do the checks of numbers see?

Each clean pair of texts is changed in one place of the target: a digit, a power of ten, a decimal point, a unit, a
bound, the two ends of a range, two figures with the same unit in one sentence. The changes know the text only, none
of the checks' own reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from papers.checks import run_checks
from papers.checks.answer_numbers import AnswerNumbers
from papers.checks.base import Passage, Subject
from papers.checks.number_bounds import NumberBounds
from papers.checks.number_sense import NumberSense
from papers.checks.numbers import Numbers

NUMBER_CHECKS = (Numbers(), NumberBounds(), NumberSense(), AnswerNumbers())

# Figures of names, references and enumerations are left alone: they are no quantities.
_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.,\[-])(?<!図)(?<!表)(?<!第)(?<![그림표식]\s)[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![0-9]*[)\]-])"
)
_SCALES = {
    "万": "億",
    "億": "兆",
    "兆": "億",
    "만": "억",
    "억": "조",
    "조": "억",
    "B": "M",
    "M": "B",
    "K": "M",
    "T": "B",
}
_UNITS = {"%": "倍", "倍": "%", "배": "%"}
_BOUNDS = {"以上": "以下", "未満": "以上", "이상": "이하", "미만": "이상"}
_LIMITS = {"最大": "最小", "少なくとも": "最大", "최대": "최소", "적어도": "최대"}


_UNIT = re.compile(r"\s?([%億万兆倍つ個回年月日本台枚名人件層억만조배개년월일번명건층BMK]?)")
_SENTENCE_END = re.compile(r"[。\n]|[.!?]\s")


@dataclass(frozen=True)
class Mutant:
    """A text with one wrong number, and how it was made wrong."""

    how: str
    source: str
    text: str


def mutants(source: str, text: str, seed: int = 0) -> Iterator[Mutant]:
    """All changes of a target, each in one place. `seed` chooses digits."""
    random = Random(f"{seed}{text}")
    for found in _FIGURE.finditer(text):
        for how, figure in _figures(found[0], random):
            yield Mutant(how, source, text[: found.start()] + figure + text[found.end() :])
    for how, table, before, after in (
        ("scale", _SCALES, r"(?<=[0-9])\s?", ""),
        ("unit", _UNITS, r"(?<=[0-9])\s?", ""),
        ("bound", _BOUNDS, "", ""),
        ("bound", _LIMITS, "", r"(?=\s?[0-9])"),
    ):
        yield from (Mutant(how, source, changed) for changed in _exchanged(text, table, before, after))
    yield from (Mutant("dropped bound", source, changed) for changed in _dropped(text))
    yield from (Mutant("swapped", source, changed) for changed in _swapped(text))
    yield from (Mutant("exchanged", source, changed) for changed in _two_exchanged(text))


def _figures(figure: str, random: Random) -> Iterator[tuple[str, str]]:
    places = [place for place, character in enumerate(figure) if character.isdigit()]
    place = random.choice(places)
    digit = random.choice([digit for digit in "123456789" if digit != figure[place]])
    yield "digit", figure[:place] + digit + figure[place + 1 :]
    yield "ten times", f"{figure}0" if "." not in figure else figure.replace(".", "")
    if "." in figure:
        yield "no point", figure.replace(".", "")
    elif len(places) > 1:
        yield "a point", f"{figure[:-1].rstrip(',')}.{figure[-1]}"


def _exchanged(text: str, table: dict[str, str], before: str, after: str) -> Iterator[str]:
    for word, other in table.items():
        latin = r"(?![A-Za-z])" if word.isascii() and word.isalpha() else ""
        for found in re.finditer(rf"{before}{re.escape(word)}{latin}{after}", text):
            yield text[: found.start()] + found[0].replace(word, other) + text[found.end() :]


def _dropped(text: str) -> Iterator[str]:
    behind, ahead = "|".join(_BOUNDS), "|".join(_LIMITS)
    for found in re.finditer(rf"(?<=[0-9万億兆%倍つ个개만억조배])\s?(?:{behind})の?|(?:{ahead})\s?(?=[0-9])", text):
        yield text[: found.start()] + text[found.end() :]


def _swapped(text: str) -> Iterator[str]:
    """The two figures of a range: 36%から11%."""
    for found in re.finditer(r"([0-9.]+)([%倍억万億B]?(?:から|〜|에서|부터|→)\s?)([0-9.]+)", text):
        if found[1] != found[3]:
            yield text[: found.start()] + found[3] + found[2] + found[1] + text[found.end() :]


def _two_exchanged(text: str) -> Iterator[str]:
    """Two figures with the same unit, for which a sentence makes no other sense than the words around them."""
    for one, other in combinations(_FIGURE.finditer(text), 2):
        alike = _unit(text, one.end()) == _unit(text, other.end()) and one[0] != other[0]
        if alike and not _SENTENCE_END.search(text, one.end(), other.start()):
            between = text[one.end() : other.start()]
            yield text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


def _unit(text: str, place: int) -> str:
    found = _UNIT.match(text, place)
    return found[1] if found else ""


def caught(mutant: Mutant, language: str, checks: Sequence = NUMBER_CHECKS) -> bool:
    """Whether any check of numbers finds something."""
    passage = Passage("text", mutant.text, source=mutant.source, translates=True)
    return bool(run_checks(Subject(language, (passage,)), checks))


def measure(
    pairs: Iterable[tuple[str, str]], language: str, missed: Callable[[Mutant], object] | None = None
) -> dict[str, tuple[int, int]]:
    """For each way of changing: how many were caught, of how many. Pairs are (source, target) without faults."""
    made: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for source, text in pairs:
        for mutant in mutants(source, text):
            made[mutant.how] += 1
            if caught(mutant, language):
                seen[mutant.how] += 1
            elif missed:
                missed(mutant)
    return {how: (seen[how], made[how]) for how in made}
