"""The picture itself."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from weekly.sharing.drawing import GROUND, SIZE, Card, draw
from weekly.sharing.fonts import find_face

CARD = Card("ja", "週報", "2024年5月6日", "物事について", "On Things", "Ada One")
BIG = 100_000  # bytes


def picture(**fields: Any) -> Image.Image:
    return Image.open(BytesIO(draw(replace(CARD, **fields), find_face("ja")))).convert("RGB")


def ink(image: Image.Image, top: int, bottom: int) -> int:
    """How many points of a band are not of the ground."""
    band = image.crop((0, top, SIZE[0], bottom))
    return sum(
        1 for point in band.get_flattened_data() if max(abs(a - b) for a, b in zip(point, GROUND, strict=True)) > 60
    )


def test_it_has_the_size_that_networks_show() -> None:
    assert picture().size == (1200, 630)


@pytest.mark.parametrize(
    "title", ["", "x" * 600, "漢" * 600, "a b " * 300, "\x00\x07\u202e", "🙂" * 50, "$\\alpha$\n\n"]
)
def test_any_title_gives_a_small_picture(title: str) -> None:
    png = draw(Card("ja", title, title, title, title, title), find_face("ja"))
    assert png.startswith(b"\x89PNG")
    assert len(png) < BIG


@pytest.mark.parametrize("title", ["短い", "漢" * 600])
def test_nothing_runs_into_the_last_line_or_out_of_the_picture(title: str) -> None:
    shown = picture(title=title, below="漢" * 600, credit="")
    assert ink(shown, 550, 630) == 0
    assert ink(shown.crop((0, 20, 60, 630)).resize(SIZE), 0, 630) == 0


def test_the_title_is_in_the_picture() -> None:
    assert ink(picture(), 150, 300) > ink(picture(title=""), 150, 300) + 1000


def test_a_sign_that_the_font_lacks_is_no_box() -> None:
    fields = ("name", "above", "title", "below", "credit")
    with_box, without = (picture(**dict.fromkeys(fields, f"ℓ{sign}")) for sign in ("ₚ\u0302", "p"))
    assert with_box.tobytes() == without.tobytes()


def test_every_text_changes_the_version() -> None:
    names = ("language", "name", "above", "title", "below", "credit")
    assert len({CARD.version, *(replace(CARD, **{name: "x"}).version for name in names)}) == 7


def test_texts_do_not_run_into_each_other_in_the_version() -> None:
    assert replace(CARD, below="ab", credit="").version != replace(CARD, below="a", credit="b").version


def test_the_same_picture_is_drawn_once() -> None:
    assert draw(CARD, find_face("ja")) is draw(replace(CARD), find_face("ja"))
