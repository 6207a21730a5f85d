"""Where readers may speak now: on public pages of a site that lets them."""

from __future__ import annotations

from functools import partial

from wagtail.models import Page

from papers.models import PaperPage
from papers.standing import remembered
from papers.visibility import visible
from weekly.hearing.tokens import is_genuine
from weekly.models import DiscussionSettings, WeekPage

SpokenPage = PaperPage | WeekPage


def page_for(kind: str, page_id: int, token: str = "") -> SpokenPage | None:
    """The public page on which somebody speaks. One that is public no more is found by who has its form open."""
    pages = Page.objects.filter(pk=page_id).select_related("locale")
    page = (pages if is_genuine(token, kind, page_id) else visible(pages)).first()
    spoken = page.specific if page else None
    return spoken if isinstance(spoken, SpokenPage) else None


def is_public(page: Page) -> bool:
    return visible(Page.objects.filter(pk=page.pk)).exists()


def discussion_of(page: Page) -> DiscussionSettings:
    """What the editors of the page's site decided, or the defaults. Reading it writes nothing."""
    parts = page.get_url_parts()
    return (
        remembered(("discussion", parts[0]), partial(_decided, parts[0])) if parts else None
    ) or DiscussionSettings()


def _decided(site_id: int) -> DiscussionSettings | None:
    return DiscussionSettings.objects.filter(site=site_id).first()


def comments_are_open(page: SpokenPage) -> bool:
    return page.comments_open and discussion_of(page).comments_open


def reports_are_open(page: SpokenPage) -> bool:
    return discussion_of(page).reports_open
