"""Quantities: when two figures say the same, and how they differ."""

from __future__ import annotations

from fractions import Fraction

import pytest

from papers.checks.quantities import Kind, quantities, same
from papers.checks.quantities.model import power_apart, significant


def alike(source: str, target: str, language: str = "ja") -> bool:
    said = [figure for figure in quantities(source, "en") if figure.kind != Kind.NAME]
    found = [figure for figure in quantities(target, language) if figure.kind != Kind.NAME]
    return all(any(same(one, other) for one in said) for other in found) and bool(said and found)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("34B", "340億"),
        ("an accuracy of 57.8", "57.8%"),
        ("a probability of 0.5", "50%"),
        ("half", "2分の1"),
        ("50 times less", "50分の1"),
        ("one quarter", "25%"),
        ("5 percentage points", "5ポイント"),
        ("it ran 3 times", "3回"),
        ("5,012,345", "約500万"),
        ("5, 10 and 20%", "5%、10%、20%"),
        ("from 5 to 20 million", "500万から2000万"),
    ],
)
def test_the_same_is_said_in_many_ways(source: str, target: str) -> None:
    assert alike(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("34B", "34億"),
        ("57.8%", "57.8"),
        ("5x", "5%"),
        ("5", "5%"),
        ("5,012,345", "約600万"),
        ("5,012,345", "500万"),
        ("7 billion", "7兆"),
        ("4x", "3分の1"),
    ],
)
def test_what_differs_is_not_the_same(source: str, target: str) -> None:
    assert not alike(source, target)


@pytest.mark.parametrize(
    ("one", "other", "apart"), [(34, 340, -1), ("3.4", 34, -1), (340, 34, 1), (34, 35, 0), (34, 34, 0)]
)
def test_a_power_of_ten_is_told_from_other_differences(one: str | int, other: int, apart: int) -> None:
    assert power_apart(Fraction(one), Fraction(other)) == apart


@pytest.mark.parametrize(("value", "digits"), [(340, 2), (5_012_345, 7), (Fraction("0.05"), 1), (Fraction("42.5"), 3)])
def test_significant_digits_are_counted(value: Fraction, digits: int) -> None:
    assert significant(Fraction(value)) == digits
