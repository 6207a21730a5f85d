"""Reference files of papers and weeks to download."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from papers import showing
from weekly.addresses import language_of
from weekly.citing import FORMATS
from weekly.citing.record import Record, entry_record, paper_record
from weekly.lists import entries_of, find_paper
from weekly.models import WeekPage
from weekly.tags import tags_of


def cite_paper(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A public paper as one reference."""
    paper = find_paper(slug, language_of(request))
    if paper is None:
        raise Http404(f"There is no paper {slug}.")
    tags = tuple(tag.name for tag in tags_of([paper])[paper.pk])
    return _file([paper_record(paper, abstract=paper.abstract, tags=tags)], slug, ending)


def cite_week(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The papers of a public week in their order."""
    showing.shows(showing.slug(slug))
    week = WeekPage.objects.newest().filter(slug=slug, locale__language_code=language_of(request)).first()
    if week is None:
        raise Http404(f"There is no week {slug}.")
    entries = entries_of([week])[week.pk]
    records = [paper_record(e.shown_paper) if e.shown_paper else entry_record(e) for e in entries]
    return _file(records, slug, ending)


def _file(records: Sequence[Record], name: str, ending: str) -> HttpResponse:
    form = FORMATS[ending]
    shown = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}")
    headers = {"Content-Disposition": shown or "attachment"}
    return showing.public(HttpResponse(form.write(records), content_type=form.media_type, headers=headers))
