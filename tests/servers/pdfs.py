"""PDFs made on the spot: what papers look like, and what goes wrong with them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Page = str | Sequence[str]

STAMP = "arXiv:2405.03548v2  [cs.CL]  6 May 2024"
LOREM = "This page reports what the model learnt and how well it did on held-out tasks."


def pdf(*pages: Page, stamp: str = "", password: str | None = None) -> bytes:
    """One page per argument: its lines, or a string with line breaks. Draws what is given, hyphens included.

    `stamp` is drawn along the left edge of page 1, as arXiv does. A `password` encrypts; "" opens without asking.
    """
    encryption = None if password is None else StandardEncryption(password, ownerPassword="owner")
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encryption, invariant=True)
    for number, page in enumerate(pages):
        if stamp and number == 0:
            _draw_stamp(canvas, stamp)
        _draw_lines(canvas, page.split("\n") if isinstance(page, str) else page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paper(pages: int = 10, lines: int = 45) -> bytes:
    """A plain paper: numbered pages full of text."""
    return pdf(
        *([f"Page {n}", *[f"{LOREM} ({n}.{i})" for i in range(lines)]] for n in range(1, pages + 1)), stamp=STAMP
    )


def _draw_lines(canvas: Canvas, lines: Sequence[str]) -> None:
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab and has the ligatures fi and fl
    canvas.setFont("Vera", 10)
    for number, line in enumerate(lines):
        canvas.drawString(72, 780 - 14 * number, line)


def _draw_stamp(canvas: Canvas, stamp: str) -> None:
    canvas.saveState()
    canvas.setFont("Times-Roman", 20)
    canvas.setFillGray(0.5)
    canvas.translate(32, 240)
    canvas.rotate(90)
    canvas.drawString(0, 0, stamp)
    canvas.restoreState()


def image_only(pages: int = 2, *, stamp: str = "") -> bytes:
    """A scan: shapes and no text at all, or none but arXiv's stamp."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number in range(pages):
        if stamp and number == 0:
            _draw_stamp(canvas, stamp)
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def truncated(data: bytes, share: float = 0.6) -> bytes:
    return data[: int(len(data) * share)]


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def one_page(content: bytes, filters: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(content), content)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return raw(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font)


def bomb(gigabytes: int = 4) -> bytes:
    """A few kB whose one content stream, packed twice, unpacks to gigabytes of blanks."""
    first = zlib.compressobj(9)
    head = first.compress(b" " * 2**20) + first.flush(zlib.Z_FULL_FLUSH)
    more = zlib.compressobj(9, wbits=-15)
    block = more.compress(b" " * 2**20) + more.flush(zlib.Z_FULL_FLUSH)
    inner = head + block * (gigabytes * 1024 - 1)
    return one_page(zlib.compress(zlib.compress(inner, 9), 9), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")


def endless(repeats: int = 400_000) -> bytes:
    """Keeps a reader busy far beyond any time limit: text drawn over and over, packed into little."""
    return one_page(
        zlib.compress(b"BT /F 1 Tf (abcdefghijklmnopqrstuvwxyz) Tj ET\n" * repeats, 9), b"/Filter/FlateDecode"
    )


def looping_tree() -> bytes:
    """A page tree whose node is its own child."""
    return raw(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4>>")
