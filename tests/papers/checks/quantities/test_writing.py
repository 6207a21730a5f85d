"""Writing figures anew as the readers' language does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from papers.checks.quantities import quantities
from papers.checks.quantities.writing import rewritten


@pytest.mark.parametrize(
    ("text", "values", "language", "expected"),
    [
        ("34億", (34 * 10**9,), "ja", "340億"),
        ("3から34億", (3 * 10**9, 34 * 10**9), "ja", "30億から340億"),
        ("3から34万", (3 * 10**6, 34 * 10**6), "ja", "300万から3400万"),
        ("3、13、65億", (3 * 10**9, 13 * 10**9, 65 * 10**9), "ja", "30億、130億、650億"),
        ("3에서 34억", (3 * 10**9, 34 * 10**9), "ko", "30억에서 340억"),
        ("340B", (34 * 10**9,), "ja", "34B"),
        ("1,200", (12000,), "ja", "12,000"),
    ],
)
def test_figures_keep_their_way_of_writing_and_tell_a_shared_scale_with_each(
    text: str, values: tuple[int, ...], language: str, expected: str
) -> None:
    pairs = list(zip(quantities(text, language), map(Fraction, values), strict=True))
    assert rewritten(text, pairs, language) == expected
