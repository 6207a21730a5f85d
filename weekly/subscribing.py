"""Readers' side of the mail: asking for it, confirming, changing how often it comes, ending it.

Whoever has a link may do what it is for: it is signed, and stands in a letter to that reader alone. So there is no
session and no CSRF token, which mail programs and browsers without cookies would not bring. A GET changes nothing,
since mail scanners open every link.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from papers.errors import BadLanguage
from papers.serving import base_template
from weekly.addresses import language_of
from weekly.hearing.speaker import speaker_of
from weekly.homes import public_home
from weekly.mailings import readers
from weekly.mailings.forms import FrequencyForm, SubscribeForm
from weekly.models import Subscriber
from weekly.subscriptions import digest_name, to_confirm, to_manage

REFUSED, TOO_MANY, UNKNOWN = 422, 429, 404


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; whoever sends it gets the same answer, whether the address is known or not."""
    language = _language(request)
    with override(language):
        posted = request.POST if request.method == "POST" else None
        form = SubscribeForm(posted, language=language, speaker=speaker_of(request))
        if form.is_valid():
            form.save()
            return redirect("weekly:subscribe-asked")
        status = (TOO_MANY if form.full else REFUSED) if form.errors else 200
        return _page(request, "subscribe", language, {"form": form, "name": digest_name(language)}, status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return _page(request, "subscribe_asked", _language(request), {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter: a button, and behind it what was asked for."""
    reader = to_confirm(token)
    if reader is None:
        return _unknown(request, "subscribe_confirm")
    if request.method == "POST":
        readers.confirm(reader)
    return _about(request, "subscribe_confirm", reader, {"is_done": request.method == "POST" or reader.is_active})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """How often mail comes, to be changed, and a button that ends it."""
    reader = to_manage(token)
    if reader is None:
        return _unknown(request, "subscription")
    form = FrequencyForm(request.POST if request.method == "POST" else None, initial={"frequency": reader.frequency})
    if changed := form.is_valid():
        readers.change(reader, form.cleaned_data["frequency"])
        reader.refresh_from_db()
    status = REFUSED if form.errors else 200
    return _about(request, "subscription", reader, {"form": form, "token": token, "is_done": changed}, status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mail program posts here, and there is no more mail from this moment."""
    reader = to_manage(token)
    if reader is None:
        return _unknown(request, "subscription_end")
    if request.method == "POST":
        readers.end(reader)
        reader.refresh_from_db()
    return _about(request, "subscription_end", reader, {"token": token})


def _language(request: HttpRequest) -> str:
    """Of the address; 404 where nothing is published in it that could come by mail."""
    try:
        language = language_of(request)
    except BadLanguage as error:
        raise Http404("There is no such language.") from error
    if public_home(language) is None:
        raise Http404("There is no digest in this language.")
    return language


def _about(
    request: HttpRequest, template: str, reader: Subscriber, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    with override(reader.language):
        known = {"reader": reader, "name": digest_name(reader.language), "subscribe_url": reverse("weekly:subscribe")}
        return _page(request, template, reader.language, {**known, **context}, status)


def _unknown(request: HttpRequest, template: str) -> HttpResponse:
    language = _language(request)
    with override(language):
        context = {"reader": None, "subscribe_url": reverse("weekly:subscribe")}
        return _page(request, template, language, context, UNKNOWN)


def _page(
    request: HttpRequest, template: str, language: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """For nobody else: what a reader typed, a form's token, what a link lets its reader do."""
    with override(language):
        full = {**context, "base_template": base_template()}
        response = render(request, f"weekly/{template}.html", full, status=status)
    response["Content-Language"] = language
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, no_store=True)
    return response
