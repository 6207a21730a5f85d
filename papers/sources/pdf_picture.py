"""Pictures of a PDF's pages, painted in a child process that may die of it (see pdf_painter.py)."""

from __future__ import annotations

import json
import math
from pathlib import Path

from papers.errors import BrokenPdf, EncryptedPdf, HostilePdf, NoSuchPage
from papers.sources.pdf import require_pdf
from papers.sources.pdf_child import run_child

PAINTER = Path(__file__).with_name("pdf_painter.py")
TYPE = "image/webp"
_MOST_MARKED = 4_000  # characters of a quote that are looked for on the page

_ERRORS = {"broken": BrokenPdf, "encrypted": EncryptedPdf}


def paint_page(
    data: bytes,
    number: int,
    *,
    quote: str = "",
    width: int = 1100,
    timeout: float = 20,
    memory_mb: int = 768,
) -> bytes:
    """A WebP picture of page `number` (from 1), `width` pixels wide or less, with the quote marked where it stands.

    The quote is looked for by its letters and digits alone, since it was verified before; where it is not found, the
    page is unmarked. `timeout` is in seconds. Raises NotAPdf, BrokenPdf, EncryptedPdf, NoSuchPage and HostilePdf.
    """
    require_pdf(data, "–")
    wanted = json.dumps({"page": number - 1, "width": width, "quote": quote[:_MOST_MARKED]})
    answer = run_child(PAINTER, data, [str(math.ceil(timeout)), str(memory_mb), wanted], seconds=timeout)
    kind, _, rest = answer.partition(b"\n")
    if kind == b"picture" and rest.startswith(b"RIFF"):
        return rest
    if kind == b"page":
        raise NoSuchPage(page=number)
    raise _ERRORS.get(kind.decode("ascii", "replace"), _unusable)()


def _unusable() -> HostilePdf:
    return HostilePdf(reason="the painter gave no usable answer")
