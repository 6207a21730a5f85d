"""Reading a paper while the model thinks: once, and what goes wrong is told by the run that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from papers.errors import SourceError
from papers.files import keep_file, kept_file
from papers.models import PaperPage, PaperSource
from papers.reading import paper_file, read_ahead, read_pages
from tests.factories import make_paper
from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed


@pytest.fixture
def arxiv(digest: Callable[..., None]) -> Iterator[ArxivServer]:
    with ArxivServer(Listed("2405.03548", pdf=pdfs.paper(2))) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        yield server


@pytest.fixture(autouse=True)
def _nothing_is_kept_yet(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES}  # Django then makes all storages anew


def paper(arxiv_id: str = "2405.03548") -> PaperPage:
    return make_paper(arxiv_id=arxiv_id).get_latest_revision_as_object()


@pytest.mark.django_db(transaction=True)
def test_what_was_read_ahead_is_not_read_again(arxiv: ArxivServer) -> None:
    draft = paper()
    read_ahead(draft)
    pages, problem = read_pages(draft)
    assert (len(pages), problem) == (2, None)
    assert sum("/pdf/" in seen.path for seen in arxiv.seen) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_reading_ahead_is_told_by_the_run_that_needs_the_text(arxiv: ArxivServer) -> None:
    draft = paper("2405.00404")
    read_ahead(draft)
    pages, problem = read_pages(draft)
    assert (pages, problem is not None) == ((), True)
    assert PaperSource.objects.get().error


@pytest.mark.django_db
def test_nothing_is_read_ahead_within_a_transaction(arxiv: ArxivServer) -> None:
    read_ahead(paper())
    assert arxiv.seen == []


@pytest.mark.django_db
def test_the_file_is_kept_when_it_is_read(arxiv: ArxivServer) -> None:
    draft = paper()
    read_pages(draft)
    assert kept_file(draft.source_key) == pdfs.paper(2)
    assert paper_file(draft) == pdfs.paper(2)
    assert sum("/pdf/" in seen.path for seen in arxiv.seen) == 1


@pytest.mark.django_db
def test_a_file_that_was_not_kept_is_fetched_once(arxiv: ArxivServer) -> None:
    draft = paper()
    assert [paper_file(draft) for _ in range(2)] == [pdfs.paper(2)] * 2
    assert sum("/pdf/" in seen.path for seen in arxiv.seen) == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_not_kept(arxiv: ArxivServer) -> None:
    draft = paper("2405.00404")
    read_pages(draft)
    assert kept_file(draft.source_key) is None


@pytest.mark.django_db
def test_a_file_that_cannot_be_had_is_told_at_once(arxiv: ArxivServer) -> None:
    with pytest.raises(SourceError, match="HTTP 404"):
        paper_file(paper("2405.00404"))


@pytest.mark.django_db
def test_a_kept_file_needs_no_network(arxiv: ArxivServer) -> None:
    keep_file("2405.00404v1", b"%PDF-1.7 kept")
    assert paper_file(paper("2405.00404")) == b"%PDF-1.7 kept"
    assert arxiv.seen == []
