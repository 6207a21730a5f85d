"""A digest behind a CDN: readers are answered by it, and what changes is new there at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import requests
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from wagtail.contrib.frontend_cache.signal_handlers import page_published_signal_handler
from wagtail.signals import page_published

from papers.models import PaperPage, PaperTag
from papers.tagging import merge_tag
from tests.factories import make_comment, make_editor, make_paper, make_report, make_week
from tests.servers.base import Answer, Seen
from tests.servers.cdn import CDN
from weekly.caching import handing, purging
from weekly.models import Copy, DroppedName, WeekPage
from weekly.moderation import comments
from weekly.moderation.reports import take

pytestmark = pytest.mark.django_db(transaction=True)
OWN, WEEK, TAG = "/papers/own/", "/weeks/2024-05-06/", "/tags/agents/"
OWN_FEEDS = ("/feeds/papers.rss", "/tags/agents/feed.json")
OWN_API = ("/api/v1/papers/own", "/api/v1/papers?limit=5", "/api/v1/tags/agents")
FAR = (
    "/tags/vision/",
    "/tags/vision/feed.rss",
    "/api/v1/papers/other",
    "/papers/other/cite.bib",
    "/weeks/2020-01-06/cite.bib",
)
ALL = (OWN, WEEK, TAG, "/", "/papers/", "/papers/?after=2021-01-01.1", *OWN_FEEDS, *OWN_API, *FAR)


def is_purge(seen: Seen) -> bool:
    return seen.method == "PURGE"


@pytest.fixture
def behind(settings: Any, digest: Any, cached: None) -> Any:
    """Sets the site up for a CDN at an address."""
    digest(CDN_SECONDS=600)

    def behind(address: str, **more: Any) -> None:
        http = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
        settings.WAGTAILFRONTENDCACHE = {"varnish": {"BACKEND": http, "LOCATION": address, **more}}

    return behind


@pytest.fixture
def cdn(behind: Any, server: LiveServer) -> Iterator[CDN]:
    with CDN(server.url) as cdn:
        behind(cdn.url)
        yield cdn


@pytest.fixture
def alice() -> Any:
    return make_editor(first_name="Alice")


@pytest.fixture
def own(alice: Any) -> PaperPage:
    """A paper in its week, and years before another one in its own."""
    other = make_paper(live=True, slug="other", tags=["vision"], published_on=date(2019, 12, 30))
    make_week(other, live=True, start=date(2020, 1, 6))
    own = make_paper(live=True, slug="own", tags=["agents"], qas=1)
    make_week(own, live=True)
    return own


class Reader:
    """Somebody who knows the site's CDN alone."""

    def __init__(self, cdn: CDN) -> None:
        self.cdn = cdn

    def get(self, address: str, **headers: str) -> requests.Response:
        return requests.get(self.cdn.url + address, headers=headers, timeout=60, allow_redirects=False)

    def sees(self, address: str, text: str) -> bool:
        return text in self.get(address).text

    def fill(self, *addresses: str) -> None:
        """Read all, after which the CDN has all."""
        for address in addresses:
            self.get(address)
        assert {address for address in addresses if "X-Cache" not in self.get(address).headers} == set()


@pytest.fixture
def reader(cdn: CDN, own: PaperPage) -> Reader:
    """Everything was read once, and nothing is to be purged any more."""
    purging.purge()
    reader = Reader(cdn)
    reader.fill(*ALL)
    cdn.seen.clear()
    return reader


def worker() -> int:
    """What a worker does once the bell rang."""
    return purging.purge()


def publish(page: Any, user: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)


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
    for address in ("/papers/", TAG, "/feeds/papers.rss", "/api/v1/papers?limit=5"):
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


NOT_SHARED = [
    "/search/?q=agents",
    "/api/v1/search?q=agents",
    "/papers/?utm_source=x",
    "/api/v1/form?kind=comment&page={}",
    "/comments/new/?page={}",
    "/share/papers/own.png",
    "/papers/nowhere/",
]


def test_what_is_not_everybodys_or_is_made_up_stays_out(cdn: CDN, own: PaperPage) -> None:
    addresses = [address.format(own.pk) for address in NOT_SHARED]
    found = [Reader(cdn).get(address) for address in (*addresses, *addresses)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 200, 200, 200, 404] * 2
    assert (cdn.held, Copy.objects.count()) == (set(), 0)


def test_an_answer_begun_before_a_change_is_not_shared(cdn: CDN, own: PaperPage) -> None:
    from django.test.signals import template_rendered

    def change(sender: Any, **kwargs: Any) -> None:
        template_rendered.disconnect(change)
        tag = PaperTag.objects.get(slug="agents")
        tag.name = "helpers of all kinds"
        tag.save()

    template_rendered.connect(change)
    found = Reader(cdn).get(OWN)
    assert (found.status_code, found.headers["Cache-Control"]) == (200, handing.ASK_EACH_TIME)
    assert cdn.held == set()


def test_an_address_that_is_written_otherwise_is_not_shared(cdn: CDN, own: PaperPage) -> None:
    """Nobody could purge it under the name that it has at the CDN."""
    client = Client()
    first = client.get(OWN, RAW_URI="/papers/%6fwn/")
    again = client.get(OWN, RAW_URI="/papers/%6fwn/")
    plain = client.get(OWN, RAW_URI=OWN)
    assert ["s-maxage" in answer.headers["Cache-Control"] for answer in (first, again, plain)] == [False, False, True]


def test_a_host_that_nobody_purges_gets_nothing_to_keep(behind: Any, own: PaperPage) -> None:
    behind("http://127.0.0.1:9", HOSTNAMES=["example.org"])
    assert Client().get(OWN).headers["Cache-Control"] == handing.ASK_EACH_TIME
    assert Copy.objects.count() == 0


@pytest.mark.slow
def test_once_very_many_are_on_record_no_more_leave(cdn: CDN, own: PaperPage) -> None:
    Copy.objects.bulk_create([Copy(address=f"http://x/{number}") for number in range(handing.MOST)], batch_size=10_000)
    assert Client().get(OWN).headers["Cache-Control"] == handing.ASK_EACH_TIME


def test_without_a_cdn_nothing_is_written(settings: Any, digest: Any, cached: None, own: PaperPage, alice: Any) -> None:
    digest(CDN_SECONDS=600)
    assert Client().get(OWN).headers["Cache-Control"] == handing.ASK_EACH_TIME
    publish(own, alice, summary="新しい要約です。")
    assert (Copy.objects.count(), DroppedName.objects.count()) == (0, 0)


# A CDN that is away


def tried_again() -> int:
    """The time has come to try again."""
    Copy.objects.exclude(purge_at=None).update(purge_at=timezone.now())
    return worker()


def test_a_purge_that_is_refused_is_tried_again(reader: Reader, own: PaperPage, alice: Any) -> None:
    comments.approve([make_comment(own, text="Is it so?").pk], alice)
    reader.cdn.script(Answer(status=503), when=is_purge)
    worker()
    assert reader.cdn.held >= {OWN}
    tried_again()
    assert reader.sees(OWN, "Is it so?")


def test_one_address_that_is_refused_stands_in_no_others_way(reader: Reader) -> None:
    call_command("drop_pages")
    reader.cdn.script(Answer(status=403), when=lambda seen: is_purge(seen) and seen.target == OWN)
    worker()
    assert reader.cdn.held == {OWN}


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
    assert Copy.objects.count() == len(ALL)
    tried_again()
    assert Copy.objects.count() == 0


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


def test_a_change_that_is_taken_back_purges_nothing(reader: Reader, own: PaperPage, alice: Any) -> None:
    from django.db import transaction

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
    days = timedelta(days=2)
    gone = Copy.objects.filter(address__endswith=OWN)
    gone.update(made_at=timezone.now() - days)
    purging.sweep()
    assert not gone.exists()
    assert Copy.objects.count() == len(ALL) - 1
