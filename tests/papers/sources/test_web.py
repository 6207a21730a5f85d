from __future__ import annotations

import pytest

from papers.errors import BlockedAddress, NotAPdf, SourceRefused, TooLarge
from papers.sources.http import HttpClient, HttpOptions
from papers.sources.web import fetch_web_pdf
from tests.servers import pdfs
from tests.servers.base import Answer, Server

MB = 1_000_000


def test_a_pdf_at_any_address_is_fetched(http: HttpClient) -> None:
    data = pdfs.pdf("hello")
    with Server().script(Answer(data, content_type="application/octet-stream")) as server:
        assert fetch_web_pdf(server.url + "/report.pdf", http=http, max_bytes=MB) == data
    assert server.seen[0].headers["accept"] == "application/pdf"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"\n <!DOCTYPE html><p>Sign in", "a web page"),
        (b"<!-- x --><html>", "a web page"),
        (b'<?xml version="1.0"?><x/>', "XML"),
        (b"", "an empty file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"Not found", "plain text"),
        (b"\x00\x01\x02", "unknown data"),
    ],
)
def test_what_is_no_pdf_says_what_it_looks_like(http: HttpClient, body: bytes, found: str) -> None:
    with Server().script(Answer(body, content_type="application/pdf")) as server, pytest.raises(NotAPdf) as error:
        fetch_web_pdf(server.url, http=http, max_bytes=MB)
    assert str(error.value) == f"{server.url} is not a PDF (it looks like {found})."


def test_a_file_that_is_not_there_is_refused(http: HttpClient) -> None:
    with Server().script(Answer(b"gone", status=410)) as server, pytest.raises(SourceRefused, match="HTTP 410"):
        fetch_web_pdf(server.url, http=http, max_bytes=MB)


def test_a_file_over_the_limit_is_not_downloaded(http: HttpClient) -> None:
    with Server().script(Answer(b"%PDF-" + b"x" * 2000)) as server, pytest.raises(TooLarge):
        fetch_web_pdf(server.url, http=http, max_bytes=1000)


def test_a_private_address_is_not_fetched() -> None:
    with Server() as server, pytest.raises(BlockedAddress):
        fetch_web_pdf(server.url, http=HttpClient(HttpOptions()), max_bytes=MB)
    assert server.seen == []
