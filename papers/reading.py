"""Read a paper for drafting: its metadata from arXiv, its page texts from the PDF, each kept once it is there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from papers import conf
from papers.applying import obstacle, save_machine_revision
from papers.blocks import text_hash
from papers.errors import DigestError, Notice, SourceError
from papers.files import keep_file, kept_file
from papers.messages import notice_json
from papers.models import PaperPage, PaperSource
from papers.paper import ArxivId, PageText, Paper
from papers.sources.arxiv import fetch_papers, fetch_pdf
from papers.sources.pdf import extract_pages
from papers.sources.web import fetch_web_pdf

logger = logging.getLogger(__name__)

# Papers that a thread of this process reads ahead, by source key.
_ahead: dict[str, threading.Thread] = {}


def fetch_metadata(refs: Iterable[ArxivId], *, patient: bool = True) -> dict[str, Paper | SourceError]:
    """Ask arXiv for several papers in one request; each id gets its paper or its own error.

    Raises SourceError where arXiv gave no usable answer at all. `patient=False` asks once and does not wait long,
    for a person who is waiting.
    """
    refs = list(refs)
    if not refs:
        return {}
    http = conf.get_http() if patient else conf.get_hasty_http()
    return fetch_papers(refs, http=http, api_url=conf.get("ARXIV_API_URL"), pacer=conf.get_pacer())


def metadata_values(paper: Paper) -> dict[str, Any]:
    """A page's fields from arXiv's metadata."""
    return {
        "arxiv_version": paper.arxiv_id.version if paper.arxiv_id else None,
        "authors": "\n".join(paper.authors),
        "published_on": paper.published,
        "updated_on": paper.updated,
        "categories": " ".join(paper.categories),
        "comment": paper.comment,
        "withdrawn": paper.withdrawn,
        "abstract": paper.abstract,
        "source_language": paper.language,
        "metadata_at": timezone.now(),
    }


def write_metadata(draft: PaperPage, paper: Paper) -> None:
    """Fill a draft from arXiv: empty fields, and the title as long as it is the list's."""
    for name, value in metadata_values(paper).items():
        if not getattr(draft, name):
            setattr(draft, name, value)
    if not draft.is_untouched("title"):
        return
    draft.title = draft.draft_title = paper.title[:255]
    draft.provenance = {**draft.provenance, "title": {"hash": text_hash(draft.title)}}


def ensure_metadata(page: PaperPage) -> PaperPage:
    """The page's newest draft, with arXiv's metadata. Raises SourceError where it cannot be had."""
    draft = page.get_latest_revision_as_object()
    if not draft.arxiv_id or draft.metadata_at:
        return draft
    found = fetch_metadata([draft.arxiv_ref])[str(draft.arxiv_ref)]
    if isinstance(found, SourceError):
        raise found
    with transaction.atomic():
        fresh = PaperPage.objects.select_for_update().get(pk=page.pk).get_latest_revision_as_object()
        write_metadata(fresh, found)
        if obstacle(page) is None:
            save_machine_revision(fresh, None, {"backend": "arxiv"})
    return fresh


def read_pages(draft: PaperPage) -> tuple[tuple[PageText, ...], Notice | None]:
    """The page texts of a paper, or none and the reason. A stored text is not read again; a stored error is.

    Raises SourceError only where waiting can help.
    """
    key = draft.source_key
    if not key:
        return (), None
    if under_way := _ahead.pop(key, None):
        under_way.join()
    source = PaperSource.objects.filter(key=key).first()
    if source and source.pages:
        return source.page_texts, None
    try:
        pages, size = _read_pdf(draft)
    except DigestError as error:
        _keep(key, error=notice_json(error.notice), pages=[])
        if error.retryable:
            raise
        return (), error.notice
    _keep(key, pages=_rows(pages), error={}, bytes=size)
    return pages, None


def read_ahead(draft: PaperPage) -> None:
    """Read the paper's PDF in a thread of its own while the model thinks, for the Q&A run that comes after.

    Not within a transaction, which the thread could not see. What goes wrong is left to that run, which reads again.
    """
    key = draft.source_key
    if not key or connection.in_atomic_block or PaperSource.objects.filter(key=key).exists():
        return
    thread = threading.Thread(target=_read_quietly, args=[draft, key], name=f"read-{key}", daemon=True)
    if _ahead.setdefault(key, thread) is thread:
        thread.start()


def _read_quietly(draft: PaperPage, key: str) -> None:
    try:
        pages, size = _read_pdf(draft)
        _keep(key, pages=_rows(pages), error={}, bytes=size)
    except DigestError:
        logger.info("Reading ahead failed", extra={"source": key})
    finally:
        connection.close()


def _rows(pages: tuple[PageText, ...]) -> list[list[Any]]:
    return [[page.number, page.text] for page in pages]


def _read_pdf(draft: PaperPage) -> tuple[tuple[PageText, ...], int]:
    data = fetch_file(draft)
    pages = extract_pages(data, max_pages=conf.get("MAX_PDF_PAGES"))
    keep_file(draft.source_key, data)
    return pages, len(data)


def fetch_file(draft: PaperPage, *, patient: bool = True) -> bytes:
    """The paper's PDF from where it is published; `patient` as in `fetch_metadata`. Raises SourceError."""
    limit = conf.get("MAX_PDF_BYTES")
    http = conf.get_http() if patient else conf.get_hasty_http()
    if not draft.arxiv_id:
        return fetch_web_pdf(draft.pdf_url, http=http, max_bytes=limit)
    url = conf.get("ARXIV_PDF_URL")
    return fetch_pdf(draft.arxiv_ref, http=http, pdf_url=url, pacer=conf.get_pacer(), max_bytes=limit)


def paper_file(draft: PaperPage) -> bytes:
    """The paper's PDF for a person who waits: as it was kept, else fetched once and kept. Raises SourceError."""
    if (kept := kept_file(draft.source_key)) is not None:
        return kept
    data = fetch_file(draft, patient=False)
    keep_file(draft.source_key, data)
    return data


def _keep(key: str, **fields: Any) -> None:
    PaperSource.objects.update_or_create(key=key, defaults=fields)


def facts_of(problem: Notice | None, pages: tuple[PageText, ...]) -> Mapping[str, Any]:
    """What the page keeps of how much could be read."""
    return {"abstract_only": not pages, "source_note": notice_json(problem)}
