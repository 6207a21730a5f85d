"""The newest weeks, each with its texts and all its papers in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string

from papers.addressing import Addresses
from papers.models import PaperPage
from weekly.addresses import page_address, row_address, web_address
from weekly.feeds.base import Channel, DigestFeed, Item, page_key, published_at
from weekly.lists import entries_of, newest_weeks
from weekly.models import DigestIndexPage, WeekEntry, WeekPage
from weekly.sharing.addresses import picture_address

LENGTH = 10  # a week is ten papers with their abstracts


class WeeksFeed(DigestFeed):
    def items(self, channel: Channel) -> list[Item]:
        weeks = newest_weeks(channel.home, LENGTH)
        entries = entries_of(weeks)
        _fill_in_abstracts(entry for rows in entries.values() for entry in rows)
        return [_item(week, entries[week.pk], channel.request, channel.home) for week in weeks]


def _fill_in_abstracts(entries: Iterable[WeekEntry]) -> None:
    """Lists leave the long texts out: here they are asked for in one query, and not one a paper."""
    papers = [entry.shown_paper for entry in entries if entry.shown_paper]
    fields = ("abstract", "abstract_translated")
    texts = {
        pk: row
        for pk, *row in PaperPage.objects.filter(pk__in={paper.pk for paper in papers}).values_list("pk", *fields)
    }
    for paper in papers:
        for name, text in zip(fields, texts.get(paper.pk, ("", "")), strict=True):
            setattr(paper, name, text)


def _item(week: WeekPage, entries: list[WeekEntry], request: HttpRequest, home: DigestIndexPage) -> Item:
    addresses = Addresses.of(request)
    papers = [(entry, entry.shown_paper and row_address(entry.shown_paper, addresses)) for entry in entries]
    published = published_at(week, week.start)
    return Item(
        key=page_key(week, week.locale.language_code),
        url=page_address(week, request),
        title=week.title,
        summary=week.theme,
        content=render_to_string("weekly/feeds/week.html", {"week": week, "papers": papers}),
        published=published,
        updated=_updated(week, entries) or published,
        about=web_address(week.source_url),
        picture=picture_address(week, home, request),
    )


def _updated(week: WeekPage, entries: list[WeekEntry]) -> datetime | None:
    """When anything that the item shows was last published; None where code made the pages live."""
    papers = [entry.shown_paper for entry in entries if entry.shown_paper]
    return max((page.last_published_at for page in [week, *papers] if page.last_published_at), default=None)
