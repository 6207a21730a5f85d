"""The home that most tests begin with is the one that an installation gets."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page, ReferenceIndex, Site

from papers.models import PaperIndexPage
from tests import homes
from tests.factories import make_locale
from weekly.models import DigestIndexPage, WeekIndexPage

pytestmark = pytest.mark.django_db


def rows() -> list[Any]:
    models = (Page, Site, DigestIndexPage, WeekIndexPage, PaperIndexPage, ReferenceIndex)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("code", ["ja", "en"])
def test_a_home_that_is_put_back_is_the_one_that_was_made(code: str) -> None:
    homes._made.pop(code, None)
    locale, seen = make_locale(code), []
    for _round in range(2):
        before = transaction.savepoint()
        homes.first_home(locale)
        seen.append(rows())
        transaction.savepoint_rollback(before)
    assert seen[0] == seen[1]


def test_a_home_that_is_put_back_has_its_address() -> None:
    for _round in range(2):
        before = transaction.savepoint()
        home = homes.first_home(make_locale("ja"))
        assert {page.get_url() for page in home.get_descendants(inclusive=True)} == {"/", "/papers/", "/weeks/"}
        transaction.savepoint_rollback(before)


def test_other_pages_stay_where_they_are() -> None:
    own = Page.get_first_root_node().add_child(instance=Page(title="Own", slug="own"))
    own.add_child(instance=Page(title="Below", slug="below"))
    homes.first_home(make_locale("ja"))
    assert Page.objects.filter(slug__in=["own", "below"]).count() == 2
