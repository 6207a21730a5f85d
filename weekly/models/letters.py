"""Mail that is due to a reader. The row is the truth: a letter is claimed before it is sent, and sent once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    REPLY = "reply", _("somebody answered a comment")
    REPORT = "report", _("what became of a report")
    CONFIRM = "confirm", _("somebody asked for the digest by mail")


class Letter(models.Model):
    """`about` is the key of the answer (a Comment), the Report or the Subscriber; one letter per kind, subject and
    address."""

    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    about = models.PositiveBigIntegerField()
    email = models.EmailField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("sent, or given up where there is an error"))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [models.UniqueConstraint(fields=["kind", "about", "email"], name="weekly_one_letter_each")]
        indexes = [models.Index(fields=["lease_until"], condition=Q(ended_at=None), name="weekly_letter_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
