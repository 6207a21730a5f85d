"""The queue of reports: what waits, in which order, for whom; several decided at once."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_comment, make_paper, make_qa, make_report, make_week
from weekly.models import Report, ReportState

pytestmark = pytest.mark.django_db
QUEUE = reverse("weekly_admin:readers")
ANSWER = "qa.00000001-0000-4000-8000-000000000000.answer"


def look(client: Client, **query: Any) -> str:
    return unescape(client.get(QUEUE, query).content.decode())


def rows(client: Client, **query: Any) -> list[str]:
    """The passages in the list, each in words."""
    page = BeautifulSoup(client.get(QUEUE, query).content, "html.parser")
    return [" ".join(title.get_text().split()) for title in page.select(".readers-row h2")]


def ticks(client: Client, **query: Any) -> list[str]:
    page = BeautifulSoup(client.get(QUEUE, query).content, "html.parser")
    return [box["value"] for box in page.select("input[name=chosen]")]


def decide(client: Client, name: str, **fields: Any) -> Any:
    return client.post(QUEUE, {name: "1", **fields}, follow=True)


def states(*reports: Report) -> list[str]:
    return [Report.objects.get(pk=report.pk).state for report in reports]


def reported(count: int = 1, **fields: Any) -> list[Report]:
    """Reports of as many papers' summaries."""
    return [make_report(make_paper(live=True), **fields) for _number in range(count)]


def test_nothing_waits_at_first(alice: Client) -> None:
    assert "No report waits." in look(alice)


def test_reports_of_one_passage_are_one_row(alice: Client) -> None:
    paper = make_paper(live=True, title="Rats")
    for _time in range(3):
        make_report(paper)
    assert rows(alice) == ["Rats summary in one line"]
    assert "3 reports" in look(alice)


def test_the_most_reported_passage_comes_first(alice: Client) -> None:
    often, once = make_paper(live=True, title="Often"), make_paper(live=True, title="Once")
    for paper in (often, often, once):
        make_report(paper)
    assert rows(alice) == ["Often summary in one line", "Once summary in one line"]
    assert rows(alice, order="newest") == ["Once summary in one line", "Often summary in one line"]


def test_a_passage_is_named_as_editors_know_it(alice: Client) -> None:
    make_report(make_paper(live=True, title="Rats", qa=[make_qa(1)]), place=ANSWER)
    assert rows(alice) == ["Rats Question 1, answer"]


def test_a_question_that_is_gone_is_called_so(alice: Client) -> None:
    make_report(make_paper(live=True, title="Rats"), place="qa.gone.answer")
    assert rows(alice) == ["Rats answer of a question that is gone"]


def test_a_report_of_the_whole_page_says_so(alice: Client) -> None:
    make_report(make_paper(live=True, title="Rats"), place="")
    assert rows(alice) == ["Rats the page as a whole"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("qa", ANSWER), ("summary", "summary"), ("page", ""), ("abstract", "abstract_translated")]
)
def test_the_list_can_show_one_kind_of_passage(alice: Client, kind: str, expected: str) -> None:
    paper = make_paper(live=True, qa=[make_qa(1)])
    for place in (ANSWER, "summary", "", "abstract_translated"):
        make_report(paper, place=place)
    (tick,) = ticks(alice, kind=kind)
    assert tick.split(":", 2)[2] == expected


def test_the_list_can_show_the_texts_of_weeks(alice: Client) -> None:
    make_report(make_week(make_paper(live=True), live=True), place="overview")
    make_report(make_paper(live=True))
    assert len(rows(alice, kind="week")) == 1


def test_the_list_can_show_one_page(alice: Client) -> None:
    one, _other = reported(2)
    assert len(rows(alice, page=one.page_id)) == 1
    assert "No report is like this." in look(alice, page=one.page_id, kind="qa")


def test_decided_reports_have_lists_of_their_own(alice: Client) -> None:
    reported(state=ReportState.DECLINED)
    assert rows(alice) == []
    assert len(rows(alice, state="declined")) == len(rows(alice, state="all")) == 1


@pytest.mark.parametrize("value", ["nonsense", "-1", "9" * 40, "²\x00"])
def test_an_address_that_means_nothing_shows_the_queue(alice: Client, value: str) -> None:
    reported()
    assert len(rows(alice, **dict.fromkeys(("state", "kind", "order", "page", "p"), value))) == 1


def test_markup_of_readers_stays_text(alice: Client) -> None:
    reported(message="<script>alert(1)</script>", quote="<b>", name="<i>")
    html = alice.get(QUEUE).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_no_address_is_shown(alice: Client) -> None:
    reported(email="bob@example.org")
    assert "bob@example.org" not in look(alice)


@pytest.mark.parametrize(("name", "state"), [("answer", "answered"), ("decline", "declined"), ("spam", "spam")])
def test_several_passages_are_decided_at_once(alice: Client, name: str, state: str) -> None:
    one, two, three = reported(3)
    chosen = [tick for tick in ticks(alice) if not tick.startswith(f"{three.page_id}:")]
    said = unescape(decide(alice, name, chosen=chosen, reply="Thank you.").content.decode())
    assert states(one, two, three) == [state, state, "open"]
    assert "2 were decided." in said


def test_a_report_that_came_after_the_list_was_read_stays_open(alice: Client) -> None:
    (first,) = reported()
    chosen = ticks(alice)
    later = make_report(first.page.specific)
    decide(alice, "spam", chosen=chosen)
    assert states(first, later) == ["spam", "open"]


@pytest.mark.parametrize("name", ["answer", "decline"])
def test_without_words_nothing_is_decided_and_the_ticks_stay(alice: Client, name: str) -> None:
    (report,) = reported()
    said = unescape(decide(alice, name, chosen=ticks(alice), reply=" ").content.decode())
    assert "write the answer or the reason first" in said
    assert 'aria-labelledby="row-1-title" checked' in said


def test_without_ticks_nothing_is_decided_and_the_words_stay(alice: Client) -> None:
    (report,) = reported()
    said = unescape(decide(alice, "decline", reply="It is right as it is.").content.decode())
    assert "choose passages first" in said
    assert ">It is right as it is.</textarea>" in said


def test_what_another_editor_decided_is_told(alice: Client) -> None:
    reported()
    chosen = ticks(alice)
    Report.objects.update(state=ReportState.ANSWERED)
    said = unescape(decide(alice, "decline", chosen=chosen, reply="No.").content.decode())
    assert "There was nothing left to decide." in said
    assert Report.objects.get().state == ReportState.ANSWERED


def test_ticks_that_are_none_decide_nothing(alice: Client) -> None:
    (report,) = reported()
    chosen = ["", "1", "x:1:summary", "1:x:summary", "9" * 40 + ":1:summary", "1:1", "²:1:summary"]
    assert decide(alice, "spam", chosen=chosen).status_code == 200
    assert states(report) == ["open"]


@pytest.mark.parametrize("permissions", [("change_page",), ("publish_page",), ("add_page",)])
def test_who_may_not_edit_and_publish_sees_nothing(writer: Callable[..., Client], permissions: tuple[str]) -> None:
    carol = writer(*permissions)
    assert carol.get(QUEUE).status_code == 302
    assert "digest/readers" not in carol.get(reverse("wagtailadmin_home")).content.decode()


def test_who_may_edit_and_publish_decides(writer: Callable[..., Client]) -> None:
    carol = writer("change_page", "publish_page")
    (report,) = reported()
    decide(carol, "spam", chosen=ticks(carol))
    assert states(report) == ["spam"]


def test_pages_of_others_stay_out_of_sight(writer: Callable[..., Client]) -> None:
    carol = writer("change_page", "publish_page")
    foreign = make_report(make_paper(live=True, code="ko"))
    assert rows(carol) == []
    decide(carol, "spam", chosen=[f"{foreign.page_id}:{foreign.pk}:summary"])
    assert states(foreign) == ["open"]


def test_strangers_are_asked_to_log_in(client: Client) -> None:
    assert client.get(QUEUE).url.startswith(reverse("wagtailadmin_login"))


def test_menu_and_first_page_tell_what_waits(alice: Client) -> None:
    (report,) = reported()
    make_report(report.page.specific)
    make_comment(report.page)
    home = alice.get(reverse("wagtailadmin_home")).content.decode()
    assert "Readers (2)" in home
    assert (
        " ".join(BeautifulSoup(home, "html.parser").select_one("a[href$='readers/']").get_text().split())
        == "2 reports and comments wait"
    )


def test_a_longer_list_takes_no_more_queries(alice: Client) -> None:
    reported(2)
    look(alice)
    with CaptureQueriesContext(connection) as few:
        look(alice)
    reported(10)
    with CaptureQueriesContext(connection) as many:
        look(alice)
    assert len(many) == len(few)


def test_a_flood_of_reports_is_cut_into_pages_and_cleared_at_once(alice: Client) -> None:
    (first,) = reported()
    rows = [Report(page_id=first.page_id, place="summary", message=f"Buy {n}") for n in range(1000)]
    Report.objects.bulk_create(rows)
    decide(alice, "spam", chosen=ticks(alice))
    assert Report.objects.filter(state=ReportState.SPAM).count() == 1001


def test_a_flood_over_many_passages_is_spam_in_one_click(alice: Client) -> None:
    (first,) = reported()
    Report.objects.bulk_create(Report(page_id=first.page_id, place=f"qa.x{n}.answer", message="Buy") for n in range(99))
    flood = BeautifulSoup(alice.get(QUEUE).content, "html.parser").select_one("button[name=flood]")
    later = make_report(first.page.specific)
    decide(alice, "flood", flood=flood["value"])
    assert flood.get_text(strip=True) == "Mark all 100 as spam"
    assert states(first, later) == ["spam", "open"]


def test_a_flood_outside_the_filter_stays(alice: Client) -> None:
    one, other = reported(2)
    alice.post(f"{QUEUE}?page={one.page_id}", {"flood": str(other.pk)})
    assert states(one, other) == ["spam", "open"]


def test_an_address_tells_no_title_of_a_page_that_is_others(writer: Callable[..., Client]) -> None:
    other = make_paper(live=True, code="ko", title="Not yours")
    assert "Not yours" not in look(writer("change_page", "publish_page"), page=other.pk)
