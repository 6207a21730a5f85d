"""The reference site with addresses at which something goes wrong, in every language."""

from __future__ import annotations

from typing import NoReturn

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.urls import path
from django.views.csrf import csrf_failure

from digestsite.urls import urlpatterns as site_patterns


def raise_fault(request: HttpRequest) -> NoReturn:
    raise RuntimeError("a fault of ours")


def refuse(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def suspect(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation("a header that nobody sends")


urlpatterns = i18n_patterns(
    path("fault/", raise_fault),
    path("forbidden/", refuse),
    path("bad-request/", suspect),
    path("no-token/", csrf_failure),
    prefix_default_language=False,
)
urlpatterns += site_patterns
