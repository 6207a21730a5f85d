"""A digest's home on a site that has nothing yet: made once in a run of the tests, put back as rows from then on.

Most tests begin with one, and all that Wagtail does to make it takes ten times as long.
"""

from __future__ import annotations

from django.db.models import Model
from wagtail.models import Locale, Page, Site

from weekly.homes import open_home
from weekly.models import DigestIndexPage

_made: dict[str, list[Model]] = {}


def first_home(locale: Locale) -> DigestIndexPage:
    """The home in a language where there is none at all; for one beside others, or other pages, see `open_home`."""
    if Page.objects.count() > 2 or Site.objects.count() != 1:  # more than the root and Wagtail's welcome
        return open_home(locale)
    rows = _made.get(locale.language_code)
    if rows is None:
        home = open_home(locale)
        pages = Page.objects.filter(depth__gt=1)
        _made[locale.language_code] = [*pages, *pages.specific()]
        return home
    return _put_back(rows, locale)


def _put_back(rows: list[Model], locale: Locale) -> DigestIndexPage:
    welcome = Page.objects.filter(depth=2)
    before = list(welcome.values_list("pk", flat=True))
    for row in rows:
        row.locale_id = locale.pk
        row.save_base(raw=True, force_insert=True)
    home = DigestIndexPage.objects.get()
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    welcome.filter(pk__in=before)._raw_delete(welcome.db)
    return home
