"""Whether the site works, for monitors."""

from __future__ import annotations

import logging

from django.db import Error
from django.db.models import Count, Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from papers.models import DraftRun, Status

logger = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, else 503; how many draft runs wait, and the oldest one's age in seconds."""
    try:
        queue = DraftRun.objects.filter(status=Status.QUEUED).aggregate(waiting=Count("pk"), oldest=Min("created_at"))
    except Error:
        logger.exception("The database does not answer")
        return JsonResponse({"status": "unavailable"}, status=503)
    oldest = queue["oldest"] and (timezone.now() - queue["oldest"]).total_seconds()
    return JsonResponse({"status": "ok", "runs_waiting": queue["waiting"], "oldest_waiting_seconds": oldest})
