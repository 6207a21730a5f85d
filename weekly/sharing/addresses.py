"""Which picture belongs to a page, and where it lies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.formats import date_format
from wagtail.models import Page

from papers import conf
from papers.models import PaperPage
from papers.plain_maths import plain
from weekly.models import DigestIndexPage, WeekPage
from weekly.reversing import path_of
from weekly.sharing.drawing import Card
from weekly.sharing.fonts import Face, find_face

AUTHORS = 4  # named in a picture
KINDS: dict[type[Page], str] = {WeekPage: "weeks", PaperPage: "papers"}


def face_for(language: str) -> Face | None:
    """The font of this site's pictures. Raises SettingsError for a configured file that is no font."""
    return find_face(language, conf.get("SHARE_FONT"))


def picture_path(page: Page, name: str) -> str:
    """The path of a page's picture in the language at hand; empty where it has none, or nobody could draw it.

    `name` is the digest's. The address changes with what the picture shows, so that it can be kept for long.
    """
    kind = KINDS.get(type(page))
    if kind is None or face_for(_language(page)) is None:
        return ""
    try:
        path = path_of("weekly:share", kind, page.slug)
    except NoReverseMatch:  # a slug of other signs than the address holds
        return ""
    return f"{path}?v={card_of(page, name).version}"


def picture_address(page: Page, home: DigestIndexPage, request: HttpRequest) -> str:
    path = picture_path(page, home.title)
    return request.build_absolute_uri(path) if path else ""


def _language(page: Page) -> str:
    """A paper's own copy where there is one: lists of papers do not read their locales."""
    return getattr(page, "language", "") or page.locale.language_code


def card_of(page: Any, name: str) -> Card:
    """What the picture of a week or a paper shows."""
    return _week_card(page, name) if isinstance(page, WeekPage) else _paper_card(page, name)


def _week_card(week: WeekPage, name: str) -> Card:
    days = f"{date_format(week.start, 'DATE_FORMAT')} – {date_format(week.end, 'DATE_FORMAT')}"
    return Card(_language(week), name, days, week.title, plain(week.theme), week.source_name)


def _paper_card(paper: PaperPage, name: str) -> Card:
    day = date_format(paper.published_on, "DATE_FORMAT") if paper.published_on else ""
    arxiv = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""
    return Card(
        _language(paper),
        name,
        " · ".join(part for part in (arxiv, day) if part),
        plain(paper.title_translated or paper.title),
        plain(paper.title if paper.title_translated else paper.summary),
        _credit(paper.author_list),
    )


def _credit(authors: list[str]) -> str:
    more = len(authors) - AUTHORS
    return ", ".join(authors[:AUTHORS]) + (f" +{more}" if more > 0 else "")
