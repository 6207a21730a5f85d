"""What a letter tells: a week with its papers, or what came out of late. Plain text, formulas as characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Page

from papers.formulas import beginning
from papers.models import PaperPage
from papers.plain_maths import plain
from papers.visibility import visible
from weekly.actions import newest_draft
from weekly.models import DigestIndexPage, Frequency, Mailing, WeekPage
from weekly.presenting import shown_entries

# Characters; a letter has to stay below what mail programs cut off, and a page has room for the rest.
SUMMARY, THEME, INTRODUCTION, OVERVIEW = 400, 400, 2000, 5000
# Mail knows no control characters but tab and line feed; PDFs and models bring them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Item:
    """A paper, or a week in a daily letter. `language` and `original_language` are those of the two titles."""

    title: str
    language: str
    url: str = ""
    original: str = ""
    original_language: str = ""
    summary: str = ""
    day: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Contents:
    """A letter's texts, in `language`. `url` is the page that it is of, `home` the digest's first page.

    `days` are empty where the title has them.
    """

    language: str
    name: str
    home: str
    subject: str
    days: str
    title: str
    url: str
    items: Sequence[Item]
    frequency: str = Frequency.WEEKLY
    theme: str = ""
    introduction: str = ""
    overview: str = ""


def contents_of(mailing: Mailing) -> Contents | None:
    """What a mailing tells, of its public pages; None where none of them is public any more.

    The number of queries does not grow with the pages.
    """
    with override(mailing.language):
        return _daily(mailing) if mailing.frequency == Frequency.DAILY else _weekly(mailing)


def draft_contents(week: WeekPage) -> Contents:
    """What a week would tell if its newest draft, and those of its papers, were published now."""
    with override(week.locale.language_code):
        return _of_week(newest_draft(week), preview=True)


def _weekly(mailing: Mailing) -> Contents | None:
    weeks = visible(WeekPage.objects.filter(pk=mailing.week_id)).select_related("locale")
    return next((_of_week(week) for week in weeks), None)


def _of_week(week: WeekPage, *, preview: bool = False) -> Contents:
    (name, home), title = _digest_of(week), _line(week.title)
    return Contents(
        language=week.locale.language_code,
        name=name,
        home=home,
        subject=_("%(digest)s: %(week)s") % {"digest": name, "week": title},
        days="" if _day(week.start) in title else f"{_day(week.start)} – {_day(week.end)}",
        title=title,
        url=_address(week) or home,
        items=[
            _paper(entry.shown_paper) if entry.shown_paper else Item(_line(entry.title), "en")
            for entry in shown_entries(week, preview=preview)
        ],
        theme=_line(beginning(week.theme, THEME)),
        introduction=_text(week.introduction, INTRODUCTION),
        overview=_text(week.overview, OVERVIEW),
    )


def _daily(mailing: Mailing) -> Contents | None:
    pages = _public(mailing.page_ids)
    if not pages:
        return None
    name, home = _digest_of(pages[0])
    day, title = _day(mailing.last_day), _told(pages)
    return Contents(
        language=mailing.language,
        name=name,
        home=home,
        subject=_("%(digest)s, %(day)s: %(what)s") % {"digest": name, "day": day, "what": title},
        days=day,
        title=title,
        url=home,
        items=[_paper(page) if isinstance(page, PaperPage) else _week(page) for page in pages],
        frequency=Frequency.DAILY,
    )


def _public(ids: Sequence[int]) -> list[PaperPage | WeekPage]:
    """The pages of a daily letter that are public, weeks first. Two queries."""
    weeks = visible(WeekPage.objects.all()).select_related("locale").in_bulk(ids)
    papers = PaperPage.objects.live().filter(listed=True).for_lists().in_bulk(ids)
    return [found[pk] for found in (weeks, papers) for pk in ids if pk in found]


def _told(pages: Sequence[PaperPage | WeekPage]) -> str:
    """What a daily letter has, in a few words; the title where there is one page only."""
    if len(pages) == 1:
        return _line(getattr(pages[0], "title_translated", "") or pages[0].title)
    return ngettext("%(count)d new page", "%(count)d new pages", len(pages)) % {"count": len(pages)}


def _paper(paper: PaperPage) -> Item:
    translated = _line(paper.title_translated)
    original = _line(paper.title)
    return Item(
        title=translated or original,
        language=paper.language if translated else paper.source_language,
        url=_address(paper),
        original=original if translated else "",
        original_language=paper.source_language,
        summary=_line(beginning(paper.summary, SUMMARY)),
        day=_day(paper.published_on) if paper.published_on else "",
        remark=_("withdrawn") if paper.withdrawn else "",
    )


def _week(week: WeekPage) -> Item:
    theme = _line(beginning(week.theme, THEME))
    return Item(_line(week.title), week.locale.language_code, _address(week), summary=theme)


def _digest_of(page: Page) -> tuple[str, str]:
    """The name of the digest that a page belongs to, and its address. Pages need not stand below a digest's home."""
    home = DigestIndexPage.objects.ancestor_of(page).last()
    site = None if home else page.get_site()
    name = home.title if home else settings.WAGTAIL_SITE_NAME
    return _line(name), f"{site.root_url}/" if site else _address(home)


def _address(page: Page | None) -> str:
    """The page's address under its site's host name; empty where no site routes it."""
    return (page.get_full_url() or "") if page else ""


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _line(text: str) -> str:
    """One line, whatever stood there: what goes into a header ends at no line feed."""
    return " ".join(_CONTROLS.sub(" ", plain(text)).split())


def _text(text: str, most: int) -> str:
    """Paragraphs with a blank line between them."""
    return _CONTROLS.sub(" ", plain(beginning(text.replace("\r\n", "\n").strip(), most)))
