"""The child process that paints a page: `python -I pdf_painter.py SECONDS MEGABYTES JSON < file`.

JSON is {"page": from 0, "width": pixels, "quote": text}. As pdf_reader.py, it runs by its path, shuts itself into
limits before it touches the data, and imports nothing of ours but that file's limits. On standard output it writes one
line that says `picture`, and the picture after it; or `broken`, `encrypted` or `page` (there is no such page).
"""

from __future__ import annotations

import io
import json
import os
import runpy
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_TALL = 2.5  # times the width: a page may claim to be 14,400 points tall
YELLOW, LINE = (255, 232, 110), (176, 96, 0)


def paint(data: bytes, wanted: dict[str, Any]) -> bytes:
    import pypdfium2  # only now, within the limits

    try:
        document = pypdfium2.PdfDocument(data)
        if not 0 <= wanted["page"] < len(document):
            return b"page\n"
        page = document[wanted["page"]]
        return b"picture\n" + picture(page, wanted)
    except pypdfium2.PdfiumError as error:
        return b"encrypted\n" if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else b"broken\n"


def picture(page: Any, wanted: dict[str, Any]) -> bytes:
    width, height = page.get_size()
    scale = min(wanted["width"] / max(width, 1), wanted["width"] * MOST_TALL / max(height, 1))
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    for box in boxes(page, bitmap.get_posconv(page), wanted["quote"]):
        mark(image, box)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()


def boxes(page: Any, position: Any, quote: str) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom in pixels of each line that the quote stands on."""
    textpage = page.get_textpage()
    if (place := find(textpage, quote)) is None:
        return
    for number in range(textpage.count_rects(*place)):
        left, bottom, right, top = textpage.get_rect(number)
        (x1, y1), (x2, y2) = position.to_bitmap(left, top), position.to_bitmap(right, bottom)
        yield min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2


def find(textpage: Any, quote: str) -> tuple[int, int] | None:
    """The first character of the quote and their number, compared by letters and digits alone."""
    from pypdfium2.raw import FPDFText_GetUnicode

    codes = (FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars()))
    letters = [(letter, index) for index, code in enumerate(codes) for letter in folded(chr(code))]
    needle = folded(quote)
    at = "".join(letter for letter, _ in letters).find(needle) if needle else -1
    if at < 0:
        return None
    first, last = letters[at][1], letters[at + len(needle) - 1][1]
    return first, last - first + 1


def folded(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def mark(image: Any, box: tuple[int, int, int, int]) -> None:
    """Yellow behind the words and a line under them, for those who do not see the colour."""
    from PIL import Image, ImageChops, ImageDraw

    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(image.width, box[2]), min(image.height, box[3])
    if left >= right or top >= bottom:
        return
    words = image.crop((left, top, right, bottom))
    image.paste(ImageChops.multiply(words, Image.new("RGB", words.size, YELLOW)), (left, top))
    ImageDraw.Draw(image).line([(left, bottom), (right, bottom)], fill=LINE, width=2)


def main() -> None:
    seconds, megabytes, wanted = sys.argv[1:]
    runpy.run_path(str(Path(__file__).with_name("pdf_reader.py")))["confine"](int(seconds), int(megabytes))
    sys.stdout.buffer.write(paint(sys.stdin.buffer.read(), json.loads(wanted)))
    sys.stdout.flush()
    os._exit(0)  # PDFium need not tidy up


if __name__ == "__main__":
    main()
