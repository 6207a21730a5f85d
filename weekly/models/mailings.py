"""Digests by mail: who gets them, which are to go out, and what became of each letter.

The rows are the truth and the broker is a doorbell. A `Delivery` is one letter of one mailing to one person, and there
is never a second one for both.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from weekly.models.weeks import WeekPage


class Frequency(models.TextChoices):
    WEEKLY = "weekly", pgettext_lazy("frequency of mail", "weekly")
    DAILY = "daily", pgettext_lazy("frequency of mail", "daily")


class EndReason(models.TextChoices):
    ASKED = "asked", pgettext_lazy("why the mail ended", "the reader asked")
    EDITOR = "editor", pgettext_lazy("why the mail ended", "an editor ended it")
    BOUNCED = "bounced", pgettext_lazy("why the mail ended", "the address takes no mail")
    COMPLAINED = "complained", pgettext_lazy("why the mail ended", "the reader called it spam")


class SubscriberQuerySet(models.QuerySet):
    def active(self) -> SubscriberQuerySet:
        """Those who get mail: confirmed, and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def at(self, email: str) -> SubscriberQuerySet:
        """Whoever has this address, in whatever case it was typed."""
        return self.alias(lowered=Lower("email")).filter(lowered=Lower(Value(email)))

    def of(self, language: str, frequency: str) -> SubscriberQuerySet:
        return self.filter(language=language, frequency=frequency)


class Subscriber(models.Model):
    """Somebody who asked for the digest of a language by mail. One row an address and language, whatever its case.

    `confirmed_at` is empty until the link in the first letter was followed. `bounces` counts what mail servers sent
    back since a letter last went out.
    """

    email = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=100)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("when a letter to confirm last went out"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=20, choices=EndReason.choices, blank=True)
    bounces = models.PositiveSmallIntegerField(_("sent back"), default=0)

    objects = models.Manager.from_queryset(SubscriberQuerySet)()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        permissions = [("export_subscriber", gettext_noop("Can export subscribers"))]
        constraints = [models.UniqueConstraint(Lower("email"), "language", name="weekly_one_subscriber_each")]
        indexes = [
            models.Index(
                fields=["language", "frequency"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="weekly_subscriber_active",
            )
        ]

    def __str__(self) -> str:
        """Without the address: this is what Wagtail writes into its logs, which nobody is erased from."""
        return f"{self.language} {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class MailingStatus(models.TextChoices):
    DUE = "due", pgettext_lazy("status of a mailing", "due")
    HELD = "held", pgettext_lazy("status of a mailing", "held")
    SENDING = "sending", pgettext_lazy("status of a mailing", "being sent")
    SENT = "sent", pgettext_lazy("status of a mailing", "sent")
    SKIPPED = "skipped", pgettext_lazy("status of a mailing", "not sent")


class Mailing(models.Model):
    """One publication by mail: a week, or with frequency `daily` the pages that were first published of late.

    `due_at` is the earliest moment of sending. `page_ids` are the pages of a daily one, papers and weeks, in the order
    in which they came out; pages that went away since are still named. `reason` says why it was skipped or held.
    """

    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    language = models.CharField(max_length=100)
    week = models.ForeignKey(WeekPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="mailings")
    first_day = models.DateField()
    last_day = models.DateField()
    page_ids = models.JSONField(default=list, blank=True)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=MailingStatus.choices, default=MailingStatus.DUE)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["frequency", "week"], name="weekly_one_mailing_a_week"),
            models.UniqueConstraint(
                fields=["language", "last_day"], condition=Q(frequency="daily"), name="weekly_one_mailing_a_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "due_at"], condition=Q(status__in=("due", "sending")), name="weekly_mailing_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.language} {self.last_day}"


class DeliveryState(models.TextChoices):
    DUE = "due", pgettext_lazy("state of a letter", "due")
    CLAIMED = "claimed", pgettext_lazy("state of a letter", "taken up by a worker")
    HANDING = "handing", pgettext_lazy("state of a letter", "being handed to the mail server")
    SENT = "sent", pgettext_lazy("state of a letter", "sent")
    FAILED = "failed", pgettext_lazy("state of a letter", "refused")
    UNSURE = "unsure", pgettext_lazy("state of a letter", "perhaps sent")
    SKIPPED = "skipped", pgettext_lazy("state of a letter", "not sent")


OPEN_STATES = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.HANDING)


class Delivery(models.Model):
    """One letter of a mailing to one person; without a subscriber where that row was erased since.

    `lease_until` is how long a worker has it (`claimed`, `handing`), or until when it waits (`due`). `claims` counts
    how often it was taken up, and tells a worker whether it still has it; `attempts` starts anew where an editor sends
    it again. `error` never holds the address. What was `handing` when its worker died is `unsure`: no program sends it
    again by itself.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.DUE)
    claims = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter of a mailing")
        verbose_name_plural = _("letters of mailings")
        constraints = [models.UniqueConstraint(fields=["mailing", "subscriber"], name="weekly_one_delivery_each")]
        indexes = [
            models.Index(fields=["mailing", "state"], name="weekly_delivery_states"),
            models.Index(
                fields=["mailing", "lease_until"],
                condition=Q(state__in=("due", "claimed", "handing")),
                name="weekly_delivery_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.subscriber_id}: {self.state}"
