"""Readers are answered by a CDN, and what changes is new there at once; what is not everybody's is never there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.test.signals import template_rendered
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from papers.models import PaperPage, PaperTag
from papers.tagging import merge_tag
from tests.factories import make_comment, make_paper, make_report
from tests.servers.cdn import CDN
from tests.weekly.caching.cdn.acting import (
    ALL,
    FAR,
    OWN,
    OWN_API,
    OWN_FEEDS,
    TAG,
    WEEK,
    Reader,
    publish,
    worker,
)
from tests.weekly.caching.conftest import redis_cache
from weekly.caching import cdn as caching
from weekly.models import CdnCopy, DroppedName, WeekPage
from weekly.moderation import comments
from weekly.moderation.reports import take

pytestmark = pytest.mark.django_db(transaction=True)


# What changes is new


def test_a_corrected_paper_is_new_wherever_it_stands(reader: Reader, own: PaperPage, alice: Any) -> None:
    publish(own, alice, summary="新しい要約です。")
    worker()
    for address in (OWN, *OWN_FEEDS, "/api/v1/papers/own"):
        assert reader.sees(address, "新しい要約です。")
    assert set(FAR) <= reader.cdn.held


def test_each_address_is_purged_that_showed_it_and_no_other(reader: Reader, own: PaperPage, alice: Any) -> None:
    publish(own, alice, summary="新しい要約です。")
    worker()
    assert set(reader.cdn.purged) == {OWN, WEEK, TAG, "/", "/papers/", *OWN_FEEDS, *OWN_API}


def test_a_published_paper_is_in_the_lists(reader: Reader, alice: Any) -> None:
    make_paper(live=True, slug="new", tags=["agents"], title="Something new")
    worker()
    for address in ("/papers/", TAG, "/feeds/papers.rss", "/api/v1/papers"):
        assert reader.sees(address, "Something new")
    assert set(FAR) <= reader.cdn.held


def test_a_paper_that_is_taken_back_is_gone(reader: Reader, own: PaperPage, alice: Any) -> None:
    own.unpublish(user=alice)
    worker()
    assert reader.get(OWN).status_code == 404
    assert not reader.sees("/papers/", OWN)
    assert set(FAR) <= reader.cdn.held


def test_a_comment_is_there_once_it_is_shown(reader: Reader, own: PaperPage, alice: Any) -> None:
    comment = make_comment(own, text="Is it so?")
    worker()
    assert reader.cdn.purged == []
    comments.approve([comment.pk], alice)
    worker()
    assert reader.sees(OWN, "Is it so?")
    assert {WEEK, TAG, "/", "/papers/", *OWN_FEEDS, *FAR} <= reader.cdn.held


def test_a_readers_correction_is_shown_on_its_page(reader: Reader, own: PaperPage, alice: Any) -> None:
    reader.fill("/corrections/")
    words = {"text": "正しい要約です。", "reason": "A slip.", "thanks": "Bob", "is_typo": False}
    take(make_report(own), alice, **words)
    worker()
    assert reader.sees(OWN, "A slip.")
    assert reader.sees("/corrections/", "A slip.")
    assert set(FAR) <= reader.cdn.held


def test_a_renamed_tag_is_renamed_where_it_stands(reader: Reader) -> None:
    tag = PaperTag.objects.get(slug="agents")
    tag.name = "helpers of all kinds"
    tag.save()
    worker()
    for address in (OWN, TAG, "/api/v1/tags/agents"):
        assert reader.sees(address, "helpers of all kinds")
    assert set(FAR) <= reader.cdn.held


def test_a_merged_tag_leads_on_and_is_followed_when_it_moves(reader: Reader) -> None:
    agents = PaperTag.objects.get(slug="agents")
    merge_tag(PaperTag.objects.create(name="helpers", slug="helpers"), agents)
    worker()
    reader.fill("/tags/helpers/")
    agents.slug = "agency"
    agents.save()
    worker()
    assert reader.get("/tags/helpers/").headers["Location"] == "/tags/agency/"


def test_what_a_schedule_ends_is_gone(reader: Reader, own: PaperPage) -> None:
    PaperPage.objects.filter(pk=own.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    worker()
    assert reader.get(OWN).status_code == 404
    assert set(FAR) <= reader.cdn.held


def test_a_weeks_theme_is_new(reader: Reader, alice: Any) -> None:
    publish(WeekPage.objects.get(slug="2024-05-06"), alice, theme="新しい主題")
    worker()
    assert reader.sees(WEEK, "新しい主題")
    assert set(FAR) <= reader.cdn.held


def test_what_stands_around_all_pages_purges_all(reader: Reader) -> None:
    call_command("drop_pages")
    assert worker() == len(ALL)
    assert reader.cdn.held == set()
    assert sorted(reader.cdn.purged) == sorted(ALL)


def test_what_nobody_changed_is_not_purged(reader: Reader, own: PaperPage, alice: Any) -> None:
    own.summary = "まだ下書きです。"
    own.save_revision(user=alice)
    worker()
    assert reader.cdn.purged == []


# Who gets what


def test_browsers_ask_each_time_while_the_cdn_does_not(reader: Reader) -> None:
    found = reader.get(OWN)
    assert found.headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=600"


def test_a_reader_with_a_cookie_of_their_own_is_let_through(reader: Reader) -> None:
    found = reader.get(OWN, Cookie="digest_writer=x")
    assert "X-Cache" not in found.headers
    assert "s-maxage" not in found.headers["Cache-Control"]


def test_packed_and_plain_copies_go_together(reader: Reader, own: PaperPage, alice: Any) -> None:
    reader.get(OWN, **{"Accept-Encoding": "identity"})
    assert len([key for key in reader.cdn.copies if key[1] == OWN]) == 2
    publish(own, alice, summary="新しい要約です。")
    worker()
    assert OWN not in reader.cdn.held


@pytest.mark.parametrize("asks_plain", [True, False])
def test_nginx_has_to_ask_for_plain_pages_or_it_purges_none(
    behind: Any, server: LiveServer, own: PaperPage, alice: Any, asks_plain: bool
) -> None:
    """Which is what the documentation says of it."""
    with CDN(server.url, not_there=404, is_nginx=True, asks_plain=asks_plain) as cdn:
        behind(cdn.url)
        Reader(cdn).fill(OWN)
        publish(own, alice, summary="新しい要約です。")
        worker()
        assert Reader(cdn).sees(OWN, "新しい要約です。") == asks_plain


NOT_SHARED = [
    "/search/?q=agents",
    "/api/v1/search?q=agents",
    "/papers/?utm_source=x",
    "/api/v1/form?kind=comment&page={}",
    "/comments/new/?page={}",
    "/share/papers/own.png",
    "/papers/?after=2021-01-01.1",
    "/api/v1/papers?limit=5",
    "/subscribe/",
    "/healthz",
    "/api/v1/openapi.json",
]
SILENT = ["/papers/nowhere/", "/nowhere/", "/api/v1/papers/nowhere", "/papers/own"]


def test_what_is_not_everybodys_or_is_made_up_stays_out(cdn: CDN, own: PaperPage) -> None:
    addresses = [address.format(own.pk) for address in NOT_SHARED]
    found = [Reader(cdn).get(address) for address in (*addresses, *addresses)]
    assert {answer.status_code for answer in found} == {200}
    assert (cdn.held, CdnCopy.objects.count()) == (set(), 0)


def test_what_is_not_there_is_not_kept_for_a_time_of_the_cdns_own(cdn: CDN, own: PaperPage) -> None:
    found = [Reader(cdn).get(address) for address in (*SILENT, *SILENT)]
    assert [answer.status_code for answer in found] == [404, 404, 404, 301] * 2
    assert {answer.headers["Cache-Control"] for answer in found} == {"private, max-age=0, must-revalidate"}
    assert cdn.held == set()


def test_an_answer_begun_before_a_change_is_not_shared(cdn: CDN, own: PaperPage) -> None:
    def change(sender: Any, **kwargs: Any) -> None:
        template_rendered.disconnect(change)
        tag = PaperTag.objects.get(slug="agents")
        tag.name = "helpers of all kinds"
        tag.save()

    template_rendered.connect(change)
    found = Reader(cdn).get(OWN)
    assert (found.status_code, found.headers["Cache-Control"]) == (200, caching.ASK_EACH_TIME)
    assert cdn.held == set()


def test_an_address_that_is_written_otherwise_is_not_shared(cdn: CDN, own: PaperPage) -> None:
    """Nobody could purge it under the name that it has at the CDN."""
    client = Client()
    first = client.get(OWN, RAW_URI="/papers/%6fwn/")
    again = client.get(OWN, RAW_URI="/papers/%6fwn/")
    plain = client.get(OWN, RAW_URI=OWN)
    assert ["s-maxage" in answer.headers["Cache-Control"] for answer in (first, again, plain)] == [False, False, True]


def test_a_port_that_somebody_made_up_is_not_shared(cdn: CDN, own: PaperPage) -> None:
    ports = [":99999", ":81", "", f":{cdn.port}"]
    found = [Client().get(OWN, HTTP_HOST=f"localhost{port}").headers["Cache-Control"] for port in ports]
    assert ["s-maxage" in told for told in found] == [False, False, True, True]


def test_what_is_kept_is_shared_no_more_once_that_is_off(cdn: CDN, own: PaperPage, digest: Any) -> None:
    client = Client()
    assert "s-maxage" in client.get(OWN).headers["Cache-Control"]
    digest(CDN_SECONDS=0)
    assert client.get(OWN).headers["Cache-Control"] == caching.ASK_EACH_TIME


def test_an_answer_that_is_made_anew_has_one_row(cdn: CDN, own: PaperPage) -> None:
    for _time in range(3):
        caches["digest"].clear()
        Client().get(OWN)
    assert CdnCopy.objects.count() == 1


def test_nothing_is_shared_while_the_page_cache_is_away(cdn: CDN, own: PaperPage, settings: Any) -> None:
    """Redis is named where nobody answers."""
    settings.CACHES = {**settings.CACHES, "digest": redis_cache("redis://127.0.0.1:9")}
    assert Client().get(OWN).headers["Cache-Control"] == caching.ASK_EACH_TIME
    assert CdnCopy.objects.count() == 0


def test_a_host_that_nobody_purges_gets_nothing_to_keep(behind: Any, own: PaperPage) -> None:
    behind("http://127.0.0.1:9", HOSTNAMES=["example.org"])
    assert Client().get(OWN).headers["Cache-Control"] == caching.ASK_EACH_TIME
    assert CdnCopy.objects.count() == 0


@pytest.mark.slow
def test_once_very_many_are_on_record_no_more_leave(cdn: CDN, own: PaperPage) -> None:
    until = timezone.now() + timedelta(days=1)
    rows = [CdnCopy(address=f"http://x/{number}", until=until) for number in range(caching.MOST)]
    CdnCopy.objects.bulk_create(rows, batch_size=10_000)
    assert Client().get(OWN).headers["Cache-Control"] == caching.ASK_EACH_TIME


def test_without_a_cdn_nothing_is_written(settings: Any, digest: Any, cached: None, own: PaperPage, alice: Any) -> None:
    digest(CDN_SECONDS=600)
    assert Client().get(OWN).headers["Cache-Control"] == caching.ASK_EACH_TIME
    publish(own, alice, summary="新しい要約です。")
    assert (CdnCopy.objects.count(), DroppedName.objects.count()) == (0, 0)
