"""Texts in the signs that a font has."""

from __future__ import annotations

import pytest

from weekly.sharing.fonts import Face, covers, find_face
from weekly.sharing.spelling import spelled

LATIN = Face("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
ALIKE = [
    ("ℓₚノルム", "ℓpノルム"),
    ("xᵢ, yₖ, zₜ, H₂O", "xi, yk, zt, H2O"),
    ("O(2ⁿ)", "O(2^n)"),
    ("10⁻⁶⁴", "10^(−64)"),
    ("ℝ上の𝐀、ℒ、ϵ", "R上のA、L、ε"),
    ("Erdős Pál", "Erdos Pál"),
    ("x\u0302とB\u0302", "xとB"),
    ("驚き🙂です👩‍🔬", "驚きです"),
]


@pytest.mark.parametrize(("text", "meant"), ALIKE)
def test_what_the_font_lacks_is_written_in_signs_alike(text: str, meant: str) -> None:
    assert spelled(text, find_face("ja")) == meant


@pytest.mark.parametrize("text", ["", "週報 x² がぎ é ①㎡ Ⅱ …", "정규화", "a\tb\nc\u3000d"])
def test_what_the_font_has_stays(text: str) -> None:
    assert spelled(text, find_face("ja")) == text


@pytest.mark.parametrize(
    "text", [*(text for text, _meant in ALIKE), "日本語", "\x00\x07\u202e", "🙂" * 9, "é\n\u0302²ⁿ"]
)
@pytest.mark.parametrize("face", [find_face("ja"), LATIN])
def test_no_sign_is_left_that_would_be_a_box(text: str, face: Face) -> None:
    assert covers(face, spelled(text, face))
