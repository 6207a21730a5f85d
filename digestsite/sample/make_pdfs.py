"""Makes the PDFs of the sample notes: `python -m digestsite.sample.make_pdfs`.

The same notes always give the same bytes: no dates, no random ids, and no compression, which would depend on the
zlib that is installed. Needs reportlab, which only developers install; the PDFs lie finished in the repository.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Preformatted,
    Table,
    TableStyle,
)

from digestsite.sample.notes import NOTICE, Note, load_notes

SERIF, SANS, MONO, CJK = "Times-Roman", "Helvetica", "Courier", "HeiseiMin-W3"
MARGIN, HEAD = 30 * mm, 27 * mm
WIDTH = A4[0] - 2 * MARGIN
GREY, RULE = HexColor("#555555"), HexColor("#bbbbbb")

_TEXT = ParagraphStyle("text", fontName=SERIF, fontSize=11.5, leading=16.5, spaceAfter=7, allowWidows=0, allowOrphans=0)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=23, spaceAfter=8)
_AUTHORS = ParagraphStyle("authors", fontName=SANS, fontSize=10.5, leading=14, spaceAfter=10)
_NOTICE = ParagraphStyle("notice", _AUTHORS, fontSize=9.5, borderWidth=0.6, borderColor=RULE, borderPadding=5)
_NOTICE.spaceAfter = 16
_ABSTRACT = ParagraphStyle("abstract", _TEXT, leftIndent=8 * mm, rightIndent=8 * mm, spaceAfter=12)
_HEADS = {
    "## ": ParagraphStyle("section", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=9, spaceAfter=5),
    "### ": ParagraphStyle("part", fontName="Helvetica-Bold", fontSize=11, leading=15, spaceBefore=5, spaceAfter=4),
}
_ITEM = ParagraphStyle("item", _TEXT, leftIndent=6 * mm, bulletIndent=1.5 * mm, spaceAfter=4)
_CODE = ParagraphStyle("code", fontName=MONO, fontSize=9.5, leading=13, leftIndent=6 * mm, spaceBefore=1, spaceAfter=9)
_CELL = ParagraphStyle("cell", fontName=SANS, fontSize=9, leading=12)
_HEADCELL = ParagraphStyle("headcell", _CELL, fontName="Helvetica-Bold")
_CAPTION = ParagraphStyle("caption", _TEXT, fontSize=9.5, leading=12.5, textColor=GREY, spaceBefore=4, spaceAfter=10)
_GRID = TableStyle(
    [
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, GREY),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, GREY),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, GREY),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)


def _markup(text: str) -> str:
    """Reportlab's markup of a line; Chinese characters and kana are set in a font that has them."""
    text = re.sub(r"`([^`]+)`", rf'<font name="{MONO}" size="10">\1</font>', html.escape(text, quote=False))
    return re.sub(r"[\u3000-\u9fff]+", rf'<font name="{CJK}">\g<0></font>', text)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(_markup(" ".join(text.split())), style)


def _item(line: str) -> Paragraph:
    mark, text = line.split(" ", 1)
    return Paragraph(_markup(text), _ITEM, bulletText="•" if mark == "-" else mark)


def _table(lines: list[str]) -> Table:
    """Columns are as wide as their longest cell asks, within bounds, so that text wraps only where it must."""
    rows = [[cell.strip() for cell in line.strip("| ").split(" |")] for line in lines]
    rows = [[cell.removeprefix("| ") for cell in row] + [""] * (len(rows[0]) - len(row)) for row in rows]
    wants = [max(8, min(48, max(len(cell) for cell in column))) + 2 for column in zip(*rows, strict=True)]
    widths = [WIDTH * want / sum(wants) for want in wants]
    cells = [[_paragraph(cell, _CELL if n else _HEADCELL) for cell in row] for n, row in enumerate(rows)]
    return Table(cells, widths, style=_GRID, spaceBefore=3, spaceAfter=4)


def _block(block: str) -> list[Flowable]:
    lines = block.splitlines()
    if block.startswith("```"):
        return [KeepTogether([Preformatted("\n".join(lines[1:-1]), _CODE)])]
    if block.startswith("| "):
        return [_table(lines)]
    if re.match(r"- |\d\. ", block):
        return [_item(line) for line in lines]
    for mark, style in _HEADS.items():
        if block.startswith(mark):
            return [_paragraph(block.removeprefix(mark), style)]
    return [_paragraph(block, _CAPTION if re.match(r"Table \d+:", block) else _TEXT)]


def _blocks(body: str) -> Iterator[str]:
    """Blocks parted by a blank line; a fenced block keeps the blank lines within it."""
    for part in re.split(r"(```.*?```)", body, flags=re.S):
        if part.startswith("```"):
            yield part
        else:
            yield from re.split(r"\n\s*\n", part.strip())


def _body(note: Note) -> Iterator[Flowable]:
    """A heading stays with what follows it, a table with its caption."""
    kept: list[Flowable] = []
    for block in filter(None, _blocks(note.body)):
        first, *rest = _block(block)
        kept.append(first)
        if block.startswith(("#", "| ")):
            continue
        yield KeepTogether(kept) if len(kept) > 1 else first
        yield from rest
        kept = []


def _front(note: Note) -> list[Flowable]:
    return [
        _paragraph(note.title, _TITLE),
        _paragraph(", ".join(note.authors), _AUTHORS),
        _paragraph(f"{NOTICE} The number {note.id} was never given to a paper.", _NOTICE),
        _paragraph("Abstract", _HEADS["### "]),
        _paragraph(note.abstract, _ABSTRACT),
    ]


def _small(canvas: Canvas) -> None:
    canvas.setFont(SANS, 8.5)
    canvas.setFillColor(GREY)


def _head(canvas: Canvas, doc: BaseDocTemplate) -> None:
    _small(canvas)
    canvas.drawString(MARGIN, A4[1] - 15 * mm, f"{doc.author}, note {doc.subject}")
    canvas.drawString(MARGIN, A4[1] - 19 * mm, NOTICE)


def _foot(canvas: Canvas, doc: BaseDocTemplate) -> None:
    """Drawn when the page ends, so that its number is also last in the extracted text."""
    _small(canvas)
    canvas.drawCentredString(A4[0] / 2, 15 * mm, str(doc.page))


def _templates() -> list[PageTemplate]:
    """The first page has no running head."""
    frame = Frame(MARGIN, HEAD, WIDTH, A4[1] - 2 * HEAD, leftPadding=0, rightPadding=0)
    first = PageTemplate("first", [frame], onPageEnd=_foot, autoNextPageTemplate="later")
    return [first, PageTemplate("later", [frame], onPage=_head, onPageEnd=_foot)]


def make_pdf(note: Note) -> bytes:
    """The PDF of one note, A4. Equal notes give equal bytes under one version of reportlab."""
    pdfmetrics.registerFont(UnicodeCIDFont(CJK))
    out = BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=_templates(),
        title=note.title,
        author=", ".join(note.authors),
        subject=note.id,
        invariant=1,
        pageCompression=0,
    )
    doc.build([*_front(note), *_body(note)])
    return out.getvalue()


def main() -> None:
    for note in load_notes().values():
        note.pdf.parent.mkdir(exist_ok=True)
        note.pdf.write_bytes(make_pdf(note))


if __name__ == "__main__":
    main()
