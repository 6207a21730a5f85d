"""A host whose addresses tell the language of some answers, and of others the reader's browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from tests.factories import make_locale, make_paper, make_week
from tests.weekly.caching.reading import Reader

pytestmark = pytest.mark.django_db

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("digest/", include("weekly.urls")),
    *i18n_patterns(path("", include(wagtail_urls))),  # each language below its prefix, the site's own as well
]


@pytest.fixture(autouse=True)
def host(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    make_week(make_paper(live=True, slug="one", tags=["agents"]), live=True)
    make_locale("en")


@pytest.mark.parametrize(("first", "second"), [("en", "ja"), ("ja", "en")])
def test_each_reader_gets_the_browsers_language(reader: Reader, first: str, second: str) -> None:
    for language in (first, second):
        assert reader.get("/digest/tags/", accept_language=language).headers["Content-Language"] == language
    assert reader.get("/digest/tags/", accept_language=first).was_kept


def test_caches_on_the_way_are_told_so(reader: Reader) -> None:
    assert "Accept-Language" in reader.get("/digest/tags/").headers["Vary"]


def test_a_prefix_is_the_same_to_all_browsers(reader: Reader) -> None:
    first, second = (reader.get("/ja/papers/one/", accept_language=language) for language in ("en", "ja"))
    assert (first.status_code, second.was_kept, second.headers["Vary"]) == (200, True, "Accept-Encoding")


def test_what_differs_by_browser_is_not_for_cdns(reader: Reader, settings: Any, digest: Any) -> None:
    """Many look at the address alone."""
    http = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    settings.WAGTAILFRONTENDCACHE = {"varnish": {"BACKEND": http, "LOCATION": "http://127.0.0.1:9"}}
    digest(CDN_SECONDS=600)
    told = [reader.get(address).headers["Cache-Control"] for address in ("/digest/tags/", "/ja/papers/one/")]
    assert ["s-maxage" in each for each in told] == [False, True]
