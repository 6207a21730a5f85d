"""What checks found in a page, and what editors said of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from papers.checks.base import Finding as Found
from papers.messages import notice_json, notice_text


class Severity(models.TextChoices):
    """In the words of papers.checks, for people."""

    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    INFO = "info", _("info")


class FindingQuerySet(models.QuerySet):
    """`standing`: what the newest draft's texts still say and no editor has dismissed."""

    def current(self) -> FindingQuerySet:
        """Found in the newest draft, dismissed ones included."""
        return self.filter(void_at=None)

    def standing(self) -> FindingQuerySet:
        return self.current().filter(dismissed_at=None)

    def errors(self) -> FindingQuerySet:
        return self.filter(severity=Severity.ERROR)

    def undismissed(self, page: Page, found: Iterable[Found]) -> list[Found]:
        """Those that no editor has dismissed."""
        known = {row.key for row in self.filter(page=page).exclude(dismissed_at=None)}
        return [one for one in found if _row(page, one, {}).key not in known]

    @transaction.atomic
    def renew(self, page: Page, found: Iterable[Found], prompts: dict[tuple[str, str], str]) -> None:
        """Keep a page's findings in step with its newest draft; a dismissal holds while its text stands.

        `prompts` maps (block, field) of texts that stand as a machine wrote them to the prompt's version. Their
        findings are kept when they are void, for the report of how well was drafted; others go, unless dismissed.
        """
        rows = {row.key: row for row in self.filter(page=page)}
        fresh = {row.key: row for row in (_row(page, one, prompts) for one in found)}
        gone = [row for key, row in rows.items() if key not in fresh and row.void_at is None]
        kept = [row.pk for row in gone if row.prompt or row.dismissed_at]
        back = [row.pk for key, row in rows.items() if key in fresh and row.void_at]
        self.filter(pk__in=[row.pk for row in gone if row.pk not in kept]).delete()
        self.filter(pk__in=kept).update(void_at=timezone.now())
        self.filter(pk__in=back).update(void_at=None)
        self.bulk_create([row for key, row in fresh.items() if key not in rows])


class Finding(models.Model):
    """A doubt about one place of a page's newest draft. Fields as in papers.checks.base.Finding.

    `judged` is the fingerprint of the text; `prompt` the version of the prompt that wrote it, empty for a person's.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    block = models.CharField(max_length=36, blank=True)
    field = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    message = models.JSONField(help_text=_("A notice: template and parameters"))
    suggestion = models.TextField(null=True, blank=True)
    source = models.TextField(blank=True)
    term = models.JSONField(default=list, blank=True)
    judged = models.CharField(max_length=16)
    prompt = models.CharField(max_length=64, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    void_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = models.Manager.from_queryset(FindingQuerySet)()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["page", "severity"], condition=Q(void_at=None), name="papers_finding_current"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.block}{self.field}"

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two findings the same: place, rule, text, and where in it. PostgreSQL sorts JSON keys anew."""
        return (
            self.block,
            self.field,
            self.rule,
            self.judged,
            self.start,
            self.end,
            json.dumps(self.message, sort_keys=True),
        )

    @property
    def place(self) -> str:
        """`summary`, or `qa.<block id>` for all that belongs to a Q&A."""
        return f"qa.{self.block}" if self.block else self.field

    @property
    def text(self) -> str:
        """The message in the active language."""
        return notice_text(self.message)


def _row(page: Page, found: Found, prompts: dict[tuple[str, str], str]) -> Finding:
    return Finding(
        page_id=page.pk,
        rule=found.check,
        severity=found.severity.value,
        block=found.block,
        field=found.field,
        start=found.start,
        end=found.end,
        message=notice_json(found.message),
        suggestion=found.suggestion,
        source=found.source,
        term=list(found.term or ()),
        judged=found.judged,
        prompt=prompts.get((found.block, found.field), ""),
    )
