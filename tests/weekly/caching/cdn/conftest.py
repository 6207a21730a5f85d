"""The digest behind a CDN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from papers.models import PaperPage
from tests.factories import make_editor, make_paper, make_week
from tests.servers.cdn import CDN
from tests.weekly.caching.cdn.acting import ALL, Reader
from weekly.caching import purging


@pytest.fixture
def behind(settings: Any, digest: Any, cached: None, own: PaperPage) -> Any:
    """Sets the site up for a CDN at an address, which is where readers find it."""
    digest(CDN_SECONDS=600)

    def behind(address: str, **more: Any) -> None:
        site = Site.objects.get(is_default_site=True)
        site.port = urlsplit(address).port
        site.save()
        http = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
        settings.WAGTAILFRONTENDCACHE = {"varnish": {"BACKEND": http, "LOCATION": address, **more}}

    return behind


@pytest.fixture
def cdn(behind: Any, server: LiveServer) -> Iterator[CDN]:
    with CDN(server.url) as cdn:
        behind(cdn.url)
        yield cdn


@pytest.fixture
def alice() -> Any:
    return make_editor(first_name="Alice")


@pytest.fixture
def own(alice: Any) -> PaperPage:
    """A paper in its week, and years before another one in its own."""
    other = make_paper(live=True, slug="other", tags=["vision"], published_on=date(2019, 12, 30))
    make_week(other, live=True, start=date(2020, 1, 6))
    own = make_paper(live=True, slug="own", tags=["agents"], qas=1)
    make_week(own, live=True)
    return own


@pytest.fixture
def reader(cdn: CDN, own: PaperPage) -> Reader:
    """Everything was read once, and nothing is to be purged any more."""
    purging.purge()
    reader = Reader(cdn)
    reader.fill(*ALL)
    cdn.seen.clear()
    return reader
