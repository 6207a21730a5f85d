"""A quantity, and when two of them say the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from papers.checks.languages.counting import Bound


class Kind(StrEnum):
    """What a figure counts. `SEVERAL` has the power of ten as its value: 9 for “billions” and 数十億."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    SHARE = "share"
    YEAR = "year"
    SEVERAL = "several"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text. `start` and `end` enclose it with its unit; `figure` ends the part without unit.

    `firm` tells whether a translation has to have it: “7 billion” is, “one” and 1つ are not. `group` is equal for the
    figures of one range or list, in the order of the text. `bare` is what stands there where the figure took the scale
    or unit of a later one, as the 7 does in “7, 13 and 65 billion”; else it is None. `stem` is what a number in a name
    belongs to. `verb` marks a bound that may as well be the sentence's verb; `reach` encloses the figure with it.
    """

    value: Fraction
    kind: Kind
    start: int
    end: int
    figure: int
    text: str
    firm: bool = True
    group: int = 0
    bound: Bound = Bound.NONE
    verb: bool = False
    reach: tuple[int, int] = (0, 0)
    bare: Fraction | None = None
    stem: str = ""
    counter: bool = False
    scaled: bool = False

    @property
    def whole(self) -> bool:
        return self.value.denominator == 1


_NEAR = Fraction(1, 25)
_LOOSE = {Kind.NUMBER, Kind.POINTS, Kind.YEAR, Kind.NAME}


def same(source: Quantity, target: Quantity) -> bool:
    """Whether the target's figure can stand for the source's."""
    if source.value == target.value and _same_kind(source, target):
        return True
    if target.bare is not None and target.bare == source.value and source.bare is None:
        return target.kind == source.kind or not source.scaled
    if source.bare is not None and source.bare == target.value and target.bare is None:
        return target.kind in _LOOSE and not target.scaled
    return _same_share(source, target) or _rounded(source, target)


def _same_kind(source: Quantity, target: Quantity) -> bool:
    if source.kind == target.kind or {source.kind, target.kind} <= _LOOSE:
        return True
    if {source.kind, target.kind} == {Kind.PERCENT, Kind.POINTS}:
        return True
    if (source.kind, target.kind) == (Kind.NUMBER, Kind.PERCENT):
        return not source.whole and source.value <= 100  # “an accuracy of 57.8” ⇒ 57.8%
    return (
        source.kind == Kind.TIMES and target.kind == Kind.NUMBER and (target.counter or source.text.endswith("times"))
    )


def _same_share(source: Quantity, target: Quantity) -> bool:
    kinds = {source.kind, target.kind}
    if kinds == {Kind.SHARE, Kind.PERCENT}:
        return _share(source) == _share(target)
    if kinds == {Kind.SHARE, Kind.TIMES}:
        return source.value * target.value == 1
    if kinds == {Kind.NUMBER, Kind.PERCENT}:
        number = source if source.kind == Kind.NUMBER else target
        return 0 < number.value < 1 and _share(source) == _share(target)
    return False


def _share(quantity: Quantity) -> Fraction:
    return quantity.value / 100 if quantity.kind == Kind.PERCENT else quantity.value


def _rounded(source: Quantity, target: Quantity) -> bool:
    """約500万 for 5,012,345."""
    if target.bound != Bound.ABOUT or target.verb or source.kind != target.kind or source.kind == Kind.SEVERAL:
        return False
    near = source.value > 10 and abs(source.value - target.value) / source.value < _NEAR
    return near and significant(target.value) < significant(source.value)


def digits_of(value: Fraction) -> str:
    """The digits from the first to the last that is not 0, alike for 34, 3.4 and 34 billion."""
    return f"{float(value):.9f}".replace(".", "").strip("0")


def significant(value: Fraction) -> int:
    """How many digits stand between the first and the last that are not 0."""
    return len(digits_of(value))


def power_apart(one: Fraction, other: Fraction) -> int:
    """By which power of ten two figures differ that have the same digits; 0 where they are equal or unlike."""
    if one <= 0 or other <= 0 or one == other:
        return 0
    ratio = one / other if one > other else other / one
    digits = str(ratio.numerator)
    if ratio.denominator != 1 or digits.strip("0") != "1":
        return 0
    return (len(digits) - 1) * (1 if one > other else -1)
