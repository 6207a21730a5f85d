"""What API and feeds list: public pages only, ids first and rows after, at the same cost on every page of a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Q
from django.utils.text import slugify
from wagtail.models import Page

from papers import showing
from papers.keyset import BadCursor, Cursor, take_page
from papers.models import PaperPage, PaperTag, TagCount, TagDescription, TaggedPaper
from papers.models.tags import TagCountQuerySet
from weekly.models import Comment, Correction, DigestIndexPage, WeekEntry, WeekPage


class TagName(NamedTuple):
    """What lists tell of a tag: they have hundreds, and to build a model for each takes most of their time."""

    slug: str
    name: str


Tags = dict[int, list[TagName]]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
THREADS = 50  # on a page of comments
_KEY = re.compile(r"\d{1,18}", re.ASCII)
_MOMENT_CURSOR = re.compile(r"(\d{1,17})\.(\d{1,18})", re.ASCII)
_TAG_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)


def list_weeks(home: DigestIndexPage | None, after: str, limit: int) -> tuple[list[WeekPage], Cursor | None]:
    """The public weeks of a digest, newest first, and the next page's cursor. Raises BadCursor.

    Below the home and not by locale: there SQLite would walk through every page of that language.
    """
    if home is None:
        return [], None
    showing.shows(showing.weeks(home.locale.language_code))
    weeks = WeekPage.objects.descendant_of(home).newest().select_related("locale")
    return take_page(weeks.annotate(sort_date=F("start")), after, size=limit)


def find_week(start: date, language: str, source: str | None) -> WeekPage | None:
    """The public week that starts on a day; where several lists have one, the first that was imported."""
    showing.shows(*showing.weeks_near(language, [start]))
    weeks = WeekPage.objects.starting(start, language).newest().select_related("locale")
    if source is not None:
        weeks = weeks.filter(source=source)
    return weeks.order_by("pk").first()


def list_papers(language: str, after: str, limit: int) -> tuple[list[PaperPage], Cursor | None]:
    """The public papers of a language, newest first, and the next page's cursor. Raises BadCursor."""
    showing.shows(showing.papers(language))
    rows = PaperPage.objects.listed(language).values_list("pk", "sort_date", named=True)
    shown, following = take_page(rows, after, size=limit)
    return _papers([row.pk for row in shown]), following


def list_tagged(tag: PaperTag, language: str, after: str, limit: int) -> tuple[list[PaperPage], Cursor | None]:
    """The public papers of a tag, newest first, and the next page's cursor. Raises BadCursor."""
    showing.shows(showing.tagged(tag.pk, language))
    rows = TaggedPaper.objects.listed(tag, language).values_list("content_object_id", "sort_date", named=True)
    shown, following = take_page(rows, after, "content_object_id", limit)
    return _papers([row.content_object_id for row in shown]), following


def _papers(ids: Sequence[int]) -> list[PaperPage]:
    found = PaperPage.objects.live().for_lists().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def find_paper(slug: str, language: str) -> PaperPage | None:
    """A public paper by its slug, ids first: in one query, SQLite would walk through the list of papers."""
    showing.shows(showing.slug(slug))
    ids = list(Page.objects.filter(slug=slug).values_list("pk", flat=True))
    return PaperPage.objects.live().listed(language).filter(pk__in=ids).order_by("pk").first()


def find_tag(slug: str, language: str) -> TagCount | None:
    """A tag that a public paper carries; one that only drafts carry is as unknown as one that does not exist.

    Unsorted, for there is one at most: in their order, PostgreSQL would walk through the tags until it met that slug.
    """
    count = next(iter(TagCount.objects.used(language).filter(tag__slug=slug).order_by()), None)
    showing.shows(*([showing.tagged(count.tag_id, language)] if count else ()))
    return count


def find_meant_tag(slug: str, language: str) -> TagCount | None:
    """What a synonym's slug means, or a slug in another spelling (capitals, wide letters)."""
    spellings = [slug, slugify(slug, allow_unicode=True)]
    tags = {tag.slug: tag for tag in PaperTag.objects.filter(slug__in=spellings).select_related("merged_into")}
    found = next((tags[spelt] for spelt in spellings if spelt in tags), None)
    return find_tag(found.meaning.slug, language) if found else None


def describe_tag(tag: PaperTag, language: str) -> str:
    """What editors say of a tag to the readers of a language; empty where they say nothing."""
    return TagDescription.objects.filter(tag=tag, language=language).values_list("text", flat=True).first() or ""


def related_tags(tag: PaperTag, language: str) -> list[TagCount]:
    """The tags that stand beside this one on its newest papers, those most shared first. Two queries.

    Counts are asked for by tag alone: with the language, SQLite would walk through all tags of it.
    """
    showing.shows(showing.tagged(tag.pk, language))
    ids = TaggedPaper.objects.related(tag, language)
    showing.shows(*(showing.tagged(pk, language) for pk in ids))  # their counts stand beside them
    rows = TagCount.objects.filter(tag__in=ids).select_related("tag")
    counts = {row.tag_id: row for row in rows if row.language == language and row.papers}
    return [counts[pk] for pk in ids if pk in counts]


def list_tags(language: str, after: str, limit: int) -> tuple[list[TagCount], str | None]:
    """The tags that public papers carry, most used first, and the next page's cursor. Raises BadCursor."""
    showing.shows(showing.tags(language))
    found = _counts_after(TagCount.objects.used(language), after, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], f"{last.papers}.{last.tag_id}" if last else None


def _counts_after(counts: TagCountQuerySet, after: str, limit: int) -> list[TagCount]:
    """Two queries from the second page on: thousands of tags have one paper, and in one query all would be passed."""
    if not after:
        return list(counts[:limit])
    papers, tag_id = _tag_place(after)
    found = list(counts.filter(papers=papers, tag_id__gt=tag_id)[:limit])
    return found + list(counts.filter(papers__lt=papers)[: limit - len(found)])


def _tag_place(cursor: str) -> tuple[int, int]:
    match = _TAG_CURSOR.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor=cursor)
    return int(match[1]), int(match[2])


def tags_of(papers: Iterable[PaperPage]) -> Tags:
    """The tags of public papers by page id, in one query."""
    rows = TaggedPaper.objects.filter(content_object_id__in=[paper.pk for paper in papers], live=True)
    found: Tags = defaultdict(list)
    for pk, tag, *told in rows.order_by("tag__name").values_list("content_object_id", "tag", "tag__slug", "tag__name"):
        showing.shows(showing.tag(tag))
        found[pk].append(TagName(*told))
    return found


def entries_of(weeks: Iterable[WeekPage]) -> dict[int, list[WeekEntry]]:
    """The chosen entries of public weeks by week id, in two queries. A paper that is not public is left out."""
    weeks = [week.pk for week in weeks]
    showing.shows(*map(showing.papers_of, weeks))
    entries = list(WeekEntry.objects.filter(week__in=weeks, chosen=True).order_by("sort_order"))
    papers = PaperPage.objects.live().filter(listed=True).for_lists()
    shown = papers.in_bulk({entry.paper_id for entry in entries if entry.paper_id})
    found: dict[int, list[WeekEntry]] = defaultdict(list)
    for entry in entries:
        entry.shown_paper = shown.get(entry.paper_id)
        found[entry.week_id].append(entry)
    return found


def threads_of(page: Page, writer: str = "", after: str = "", limit: int = THREADS) -> tuple[list[Comment], str | None]:
    """The comments on a page, newest first, each with its answers in `shown_answers`, oldest first; and a cursor.

    Approved ones, and what this writer has waiting. Two queries. Raises BadCursor.
    """
    if after and not _KEY.fullmatch(after):
        raise BadCursor(cursor=after)
    showing.shows(showing.voices(page.pk))
    shown = Comment.objects.filter(page=page.pk).shown_to(writer)
    threads = shown.filter(parent=None, **({"pk__lt": int(after)} if after else {}))
    found = list(threads.order_by("-pk")[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    answers: dict[int | None, list[Comment]] = defaultdict(list)
    if found:
        said = Comment.objects.filter(parent__in=[thread.pk for thread in found[:limit]])  # by page, all would be read
        for answer in said.shown_to(writer).order_by("pk"):
            answers[answer.parent_id].append(answer)
    for thread in found[:limit]:
        thread.shown_answers = answers[thread.pk]
    return found[:limit], following


def cursor_to(page: Page, writer: str, comment: str) -> str:
    """The cursor of the threads that begin with a comment's own; empty where that is among the newest, or not shown."""
    if not _KEY.fullmatch(comment):
        return ""
    shown = Comment.objects.filter(page=page.pk).shown_to(writer)
    said = shown.filter(pk=comment).first()
    if said is None:
        return ""
    thread = said.parent_id or said.pk
    newer = shown.filter(parent=None, pk__gt=thread)[:THREADS].count()
    return str(thread + 1) if newer == THREADS else ""


def list_corrections(
    language: str, after: str, limit: int, page_id: int | None = None
) -> tuple[list[Correction], str | None]:
    """The public corrections of a language, or of one public page in whatever language, newest first, each with its
    page; and a cursor. Raises BadCursor."""
    showing.shows(showing.corrections(language) if page_id is None else showing.corrected(page_id))
    of_page = Correction.objects.public().filter(page=page_id)
    corrections = Correction.objects.listed(language) if page_id is None else of_page
    if after:
        moment, pk = _moment_place(after)
        corrections = corrections.filter(Q(corrected_at__lt=moment) | Q(pk__lt=pk), corrected_at__lte=moment)
    ids = list(corrections.values_list("pk", flat=True)[: limit + 1])
    rows = Correction.objects.select_related("page__locale").in_bulk(ids[:limit])
    found = [rows[pk] for pk in ids[:limit] if pk in rows]
    return found, _moment_cursor(found[-1]) if len(ids) > limit and found else None


def _moment_cursor(row: Correction) -> str:
    return f"{(row.corrected_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _moment_place(cursor: str) -> tuple[datetime, int]:
    match = _MOMENT_CURSOR.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor=cursor)
    return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def corrections_of(page: Page) -> list[Correction]:
    """What was corrected in public on a page, newest first."""
    showing.shows(showing.corrected(page.pk))
    return list(Correction.objects.noted().filter(page=page.pk))


def last_corrected(page: Page) -> datetime | None:
    """When a page was last corrected with a public note."""
    showing.shows(showing.corrected(page.pk))
    return Correction.objects.noted().filter(page=page.pk).values_list("corrected_at", flat=True).first()
