"""A thousand posts at once: few are kept, the rest is refused cheaply, and readers go on reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.models import PaperPage
from tests.weekly.hearing.speaking import comment_form, report_form
from weekly import lists
from weekly.hearing.base import MOST_WAITING
from weekly.hearing.speaker import Speaker
from weekly.hearing.throttle import LIMITS
from weekly.models import Comment, Report

pytestmark = pytest.mark.django_db

POSTS = 1000
PER_ADDRESS, PER_PAGE = (next(limit.most for limit in LIMITS if limit.about == about) for about in ("address", "page"))


def send(forms: Iterator[Any]) -> Counter[str]:
    """What became of many posts: how many were kept, and how many refused by which rule."""
    told: Counter[str] = Counter()
    for form in forms:
        if form.is_valid():
            form.save()
        told[form.errors.as_data()["__all__"][0].code if form.errors else "kept"] += 1
    return told


def test_from_one_address_few_are_kept(page: PaperPage) -> None:
    told = send(comment_form(page) for _ in range(POSTS))
    assert told == {"kept": PER_ADDRESS, "throttled": POSTS - PER_ADDRESS}
    assert Comment.objects.count() == PER_ADDRESS


def test_from_a_thousand_addresses_a_page_takes_few_as_well(page: PaperPage) -> None:
    speakers = (Speaker(f"10.0.{number // 250}.{number % 250}") for number in range(POSTS))
    told = send(report_form(page, speaker) for speaker in speakers)
    assert told == {"kept": PER_PAGE, "throttled": POSTS - PER_PAGE}
    assert Report.objects.count() == PER_PAGE


def test_even_when_nothing_is_counted_a_page_takes_no_more_than_editors_can_read(
    page: PaperPage, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    Comment.objects.bulk_create(Comment(page=page, text=f"Flood {number}") for number in range(MOST_WAITING - 5))
    told = send(comment_form(page) for _ in range(20))
    assert told == {"kept": 5, "backlog": 15}


def test_what_is_refused_asks_the_database_nothing(page: PaperPage) -> None:
    send(comment_form(page) for _ in range(PER_ADDRESS))
    with CaptureQueriesContext(connection) as seen:
        assert send(comment_form(page) for _ in range(50)) == {"throttled": 50}
    assert len(seen) == 0


def test_readers_read_on_at_the_same_cost(client: Client, page: PaperPage, django_assert_max_num_queries: Any) -> None:
    send(comment_form(page, Speaker(f"10.0.0.{number}")) for number in range(PER_PAGE))
    with django_assert_max_num_queries(2):
        assert lists.threads_of(page) == ([], None)
    assert client.get(page.get_url()).status_code == 200
    assert client.get(f"/api/v1/comments?page={page.pk}").json()["items"] == []
