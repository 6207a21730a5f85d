"""Tags and their papers, as lists have them: public papers only, ids first and rows after."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.text import slugify

from papers import showing
from papers.keyset import BadCursor, Cursor, page_of, rows_after
from papers.models import PaperPage, PaperTag, TagCount, TagDescription, TaggedPaper
from papers.models.listed import ListedPaper, listed_papers
from papers.statements import OneOf, written_once


class TagName(NamedTuple):
    """What lists tell of a tag: they have hundreds, and to build a model for each takes most of their time."""

    slug: str
    name: str


class CountedTag(NamedTuple):
    """A tag, and how many public papers of a language carry it."""

    tag_id: int
    papers: int
    tag: TagName


Tags = dict[int, list[TagName]]
_TAG_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)


class _Place(NamedTuple):
    pk: int
    sort_date: date


def list_tagged(tag: PaperTag, language: str, after: str, limit: int) -> tuple[list[ListedPaper], Cursor | None]:
    """The public papers of a tag, newest first, and the next page's cursor. Raises BadCursor. Two queries."""
    showing.shows(showing.tagged(tag.pk, language))
    if after:
        cursor = Cursor.parse(after)
        rows = _tagged_earlier(tag.pk, language, cursor.sort_date, cursor.pk, size=limit + 1)
    else:
        rows = _tagged_newest(tag.pk, language, size=limit + 1)
    shown, following = page_of(list(map(_Place._make, rows)), limit)
    return listed_papers([place.pk for place in shown]), following


@written_once
def _tagged_newest(tag: Any, language: Any, *, size: int) -> QuerySet:
    return TaggedPaper.objects.listed(tag, language).values_list("content_object_id", "sort_date")[:size]


@written_once
def _tagged_earlier(tag: Any, language: Any, day: Any, pk: Any, *, size: int) -> QuerySet:
    rows = rows_after(TaggedPaper.objects.listed(tag, language), Cursor(day, pk), "content_object_id")
    return rows.values_list("content_object_id", "sort_date")[:size]


def find_tag(slug: str, language: str) -> TagCount | None:
    """A tag that a public paper carries; one that only drafts carry is as unknown as one that does not exist."""
    for pk, papers, *columns in _tag_at(slug, language):
        tag = PaperTag(**dict(zip(_TAG, columns, strict=True)))
        showing.shows(showing.tagged(tag.pk, language))
        return TagCount(pk=pk, tag=tag, language=language, papers=papers)
    return None


_TAG = ("pk", "name", "slug", "merged_into_id")


@written_once
def _tag_at(slug: Any, language: Any) -> QuerySet:
    """Unsorted, for there is one at most: in order, PostgreSQL would walk through the tags until it met that slug."""
    used = TagCount.objects.used(language).filter(tag__slug=slug).order_by()
    return used.values_list("pk", "papers", *(f"tag__{name}" for name in _TAG))


def find_meant_tag(slug: str, language: str) -> TagCount | None:
    """What a synonym's slug means, or a slug in another spelling (capitals, wide letters)."""
    spellings = [slug, slugify(slug, allow_unicode=True)]
    tags = {tag.slug: tag for tag in PaperTag.objects.filter(slug__in=spellings).select_related("merged_into")}
    found = next((tags[spelt] for spelt in spellings if spelt in tags), None)
    return find_tag(found.meaning.slug, language) if found else None


def find_named_tag(name: str, language: str) -> TagCount | None:
    """What a tag's or a synonym's name means; `C++` and `C` differ in no slug that could be guessed."""
    tag = PaperTag.objects.filter(name=name).select_related("merged_into").first()
    return find_tag(tag.meaning.slug, language) if tag else find_meant_tag(name, language)


def describe_tag(tag: PaperTag, language: str) -> str:
    """What editors say of a tag to the readers of a language; empty where they say nothing."""
    return next((text for (text,) in _descriptions(tag.pk, language)), "")


@written_once
def _descriptions(tag: Any, language: Any) -> QuerySet:
    return TagDescription.objects.filter(tag=tag, language=language).order_by("pk").values_list("text")[:1]


def related_tags(tag: PaperTag, language: str) -> list[CountedTag]:
    """The tags that stand beside this one on its newest papers, those most shared first. Two queries.

    Counts are asked for by tag alone: with the language, SQLite would walk through all tags of it.
    """
    showing.shows(showing.tagged(tag.pk, language))
    ids = [pk for pk, _shared in _related(tag.pk, language)]
    showing.shows(*(showing.tagged(pk, language) for pk in ids))  # their counts stand beside them
    rows = _counts_of(*ids) if ids else []
    counts = {row[0]: row for row in rows if row[-1] == language and row[1]}
    return _counted(counts[pk][:-1] for pk in ids if pk in counts)


@written_once
def _related(tag: Any, language: Any) -> QuerySet:
    return TaggedPaper.objects.related(tag, language)


@written_once
def _counts_of(*tags: Any) -> QuerySet:
    return TagCount.objects.filter(tag__in=OneOf(tags)).values_list(*_COUNTED, "language")


_COUNTED = ("tag_id", "papers", "tag__slug", "tag__name")


def _counted(rows: Iterable[Sequence[Any]]) -> list[CountedTag]:
    found = [CountedTag(tag_id, papers, TagName(slug, name)) for tag_id, papers, slug, name in rows]
    showing.shows(*(showing.tag(count.tag_id) for count in found))
    return found


def list_tags(language: str, after: str, limit: int) -> tuple[list[CountedTag], str | None]:
    """The tags that public papers carry, most used first, and the next page's cursor. Raises BadCursor."""
    showing.shows(showing.tags(language))
    found = _counted(_counts_after(language, after, limit + 1))
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], f"{last.papers}.{last.tag_id}" if last else None


def _counts_after(language: str, after: str, limit: int) -> list[Any]:
    """Two queries from the second page on: thousands of tags have one paper, and in one query all would be passed."""
    if not after:
        return _most_used(language, size=limit)
    papers, tag_id = _tag_place(after)
    found = _as_used(language, papers, tag_id, size=limit)
    return found + _less_used(language, papers, size=limit - len(found)) if len(found) < limit else found


@written_once
def _most_used(language: Any, *, size: int) -> QuerySet:
    return TagCount.objects.used(language).values_list(*_COUNTED)[:size]


@written_once
def _as_used(language: Any, papers: Any, tag_id: Any, *, size: int) -> QuerySet:
    counts = TagCount.objects.used(language).filter(papers=papers, tag_id__gt=tag_id)
    return counts.values_list(*_COUNTED)[:size]


@written_once
def _less_used(language: Any, papers: Any, *, size: int) -> QuerySet:
    return TagCount.objects.used(language).filter(papers__lt=papers).values_list(*_COUNTED)[:size]


def _tag_place(cursor: str) -> tuple[int, int]:
    match = _TAG_CURSOR.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor=cursor)
    return int(match[1]), int(match[2])


def tags_of(papers: Iterable[PaperPage | ListedPaper]) -> Tags:
    """The tags of public papers by page id, in one query."""
    found: Tags = defaultdict(list)
    keys = [paper.pk for paper in papers]
    rows = _tags_on(*keys) if keys else []
    for pk, _tag, slug, name in rows:
        found[pk].append(TagName(slug, name))
    showing.shows(*map(showing.tag, {tag for _pk, tag, _slug, _name in rows}))
    return found


@written_once
def _tags_on(*papers: Any) -> QuerySet:
    rows = TaggedPaper.objects.filter(content_object_id__in=OneOf(papers), live=True).order_by("tag__name")
    return rows.values_list("content_object_id", "tag", "tag__slug", "tag__name")
