"""Pictures of pages: what an editor looks at, painted from files that nobody trusts."""

from __future__ import annotations

import io
import subprocess
import sys

import psutil
import pytest
from PIL import Image, ImageChops

from papers.errors import BrokenPdf, EncryptedPdf, HostilePdf, NoSuchPage, NotAPdf, SourceError
from papers.sources.pdf_picture import PAINTER, paint_page
from tests.servers import pdfs

YELLOW = 40  # how far blue lies below red where something is marked


def picture(data: bytes, number: int = 1, **options: object) -> Image.Image:
    return Image.open(io.BytesIO(paint_page(data, number, **options))).convert("RGB")


def marked_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around everything yellow, in pixels."""
    red, _, blue = image.split()
    return ImageChops.subtract(red, blue).point(lambda value: 255 * (value > YELLOW)).getbbox()


def lines(count: int = 5) -> bytes:
    return pdfs.pdf([f"Line number {n} of the ﬁrst page is as good as any" for n in range(count)], "Second")


def test_a_page_becomes_a_picture_as_wide_as_asked() -> None:
    image = picture(lines(), width=800)
    assert abs(image.width - 800) <= 1
    assert 1.3 < image.height / image.width < 1.5


def test_every_page_can_be_had() -> None:
    assert paint_page(lines(), 1) != paint_page(lines(), 2)


def test_a_picture_is_small() -> None:
    assert len(paint_page(pdfs.paper(1), 1)) < 400_000


def test_the_quote_is_marked_on_its_line() -> None:
    image = picture(lines(), quote="Line number 2 of the first page")
    left, top, right, bottom = marked_box(image)
    assert 110 < left < right < image.width / 2
    assert bottom - top < 40


def test_a_quote_over_two_lines_is_marked_on_both() -> None:
    box = marked_box(picture(lines(), quote="good as any Line number 3 of the"))
    one = marked_box(picture(lines(), quote="Line number 3 of the first"))
    assert box[3] - box[1] > 1.5 * (one[3] - one[1])


@pytest.mark.parametrize("quote", ["", "…", "these words stand nowhere", "x" * 9_000, "\0", "第二の行"])
def test_a_page_without_the_quote_is_unmarked(quote: str) -> None:
    assert marked_box(picture(lines(), quote=quote)) is None


def test_a_scan_without_text_has_a_picture_too() -> None:
    assert picture(pdfs.image_only(), quote="any words at all").width == 1100


@pytest.mark.parametrize("box", [b"14400 14400", b"1 14400", b"14400 1", b"0 0", b"1e9 1e9"])
def test_a_page_of_any_size_gives_a_picture_of_bounded_size(box: bytes) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + box + b"]>>"
    image = picture(pdfs.raw(pdfs.CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page))
    assert image.width * image.height <= 1101 * 2751


@pytest.mark.parametrize(
    ("data", "number", "error"),
    [
        (b"<html>", 1, NotAPdf),
        (b"%PDF-1.7\nnothing\n%%EOF", 1, BrokenPdf),
        (pdfs.pdf("secret", password="sesame"), 1, EncryptedPdf),
        (pdfs.pdf("one"), 2, NoSuchPage),
        (pdfs.pdf("one"), 0, NoSuchPage),
        (pdfs.bomb(gigabytes=4), 1, HostilePdf),
    ],
)
def test_each_fault_has_its_own_error(data: bytes, number: int, error: type[SourceError]) -> None:
    with pytest.raises(error) as raised:
        paint_page(data, number)
    assert raised.type is error


def test_a_painter_that_takes_too_long_is_ended_and_leaves_no_orphan() -> None:
    with pytest.raises(HostilePdf, match=r"longer than 0\.05 s"):
        paint_page(pdfs.endless(), 1, timeout=0.05)
    assert psutil.Process().children(recursive=True) == []


def test_a_painter_without_enough_memory_is_a_clear_error() -> None:
    with pytest.raises(HostilePdf, match="Reading the PDF was stopped: "):
        paint_page(pdfs.paper(1), 1, memory_mb=20)


def test_the_painter_imports_nothing_of_ours() -> None:
    code = f"import runpy, sys; runpy.run_path({str(PAINTER)!r}); print([m for m in sys.modules if m.startswith('papers')])"
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
