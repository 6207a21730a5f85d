"""Whatever an index looks at first, it gives what reading all documents would give; on SQLite and PostgreSQL alike."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from weekly.search.base import Index, Place, Tier
from weekly.search.documents import HEAD, TITLE, Document, key_of, language_mark, year_mark, year_of
from weekly.search.index import get_index
from weekly.search.query import Query, read_query

pytestmark = pytest.mark.django_db

LANGUAGE = language_mark("ja")
COMMON, RARE = ["one", "two", "three"], ["zebra", "quagga"]
AGES = [range(120), range(300, 1_500), range(1_400, 9_000), range(9_000, 60_000)]  # in days


def made(newest: date) -> dict[int, Document]:
    """Some hundred documents: most of the last months, some of each span of years, a few without a day."""
    chance = random.Random(5)
    ages = [chance.choice(ages) for ages, count in zip(AGES, (150, 60, 60, 30), strict=True) for _ in range(count)]
    days = [newest - timedelta(days=age) for age in ages]
    return {number: _document(number, day, chance) for number, day in enumerate([*days, None, None, None], start=1)}


def _document(number: int, day: date | None, chance: random.Random) -> Document:
    words = tuple(chance.choice(COMMON) if chance.random() < 0.95 else chance.choice(RARE) for _ in range(8))
    title, head = words[: chance.randrange(2)], words[: chance.randrange(2, 4)]
    key = key_of(day, number)
    signs = {*(TITLE + word for word in title), *(HEAD + word for word in head)}
    return Document(key, words, tuple(sorted({LANGUAGE, year_mark(year_of(key)), *signs})))


def expected(documents: dict[int, Document], query: Query) -> list[Place]:
    """By reading them all."""
    found = [Place(_tier(one, query), one.key) for one in documents.values() if _matches(one, query)]
    return sorted(found, key=lambda place: (place.tier, -place.key))


def _matches(document: Document, query: Query) -> bool:
    rows = {*pairwise(document.words), *((word,) for word in document.words)}
    return all(phrase in rows for phrase in query.phrases)


def _tier(document: Document, query: Query) -> Tier:
    signs = ((Tier.TITLE, TITLE), (Tier.HEAD, HEAD))
    tiers = [tier for tier, sign in signs if all(sign + token in document.marks for token in query.tokens)]
    return tiers[0] if tiers and query.tokens else Tier.ANYWHERE


@pytest.fixture
def index() -> Index:
    """An empty one: tests in a browser leave theirs behind on SQLite."""
    index = get_index()
    index.clear()
    return index


@pytest.mark.parametrize("newest", [date(2024, 12, 20), date(2024, 1, 9)])
@pytest.mark.parametrize("limit", [1, 7, 60])
def test_every_page_has_what_reading_all_documents_would_give(index: Index, newest: date, limit: int) -> None:
    documents = made(newest)
    index.put(documents)
    for text in ("one", "zebra", "one two", "one zebra quagga", '"one two"', '"two zebra" three', '"zebra quagga"', ""):
        query = read_query(text, [(LANGUAGE,)])
        places, after = [], None
        while page := index.find(query, after, limit):
            assert len(page) <= limit
            places += page
            after = page[-1]
        assert places == expected(documents, query), text


def test_an_empty_index_finds_nothing(index: Index) -> None:
    assert index.find(read_query("one"), None, 5) == []
