"""The end of letters about a thread: one click in a mail program, or a link and a button."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale

from papers.serving import base_template
from weekly.letters import comment_of, unsubscribe

GONE = 404


@csrf_exempt  # RFC 8058: the mail program posts without cookies; the signature in the address is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_view(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, since mail scanners open every link."""
    comment = comment_of(token)
    if comment is None:
        return _page(request, {"state": "unknown"}, Locale.get_active().language_code, GONE)
    if request.method == "POST":
        unsubscribe(comment)
    state = "done" if request.method == "POST" else "asked"
    return _page(request, {"state": state, "about": comment.page.specific}, comment.page.locale.language_code)


def _page(request: HttpRequest, context: dict[str, Any], language: str, status: int = 200) -> HttpResponse:
    with override(language):
        full = {**context, "base_template": base_template()}
        return render(request, "weekly/unsubscribe.html", full, status=status)
