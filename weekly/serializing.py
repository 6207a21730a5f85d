"""From public pages to the public JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from papers.addressing import Addresses
from papers.categories import NAMES
from papers.models import PaperPage, TagCount
from papers.models.listed import ListedPaper
from papers.presenting import drafted_by, paper_url, pdf_url, plain_questions, reviewer
from weekly import schemas
from weekly.addresses import is_web, page_address, row_address
from weekly.hearing.base import VoiceForm
from weekly.hearing.opening import SpokenPage, comments_are_open
from weekly.hearing.speaker import signed_writer
from weekly.hearing.tokens import MAX_AGE, MIN_AGE
from weekly.lists import last_corrected
from weekly.models import Comment, Correction, Report, WeekEntry, WeekPage
from weekly.models.listed import ListedWeek
from weekly.reversing import paths_to
from weekly.search.asking import Answer, Hit
from weekly.tags import CountedTag, TagName, Tags

AnyPaper = PaperPage | ListedPaper


def links_on(request: HttpRequest, after: object | None) -> dict[str, str | None]:
    """How a list goes on: the next page's cursor, and its address with all else as it was asked."""
    if after is None:
        return {"after": None, "next": None}
    query = request.GET.copy()
    query["after"] = str(after)
    return {"after": str(after), "next": request.build_absolute_uri(f"?{query.urlencode()}")}


def week_rows(weeks: Iterable[ListedWeek], request: HttpRequest) -> list[schemas.WeekRow]:
    addresses = Addresses.of(request)
    return [schemas.WeekRow(**_week_fields(week, week.language, addresses)) for week in weeks]


def week(week: WeekPage, entries: Sequence[WeekEntry], tags: Tags, request: HttpRequest) -> schemas.Week:
    addresses = Addresses.of(request)
    return schemas.Week(
        **_week_fields(week, week.locale.language_code, addresses),
        **_discussed(week),
        introduction=week.introduction,
        provenance=_provenance([*week.provenance.values()], week.pk),
        entries=[_entry(entry, tags, addresses) for entry in entries],
    )


def _week_fields(week: WeekPage | ListedWeek, language: str, addresses: Addresses) -> dict[str, Any]:
    return {
        "start": week.start,
        "end": week.end,
        "title": week.title,
        "language": language,
        "url": row_address(week, addresses),
        "theme": week.theme,
        "overview": week.overview,
        "source": {"key": week.source, "name": week.source_name, "url": week.source_url or None},
    }


def _entry(entry: WeekEntry, tags: Tags, addresses: Addresses) -> dict[str, Any]:
    paper = entry.shown_paper
    return {
        "rank": entry.rank,
        "title": entry.title,
        "note": entry.note,
        "links": [link for link in entry.links if is_web(link["url"])],
        "paper": paper_row(paper, tags[paper.pk], addresses) if paper else None,
    }


def paper_rows(papers: Iterable[ListedPaper], tags: Tags, request: HttpRequest) -> list[schemas.PaperRow]:
    addresses = Addresses.of(request)
    return [paper_row(paper, tags[paper.pk], addresses) for paper in papers]


def paper_row(paper: AnyPaper, tags: Iterable[TagName], addresses: Addresses) -> schemas.PaperRow:
    return schemas.PaperRow(**_paper_fields(paper, tags, addresses))


def found(answer: Answer, request: HttpRequest) -> schemas.Found:
    addresses = Addresses.of(request)
    items = [_found_paper(hit, addresses) for hit in answer.hits]
    return schemas.Found(items=items, **links_on(request, answer.after))


def _found_paper(hit: Hit, addresses: Addresses) -> schemas.FoundPaper:
    excerpts = [
        {"language": excerpt.language, "parts": [{"text": part.text, "marked": part.marked} for part in excerpt.parts]}
        for excerpt in hit.excerpts
    ]
    return schemas.FoundPaper(**_paper_fields(hit.paper, hit.tags, addresses), excerpts=excerpts)


def paper(paper: PaperPage, tags: Iterable[TagName], weeks: Iterable[WeekPage], request: HttpRequest) -> schemas.Paper:
    qas = plain_questions(paper)
    return schemas.Paper(
        **_paper_fields(paper, tags, Addresses.of(request)),
        **_discussed(paper),
        abstract={"text": paper.abstract_translated, "original": paper.abstract},
        qa=[_question_answer(key, block, pdf_url(paper)) for key, block in qas],
        provenance=_provenance(drafted_by(paper, qas), paper.pk),
        weeks=[{"start": w.start, "title": w.title, "url": page_address(w, request)} for w in weeks],
    )


def _paper_fields(paper: AnyPaper, tags: Iterable[TagName], addresses: Addresses) -> dict[str, Any]:
    codes = dict.fromkeys(paper.categories.split())
    return {
        "slug": paper.slug,
        "url": row_address(paper, addresses),
        "language": paper.language,
        "title": paper.title,
        "title_translated": paper.title_translated,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "source_url": paper_url(paper) or None,
        "pdf_url": pdf_url(paper) or None,
        "authors": paper.author_list,
        "published": paper.published_on,
        "updated": paper.updated_on,
        "categories": [{"code": code, "name": NAMES.get(code, code)} for code in codes],
        "tags": [{"slug": tag.slug, "name": tag.name} for tag in tags],
        "summary": paper.summary,
        "abstract_only": paper.abstract_only,
        "withdrawn": paper.withdrawn,
    }


def _discussed(page: SpokenPage) -> dict[str, Any]:
    return {
        "id": page.pk,
        "revision": page.live_revision_id,
        "corrected_at": last_corrected(page),
        "comments_open": comments_are_open(page),
    }


def _question_answer(key: str, block: Any, pdf: str) -> dict[str, Any]:
    value, stamp = block.value, block.value["provenance"]
    texts = ("kind", "question", "answer", "question_original", "answer_original")
    return {
        "key": key,
        "id": block.id,
        **{name: value[name] for name in texts},
        "citations": [_citation(cited, pdf) for cited in value["citations"]],
        "backend": stamp["backend"] or None,
        "model": stamp["model"] or None,
    }


def _citation(cited: Mapping[str, Any], pdf: str) -> dict[str, Any]:
    page = cited["page"]
    url = f"{pdf}#page={page}" if pdf and page else None
    return {"page": page, "quote": cited["quote"], "verified": cited["verified"], "url": url}


def _provenance(stamps: Iterable[Mapping[str, Any]], page_id: int) -> dict[str, Any]:
    """The first machine among the stamps, and who last published the page."""
    stamp = next((stamp for stamp in stamps if stamp.get("backend")), {})
    name, moment = reviewer(page_id) or (None, None)
    return {
        "backend": stamp.get("backend"),
        "model": stamp.get("model") or None,
        "reviewed_by": name or None,
        "reviewed_at": moment,
    }


def tag_rows(counts: Iterable[TagCount | CountedTag], request: HttpRequest) -> list[schemas.TagRow]:
    path_of = paths_to("weekly:tag")
    return [
        schemas.TagRow(
            slug=count.tag.slug,
            name=count.tag.name,
            papers=count.papers,
            url=request.build_absolute_uri(path_of(count.tag.slug)),
        )
        for count in counts
    ]


def comment(comment: Comment, page_url: str) -> schemas.Comment:
    """A thread as weekly.lists has it."""
    answers = [_said(answer, page_url) for answer in comment.shown_answers]
    return schemas.Comment(**_said(comment, page_url), answers=answers)


def _said(comment: Comment, page_url: str) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "name": comment.name,
        "text": comment.text,
        "editor": comment.editor_id is not None,
        "created_at": comment.created_at,
        "url": f"{page_url}{comment.link}",
    }


def correction(correction: Correction, request: HttpRequest) -> schemas.Correction:
    texts = ("language", "place", "place_label", "before", "after", "reason", "thanks")
    return schemas.Correction(
        id=correction.pk,
        page=correction.page_id,
        title=correction.page.title,
        url=f"{page_address(correction.page, request)}#{correction.anchor}",
        corrected_at=correction.corrected_at,
        **{name: getattr(correction, name) for name in texts},
    )


def form(form: VoiceForm) -> schemas.Form:
    page = form.page
    return schemas.Form(
        kind=form.kind,
        page=page.pk,
        revision=page.live_revision_id,
        token=form.fresh_token,
        ready_in=MIN_AGE,
        good_for=MAX_AGE,
    )


def posted(voice: Comment | Report) -> schemas.Posted:
    return schemas.Posted(id=voice.pk, state=voice.state, writer=signed_writer(voice.writer))


def refused(form: VoiceForm) -> schemas.FormProblem:
    errors = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    told = " ".join(message for messages in errors.values() for message in messages)
    return schemas.FormProblem(detail=told, errors=errors, token=form.fresh_token)
