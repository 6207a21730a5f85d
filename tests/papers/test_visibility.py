"""Which pages anyone may see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from papers.models import PaperPage
from papers.visibility import visible
from tests.factories import make_home, make_paper

pytestmark = pytest.mark.django_db


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def seen() -> set[str]:
    return set(visible(PaperPage.objects.all()).values_list("slug", flat=True))


def test_it_sees_what_is_live_and_nothing_else() -> None:
    make_paper(live=True, slug="open")
    make_paper(slug="draft")
    assert seen() == {"open"}


def test_a_restriction_hides_its_page_and_not_the_one_beside_it() -> None:
    close(make_paper(live=True, slug="closed"))
    make_paper(live=True, slug="open")
    assert seen() == {"open"}


def test_a_restriction_hides_all_below_it() -> None:
    make_paper(live=True, slug="open")
    make_paper(live=True, slug="korean", code="ko")
    close(make_home("ko"))
    assert seen() == {"open"}


def test_it_agrees_with_wagtail() -> None:
    closed = make_paper(live=True)
    make_paper(live=True)
    close(closed)
    assert set(visible(Page.objects.all())) == set(Page.objects.live().public())


def test_it_begins_with_the_restrictions_also_where_there_were_none_when_rows_were_counted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plans are SQLite's")
    make_paper(live=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = visible(PaperPage.objects.all()).explain()
    assert "SCAN restriction" in plan
    assert "SCAN above" not in plan


@pytest.mark.parametrize("address", ["/papers/none/", "/papers/open/more/", "/weeks/2024-05-06/", "/weeks/x/y/z/"])
def test_there_is_nothing_beside_and_below_a_page(client: Client, address: str) -> None:
    make_paper(live=True, slug="open")
    assert client.get(address).status_code == 404
