"""Reading a paper while the model thinks: once, and what goes wrong is told by the run that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from papers.models import PaperPage, PaperSource
from papers.reading import read_ahead, read_pages
from tests.factories import make_paper
from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed


@pytest.fixture
def arxiv(digest: Callable[..., None]) -> Iterator[ArxivServer]:
    with ArxivServer(Listed("2405.03548", pdf=pdfs.paper(2))) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        yield server


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
