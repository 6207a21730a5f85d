"""A glossary term tried on all pages: where it is broken, and what would mend it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.glossary import GlossaryTerm


class TermScan(models.Model):
    """One pass over all pages of a term's language. `done` of `total` pages are read; `error` is a notice."""

    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="scans")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    after = models.PositiveIntegerField(default=0, help_text=_("the last page that was read, to go on from there"))
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("glossary rescan")
        verbose_name_plural = _("glossary rescans")

    def __str__(self) -> str:
        return f"{self.term} {self.done}/{self.total}"


class Decision(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN = "taken", _("taken")
    LEFT = "left", _("left")
    UNDONE = "undone", _("undone")
    GONE = "gone", _("the text has changed since")


class ProposedChange(models.Model):
    """One broken place: the text that stands, and what would stand; `proposed` is empty where no rule can tell.

    `place` is `summary`, or `qa.<block id>.answer`. `judged` is the hash of `present`.
    """

    scan = models.ForeignKey(TermScan, on_delete=models.CASCADE, related_name="changes")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="proposed_changes")
    place = models.CharField(max_length=100)
    present = models.TextField()
    proposed = models.TextField(blank=True)
    source = models.TextField(blank=True)
    judged = models.CharField(max_length=16)
    live = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        indexes = [models.Index(fields=["scan", "decision"], name="papers_change_by_decision")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place}"
