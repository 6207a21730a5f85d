"""A CDN that refuses, hangs or is down; the record of what it has; the workers that purge it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from wagtail.contrib.frontend_cache.signal_handlers import page_published_signal_handler
from wagtail.signals import page_published

from papers.models import PaperPage, PaperTag
from tests.factories import make_comment
from tests.servers.base import Answer, Seen
from tests.servers.cdn import CDN
from tests.weekly.caching.cdn.acting import (
    ALL,
    FAR,
    OWN,
    Reader,
    is_purge,
    publish,
    worker,
)
from tests.weekly.caching.conftest import redis_cache
from weekly import tasks
from weekly.caching import cdn as caching
from weekly.caching import purging
from weekly.models import CdnCopy, DroppedName
from weekly.moderation import comments

HTTP = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
TELLING = "tests.weekly.caching.cdn.acting.Telling"
pytestmark = pytest.mark.django_db(transaction=True)


# A CDN that is away


def tried_again() -> int:
    """The time has come to try again."""
    CdnCopy.objects.exclude(purge_at=None).update(purge_at=timezone.now())
    return worker()


@pytest.mark.parametrize("status", [503, 405, 301])
def test_a_purge_that_is_refused_is_tried_again(reader: Reader, own: PaperPage, alice: Any, status: int) -> None:
    comments.approve([make_comment(own, text="Is it so?").pk], alice)
    reader.cdn.script(*[Answer(status=status)] * 2, when=is_purge)
    worker()
    assert reader.cdn.held >= {OWN}
    tried_again()
    assert reader.sees(OWN, "Is it so?")


def is_purge_of_own(seen: Seen) -> bool:
    return is_purge(seen) and seen.target == OWN


@pytest.mark.parametrize("backend", [HTTP, TELLING])
def test_one_address_that_is_refused_stands_in_no_others_way(reader: Reader, behind: Any, backend: str) -> None:
    behind(reader.cdn.url, BACKEND=backend)
    call_command("drop_pages")
    reader.cdn.script(*[Answer(status=403)] * 2, when=is_purge_of_own)
    worker()
    assert reader.cdn.held == {OWN}
    tried_again()
    assert reader.cdn.held == set()


@pytest.mark.parametrize("backend", [HTTP, TELLING])
def test_an_address_that_is_none_stands_in_no_others_way(reader: Reader, behind: Any, backend: str) -> None:
    behind(reader.cdn.url, BACKEND=backend)
    now = timezone.now()
    CdnCopy.objects.create(address="http://[", until=now + timedelta(days=1), purge_at=now - timedelta(hours=1))
    call_command("drop_pages")
    assert worker() == len(ALL)
    assert reader.cdn.held == set()


def test_a_backend_that_is_set_up_wrongly_stops_no_other(reader: Reader, settings: Any) -> None:
    settings.WAGTAILFRONTENDCACHE = {"broken": {"BACKEND": "nowhere.Backend"}, **settings.WAGTAILFRONTENDCACHE}
    call_command("drop_pages")
    assert worker() == 0
    assert reader.cdn.held == set()
    assert CdnCopy.objects.count() == len(ALL)


def test_nothing_is_lost_while_it_is_down(behind: Any, server: LiveServer, own: PaperPage, alice: Any) -> None:
    with CDN(server.url) as cdn:
        behind(cdn.url)
        Reader(cdn).fill(*ALL)
    publish(own, alice, summary="新しい要約です。")
    for _try in range(3):
        assert tried_again() == 0
    with CDN(server.url, cdn.port, cdn.copies) as back:
        assert not Reader(back).sees(OWN, "新しい要約です。")
        tried_again()
        assert Reader(back).sees(OWN, "新しい要約です。")
        assert set(FAR) <= back.held


def test_an_editor_waits_for_no_cdn(behind: Any, server: LiveServer, own: PaperPage, alice: Any) -> None:
    """It is not even asked in their request."""
    with CDN(server.url) as cdn:
        behind(cdn.url)
        Reader(cdn).fill(OWN)
        publish(own, alice, summary="新しい要約です。")
        assert cdn.purged == []


@pytest.mark.slow
def test_one_that_hangs_is_not_waited_for_at_each_address(reader: Reader) -> None:
    call_command("drop_pages")
    reader.cdn.script(*[Answer(hang=True)] * purging.IN_A_ROW, when=is_purge)
    assert worker() == 0
    assert len(reader.cdn.purged) == purging.IN_A_ROW
    tried_again()
    assert reader.cdn.held == set()


@pytest.mark.parametrize("status", [404, 412])
def test_what_a_cdn_no_longer_holds_counts_as_purged(
    behind: Any, server: LiveServer, own: PaperPage, status: int
) -> None:
    with CDN(server.url, not_there=status) as cdn:
        behind(cdn.url)
        Reader(cdn).fill(*FAR)
        cdn.copies.clear()
        call_command("drop_pages")
        assert worker() == len(FAR)


@pytest.fixture
def wagtails_own() -> Iterator[None]:
    """Wagtail purges pages as well, as where its app is installed."""
    page_published.connect(page_published_signal_handler, sender=PaperPage)
    yield
    page_published.disconnect(page_published_signal_handler, sender=PaperPage)


def test_what_wagtail_purges_by_itself_does_no_harm(
    reader: Reader, own: PaperPage, alice: Any, wagtails_own: None
) -> None:
    publish(own, alice, summary="新しい要約です。")
    assert reader.cdn.purged == [OWN]
    reader.get(OWN)
    worker()
    assert reader.cdn.purged.count(OWN) == 2
    assert reader.sees(OWN, "新しい要約です。")
    assert set(FAR) <= reader.cdn.held


# The record


def test_an_answer_that_was_on_its_way_is_purged_as_well(reader: Reader, own: PaperPage, alice: Any) -> None:
    """It left the site before the change, and came to the CDN after the purge."""
    late = dict(reader.cdn.copies)
    publish(own, alice, summary="新しい要約です。")
    worker()
    reader.cdn.copies.update(late)
    tried_again()
    assert reader.sees(OWN, "新しい要約です。")


def test_what_was_purged_twice_is_no_longer_on_record(reader: Reader) -> None:
    call_command("drop_pages")
    worker()
    assert CdnCopy.objects.count() == len(ALL)
    tried_again()
    assert CdnCopy.objects.count() == 0


def test_what_was_made_anew_meanwhile_stays_on_record(reader: Reader, own: PaperPage, alice: Any) -> None:
    publish(own, alice, summary="新しい要約です。")
    worker()
    reader.fill(OWN)
    tried_again()
    publish(own, alice, summary="もっと新しい要約です。")
    worker()
    assert reader.sees(OWN, "もっと新しい要約です。")


def test_a_drop_that_a_killed_process_never_sent_is_made_up_for(reader: Reader, own: PaperPage) -> None:
    """It was killed between its commit and what follows: the row alone is there."""
    PaperPage.objects.filter(pk=own.pk).update(summary="新しい要約です。")
    DroppedName.objects.create(name=f"page:{own.pk}")
    worker()
    assert reader.sees(OWN, "新しい要約です。")
    assert DroppedName.objects.count() == 0


def test_while_the_page_cache_is_away_the_cdn_is_not_filled_from_it(
    reader: Reader, own: PaperPage, alice: Any, settings: Any
) -> None:
    publish(own, alice, summary="新しい要約です。")
    back = settings.CACHES
    settings.CACHES = {**back, "digest": redis_cache("redis://127.0.0.1:9")}
    assert worker() == 0
    assert (reader.cdn.purged, CdnCopy.objects.current().count()) == ([], len(ALL))
    settings.CACHES = back
    worker()
    assert reader.sees(OWN, "新しい要約です。")


def test_once_nothing_is_to_be_shared_what_still_is_gets_purged(reader: Reader, digest: Any) -> None:
    digest(CDN_SECONDS=0)
    purging.sweep()
    assert worker() == len(ALL)
    assert reader.cdn.held == set()


def test_a_site_that_shares_nothing_pays_one_question(
    settings: Any, digest: Any, django_assert_num_queries: Any
) -> None:
    settings.WAGTAILFRONTENDCACHE = {"varnish": {"BACKEND": HTTP, "LOCATION": "http://127.0.0.1:9"}}
    digest(CDN_SECONDS=0)
    with django_assert_num_queries(1):
        purging.sweep()
        call_command("drop_pages")


def test_a_change_that_is_taken_back_purges_nothing(reader: Reader, own: PaperPage, alice: Any) -> None:
    class Sorry(Exception):
        pass

    def change_mind() -> None:
        with transaction.atomic():
            tag = PaperTag.objects.get(slug="agents")
            tag.name = "helpers of all kinds"
            tag.save()
            raise Sorry

    with pytest.raises(Sorry):
        change_mind()
    assert worker() == 0
    assert reader.cdn.purged == []


def test_copies_whose_time_is_over_at_any_cdn_are_forgotten(reader: Reader) -> None:
    gone = CdnCopy.objects.filter(address__endswith=OWN)
    gone.update(until=timezone.now())
    purging.sweep()
    assert not gone.exists()
    assert CdnCopy.objects.count() == len(ALL) - 1


# Workers


@pytest.fixture
def queue() -> Iterator[Any]:
    """Where the broker holds what workers are to do."""
    with current_app.connection() as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        queue.clear()
        yield queue
        queue.close()


def test_many_changes_send_one_task_and_later_ones_another(queue: Any) -> None:
    sender = caching.Sender()
    for _change in range(3):
        sender.send()
        sender.sent_at += 60  # and no time passes
    sender.sent_at = -caching.GATHERED
    sender.send()
    assert [queue.get().headers["task"] for _task in range(queue.qsize())] == [caching.TASK] * 2


def test_the_sweep_starts_a_worker_where_something_is_due_and_nowhere_else(reader: Reader, queue: Any) -> None:
    purging.sweep()
    assert queue.qsize() == 0
    own = CdnCopy.objects.filter(address__endswith=OWN)
    own.update(purge_at=timezone.now())
    purging.sweep()
    assert queue.get().headers["task"] == caching.TASK
    assert tasks.purge_copies.name == caching.TASK
    tasks.purge_copies()
    assert reader.cdn.purged == [OWN]


def test_the_sweep_starts_no_worker_where_one_is_at_it(reader: Reader, queue: Any) -> None:
    now = timezone.now()
    CdnCopy.objects.update(purge_at=now)
    CdnCopy.objects.filter(address__endswith=OWN).update(leased_until=now + purging.LEASE)
    purging.sweep()
    assert queue.qsize() == 0
    CdnCopy.objects.filter(address__endswith=OWN).update(leased_until=now)  # it died
    purging.sweep()
    assert queue.qsize() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no locks of rows: one worker waits for the other")
def test_two_workers_that_want_the_same_purge_each_address_once(reader: Reader) -> None:
    """Both have found what is due, and wait for the rows, before the first one takes them."""
    CdnCopy.objects.update(purge_at=timezone.now())

    def work() -> int:
        try:
            return worker()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            list(CdnCopy.objects.select_for_update())
            done = [pool.submit(work) for _worker in range(2)]
            while waiting_for_locks() < 2:
                time.sleep(0.02)
        assert sum(each.result() for each in done) == len(ALL)
    assert sorted(reader.cdn.purged) == sorted(ALL)


def waiting_for_locks() -> int:
    """PostgreSQL shows one transaction the same figures until it is told otherwise."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(asked)
        return cursor.fetchone()[0]
