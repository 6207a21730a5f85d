"""Mail to one reader: an answer to a comment, what became of a report, the link that confirms a subscription.

A letter is owed as a row in the transaction that gives the reason for it, and sent by a worker. It is claimed before
it is sent, so that no two workers send it, and composed only then: who has unsubscribed or was erased gets none.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from celery import current_app
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from papers.visibility import visible
from weekly.models import Comment, CommentState, Letter, LetterKind, Report, ReportState, Subscriber
from weekly.subscriptions import (
    change_link,
    confirm_link,
    digest_name,
    site_root,
    unsubscribe_headers,
    unsubscribe_link,
)

logger = logging.getLogger(__name__)

TASK = "weekly.tasks.send_letters"
SALT = "weekly.letters.unsubscribe"
LEASE = timedelta(minutes=5)  # longer than any mail server makes one wait
ATTEMPTS = 5
TOLD = (ReportState.TAKEN, ReportState.ANSWERED, ReportState.DECLINED)


def queue_reply(answer: Comment) -> None:
    """Owe a letter to everybody in the thread who asked for it, but for the one who answers."""
    if answer.parent_id is None or answer.state != CommentState.APPROVED:
        return
    asked = _asked(answer).exclude(email="").exclude(email__iexact=answer.email or "-")
    for email in {email.lower(): email for email in asked.values_list("email", flat=True)}.values():
        _owe(LetterKind.REPLY, answer.pk, email)


def queue_report(report: Report) -> None:
    """Owe the one letter that says what became of a report, where its reader left an address."""
    if report.email and report.state in TOLD:
        _owe(LetterKind.REPORT, report.pk, report.email)


def queue_confirmation(subscriber: Subscriber) -> None:
    """Owe the letter that asks whether mail is wanted; one that went out before does not stand against a new one."""
    Letter.objects.filter(kind=LetterKind.CONFIRM, about=subscriber.pk).exclude(ended_at=None).delete()
    _owe(LetterKind.CONFIRM, subscriber.pk, subscriber.email)


def _owe(kind: str, about: int, email: str) -> None:
    Letter.objects.get_or_create(kind=kind, about=about, email=email)
    # A broker that is away stops nothing: the sweep rings again.
    transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)


def sweep() -> None:
    """Ring where a letter is due that nobody sends."""
    if _due().exists():
        current_app.send_task(TASK)


def _due() -> QuerySet[Letter]:
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    return Letter.objects.filter(free, ended_at=None)


def send_due() -> int:
    """Send what is due, one letter after another; returns how many went out."""
    Site.clear_site_root_paths_cache()  # the worker's own, by which a new language has no addresses yet
    sent = 0
    for letter in _due().order_by("pk").iterator(chunk_size=100):
        now = timezone.now()
        claimed = _due().filter(pk=letter.pk).update(lease_until=now + LEASE, attempts=F("attempts") + 1)
        if claimed:
            sent += _send(letter)
    return sent


def _send(letter: Letter) -> bool:
    """Whether the letter went out. A server that refuses is asked again later; the reason stays with the letter."""
    message = _compose(letter)
    if message is None:
        letter.delete()
        return False
    try:
        message.send()
    except (SMTPException, OSError) as error:
        _put_off(letter, f"{type(error).__name__}: {error}")
        return False
    Letter.objects.filter(pk=letter.pk).update(ended_at=timezone.now(), lease_until=None, error="")
    return True


def _put_off(letter: Letter, reason: str) -> None:
    now = timezone.now()
    tried = letter.attempts + 1
    logger.warning("Letter was not sent", extra={"letter": letter.pk, "attempt": tried})
    ended = now if tried >= ATTEMPTS else None
    again = now + LEASE * 2**tried
    Letter.objects.filter(pk=letter.pk).update(error=reason, lease_until=again, ended_at=ended)


def _compose(letter: Letter) -> EmailMessage | None:
    """The letter in the language of its page; None where there is nothing to tell any more."""
    if letter.kind == LetterKind.CONFIRM:
        return _confirmation(letter)
    about = _reply(letter) if letter.kind == LetterKind.REPLY else _decided(letter)
    if about is None:
        return None
    page = about["page"]
    with override(page.locale.language_code):
        body = render_to_string(f"weekly/mail/{letter.kind}.txt", {**about, "title": _title(page)})
        subject = _subject(letter.kind, page)
    headers = unsubscribe_headers(about["unsubscribe"]) if "unsubscribe" in about else {}
    return EmailMessage(" ".join(subject.split()), body, to=[letter.email], headers=headers)


def _confirmation(letter: Letter) -> EmailMessage | None:
    """To somebody who gets the digest already it says so, and how to change that."""
    reader = Subscriber.objects.filter(pk=letter.about, email=letter.email).first()
    if reader is None:
        return None
    root, name = site_root(reader.language), digest_name(reader.language)
    end = unsubscribe_link(reader, root)
    links = {"confirm": confirm_link(reader, root), "change": change_link(reader, root), "unsubscribe": end}
    with override(reader.language):
        known = {"name": name, "frequency": reader.get_frequency_display(), "is_active": reader.is_active}
        body = render_to_string("weekly/mail/confirm.txt", {**links, **known})
        subject = (
            _("%(name)s by mail: you get it already") if reader.is_active else _("%(name)s by mail: please confirm")
        )
    return EmailMessage(" ".join((subject % known).split()), body, to=[letter.email], headers=unsubscribe_headers(end))


def _subject(kind: str, page: Page) -> str:
    if kind == LetterKind.REPLY:
        return _("An answer to your comment on “%(title)s”") % {"title": _title(page)}
    return _("Your report on “%(title)s”") % {"title": _title(page)}


def _title(page: Page) -> str:
    """What readers know the page by."""
    return getattr(page.specific, "title_translated", "") or page.title


def _reply(letter: Letter) -> dict[str, Any] | None:
    shown = Comment.objects.filter(state=CommentState.APPROVED, parent__state=CommentState.APPROVED)
    answer = shown.filter(pk=letter.about).first()
    page = visible(Page.objects.filter(pk=answer.page_id)).first() if answer else None
    own = _asked(answer).filter(email__iexact=letter.email).first() if page else None
    site = page.get_site() if own else None
    if site is None:
        return None
    with override(page.locale.language_code):
        unsubscribe = site.root_url + reverse("weekly:unsubscribe", args=[unsubscribe_token(own)])
    return {"page": page, "answer": answer, "unsubscribe": unsubscribe, "url": f"{page.full_url}{answer.link}"}


def _decided(letter: Letter) -> dict[str, Any] | None:
    reports = Report.objects.select_related("page", "correction")
    report = reports.filter(pk=letter.about, email=letter.email, state__in=TOLD).first()
    if report is None:
        return None
    return {"page": report.page, "report": report, "url": _shown_at(report)}


def _shown_at(report: Report) -> str:
    """Where readers see what became of a report; empty where its page is not public."""
    page, correction = report.page, report.correction
    if not page.live or page.full_url is None:
        return ""
    noted = correction is not None and not correction.is_typo
    return f"{page.full_url}#{correction.anchor}" if noted else page.full_url


def _thread(comment: Comment) -> QuerySet[Comment]:
    """The comment that a thread began with, and all answers to it."""
    root = comment.parent_id or comment.pk
    return Comment.objects.filter(Q(pk=root) | Q(parent=root))


def _asked(answer: Comment) -> QuerySet[Comment]:
    """What stands in a thread by those who want to hear of answers. An address in what no editor let pass counts
    for nothing: it may be anybody's."""
    return _thread(answer).filter(notify=True, state=CommentState.APPROVED)


def unsubscribe_token(comment: Comment) -> str:
    """Lets whoever has it end the letters about this comment's thread; it holds no address."""
    return signing.dumps(comment.pk, salt=SALT)


def comment_of(token: str) -> Comment | None:
    """The comment that a token is about; None where it is forged or the comment is gone."""
    try:
        return Comment.objects.select_related("page").filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def unsubscribe(comment: Comment) -> None:
    """No more letters to this comment's address about its thread."""
    _thread(comment).filter(email__iexact=comment.email).update(notify=False)
