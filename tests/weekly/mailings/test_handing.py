"""What a mail server's answers and a provider's errors mean, over real connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage

from tests.servers.base import Answer, Server
from tests.servers.mail import MailServer
from weekly.mailings.handing import Postman
from weekly.mailings.outcomes import Outcome, Verdict

BOB = "bob@example.org"


def hand(to: str = BOB, **fields: Any) -> Outcome:
    with Postman() as postman:
        assert postman.is_ready(), postman.reason
        return postman.hand(EmailMessage("Subject", "Body", to=[to], **fields))


@pytest.mark.parametrize(
    ("answer", "verdict", "is_dead"),
    [
        ("550 5.1.1 no such user", Verdict.REFUSED, True),
        ("550 5.1.10 null MX", Verdict.REFUSED, True),
        ("550 mailbox unavailable", Verdict.REFUSED, False),
        ("552 5.2.2 mailbox full", Verdict.REFUSED, False),
        ("554 5.7.1 relay access denied", Verdict.LATER, False),
        ("450 4.2.1 greylisted", Verdict.LATER, False),
        ("421 4.7.0 too many letters", Verdict.LATER, False),
    ],
)
def test_an_answer_to_the_address(mail_server: MailServer, answer: str, verdict: Verdict, is_dead: bool) -> None:
    mail_server.refuse(BOB, answer)
    assert hand() == Outcome(verdict, answer, is_dead)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("250 OK", Verdict.SENT),
        ("451 4.3.0 try again", Verdict.LATER),
        ("554 5.6.0 not like this", Verdict.FAILED),
        ("552 5.3.4 too big", Verdict.FAILED),
        ("drop", Verdict.UNSURE),
    ],
)
def test_an_answer_to_the_letter(mail_server: MailServer, answer: str, verdict: Verdict) -> None:
    mail_server.answer(answer)
    assert hand().verdict is verdict


def test_a_server_that_never_answers_leaves_it_unsure(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    mail_server.hold()
    assert hand().verdict is Verdict.UNSURE
    assert mail_server.letters == {BOB: 1}


def test_an_address_that_cannot_be_written_fails(mail_server: MailServer) -> None:
    assert hand("bob@").verdict is Verdict.FAILED


def test_a_header_with_a_line_break_is_never_sent(mail_server: MailServer) -> None:
    assert hand(headers={"X-One": "two\nBcc: eve@example.org"}).verdict is Verdict.FAILED
    assert mail_server.letters == {}


@pytest.mark.usefixtures("closed_server")
def test_a_server_that_is_away_is_told_before_anything_is_handed_over() -> None:
    with Postman() as postman:
        assert not postman.is_ready()
        assert "refused" in postman.reason


def test_a_password_that_the_server_does_not_take_is_told(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "alice", "wrong"
    with Postman() as postman:
        assert not postman.is_ready()


@pytest.fixture
def provider(settings: Any) -> Iterator[Server]:
    """Postmark's API as anymail calls it."""
    with Server() as server:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {"POSTMARK_API_URL": server.url, "POSTMARK_SERVER_TOKEN": "secret"}
        yield server


TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "one", "SubmittedAt": "2024-05-13T12:00:00Z", "To": BOB}
INACTIVE = {"ErrorCode": 406, "Message": f"Found inactive addresses: {BOB}. Inactive recipients are …"}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer.json([TAKEN]), Verdict.SENT),
        (Answer.json([INACTIVE]), Verdict.REFUSED),
        (Answer.json({"ErrorCode": 10, "Message": "Bad token"}, 401), Verdict.LATER),
        (Answer.json({}, 429), Verdict.LATER),
        (Answer.json({}, 503), Verdict.LATER),
        (Answer.json({}, 500), Verdict.UNSURE),
        (Answer(b"{", content_type="application/json"), Verdict.UNSURE),
    ],
)
def test_what_a_provider_answers(provider: Server, answer: Answer, verdict: Verdict) -> None:
    provider.script(answer)
    assert hand().verdict is verdict


def test_a_provider_that_hangs_up_leaves_it_unsure(provider: Server) -> None:
    provider.script(Answer(b"x" * 100, cut=10, content_type="application/json"))
    assert hand().verdict is Verdict.UNSURE


def test_a_provider_that_cannot_be_reached_is_asked_later(settings: Any) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_API_URL": "http://127.0.0.1:9/", "POSTMARK_SERVER_TOKEN": "secret"}
    assert hand().verdict is Verdict.LATER
