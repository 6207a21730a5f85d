"""A page asks as much among few papers as among many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.archive import A_WEEK, FIRST, Size, add_pages, fill
from tests.factories import make_home, make_locale
from weekly.homes import child_of
from weekly.models import WeekIndexPage, WeekPage

pytestmark = pytest.mark.django_db

FEW, MANY = Size(papers=2 * A_WEEK, weeks=2), Size(papers=6 * A_WEEK, weeks=6)
PATHS = [
    "/",
    "/weeks/",
    f"/weeks/{FIRST}/",
    "/papers/",
    "/papers/bench-100/",
    "/tags/",
    "/tags/tag-1/",
    "/corrections/",
    "/search/?q=model",
    "/search/?q=モデル",
    "/feeds/weeks.rss",
    "/feeds/papers.atom",
    "/feeds/corrections.json",
    "/tags/tag-1/feed.rss",
    "/api/v1/weeks",
    f"/api/v1/weeks/{FIRST}",
    "/api/v1/papers",
    "/api/v1/papers/bench-100",
    "/api/v1/tags",
    "/api/v1/tags/tag-1",
    "/sitemap.xml",
]


def queries_among(size: Size) -> dict[str, int]:
    """How much each page asks in an archive of this size, which is taken back afterwards."""
    with transaction.atomic():
        fill(size)
        found = {path: queries_of(path) for path in PATHS}
        transaction.set_rollback(True)
    cache.clear()
    return found


def queries_of(path: str) -> int:
    """Of the second reader: the first one's answer fills what is known of sites and types."""
    for _reader in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(path)
    assert answer.status_code == 200
    return len(asked)


def test_every_page_asks_the_same_among_few_papers_and_among_many() -> None:
    few = queries_among(FEW)
    assert all(few.values())
    assert queries_among(MANY) == few


def test_the_archive_goes_on_after_two_years(client: Client) -> None:
    locale, days = make_locale(), [FIRST + timedelta(weeks=number) for number in range(105)]
    weeks = [WeekPage(title="W", slug=f"{day}", locale=locale, start=day, end=day, live=True) for day in days]
    add_pages(weeks, child_of(make_home(), WeekIndexPage), 1)
    assert b'href="/weeks/1988-01-04/"' not in client.get("/weeks/").content
    assert b'href="/weeks/1988-01-04/"' in client.get("/weeks/", {"after": f"{days[1]}.{weeks[1].pk}"}).content


@pytest.mark.parametrize("place", ["1988", f"{date.max}.", "x" * 10_000])
def test_the_archive_has_no_such_place(client: Client, place: str) -> None:
    make_home()
    assert client.get("/weeks/", {"after": place}).status_code == 404
