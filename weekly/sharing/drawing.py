"""Draws a picture of a page for those who share its link: 1200 × 630 pixels, as social networks show them."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from weekly.sharing.fonts import Face
from weekly.sharing.wrapping import shorten, wrap

SIZE = (1200, 630)
MARGIN = 72
WIDTH = SIZE[0] - 2 * MARGIN
LONGEST = 400  # characters of one text; more would never fit
PAPER, INK, SOFT, ACCENT = (251, 250, 247), (28, 30, 34), (92, 96, 104), (27, 84, 145)
TITLE_SIZES = (68, 60, 52, 46)
TITLE_LINES = 4
LAYOUT = "1"  # counts the changes of how it looks


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in a picture: the digest's name, a line above the title, the title, and what is below it."""

    language: str
    name: str
    above: str
    title: str
    below: str = ""
    credit: str = ""

    @property
    def version(self) -> str:
        """Changes with anything that the picture shows."""
        return hashlib.sha256("\x1f".join([LAYOUT, *astuple(self)]).encode()).hexdigest()[:12]


@lru_cache(maxsize=64)  # some 20 kB each
def draw(card: Card, face: Face) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    _write(pen, face, 30, [card.name], MARGIN - 12, ACCENT)
    top = _write(pen, face, 28, [card.above], MARGIN + 56, SOFT) + 22
    size, lines = _title(card.title, face)
    top = _write(pen, face, size, lines, top, INK) + 18
    room = 2 if len(lines) < TITLE_LINES else 1
    _write(pen, face, 30, _lines(card.below, face, 30, room), top, SOFT)
    _write(pen, face, 26, _lines(card.credit, face, 26, 1), SIZE[1] - MARGIN - 26, SOFT)
    return _png(image)


def _title(text: str, face: Face) -> tuple[int, list[str]]:
    """The largest size in which the whole title fits, else the smallest with what fits."""
    for size in TITLE_SIZES:
        lines = wrap(text[:LONGEST], WIDTH, face.at(size).getlength)
        if len(lines) <= TITLE_LINES:
            return size, lines
    return size, shorten(lines, TITLE_LINES, WIDTH, face.at(size).getlength)


def _lines(text: str, face: Face, size: int, most: int) -> list[str]:
    measure = face.at(size).getlength
    return shorten(wrap(text[:LONGEST], WIDTH, measure), most, WIDTH, measure)


def _write(
    pen: ImageDraw.ImageDraw, face: Face, size: int, lines: list[str], top: float, ink: tuple[int, int, int]
) -> float:
    """Writes lines from `top` on, in pixels; returns where the next ones would begin."""
    font = face.at(size)
    for line in lines:
        pen.text((MARGIN, top), line, font=font, fill=ink)
        top += size * 1.35
    return top


def _png(image: Image.Image) -> bytes:
    """Few colours are enough for letters, and make a third of the size."""
    file = BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
