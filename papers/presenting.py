"""What templates, feeds and API show of a paper page: names of categories, links to PDF pages, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from wagtail.models import PageLogEntry

from papers.blocks import CitationBlock, ProvenanceBlock, QABlock
from papers.categories import category_names
from papers.showing import Later

if TYPE_CHECKING:
    from papers.models.pages import PaperPage
    from papers.models.tags import PaperTag


def paper_url(page: PaperPage) -> str:
    """The paper's own address, for readers. An address that an editor gave for the PDF stands before arXiv's."""
    if page.arxiv_id and not page.pdf_url:
        return f"https://arxiv.org/abs/{page.arxiv_ref}"
    return page.source_url or page.pdf_url


def pdf_url(page: PaperPage) -> str:
    """The PDF that readers open; page citations add `#page=N` to it."""
    if page.arxiv_id and not page.pdf_url:
        return f"https://arxiv.org/pdf/{page.arxiv_ref}"
    return page.pdf_url


def drafted_by(page: PaperPage, blocks: Iterable[Any] | None = None) -> list[dict[str, str]]:
    """The machines whose text still stands in the page, each once: `backend` and `model`.

    `blocks` are its Q&As, where they are at hand as `plain_questions` has them.
    """
    stamps = [page.provenance.get(field, {}) for field in page.provenance]
    stamps += [block.value["provenance"] for block in (page.qa if blocks is None else blocks)]
    found = {(s.get("backend", ""), s.get("model", "")): None for s in stamps if s.get("backend")}
    return [{"backend": backend, "model": model} for backend, model in found]


def reviewer(page_id: int) -> tuple[str, Any] | None:
    """Who last published the page and when; the name is empty where the person has set none. One query."""
    entry = (
        PageLogEntry.objects.filter(page_id=page_id, action="wagtail.publish", user__isnull=False)
        .select_related("user")
        .order_by("-timestamp")
        .first()
    )
    return (entry.user.get_full_name(), entry.timestamp) if entry else None


def qa_key(block_id: str) -> str:
    """The stable anchor of a Q&A: `#qa-<key>`."""
    return block_id.split("-")[0]


def questions(page: PaperPage) -> list[tuple[str, Any]]:
    """The Q&As with their anchors; a new block in a preview has no id yet and takes its place's number."""
    return [(qa_key(block.id or str(number)), block) for number, block in enumerate(page.qa, start=1)]


class PlainQuestion(NamedTuple):
    """A Q&A as it is kept, with what is missing filled in."""

    id: str | None
    value: dict[str, Any]


def plain_questions(page: PaperPage) -> list[tuple[str, PlainQuestion]]:
    """The same as `questions` for who shows the values in its own way: to make Wagtail's blocks takes most of the time
    that a whole feed does. For pages as they are published: a draft's new blocks would get ids by this."""
    found = [PlainQuestion(raw.get("id"), _filled(raw["value"])) for raw in page.qa.raw_data]
    return [(qa_key(block.id or str(number)), block) for number, block in enumerate(found, start=1)]


def _defaults(block: type[Any]) -> dict[str, Any]:
    return {name: child.get_default() for name, child in block.base_blocks.items()}


_QUESTION, _CITATION, _STAMP = map(_defaults, (QABlock, CitationBlock, ProvenanceBlock))


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    citations = [{**_CITATION, **_bare(item)} for item in value.get("citations") or ()]
    return {**_QUESTION, **value, "citations": citations, "provenance": {**_STAMP, **(value.get("provenance") or {})}}


def _bare(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item of a list, which Wagtail keeps with an id, and code may have written without."""
    return item["value"] if item.get("type") == "item" and "value" in item else item


def paper_context(page: PaperPage) -> dict[str, Any]:
    """What the page shows; what has to be asked for is asked for where it stands."""
    return {
        "paper_url": paper_url(page),
        "pdf_url": pdf_url(page),
        "category_names": category_names(page.categories),
        "drafted_by": Later(partial(drafted_by, page)),
        "review": Later(partial(reviewer, page.pk)),
        "questions": Later(partial(questions, page)),
        "tags": Later(partial(_tags, page)),
    }


def _tags(page: PaperPage) -> list[PaperTag]:
    """By name; drafts keep synonyms."""
    return sorted({tag.meaning for tag in page.tags.all()}, key=lambda tag: tag.name)
