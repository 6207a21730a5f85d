"""The ledger of drafting: every piece of work, who does it now, what it cost and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.llm.base import Usage

# A worker renews its lease three times within it; a killed worker's run is free again after one lease.
LEASE = timedelta(seconds=45)
MAX_ATTEMPTS = 3


class Scope(models.TextChoices):
    ABSTRACT = "abstract", _("abstract")
    QA = "qa", _("questions and answers")
    OVERVIEW = "overview", _("overview")
    REDRAFT = "redraft", _("one text anew")


# What a page is drafted in, part by part; a redraft is of one text within them.
PARTS = (Scope.ABSTRACT, Scope.QA, Scope.OVERVIEW)


class Status(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    PARKED = "parked", _("parked")


ACTIVE = (Status.QUEUED, Status.RUNNING)


class DraftRunQuerySet(models.QuerySet):
    """Questions that the ledger answers, by name."""

    def active(self) -> DraftRunQuerySet:
        return self.filter(status__in=ACTIVE)

    def due(self, now: datetime) -> DraftRunQuerySet:
        return self.filter(Q(not_before=None) | Q(not_before__lte=now), status=Status.QUEUED)

    def stale(self, now: datetime) -> DraftRunQuerySet:
        """Runs whose worker stopped renewing its lease."""
        return self.filter(status=Status.RUNNING, lease_until__lt=now)

    def failed(self) -> DraftRunQuerySet:
        return self.filter(status=Status.FAILED)

    def latest_of(self, group: str) -> DraftRunQuerySet:
        """The newest run per page and part of a group, in the order in which they were made."""
        runs = self.filter(group=group, scope__in=PARTS)
        newest = runs.values("page_id", "scope", "block_id").annotate(newest=models.Max("pk")).values("newest")
        return runs.filter(pk__in=newest).order_by("pk")

    def claim(self, pk: int, worker: str) -> DraftRun | None:
        """Take a waiting run by compare-and-set; None where somebody else has it or it is not due."""
        now = timezone.now()
        claimed = (
            self.due(now)
            .filter(pk=pk)
            .update(
                status=Status.RUNNING,
                worker=worker,
                lease_until=now + LEASE,
                started_at=now,
                attempts=F("attempts") + 1,
                error={},
            )
        )
        return self.select_related("page").get(pk=pk) if claimed else None

    def spent(self, group: str) -> Decimal:
        """Money that a group's runs have cost or set aside for calls under way, as far as prices are known."""
        sums = self.filter(group=group).aggregate(paid=Sum("cost"), reserved=Sum("reserved"))
        return (sums["paid"] or Decimal(0)) + (sums["reserved"] or Decimal(0))


class DraftRun(models.Model):
    """One piece of drafting. The broker only carries its id: this row is the truth.

    `group` holds together what is started, stopped and budgeted together, such as a week. `task` is the name of the
    Celery task that works on it. `base` maps each place it may write to the hash of the text that stood there.
    `request` is what an editor asked of a redraft: `place`, `instruction`, `present`, `question` and so on.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="draft_runs")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    block_id = models.CharField(max_length=36, blank=True)
    group = models.CharField(max_length=100, blank=True, db_index=True)
    task = models.CharField(max_length=100)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    worker = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.JSONField(default=dict, blank=True, help_text=_("A notice: template and parameters"))
    note = models.JSONField(default=dict, blank=True, help_text=_("A notice: template and parameters"))
    retryable = models.BooleanField(default=False)
    base = models.JSONField(default=dict, blank=True)
    request = models.JSONField(default=dict, blank=True)
    backend = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=200, blank=True)
    prompt_version = models.CharField(max_length=64, blank=True)
    prompt_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    reserved = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    seconds = models.FloatField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(DraftRunQuerySet)()

    class Meta:
        verbose_name = _("draft run")
        verbose_name_plural = _("draft runs")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "scope", "block_id"],
                condition=Q(status__in=["queued", "running"]),
                name="papers_one_active_run_per_place",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="papers_run_sweep")]

    def __str__(self) -> str:
        return f"{self.scope} #{self.pk} ({self.status})"

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    def add_usage(self, usage: Usage, cost: Decimal | None) -> None:
        """Book a paid call at once, so that a worker killed later has not hidden it; what was set aside is free."""
        changes: dict[str, Any] = {
            "prompt_tokens": F("prompt_tokens") + usage.prompt,
            "cached_tokens": F("cached_tokens") + usage.cached,
            "completion_tokens": F("completion_tokens") + usage.completion,
            "calls": F("calls") + usage.calls,
            "reserved": 0,
        }
        if cost is not None:
            changes["cost"] = models.functions.Coalesce(F("cost"), Decimal(0)) + cost
        DraftRun.objects.filter(pk=self.pk).update(**changes)


class ModelCallQuerySet(models.QuerySet):
    def usable(self, fingerprint: str, run: DraftRun) -> ModelCall | None:
        """A stored reply to the same request: one that drafting could use, or this very run's before it was killed."""
        stored = self.filter(fingerprint=fingerprint).filter(Q(usable=True) | Q(run=run, usable=None))
        return stored.order_by("-pk").first()


class ModelCall(models.Model):
    """One paid answer of a model, stored before anything is done with it. `usable` is None until it was judged."""

    run = models.ForeignKey(DraftRun, on_delete=models.CASCADE, related_name="model_calls")
    fingerprint = models.CharField(max_length=64, db_index=True)
    text = models.TextField(blank=True)
    finish = models.CharField(max_length=10)
    model = models.CharField(max_length=200)
    usable = models.BooleanField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(ModelCallQuerySet)()

    class Meta:
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")

    def __str__(self) -> str:
        return f"{self.model}: {self.finish}"


class SuggestionQuerySet(models.QuerySet):
    def open(self) -> SuggestionQuerySet:
        return self.filter(resolved_at=None)

    def for_pages(self, pages: Iterable[int]) -> SuggestionQuerySet:
        return self.open().filter(page_id__in=pages)


class Suggestion(models.Model):
    """A draft that could not be written because a person's text, a lock or an open editor stood in the way.

    `place` is a field's name or `qa.<block id>`; `value` is what the machine would have written there.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="suggestions")
    run = models.ForeignKey(DraftRun, on_delete=models.CASCADE, related_name="suggestions")
    place = models.CharField(max_length=100)
    value = models.JSONField()
    provenance = models.JSONField(default=dict)
    reason = models.JSONField(default=dict, blank=True, help_text=_("A notice: template and parameters"))
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = models.Manager.from_queryset(SuggestionQuerySet)()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "place"], condition=Q(resolved_at=None), name="papers_one_open_suggestion_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place}"


class SourcePace(models.Model):
    """The shared pause between requests to a host, over all processes of the site, one connection at a time."""

    host = models.CharField(max_length=200, primary_key=True)
    next_at = models.DateTimeField()
    holder = models.CharField(max_length=200, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.host
