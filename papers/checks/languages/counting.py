"""How a language counts: number words, scales, counters and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Bound(StrEnum):
    """What a text says about a figure: more than it, at least it, less than it, at most it, about it."""

    NONE = ""
    OVER = "over"
    LEAST = "least"
    UNDER = "under"
    MOST = "most"
    ABOUT = "about"


@dataclass(frozen=True, eq=False)
class Counting:
    """Number words, counters and bounds of a language.

    Values of a `Mapping[str, int]` are numbers for `numerals` and `parts`, else powers of ten. `words` marks a language
    whose number words may not stand inside of longer words. The other strings are regular expressions.
    """

    words: bool = False
    numerals: Mapping[str, int] = field(default_factory=dict)
    combining: bool = False  # number words take the scales: 二千億, but not 두만
    small: Mapping[str, int] = field(default_factory=dict)  # scales inside of a group: hundred, 百
    large: Mapping[str, int] = field(default_factory=dict)  # scales that end a group: million, 億
    particle: str = ""  # a scale that may also be another word: 만, “only”
    severals: Mapping[str, int] = field(default_factory=dict)  # hundreds; the power of ten
    several: str = ""  # what makes a scale an uncertain one: 数億
    parts: Mapping[str, int] = field(default_factory=dict)  # two thirds; the denominator
    fraction: str = ""  # between denominator and numerator: 3分の1
    halves: str = ""
    doubles: Mapping[str, int] = field(default_factory=dict)  # twice, tenfold; the factor
    percent: str = ""
    points: str = ""
    times: str = ""
    times_before: str = ""  # by a factor of
    ones: str = ""  # words that make a scale a number: a million
    counters: str = ""  # a small number before them is seldom worth a match: 1つ
    ordinals: str = ""
    years: str = ""
    months: str = ""
    month_names: Mapping[str, int] = field(default_factory=dict)
    ranges: str = ""  # from one figure to another
    listed: str = ""  # between the figures of a list
    references: str = ""  # words before the number of a page, figure or table
    referred: str = ""  # words behind it
    numbered: str = ""  # … and such as no count has, so that 5,000ページ目 is a place and 5,000ページ may be an amount
    bounds_before: Mapping[str, Bound] = field(default_factory=dict)
    bounds_after: Mapping[str, Bound] = field(default_factory=dict)
    # … and such as may also be the sentence's verb, so that they are accepted and never asked for: exceeds, を上回る
    verbs_before: Mapping[str, Bound] = field(default_factory=dict)
    verbs_after: Mapping[str, Bound] = field(default_factory=dict)
    # Sizes that are said instead of a figure, by a name that all languages share:
    sizes: Mapping[str, str] = field(default_factory=dict)
    # Nouns that are counted or measured in papers, by a name that all languages share:
    nouns: Mapping[str, str] = field(default_factory=dict)
    # … and such as figures are said of, before or behind them:
    measures: Mapping[str, str] = field(default_factory=dict)
    parted: str = ""  # words between a whole and a part of it: 10のうち9
    # What reads oddly in the language itself, see the check number-sense:
    fewer: str = ""  # “4倍少ない”, where a fraction would be said; from the multiple on
    more: str = ""  # words between them that give the multiple another verb
    parameters: str = ""
    beats: str = ""  # behind a figure that is said to be beaten
    lower_is_better: str = ""
    broken_scale: str = ""  # scales that do not follow a decimal fraction: 5.72百万
    broken_range: str = ""  # ranges whose first figure seems to lack its scale: 3から34億
    items: str = ""  # “A、B、C” before the count of them
    counted: str = ""  # … and how that count goes on
