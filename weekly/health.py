"""Whether the site works, for monitors."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import Error
from django.db.models import Case, Count, F, Min, Q, When
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from papers.models import DraftRun, Status
from weekly.models import Mailing, MailingStatus

logger = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, else 503; how many draft runs and mailings wait, and the oldest one's seconds."""
    try:
        runs, mailings = _runs(), _mailings()
    except Error:
        logger.exception("The database does not answer")
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse(
        {
            "status": "ok",
            "runs_waiting": runs["waiting"],
            "oldest_waiting_seconds": _seconds(runs["since"]),
            "mailings_waiting": mailings["waiting"],
            "oldest_mailing_seconds": _seconds(mailings["since"]),
        }
    )


def _runs() -> dict[str, Any]:
    return DraftRun.objects.filter(status=Status.QUEUED).aggregate(waiting=Count("pk"), since=Min("created_at"))


def _mailings() -> dict[str, Any]:
    """Those whose hour has come, since then; and those that are being sent, since they began."""
    due = Q(status=MailingStatus.DUE, due_at__lte=timezone.now())
    since = Case(When(status=MailingStatus.SENDING, then=F("started_at")), default=F("due_at"))
    waiting = Mailing.objects.filter(due | Q(status=MailingStatus.SENDING)).order_by()
    return waiting.aggregate(waiting=Count("pk"), since=Min(since))


def _seconds(since: datetime | None) -> float | None:
    return since and (timezone.now() - since).total_seconds()
