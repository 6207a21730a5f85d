"""A correction once more: its reason, its thanks, and whether readers see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.factories import make_correction, make_paper, make_report
from weekly import lists
from weekly.models import Correction

pytestmark = pytest.mark.django_db
HISTORY = "weekly_admin:readers_history"


def correction(**fields: Any) -> Correction:
    return make_correction(make_paper(live=True), **{"reason": "A name.", "thanks": "Bob", **fields})


def address(made: Correction) -> str:
    return reverse("weekly_admin:correction", args=[made.pk])


def send(client: Client, made: Correction, **fields: str) -> Any:
    """Send the form with what stands, but for what is told."""
    return client.post(address(made), {"reason": made.reason, "thanks": made.thanks, **fields})


def fresh(made: Correction) -> Correction:
    return Correction.objects.get(pk=made.pk)


def read(client: Client, where: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(where).content, "html.parser")


def logged() -> list[tuple[str, str, Any]]:
    return [(entry.action, entry.user.username, entry.data) for entry in ModelLogEntry.objects.all()]


# What can be changed


def test_the_form_begins_with_what_stands(alice: Client) -> None:
    page = read(alice, address(correction(is_typo=True)))
    assert page.select_one("[name=reason]").get_text() == "A name."
    assert (page.select_one("[name=thanks]")["value"], page.select_one("[name=is_typo]").has_attr("checked")) == (
        "Bob",
        True,
    )


def test_what_was_corrected_is_shown_as_a_difference(alice: Client) -> None:
    page = read(alice, address(correction(before="A rat.", after="A RAT.")))
    assert [page.select_one(f".readers-passage {mark}").get_text() for mark in ("del", "ins")] == ["rat", "RAT"]


def test_reason_and_thanks_are_changed(alice: Client) -> None:
    made = correction()
    assert send(alice, made, reason="Another reason.\r\nAnd one more.", thanks="Carol").url == reverse(HISTORY)
    assert (fresh(made).reason, fresh(made).thanks) == ("Another reason.\nAnd one more.", "Carol")


def test_a_typo_leaves_the_readers_sight_and_can_come_back(alice: Client) -> None:
    made = correction()
    send(alice, made, is_typo="on")
    assert lists.corrections_of(made.page) == []
    send(alice, made)
    assert lists.corrections_of(made.page) == [made]


def test_nothing_else_can_be_changed(alice: Client) -> None:
    made = correction()
    send(alice, made, before="x", after="x", place="x", place_label="x", corrected_at="2001-01-01", page="1")
    kept = ("before", "after", "place", "place_label", "corrected_at", "page_id", "revision", "language")
    assert [getattr(fresh(made), name) for name in kept] == [getattr(made, name) for name in kept]


def test_thanks_that_are_too_long_are_refused_and_kept(alice: Client) -> None:
    made = correction()
    page = BeautifulSoup(send(alice, made, reason="New.", thanks="x" * 256).content, "html.parser")
    assert (page.select_one("[name=thanks]")["value"], page.select_one("[name=reason]").get_text()) == (
        "x" * 256,
        "New.",
    )
    assert (fresh(made).thanks, bool(page.select_one("#thanks-error"))) == ("Bob", True)


def test_what_is_typed_is_text(alice: Client) -> None:
    made = correction()
    send(alice, made, reason="<script>alert(1)</script>\x00", thanks="<b>Bob</b>")
    assert fresh(made).reason == "<script>alert(1)</script>"
    assert read(alice, address(made)).select(".readers :is(script, b)") == []


# Who did what


def test_a_change_is_logged_without_the_words(alice: Client) -> None:
    made = correction()
    send(alice, made, thanks="Carol")
    told = {"page": made.page_id, "fields": ["thanks"], "is_typo": False}
    assert logged() == [("weekly.correction.changed", "alice", told)]


def test_what_changes_nothing_is_not_logged(alice: Client) -> None:
    made = correction(reason="One.\nTwo.")
    send(alice, made, reason="One.\r\nTwo. ")
    assert logged() == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": "x", "thanks": "y"}, "Correction changed: why, thanks to"),
        ({"is_typo": "on"}, "Correction withdrawn"),
    ],
)
def test_the_decisions_tell_of_it(alice: Client, fields: dict[str, str], told: str) -> None:
    made = correction()
    send(alice, made, **fields)
    row = read(alice, reverse(HISTORY)).select_one(".readers-history tbody tr")
    assert told in row.get_text()
    assert row.a["href"] == address(made)


def test_a_correction_that_is_shown_again_is_told_so(alice: Client) -> None:
    send(alice, correction(is_typo=True))
    assert "Correction shown again" in read(alice, reverse(HISTORY)).select_one(".readers-history").get_text()


def test_the_site_s_history_leads_to_it(alice: Client) -> None:
    made = correction()
    send(alice, made, is_typo="on")
    history = alice.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert all(told in history for told in ("Correction withdrawn", address(made)))


def test_more_changes_take_no_more_queries(alice: Client) -> None:
    counts = []
    for more in (1, 4):
        for _number in range(more):
            send(alice, correction(), is_typo="on")
        alice.get(reverse(HISTORY))
        with CaptureQueriesContext(connection) as seen:
            alice.get(reverse(HISTORY))
        counts.append(len(seen))
    assert counts[0] == counts[1]


# The ways there


def test_after_taking_a_report_the_message_leads_there(alice: Client) -> None:
    report = make_report(make_paper(live=True))
    desk = f"{reverse('weekly_admin:passage', args=[report.page_id])}?place=summary"
    taken = {"take": "1", "text": "正しい要約です。", "seen": report.passage, "report": [report.pk]}
    page = BeautifulSoup(alice.post(desk, taken, follow=True).content, "html.parser")
    assert address(Correction.objects.get()) in [link["href"] for link in page.select(".messages a")]


def test_a_taken_report_among_the_decisions_leads_there(alice: Client) -> None:
    test_after_taking_a_report_the_message_leads_there(alice)
    links = {link.get_text(): link["href"] for link in read(alice, reverse(HISTORY)).select(".readers-history a")}
    assert links["Change the correction"] == address(Correction.objects.get())


def test_the_lesson_leads_there(alice: Client) -> None:
    made = correction()
    lesson = read(alice, reverse("weekly_admin:lesson", args=[made.pk]))
    assert address(made) in [link["href"] for link in lesson.select(".readers-lesson a")]


# Who may


def test_an_editor_of_the_page_may_change_it(writer: Callable[..., Client]) -> None:
    made, carol = correction(), writer("change_page", "publish_page")
    send(carol, made, thanks="")
    assert fresh(made).thanks == ""


@pytest.mark.parametrize("permissions", [("change_page",), ("publish_page",)])
def test_who_may_not_edit_and_publish_is_turned_away(
    writer: Callable[..., Client], permissions: tuple[str, ...]
) -> None:
    made, carol = correction(), writer(*permissions)
    assert carol.get(address(made)).status_code == 302
    send(carol, made, is_typo="on")
    assert not fresh(made).is_typo


def test_corrections_of_other_editors_pages_stay_as_they_are(writer: Callable[..., Client]) -> None:
    foreign = make_correction(make_paper(live=True, code="ko"))
    carol = writer("change_page", "publish_page")
    assert send(carol, foreign, is_typo="on").status_code == 302
    assert not fresh(foreign).is_typo


def test_a_correction_that_is_gone_is_not_found(alice: Client) -> None:
    assert alice.get(reverse("weekly_admin:correction", args=[99])).status_code == 404
