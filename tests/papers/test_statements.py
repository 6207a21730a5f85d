"""Queries that are written once tell what Django would tell each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils.connection import ConnectionDoesNotExist

from papers.models import PaperPage
from papers.statements import SHAPES, OneOf, written_once
from tests.factories import make_paper

pytestmark = pytest.mark.django_db
COLUMNS = ("pk", "published_on", "live", "withdrawn", "arxiv_version", "provenance", "first_published_at", "title")


@written_once
def since(day: Any, language: Any, *, size: int = 10) -> QuerySet:
    rows = PaperPage.objects.filter(published_on__gte=day, language=language, live=True)
    return rows.order_by("pk").values_list(*COLUMNS)[:size]


@written_once
def named(*keys: Any) -> QuerySet:
    return PaperPage.objects.filter(pk__in=OneOf(keys)).order_by("pk").values_list("pk")


def written_anew(day: date, language: str, size: int = 10) -> list[Any]:
    rows = PaperPage.objects.filter(published_on__gte=day, language=language, live=True)
    return list(rows.order_by("pk").values_list(*COLUMNS)[:size])


def test_values_are_those_of_this_time_and_come_as_python_has_them() -> None:
    for number in range(1, 5):
        make_paper(live=True, published_on=date(2024, 5, number), title=f"100% of {number}")
    make_paper(live=True, code="ko")
    for day, language in [(date(2024, 5, 1), "ja"), (date(2024, 5, 3), "ja"), (date(2024, 5, 1), "ko")]:
        assert since(day, language) == written_anew(day, language) != []
    assert since(date(2024, 5, 1), "ja", size=2) == written_anew(date(2024, 5, 1), "ja", 2)
    assert since(date(2024, 5, 1), "' OR 1=1 --") == []


def test_keys_are_as_many_as_are_given() -> None:
    keys = [make_paper().pk for _number in range(3)]
    assert named(keys[0]) == [(keys[0],)]
    assert named(*keys) == [(key,) for key in keys]
    assert named(keys[2], keys[2]) == [(keys[2],)]


@written_once
def papers_of(language: Any, *, columns: tuple[str, ...] = ()) -> QuerySet:
    found = PaperPage.objects.filter(language=language).order_by("pk")
    return found.only(*columns) if columns else found


def test_without_columns_it_gives_models_as_django_would() -> None:
    made = make_paper(live=True, published_on=date(2024, 5, 1), title="Whole")
    (found,) = papers_of("ja")
    fields = [field.attname for field in PaperPage._meta.concrete_fields if field.attname != "qa"]
    written = PaperPage.objects.get(pk=made.pk)
    assert found == written
    assert [getattr(found, name) for name in fields] == [getattr(written, name) for name in fields]
    assert (found._state.adding, found._state.db) == (False, "default")
    (part,) = papers_of("ja", columns=("title",))
    assert (part.title, "abstract" in part.get_deferred_fields()) == ("Whole", True)


def test_a_query_asks_once_each_time() -> None:
    with CaptureQueriesContext(connection) as asked:
        named(1, 2)
        named(3, 4)
    assert len(asked) == 2


def test_no_more_shapes_are_kept_than_there_is_room_for() -> None:
    key = make_paper().pk
    for count in range(1, SHAPES + 20):
        assert named(*[key] * count) == [(key,)]
    assert len(named.statements) <= SHAPES


class Chosen:
    """A router that reads from whichever database was named last."""

    database = "default"

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return Chosen.database


def test_the_router_chooses_each_time(settings: Any) -> None:
    key = make_paper().pk
    settings.DATABASE_ROUTERS = [f"{__name__}.Chosen"]
    assert named(key) == [(key,)]
    Chosen.database = "elsewhere"
    try:
        with pytest.raises(ConnectionDoesNotExist, match="elsewhere"):
            named(key)
    finally:
        Chosen.database = "default"


@pytest.mark.django_db(transaction=True)
def test_each_thread_converts_by_its_own_connection() -> None:
    """The one in which a query was written may be closed by now, and another thread's."""
    make_paper(live=True, published_on=date(2024, 5, 1))
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(_in_a_thread).result()
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(_in_a_thread).result() == first == since(date(2024, 5, 1), "ja", size=3) != []
    kept = [one for place in since.statements.values() for found, _told in place.converters.values() for one in found]
    assert kept
    assert not [one for one in kept if isinstance(getattr(one, "__self__", None), BaseDatabaseOperations)]


def _in_a_thread() -> list[Any]:
    try:
        return since(date(2024, 5, 1), "ja", size=3)
    finally:
        connection.close()
