from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from papers.errors import (
    BrokenPdf,
    EncryptedPdf,
    HostilePdf,
    ImageOnlyPdf,
    NotAPdf,
    SourceError,
    TooLarge,
    TooManyPages,
)
from papers.paper import PageText
from papers.sources.pdf import READER, extract_pages
from tests.servers import pdfs


def texts(data: bytes, max_pages: int = 20) -> list[str]:
    return [page.text for page in extract_pages(data, max_pages=max_pages)]


def test_pages_come_with_their_numbers() -> None:
    assert extract_pages(pdfs.pdf("First", "", "Third"), max_pages=3) == (
        PageText(1, "First"),
        PageText(2, ""),
        PageText(3, "Third"),
    )


def test_a_paper_of_ten_pages_is_read_whole() -> None:
    pages = texts(pdfs.paper(10))
    assert len(pages) == 10
    assert pages[9].startswith("Page 10\n")
    assert pages[9].endswith("(10.44)")


def test_the_stamp_along_the_edge_is_no_text_of_the_paper() -> None:
    assert texts(pdfs.pdf("A Title\nBody", stamp=pdfs.STAMP)) == ["A Title\nBody"]


def test_words_cut_by_a_line_end_are_joined() -> None:
    page = "We scale instruc-\ntions for state-of-\nthe-art models"
    assert texts(pdfs.pdf(page)) == ["We scale instructions for state-of-the-art models"]


def test_ligatures_and_letters_beyond_ascii_are_read() -> None:
    assert texts(pdfs.pdf("\ufb01ne-tuning on \ufb02ows, Ramírez")) == ["fine-tuning on flows, Ramírez"]


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert texts(pdfs.pdf("Open to all", password="")) == ["Open to all"]


def test_a_pdf_with_rubbish_before_it_is_read() -> None:
    assert texts(b"\r\n\r\n" + pdfs.pdf("Late start")) == ["Late start"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<html><body>Please log in</body></html>", NotAPdf),
        (b"", NotAPdf),
        (pdfs.truncated(pdfs.paper(3)), BrokenPdf),
        (pdfs.paper(3)[:-20], BrokenPdf),
        (pdfs.paper(1)[:200] + b"%%EOF", BrokenPdf),
        (b"%PDF-1.7\nnothing\n%%EOF", BrokenPdf),
        (pdfs.looping_tree(), BrokenPdf),
        (pdfs.raw(pdfs.CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"), BrokenPdf),
        (pdfs.pdf("secret", password="sesame"), EncryptedPdf),
        (pdfs.image_only(), ImageOnlyPdf),
        (pdfs.image_only(stamp=pdfs.STAMP), ImageOnlyPdf),
        (pdfs.pdf("", "— ·"), ImageOnlyPdf),
    ],
)
def test_each_fault_has_its_own_error(data: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error) as raised:
        extract_pages(data, max_pages=20)
    assert (raised.type, raised.value.retryable) == (error, False)


def test_what_is_no_pdf_says_where_it_came_from() -> None:
    with pytest.raises(NotAPdf, match=r"https://x\.org/a is not a PDF \(it looks like a web page\)"):
        extract_pages(b"<!doctype html>", max_pages=1, url="https://x.org/a")


def test_more_pages_than_allowed_are_refused() -> None:
    with pytest.raises(TooManyPages, match="more than 3 pages"):
        extract_pages(pdfs.pdf(*"abcd"), max_pages=3)


def test_as_many_pages_as_allowed_are_read() -> None:
    assert len(extract_pages(pdfs.pdf(*"abc"), max_pages=3)) == 3


def test_too_much_text_is_refused() -> None:
    with pytest.raises(TooLarge, match="100 characters"):
        extract_pages(pdfs.paper(1), max_pages=3, max_characters=100)


# Hostile files


def test_a_small_file_that_grows_to_gigabytes_ends_its_reader_and_nobody_else() -> None:
    data = pdfs.bomb(gigabytes=4)
    with pytest.raises(HostilePdf, match="the reader died"):
        extract_pages(data, max_pages=20)
    assert len(data) < 7000
    assert texts(pdfs.pdf("All is well")) == ["All is well"]


def test_a_reader_that_takes_too_long_is_ended_and_leaves_no_orphan() -> None:
    with pytest.raises(HostilePdf, match=r"longer than 0\.3 s"):
        extract_pages(pdfs.endless(), max_pages=20, timeout=0.3)
    assert psutil.Process().children(recursive=True) == []


def test_a_reader_without_enough_memory_is_a_clear_error() -> None:
    with pytest.raises(HostilePdf, match="Reading the PDF was stopped: "):
        extract_pages(pdfs.paper(1), max_pages=20, memory_mb=20)


def test_many_threads_can_read_at_once() -> None:
    files = [pdfs.pdf(f"File {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(texts, files)) == [[f"File {number}"] for number in range(8)]


def test_the_reader_imports_nothing_of_ours() -> None:
    code = (
        f"import runpy, sys; runpy.run_path({str(READER)!r}); print([m for m in sys.modules if m.startswith('papers')])"
    )
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
