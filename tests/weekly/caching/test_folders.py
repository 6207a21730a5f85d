"""Folders that stand below a page of the host's own, and below no digest's home."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from papers.models import PaperIndexPage
from tests.factories import make_home, make_paper, make_week
from tests.weekly.caching.reading import Reader
from weekly.models import WeekIndexPage, WeekPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Page:
    """A page of the host's own, at the address /club/."""
    return make_home().add_child(instance=Page(title="Club", slug="club", locale=make_home().locale))


@pytest.fixture
def week(club: Page) -> WeekPage:
    week = make_week(make_paper(live=True), live=True)
    folder = club.add_child(instance=WeekIndexPage(title="Weeks", slug="weeks", locale=club.locale))
    week.move(folder, pos="last-child")
    return WeekPage.objects.get(pk=week.pk)


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def test_whoever_closes_the_page_above_closes_its_weeks(
    reader: Reader, club: Page, week: WeekPage, done: Callable[[], Any]
) -> None:
    reader.fill("/club/weeks/", week)
    with done():
        close(club)
    assert [reader.get(address).status_code for address in ("/club/weeks/", week.get_url())] == [302, 302]


def test_whoever_closes_the_page_above_closes_its_papers(reader: Reader, club: Page, done: Callable[[], Any]) -> None:
    folder = club.add_child(instance=PaperIndexPage(title="Papers", slug="papers", locale=club.locale))
    paper = make_paper(live=True, slug="one")
    paper.move(folder, pos="last-child")
    reader.fill("/club/papers/", "/club/papers/one/")
    with done():
        close(club)
    assert [reader.get(f"/club/papers/{slug}").status_code for slug in ("", "one/")] == [302, 302]


def test_an_address_that_changes_above_is_gone(reader: Reader, club: Page, week: WeekPage, done: Any) -> None:
    reader.fill("/club/weeks/")
    with done():
        club.slug = "society"
        club.save()
    assert reader.get("/club/weeks/").status_code == 404
