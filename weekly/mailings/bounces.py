"""What a mail provider tells of letters after it took them; heard through django-anymail, where that is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F

from weekly.mailings.readers import end
from weekly.models import EndReason, Subscriber

# As anymail.signals.EventType and RejectReason spell them; that module is read only where it is installed.
_BOUNCED = ("bounced", "rejected")
_UNDELIVERABLE = ("bounced", "invalid")
_ENDING = {
    "complained": EndReason.COMPLAINED,
    "unsubscribed": EndReason.ASKED,
    "spam": EndReason.COMPLAINED,  # the provider does not even try any more
}
# Some providers have one event for bounces that last and bounces that pass, and anymail keeps no trace of which but in
# the provider's own words: Postmark, Brevo and Mandrill, Amazon SES and Resend, SparkPost's classes.
_PASSING = frozenset({"SoftBounce", "soft_bounce", "Transient", "Undetermined", "Temporary", "soft"})
_PASSING_CLASSES = frozenset({"20", "21", "22", "23", "24", "70"})
_PASSING_ANSWER = re.compile(r"^\s*4\d\d\b|\b(?:4\.\d{1,3}\.\d{1,3}|5\.2\.2)\b")  # RFC 3463; 5.2.2: the mailbox is full
_DEPTH = 3  # how far into what a provider said is looked


def connect() -> None:
    try:
        from anymail.signals import tracking
    except ImportError:
        return
    tracking.connect(on_event, dispatch_uid="weekly.mailings.bounces")


def on_event(event: Any, **kwargs: Any) -> None:
    """A bounce that lasts, a complaint or a wish to hear no more ends the mail; a bounce that passes is counted."""
    readers = list(Subscriber.objects.at(event.recipient or ""))
    reason = _reason(event)
    for reader in readers:
        if reason:
            end(reader, reason)
    if event.event_type in _BOUNCED:
        Subscriber.objects.filter(pk__in=[reader.pk for reader in readers]).update(bounces=F("bounces") + 1)


def _reason(event: Any) -> str:
    """Why the mail ends; empty where it goes on."""
    if event.event_type in _ENDING:
        return _ENDING[event.event_type]
    if event.event_type not in _BOUNCED:
        return ""
    if event.reject_reason in _ENDING:
        return _ENDING[event.reject_reason]
    lasts = event.reject_reason in _UNDELIVERABLE and not _passes(event)
    return EndReason.BOUNCED if lasts else ""


def _passes(event: Any) -> bool:
    if _PASSING_ANSWER.search(event.mta_response or ""):
        return True
    told = list(_values("", event.esp_event, _DEPTH))
    return any(said in _PASSING or (name == "bounce_class" and said in _PASSING_CLASSES) for name, said in told)


def _values(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """The texts in what a provider said, each with its name, however its form encloses them."""
    if isinstance(value, str):
        yield name, value
    elif depth and isinstance(value, Mapping):
        for inner in value:
            yield from _values(inner, value[inner], depth - 1)
