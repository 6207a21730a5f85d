"""Put the sample weeks into the digest: the first as people wrote it and published, the second as an empty draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from digestsite.sample.voices import add_voices, read_voices, with_fault
from papers import conf
from papers.applying import put_items
from papers.blocks import qa_value
from papers.drafting.base import Citation, QADraft
from papers.models import GlossaryTerm, PaperPage, TermKind
from papers.quotes import QuoteIndex
from papers.reading import read_pages
from weekly.actions import publish_week
from weekly.homes import locale_for
from weekly.importing import Source, ask_arxiv, import_week
from weekly.models import WeekPage
from weekly.sources import weeks_to_import

HERE = Path(__file__).parent
READING_LIST = HERE / "reading_list.md"
SOURCE = Source("sample", "The sample list of this software")
# One note is about figures that are written wrongly on purpose, which no rule can know.
REVIEWED = "Each figure was compared with the note by hand."


def import_samples() -> tuple[WeekPage, WeekPage]:
    """Both weeks of the sample list as drafts, oldest first, and the sample's glossary."""
    locale = locale_for()
    for term in json.loads((HERE / "glossary.json").read_text()):
        forbidden = "\n".join(term.pop("forbidden"))
        key = {"source": term.pop("source"), "language": term.pop("language")}
        kind = TermKind.TRANSLATE if term["target"] else TermKind.KEEP
        GlossaryTerm.objects.get_or_create(**key, defaults={**term, "kind": kind, "forbidden": forbidden})
    weeks, _origin = weeks_to_import(str(READING_LIST), None, every=True)
    done = [import_week(week, SOURCE, locale, ask_arxiv(week.entries)) for week in weeks]
    point_to_own_pdfs([entry.paper_id for week in done for entry in week.entries])
    first, second = WeekPage.objects.filter(pk__in=[week.page_id for week in done]).order_by("start")
    return first, second


def point_to_own_pdfs(papers: list[int]) -> None:
    """The notes are not on arXiv: their pages link to the PDFs that this site serves itself."""
    for page in PaperPage.objects.filter(pk__in=papers, pdf_url="", arxiv_id__isnull=False):
        draft = page.get_latest_revision_as_object()
        draft.pdf_url = draft.source_url = settings.SITE_URL + reverse("sample-pdf", args=[page.arxiv_id])
        draft.save_revision(clean=False, log_action=False)
        PaperPage.objects.filter(pk=page.pk).update(pdf_url=draft.pdf_url)


def publish_first_week(week: WeekPage, editor: Any) -> None:
    """The first week as people wrote it. Once it is live it is left alone: a second demo keeps what was tried."""
    if week.live or conf.language() != "ja":
        return
    written, voices = json.loads((HERE / "week_a.json").read_text()), read_voices()
    draft = week.get_latest_revision_as_object()
    draft.theme, draft.introduction, draft.overview = written["theme"], written["intro"], written["overview"]
    for entry in draft.entries.all():
        if entry.paper and (texts := written["papers"].get(entry.paper.arxiv_id)):
            write_paper(entry.paper, with_fault(entry.paper.arxiv_id, texts, voices), editor)
    save_for_publishing(draft, editor)
    publish_week(WeekPage.objects.get(pk=week.pk), user=editor)
    add_voices(WeekPage.objects.get(pk=week.pk), voices, editor)


def write_paper(page: PaperPage, texts: Mapping[str, Any], editor: Any) -> None:
    """A paper's texts as people wrote them; their quotes go through the same search as a machine's."""
    draft = page.get_latest_revision_as_object()
    draft.title_translated, draft.summary = texts["title"], texts["summary"]
    draft.abstract_translated = texts["abstract"]
    draft.tags.add(*texts["tags"])
    pages, _problem = read_pages(draft)
    index = QuoteIndex(pages)
    put_items(draft, [qa_value(as_draft(item, index), {}) for item in texts["qa"]], replace=True)
    save_for_publishing(draft, editor)


def save_for_publishing(draft: Any, editor: Any) -> None:
    """Save a page's draft so that it can be published, with an override where a check doubts it."""
    draft.save_revision(user=editor)  # gives new blocks the ids that an override holds for
    if draft.blockers():
        draft.override(REVIEWED, editor)
        draft.save_revision(user=editor)


def as_draft(item: Mapping[str, Any], index: QuoteIndex) -> QADraft:
    citations = []
    for citation in item["citations"]:
        found = index.find(citation["quote"], citation["page"])
        page = found.page if found else citation["page"]
        citations.append(Citation(page, citation["quote"], verified=found is not None))
    return QADraft(item["kind"], item["question"], item["answer"], citations=tuple(citations))
