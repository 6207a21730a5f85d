"""Letters to readers: who gets one, what it says, and that it is sent once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from tests.factories import make_comment, make_correction, make_paper, make_report
from weekly import letters
from weekly.models import Comment, CommentState, Letter, ReportState

pytestmark = pytest.mark.django_db
APPROVED = {"state": CommentState.APPROVED}


def make_thread(**answer: Any) -> tuple[Comment, Comment]:
    """Bob asks and wants to hear of answers; Carol answers."""
    page = make_paper(live=True)
    asked = make_comment(page, email="bob@example.org", notify=True, **APPROVED)
    words = {"name": "Carol", "text": "It is so.", "parent": asked, **APPROVED, **answer}
    return asked, make_comment(page, **words)


def send_reply(**answer: Any) -> Comment:
    asked, answered = make_thread(**answer)
    letters.queue_reply(answered)
    letters.send_due()
    return asked


def test_who_asked_for_it_hears_of_an_answer() -> None:
    send_reply()
    (sent,) = mail.outbox
    assert sent.to == ["bob@example.org"]
    assert "It is so." in sent.body


def test_a_letter_is_sent_once() -> None:
    _asked, answered = make_thread()
    for _time in range(2):
        letters.queue_reply(answered)
        letters.send_due()
    assert len(mail.outbox) == 1


def test_a_language_that_another_process_began_has_its_addresses_in_letters() -> None:
    make_paper()
    before = Site.get_site_root_paths()
    asked = make_comment(make_paper(live=True, code="ko"), email="bob@example.org", notify=True, **APPROVED)
    letters.queue_reply(make_comment(asked.page, name="Carol", parent=asked, **APPROVED))
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, before, version=SITE_ROOT_PATHS_CACHE_VERSION)  # as this worker knew them
    assert letters.send_due() == 1
    assert "/ko/papers/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "answer",
    [
        {"state": CommentState.WAITING},
        {"state": CommentState.SPAM},
        {"email": "bob@example.org"},
        {"email": "BOB@example.org"},
    ],
)
def test_nobody_is_told_of_what_waits_or_of_their_own_answer(answer: dict[str, str]) -> None:
    send_reply(**answer)
    assert mail.outbox == []


def test_who_did_not_ask_hears_nothing() -> None:
    asked, answered = make_thread()
    Comment.objects.filter(pk=asked.pk).update(notify=False)
    letters.queue_reply(answered)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", [CommentState.WAITING, CommentState.DECLINED, CommentState.SPAM])
def test_an_address_in_what_no_editor_let_pass_gets_no_letter(state: str) -> None:
    asked, answered = make_thread()
    make_comment(asked.page, parent=asked, email="victim@example.org", notify=True, state=state)
    letters.queue_reply(answered)
    assert [letter.email for letter in Letter.objects.all()] == ["bob@example.org"]


def test_one_address_in_two_spellings_gets_one_letter_and_ends_with_one_click() -> None:
    asked, answered = make_thread()
    make_comment(asked.page, parent=asked, email="Bob@Example.org", notify=True, **APPROVED)
    letters.queue_reply(answered)
    assert letters.send_due() == 1
    letters.unsubscribe(asked)
    assert not Comment.objects.filter(notify=True).exists()


def test_all_who_asked_in_a_thread_hear_of_a_later_answer() -> None:
    asked, first = make_thread(email="carol@example.org", notify=True)
    later = make_comment(asked.page, parent=asked, name="Dan", **APPROVED)
    letters.queue_reply(later)
    assert set(Letter.objects.values_list("email", flat=True)) == {"bob@example.org", "carol@example.org"}


@pytest.mark.parametrize("change", [{"notify": False}, {"email": ""}])
def test_who_unsubscribed_or_was_erased_meanwhile_gets_no_letter(change: dict[str, Any]) -> None:
    asked, answered = make_thread()
    letters.queue_reply(answered)
    Comment.objects.filter(pk=asked.pk).update(**change)
    assert letters.send_due() == 0
    assert not Letter.objects.exists()


def test_an_answer_that_was_taken_down_meanwhile_is_not_sent() -> None:
    _asked, answered = make_thread()
    letters.queue_reply(answered)
    Comment.objects.filter(pk=answered.pk).update(state=CommentState.SPAM)
    assert letters.send_due() == 0


def test_an_answer_in_a_thread_that_was_taken_down_is_not_sent() -> None:
    asked, _first = make_thread(email="carol@example.org", notify=True)
    letters.queue_reply(make_comment(asked.page, parent=asked, name="Dan", **APPROVED))
    Comment.objects.filter(pk=asked.pk).update(state=CommentState.DECLINED)
    assert (letters.send_due(), mail.outbox) == (0, [])


def test_nothing_is_sent_about_a_page_that_is_not_public_any_more() -> None:
    asked, answered = make_thread()
    letters.queue_reply(answered)
    asked.page.specific.unpublish()
    assert letters.send_due() == 0


def test_nothing_is_sent_about_a_page_that_was_made_private() -> None:
    asked, answered = make_thread()
    letters.queue_reply(answered)
    PageViewRestriction.objects.create(page=asked.page, restriction_type=PageViewRestriction.LOGIN)
    assert (letters.send_due(), mail.outbox) == (0, [])


def test_a_letter_is_in_the_language_of_its_page() -> None:
    page = make_paper(live=True, code="en", summary="One line.", abstract_translated="We studied one thing.")
    report = make_report(page, email="bob@example.org", state=ReportState.DECLINED)
    letters.queue_report(report)
    letters.send_due()
    assert mail.outbox[0].subject == f"Your report on “{page.title}”"


def test_a_letter_names_the_page_as_its_readers_know_it() -> None:
    page = make_paper(live=True, title="On Things", title_translated="物事について")
    letters.queue_report(make_report(page, email="bob@example.org", state=ReportState.DECLINED))
    letters.send_due()
    assert all("物事について" in text for text in (mail.outbox[0].subject, mail.outbox[0].body))


def test_one_click_in_the_mail_program_ends_the_letters(client: Client) -> None:
    asked = send_reply()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    client.post(address, {"List-Unsubscribe": "One-Click"})
    asked.refresh_from_db()
    assert asked.notify is False


def test_the_headers_say_that_one_click_is_enough() -> None:
    send_reply()
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_opening_the_link_changes_nothing(client: Client) -> None:
    asked = send_reply()
    (address,) = re.findall(r"http\S+/comments/unsubscribe/\S+", mail.outbox[0].body)
    page = client.get(address)
    asked.refresh_from_db()
    assert asked.notify is True
    assert b"<button" in page.content


def test_a_link_holds_no_address() -> None:
    asked = send_reply()
    assert "bob" not in letters.unsubscribe_token(asked)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_stops_nothing_and_says_so(client: Client, method: str) -> None:
    response = getattr(client, method)("/comments/unsubscribe/forged/")
    assert response.status_code == 404
    assert b"digest" in response.content


@pytest.mark.parametrize("state", [ReportState.TAKEN, ReportState.ANSWERED, ReportState.DECLINED])
def test_who_reported_gets_one_mail(state: str) -> None:
    report = make_report(make_paper(live=True), email="bob@example.org", state=state, reply="We looked.")
    for _time in range(2):
        letters.queue_report(report)
        letters.send_due()
    (sent,) = mail.outbox
    assert "We looked." in sent.body


@pytest.mark.parametrize("state", [ReportState.OPEN, ReportState.SPAM])
def test_nobody_is_told_of_an_open_report_or_of_spam(state: str) -> None:
    letters.queue_report(make_report(make_paper(live=True), email="bob@example.org", state=state))
    assert not Letter.objects.exists()


def test_the_letter_leads_to_the_public_note() -> None:
    page = make_paper(live=True)
    correction = make_correction(page)
    fields = {"email": "bob@example.org", "state": ReportState.TAKEN, "correction": correction}
    letters.queue_report(make_report(page, **fields))
    letters.send_due()
    assert f"{page.full_url}#{correction.anchor}" in mail.outbox[0].body


def test_a_typo_has_no_note_to_lead_to() -> None:
    page = make_paper(live=True)
    correction = make_correction(page, is_typo=True)
    fields = {"email": "bob@example.org", "state": ReportState.TAKEN, "correction": correction}
    letters.queue_report(make_report(page, **fields))
    letters.send_due()
    assert f"{page.full_url}\n" in mail.outbox[0].body


def test_a_line_break_in_a_title_is_no_header() -> None:
    page = make_paper(live=True, title="One\nBcc: eve@example.org")
    letters.queue_report(make_report(page, email="bob@example.org", state=ReportState.DECLINED))
    letters.send_due()
    assert "\n" not in mail.outbox[0].subject


@pytest.fixture
def _closed_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.usefixtures("_closed_mail_server")
def test_a_letter_that_no_server_took_keeps_the_reason_and_waits() -> None:
    send_reply()
    letter = Letter.objects.get()
    assert "refused" in letter.error
    assert letter.lease_until > timezone.now()


@pytest.mark.usefixtures("_closed_mail_server")
def test_after_five_tries_a_letter_is_given_up() -> None:
    send_reply()
    for _time in range(letters.ATTEMPTS):
        Letter.objects.update(lease_until=None)
        letters.send_due()
    letter = Letter.objects.get()
    assert (letter.attempts, bool(letter.ended_at)) == (letters.ATTEMPTS, True)


def test_a_letter_that_another_worker_has_is_left_to_it() -> None:
    _asked, answered = make_thread()
    letters.queue_reply(answered)
    Letter.objects.update(lease_until=timezone.now() + letters.LEASE)
    assert letters.send_due() == 0


def test_the_letter_leads_to_the_answer_itself() -> None:
    asked = send_reply()
    answer = asked.answers.get()
    assert f"{asked.page.full_url}?comment={answer.pk}#comment-{answer.pk}\n" in mail.outbox[0].body
