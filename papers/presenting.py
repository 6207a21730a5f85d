"""What templates, feeds and API show of a paper page: names of categories, links to PDF pages, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import PageLogEntry

from papers import showing
from papers.blocks import CitationBlock, ProvenanceBlock, QABlock
from papers.categories import category_names
from papers.showing import Later
from papers.statements import written_once

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


def drafted_by(page: PaperPage, asked: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    """The machines whose text still stands in the page, each once: `backend` and `model`. `asked` are its Q&As."""
    stamps = [page.provenance.get(field, {}) for field in page.provenance]
    stamps += [block.value["provenance"] for _key, block in asked]
    found = {(s.get("backend", ""), s.get("model", "")): None for s in stamps if s.get("backend")}
    return [{"backend": backend, "model": model} for backend, model in found]


def reviewer(page_id: int) -> tuple[str, Any] | None:
    """Who last published the page and when; the name is empty where the person has set none. One query."""
    for moment, *columns in _publishing(page_id):
        person = get_user_model().from_db(DEFAULT_DB_ALIAS, _user_columns(), columns)
        return person.get_full_name(), moment
    return None


@written_once
def _publishing(page: Any) -> QuerySet:
    entries = PageLogEntry.objects.filter(page_id=page, action="wagtail.publish", user__isnull=False)
    people = (f"user__{name}" for name in _user_columns())
    return entries.order_by("-timestamp").values_list("timestamp", *people)[:1]


def _user_columns() -> list[str]:
    return [field.attname for field in get_user_model()._meta.concrete_fields]


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
    """The same as `questions`, without Wagtail's blocks: to make them takes most of the time that a whole feed does.
    For pages as they are published: a draft's new blocks would get ids by this."""
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


def paper_context(page: PaperPage, *, preview: bool) -> dict[str, Any]:
    """What the page shows; what has to be asked for is asked for where it stands."""
    asked = Later(partial(questions if preview else plain_questions, page))
    return {
        "paper_url": paper_url(page),
        "pdf_url": pdf_url(page),
        "category_names": category_names(page.categories),
        "drafted_by": Later(lambda: drafted_by(page, asked())),
        "review": Later(partial(reviewer, page.pk)),
        "questions": asked,
        "tags": Later(partial(_tags, page, preview=preview)),
    }


class PlainTag(NamedTuple):
    """A tag as it is shown."""

    pk: int
    name: str
    slug: str


def _tags(page: PaperPage, *, preview: bool) -> list[PaperTag] | list[PlainTag]:
    """By name, each as what it means: drafts keep synonyms."""
    if preview:
        return sorted({tag.meaning for tag in page.tags.all()}, key=lambda tag: tag.name)
    tags = {PlainTag._make(row) for row in _tags_of(page.pk)}
    showing.shows(*(showing.tag(tag.pk) for tag in tags))
    return sorted(tags, key=lambda tag: tag.name)


@written_once
def _tags_of(paper: Any) -> QuerySet:
    tags = apps.get_model("papers.PaperTag").objects.filter(items__content_object=paper)
    return tags.values_list(*(Coalesce(f"merged_into__{name}", name) for name in PlainTag._fields))
