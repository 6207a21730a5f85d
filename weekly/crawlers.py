"""What programs look for at the root of a site: robots.txt, llms.txt and favicon.ico."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, override
from wagtail.models import Site

from weekly.homes import public_homes
from weekly.lists import newest_weeks
from weekly.models import DigestIndexPage, WeekPage

ICON = Path(__file__).parent / "static" / "weekly" / "favicon.ico"
KEPT = 24 * 3600  # seconds
WEEKS = 10  # of each language in llms.txt
# Forms, and what is made for each question anew: nothing there for those who read all pages.
CLOSED = (
    "wagtailadmin_home",
    "weekly:comment",
    "weekly:report",
    "weekly:report-thanks",
    "weekly:search",
    "weekly:subscribe-asked",
)
_MARKUP = re.compile(r"([\\\[\]*_`<>#])")


def robots(request: HttpRequest) -> HttpResponse:
    """All may be read but forms, searches and the editors' side."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _closed()), ""]
    lines.append(f"Sitemap: {_root(request)}{reverse('weekly_root:sitemap')}")
    return _text("\n".join([*lines, ""]))


def _closed() -> list[str]:
    """The addresses in all languages of the site, each once."""
    found: dict[str, None] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= dict.fromkeys(path for name in CLOSED if (path := _path(name)))
    return list(found)


def _path(name: str) -> str:
    """An address of ours or of Wagtail's; empty where the host has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def llms(request: HttpRequest) -> HttpResponse:
    """What the site is and where to read it, for programs that answer questions. https://llmstxt.org/"""
    homes = list(_homes())
    context = {"homes": [_told(home, request) for home in homes], "root": _root(request)}
    return _text(render_to_string("weekly/llms.txt", context))


def _homes() -> Iterator[DigestIndexPage]:
    """The public homes, that of the site's own language first."""
    yield from sorted(public_homes(), key=lambda home: home.locale.language_code != settings.LANGUAGE_CODE)


def _told(home: DigestIndexPage, request: HttpRequest) -> dict[str, object]:
    weeks = newest_weeks(home, WEEKS)
    with override(home.locale.language_code):
        names = {"tags": gettext("Tags"), "corrections": gettext("Corrections")}
        feeds = {"weeks": gettext("Weeks"), "papers": gettext("Papers"), "corrections": gettext("Corrections")}
        return {
            "title": in_markdown(home.title),
            "url": home.get_full_url(request),
            "language": home.locale.language_code,
            "introduction": in_markdown(home.introduction),
            "weeks": [_week(week, request) for week in weeks],
            "sections": [(label, reverse(f"weekly:{name}")) for name, label in names.items()],
            "feeds": [(label, reverse(f"weekly:{name}-json")) for name, label in feeds.items()],
            "api": reverse("weekly:api-v1:openapi-json"),
        }


def _week(week: WeekPage, request: HttpRequest) -> dict[str, str]:
    return {
        "title": in_markdown(week.title),
        "url": week.get_full_url(request) or "",
        "theme": in_markdown(week.theme),
    }


def in_markdown(text: str) -> str:
    """A text as one line, with no sign that Markdown would take for its own."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask for it without having read a page; browsers are told of the SVG."""
    return _kept(HttpResponse(ICON.read_bytes(), content_type="image/x-icon"))


def _root(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return site.root_url if site else request.build_absolute_uri("/").rstrip("/")


def _text(text: str) -> HttpResponse:
    return _kept(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
