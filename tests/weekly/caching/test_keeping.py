"""What is kept, for whom, and what never is."""

from __future__ import annotations

import pytest

from tests.factories import make_paper, make_week
from tests.weekly.caching.reading import Reader

pytestmark = pytest.mark.django_db

KEPT = [
    "/",
    "/weeks/",
    "/weeks/2024-05-06/",
    "/papers/",
    "/papers/one/",
    "/tags/",
    "/tags/agents/",
    "/corrections/",
    "/search/",
    "/search/?q=agents",
    "/feeds/weeks.rss",
    "/feeds/papers.atom",
    "/feeds/corrections.json",
    "/tags/agents/feed.json",
    "/papers/one/cite.bib",
    "/weeks/2024-05-06/cite.ris",
    "/sitemap.xml",
    "/api/v1/weeks",
    "/api/v1/weeks/2024-05-06",
    "/api/v1/papers?limit=5",
    "/api/v1/papers/one",
    "/api/v1/tags",
    "/api/v1/tags/agents",
    "/api/v1/search?q=agents",
    "/api/v1/corrections",
]


@pytest.fixture(autouse=True)
def site() -> None:
    make_week(make_paper(live=True, slug="one", tags=["agents"], qas=1), live=True)


@pytest.mark.parametrize("address", KEPT)
def test_an_answer_is_made_once(reader: Reader, address: str) -> None:
    first, second = reader.get(address), reader.get(address)
    assert (first.status_code, first.was_kept, second.was_kept) == (200, False, True)
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))
