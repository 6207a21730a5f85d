"""Answers with the picture of a public week or paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import override
from wagtail.models import Page

from weekly.addresses import language_of
from weekly.homes import public_home
from weekly.lists import find_paper
from weekly.models import WeekPage
from weekly.sharing.addresses import card_of, face_for
from weekly.sharing.drawing import draw

FRESH = 24 * 3600  # seconds; its address changes with what it shows


def share(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The picture of a week or a paper, in the language of the address; 404 for what no stranger may see."""
    language = language_of(request)
    page = find_paper(slug, language) if kind == "papers" else _week(slug, language)
    home, face = public_home(language), face_for(language)
    if page is None or home is None or face is None:
        raise Http404(f"There is no picture of {slug}.")
    with override(language):
        card = card_of(page, home.title)
    etag = f'"{card.version}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(draw(card, face), content_type="image/png")
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH)
    return response


def _week(slug: str, language: str) -> WeekPage | None:
    """A public week by its slug, ids first: in one query, SQLite would walk through all pages of the language."""
    ids = list(Page.objects.filter(slug=slug).values_list("pk", flat=True))
    weeks = WeekPage.objects.newest().filter(pk__in=ids, locale__language_code=language)
    return weeks.select_related("locale").first()
