"""Draws a picture of a page for those who share its link: 1200 × 630 pixels, as social networks show them."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from weekly.sharing.fonts import Face
from weekly.sharing.spelling import spelled
from weekly.sharing.wrapping import shorten, wrap

SIZE = (1200, 630)
MARGIN = 72
WIDTH = SIZE[0] - 2 * MARGIN
LONGEST = 400  # characters of one text; more would never fit
GROUND, INK, SOFT, ACCENT = (251, 252, 251), (27, 36, 39), (83, 96, 102), (172, 58, 28)  # as digest.css has them
TITLE_SIZES = (68, 60, 52, 46, 40)
TITLE_HEIGHT = 260
LEADING = 1.35  # line height, in sizes
BOTTOM = 520  # where the last line begins, less a gap
LAYOUT = "2"  # counts the changes of how it looks


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
    language, *texts = astuple(card)
    card = Card(language, *(spelled(text[:LONGEST], face) for text in texts))
    image = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    _write(pen, face, 30, _fit(card.name, face, 30, 1), MARGIN - 12, ACCENT)
    top = _write(pen, face, 28, _fit(card.above, face, 28, 1), MARGIN + 56, SOFT) + 14
    size, lines = _title(card.title, face)
    top = _write(pen, face, size, lines, top, INK) + 14
    room = int((BOTTOM - top) // (30 * LEADING))
    _write(pen, face, 30, _fit(card.below, face, 30, min(room, 3)), top, SOFT)
    _write(pen, face, 26, _fit(card.credit, face, 26, 1), BOTTOM + 14, SOFT)
    return _png(image)


def _title(text: str, face: Face) -> tuple[int, list[str]]:
    """The largest size in which the whole title fits, else the smallest with what fits."""
    for size in TITLE_SIZES:
        lines = wrap(text, WIDTH, face.at(size).getlength)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            return size, lines
    return size, shorten(lines, int(TITLE_HEIGHT // (size * LEADING)), WIDTH, face.at(size).getlength)


def _fit(text: str, face: Face, size: int, most: int) -> list[str]:
    measure = face.at(size).getlength
    return shorten(wrap(text, WIDTH, measure), most, WIDTH, measure)


def _write(
    pen: ImageDraw.ImageDraw, face: Face, size: int, lines: list[str], top: float, ink: tuple[int, int, int]
) -> float:
    """Writes lines from `top` on, in pixels; returns where the next ones would begin."""
    font = face.at(size)
    for line in lines:
        pen.text((MARGIN, top), line, font=font, fill=ink)
        top += size * LEADING
    return top


def _png(image: Image.Image) -> bytes:
    """Few colours are enough for letters, and make a third of the size."""
    file = BytesIO()
    few = image.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()
