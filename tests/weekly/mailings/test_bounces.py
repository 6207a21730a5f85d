"""A provider's own messages about bounces, posted to anymail's own addresses as the provider posts them."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories import make_subscriber
from weekly.models import EndReason, Subscriber

pytestmark = pytest.mark.django_db
SECRET = "alice:secret"
POSTMARK = {
    "RecordType": "Bounce",
    "ID": 42,
    "Type": "HardBounce",
    "TypeCode": 1,
    "MessageID": "2706ee8a-737c-4285-b032-ccd317af53ed",
    "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
    "Email": "Bob@example.org",
    "From": "digest@example.com",
    "BouncedAt": "2024-05-13T16:33:54.9070259Z",
    "Inactive": True,
    "CanActivate": True,
    "Subject": "The week",
}
COMPLAINT = {**POSTMARK, "RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512}
BREVO = {"event": "hard_bounce", "email": "bob@example.org", "message-id": "<1@x>", "ts_event": 1715617200, "id": 1}
SPARKPOST = {
    "type": "bounce",
    "raw_rcpt_to": "bob@example.org",
    "bounce_class": "10",
    "event_id": "1",
    "timestamp": "1715617200",
}


@pytest.fixture(autouse=True)
def _secret(settings: Any) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def bob() -> Subscriber:
    return make_subscriber()


def tell(view: Any, message: Any, secret: str = SECRET) -> HttpResponse:
    """Post what a provider posts."""
    headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
    request = RequestFactory().post("/", json.dumps(message), content_type="application/json", headers=headers)
    return view.as_view()(request)


def postmark(**fields: Any) -> HttpResponse:
    return tell(PostmarkTrackingWebhookView, {**POSTMARK, **fields})


def told(reader: Subscriber) -> tuple[str, int]:
    """Why the mail ended, if it did, and how many bounces there were."""
    reader.refresh_from_db()
    return reader.end_reason, reader.bounces


def test_an_address_that_does_not_exist_ends_the_mail(bob: Subscriber) -> None:
    assert postmark().status_code == 200
    assert told(bob) == (EndReason.BOUNCED, 1)


def test_it_ends_in_every_language(bob: Subscriber) -> None:
    korean = make_subscriber(code="ko")
    postmark()
    assert (told(bob)[0], told(korean)[0]) == (EndReason.BOUNCED, EndReason.BOUNCED)


def test_others_are_left_alone(bob: Subscriber) -> None:
    carol = make_subscriber("carol")
    postmark()
    assert told(carol) == ("", 0)


def test_a_complaint_ends_it_as_such(bob: Subscriber) -> None:
    tell(PostmarkTrackingWebhookView, COMPLAINT)
    assert told(bob) == (EndReason.COMPLAINED, 0)


def test_a_bounce_that_passes_is_only_counted(bob: Subscriber) -> None:
    postmark(Type="SoftBounce", TypeCode=4096, Details="smtp;552 5.2.2 mailbox full")
    assert told(bob) == ("", 1)


@pytest.mark.parametrize("kind", ["Transient", "DnsError", "AutoResponder", "Unknown"])
def test_a_delay_or_an_automatic_answer_is_no_bounce(bob: Subscriber, kind: str) -> None:
    postmark(Type=kind)
    assert told(bob) == ("", 0)


def test_a_letter_that_was_called_spam_by_the_server_does_not_end_it(bob: Subscriber) -> None:
    postmark(Type="Blocked", TypeCode=100006)
    assert told(bob)[0] == ""


def test_who_unsubscribed_with_the_provider_gets_no_more(bob: Subscriber) -> None:
    change = {"RecordType": "SubscriptionChange", "Recipient": "bob@example.org", "ChangedAt": "2024-05-13T16:33:54Z"}
    suppressed = {"SuppressSending": True, "SuppressionReason": "ManualSuppression"}
    tell(PostmarkTrackingWebhookView, {**change, **suppressed})
    assert told(bob)[0] == EndReason.ASKED


@pytest.mark.parametrize(("event", "reason"), [("hard_bounce", EndReason.BOUNCED), ("soft_bounce", "")])
def test_brevos_two_kinds_of_bounces_are_told_apart(bob: Subscriber, event: str, reason: str) -> None:
    tell(BrevoTrackingWebhookView, {**BREVO, "event": event})
    assert told(bob) == (reason, 1)


@pytest.mark.parametrize(("number", "reason"), [("10", EndReason.BOUNCED), ("22", "")])
def test_sparkposts_classes_of_bounces_are_told_apart(bob: Subscriber, number: str, reason: str) -> None:
    tell(SparkPostTrackingWebhookView, [{"msys": {"message_event": {**SPARKPOST, "bounce_class": number}}}])
    assert told(bob) == (reason, 1)


def test_a_bounce_of_an_address_that_nobody_knows_is_taken_in_silence() -> None:
    assert postmark(Email="eve@example.org").status_code == 200


def test_who_does_not_know_the_secret_ends_nothing(bob: Subscriber) -> None:
    from anymail.exceptions import AnymailWebhookValidationFailure

    with pytest.raises(AnymailWebhookValidationFailure):
        tell(PostmarkTrackingWebhookView, POSTMARK, secret="eve:guess")
    assert told(bob) == ("", 0)
