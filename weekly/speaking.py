"""Readers' forms: comments and reports of errors. Pages of their own, so that no page of the digest holds a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from papers.places import QA_PARTS, place_label, read_place
from papers.serving import base_template
from weekly.hearing.base import VoiceForm
from weekly.hearing.forms import CommentForm, ReportForm
from weekly.hearing.opening import SpokenPage, comments_are_open, is_public, page_for, reports_are_open
from weekly.hearing.speaker import remember, speaker_of
from weekly.models import Comment, CommentState

REFUSED, TOO_MANY = 422, 429
_KEY = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """A passage that a report can be about. No `text`: the page as a whole. No `language`: that of the page."""

    place: str
    label: str
    text: str
    language: str
    chosen: bool


# The cookie of a writer gives one thing: who was approved before need not wait. SameSite=Lax keeps it out of what other
# sites let a browser send, where Django's check would help. A form's own signed token says that somebody has opened it,
# though not who. Django's check would refuse browsers without cookies, and lose what they had typed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest) -> HttpResponse:
    """The form of a comment, or with `reply` of an answer to one. After it the page, where the writer sees it."""
    page = _page_for(request, "comment")
    with override(page.locale.language_code):
        parent = _parent(request, page)
        form = CommentForm(_posted(request), page=page, speaker=speaker_of(request), parent=parent)
        if form.is_valid():
            said, address = form.save(), page.get_url(request)
            response = redirect(f"{address}{said.link}") if address else _arrived(request, page, said)
            return _remembered(request, response, form)
        closed = "" if comments_are_open(page) else _("Comments on this page are closed.")
        asked = {"page": page.pk, **({"reply": parent.pk} if parent else {})}
        context = {"parent": parent, "closed": closed, "action": f"{reverse('weekly:comment')}?{urlencode(asked)}"}
        return _form_page(request, "weekly/comment_form.html", form, context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form of a report. `place`, `revision` and `quote` say what is being read; all can be left out."""
    page = _page_for(request, "report")
    with override(page.locale.language_code):
        initial = {name: request.GET.get(name, "") for name in ("place", "revision", "quote")}
        form = ReportForm(_posted(request), page=page, speaker=speaker_of(request), initial=initial)
        if form.is_valid():
            form.save()
            return _remembered(request, redirect(f"{reverse('weekly:report-thanks')}?page={page.pk}"), form)
        closed = "" if reports_are_open(page) else _("No reports are taken at the moment.")
        context = {"closed": closed, "action": f"{reverse('weekly:report')}?page={page.pk}"}
        places = _places(page, form) if is_public(page) else {}  # a page that is public no more tells nothing of itself
        return _form_page(request, "weekly/report_form.html", form, {**context, **places})


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    page = _page_for(request, "report")
    with override(page.locale.language_code):
        return _page(request, "weekly/report_thanks.html", page, {})


def _page_for(request: HttpRequest, kind: str) -> SpokenPage:
    key = request.GET.get("page", "")
    page = page_for(kind, int(key), request.POST.get("token", "")) if _KEY.fullmatch(key) else None
    if page is None:
        raise Http404("There is no such page to speak on.")
    return page


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _parent(request: HttpRequest, page: SpokenPage) -> Comment | None:
    """The comment that is answered. One that went away meanwhile is refused by the form, with what was typed."""
    key = request.GET.get("reply", "")
    if not key:
        return None
    found = Comment.objects.filter(pk=key, page=page.pk).first() if _KEY.fullmatch(key) else None
    if found is None or (request.method != "POST" and found.state != CommentState.APPROVED):
        raise Http404("There is no such comment to answer.")
    return found


def _arrived(request: HttpRequest, page: SpokenPage, said: Comment) -> HttpResponse:
    """What was said, alone, where its page belongs to no site and so has no address to lead to."""
    return _page(request, "weekly/comment_arrived.html", page, {"comment": said})


def _remembered(request: HttpRequest, response: HttpResponse, form: VoiceForm) -> HttpResponse:
    """Another site that lets a browser post brings no cookie along, and shall not put a new key in its place."""
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        remember(response, form.writer)
    return response


def _places(page: SpokenPage, form: ReportForm) -> dict[str, Any]:
    """The passages to choose from: the parts of one question, or all fields of the page and the page as a whole."""
    place = str(form["place"].value() or "")
    standing = list(_standing(page, place))
    if gone := place not in {"", *(other for other, _text in standing)}:
        place, standing = "", list(_standing(page, ""))
    choices = [_choice(page, other, text, chosen=other == place) for other, text in standing]
    if not place.startswith("qa."):
        choices.append(Choice("", _("Something else on this page"), "", "", place == ""))
    return {"choices": choices, "gone": gone}


def _standing(page: SpokenPage, place: str) -> Iterator[tuple[str, str]]:
    """The places beside a place, itself among them, and their texts; those without text are left out."""
    block = place.rpartition(".")[0]
    names = [f"{block}.{part}" for part in QA_PARTS] if block else page.readable
    for name in names:
        if text := read_place(page, name):
            yield name, text


def _choice(page: SpokenPage, place: str, text: str, *, chosen: bool) -> Choice:
    language = page.source_language if place.endswith(".answer_original") else ""
    return Choice(place, place_label(page, place), text, language, chosen)


def _form_page(request: HttpRequest, template: str, form: VoiceForm, context: dict[str, Any]) -> HttpResponse:
    status = (TOO_MANY if form.full else REFUSED) if form.errors else 200
    return _page(request, template, form.page, {**context, "form": form}, status)


def _page(
    request: HttpRequest, template: str, page: SpokenPage, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Rendered in the language at hand. What a reader typed and a form's token are for nobody else."""
    url = (page.get_url(request) if is_public(page) else "") or ""
    full = {**context, "page": page, "page_url": url, "base_template": base_template()}
    response = render(request, template, full, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
