"""The pages under which weeks and papers of a language stand: found for readers, and made where they are missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, PageQuerySet, Site

from papers import conf
from papers.errors import NoSuchWeek, SettingsError
from papers.models import PaperIndexPage
from papers.standing import remembered
from papers.visibility import visible
from weekly.models import DigestIndexPage, WeekIndexPage, WeekPage

Index = TypeVar("Index", bound=Page)


def locale_for(tag: str | None = None) -> Locale:
    """The Wagtail locale of a language tag. Raises BadLanguage, and SettingsError where the site lacks it."""
    code = conf.language(tag)
    if code not in get_content_languages():
        raise SettingsError(name="WAGTAIL_CONTENT_LANGUAGES", reason=f"it lacks {code}")
    return Locale.objects.get_or_create(language_code=code)[0]


def public_homes() -> PageQuerySet:
    """The digest's homes in all languages, each with its locale, the first that was made first."""
    return visible(DigestIndexPage.objects.all()).select_related("locale").order_by("pk")


def public_home(language: str) -> DigestIndexPage | None:
    """The digest's home in a language, if anyone may see it.

    There are as many homes as languages, so all are read: by locale, SQLite would walk through all pages of one.
    """
    homes = remembered("homes", lambda: list(public_homes()))
    return next((home for home in homes if home.locale.language_code == language), None)


def week_starting(start: date, language: str | None = None) -> WeekPage:
    """The one week of a language that starts on a day. Raises NoSuchWeek, also where two sources have one."""
    locale = locale_for(language)
    weeks = list(WeekPage.objects.starting(start, locale.language_code))
    if len(weeks) != 1:
        raise NoSuchWeek(start=start, language=locale.language_code, count=len(weeks))
    return weeks[0]


@transaction.atomic
def open_home(locale: Locale) -> DigestIndexPage:
    """The digest's home in a language, with its archive and its folder of papers, all live."""
    home = DigestIndexPage.objects.filter(locale=locale).first() or _new_home(locale)
    with override(locale.language_code):
        child_of(home, WeekIndexPage, title=_("Weeks"), slug="weeks")
        child_of(home, PaperIndexPage, title=_("Papers"), slug="papers")
    return home


def child_of(home: DigestIndexPage, model: type[Index], **fields: str) -> Index:
    """The one child of this kind."""
    found = model.objects.child_of(home).first()
    return found or home.add_child(instance=model(locale=home.locale, **_twin_key(home, model), **fields))


def _twin_key(home: DigestIndexPage, model: type[Index]) -> dict[str, Any]:
    """A folder is the translation of its twin below the home's other languages: its pages are translated into it."""
    twins = model.objects.exclude(locale=home.locale)
    beside = (twin for twin in twins if twin.get_parent().specific.translation_key == home.translation_key)
    return untranslated([twin.translation_key for twin in beside], home.locale)


def untranslated(keys: Sequence[UUID], locale: Locale) -> dict[str, Any]:
    """The field by which a new page is the translation of the first of these that its language does not have yet.

    Nothing where it has them all: editors may have translated a page themselves.
    """
    taken = set(Page.objects.filter(locale=locale, translation_key__in=keys).values_list("translation_key", flat=True))
    return next(({"translation_key": key} for key in keys if key not in taken), {})


def _new_home(locale: Locale) -> DigestIndexPage:
    other = DigestIndexPage.objects.order_by("pk").first()
    if other is not None:
        copy = other.copy_for_translation(locale, copy_parents=True)
        copy.save_revision().publish()
        return DigestIndexPage.objects.get(pk=copy.pk)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parent = site.root_page if site else Page.get_first_root_node()
    home = DigestIndexPage(title=settings.WAGTAIL_SITE_NAME, slug="digest", locale=locale)
    if site is None or not _is_welcome(parent):
        return parent.add_child(instance=home)
    return _instead_of_welcome(home, site)


def _is_welcome(page: Page) -> bool:
    """Wagtail's own first page, which nobody has touched."""
    return page.specific_class is Page and page.latest_revision_id is None and page.is_leaf() and page.depth == 2


def _instead_of_welcome(home: DigestIndexPage, site: Site) -> DigestIndexPage:
    welcome = site.root_page
    home = welcome.get_parent().add_child(instance=home)
    site.root_page = home
    site.save()
    Page.objects.get(pk=welcome.pk).delete()
    home.refresh_from_db()
    home.slug = "home"
    home.save()
    return home
