"""The head of a page: canonical address, description, picture, translations, feeds, and its data as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from papers import showing
from papers.models import PaperPage, PaperTag
from papers.plain_maths import plain
from papers.visibility import visible
from weekly.describing import linked_data
from weekly.describing.linked_data import Crumb, Node
from weekly.models import DigestIndexPage, WeekPage
from weekly.reversing import path_of
from weekly.sections import has_one_language
from weekly.sharing.addresses import picture_path

DESCRIPTION = 200  # characters; search engines show fewer
_LOCALES = {"en": "en_US", "ja": "ja_JP", "ko": "ko_KR"}


@dataclass(frozen=True)
class Head:
    """`alternates` are (language, address) pairs, `feed` is the name of a feed's addresses and its arguments."""

    title: str
    url: str
    name: str = ""
    kind: str = "website"
    description: str = ""
    picture: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    feed: tuple[str, ...] = ()
    data: tuple[Node, ...] = ()


def describe_page(page: Page, request: HttpRequest, context: Mapping[str, Any]) -> Head | None:
    """A live page, with what its template is given; None where the host routes no such page. One query."""
    url = page.get_full_url(request)
    if not url:
        return None
    crumbs = _crumbs(page, request)
    head = Head(
        title=page.seo_title or _shown_title(page),
        url=url,
        name=crumbs[0].name,
        description=_short(page.search_description or _text(page)),
        alternates=_translations(page, request),
        data=(linked_data.breadcrumbs(crumbs),) if len(crumbs) > 1 else (),
    )
    return _with_its_kind(head, page, request, context)


def _with_its_kind(head: Head, page: Page, request: HttpRequest, context: Mapping[str, Any]) -> Head:
    if isinstance(page, DigestIndexPage):
        return replace(head, data=(linked_data.site(head.title, head.url, head.description, page),))
    if not isinstance(page, WeekPage | PaperPage):
        return head
    path = picture_path(page, head.name)
    head = replace(
        head,
        kind="article",
        picture=urljoin(head.url, path) if path else "",
        published=page.first_published_at,
        modified=page.last_published_at,
    )
    said = linked_data.week if isinstance(page, WeekPage) else linked_data.paper
    return replace(head, data=(*head.data, *said(page, head, request, context)))


def describe_section(title: str, home: Page | None, request: HttpRequest, feed: str = "") -> Head:
    """A page of ours that is no Wagtail page, such as the list of tags; `home` is the digest's in its language."""
    site = home.get_full_url(request) if home else None
    url = _own_address(request, site)
    crumbs = [*_home_crumb(home, site), Crumb(title, url)]
    data = (linked_data.breadcrumbs(crumbs),) if len(crumbs) > 1 else ()
    return Head(title=title, url=url, name=home.title if home else "", feed=(feed,) if feed else (), data=data)


def describe_tag(tag: PaperTag, tags: str, text: str, home: Page | None, request: HttpRequest) -> Head:
    """The page of a tag; `tags` is what the list of all tags is called, `text` what editors say of it."""
    site = home.get_full_url(request) if home else None
    url = _own_address(request, site)
    above = Crumb(tags, urljoin(url, path_of("weekly:tags")))
    crumbs = [*_home_crumb(home, site), above, Crumb(tag.name, url)]
    return Head(
        title=tag.name,
        url=url,
        name=home.title if home else "",
        description=_short(text),
        feed=("tag", tag.slug),
        data=(linked_data.breadcrumbs(crumbs),),
    )


def _own_address(request: HttpRequest, site: str | None) -> str:
    """The address under the site's own name, whatever name was asked, and in the language that is shown: that of an
    address without a digest is not. A list's later pages are pages of their own."""
    path, match = request.path, request.resolver_match
    if match and get_language_from_path(request.path_info) not in {None, get_language()}:
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    if request.GET.get("after", "") and len(request.GET) == 1:
        path = f"{path}?{request.GET.urlencode()}"
    return urljoin(site or request.build_absolute_uri("/"), path)


def _home_crumb(home: Page | None, url: str | None) -> list[Crumb]:
    return [Crumb(home.title, url)] if home and url else []


def _crumbs(page: Page, request: HttpRequest) -> list[Crumb]:
    """From the digest's home to the page. Serving has read the pages above already."""
    way = [page]
    while not isinstance(way[0], DigestIndexPage) and way[0].depth > 2:
        way.insert(0, way[0].get_parent().specific_deferred)
    if not isinstance(way[0], DigestIndexPage):
        way = [page]
    return [Crumb(_shown_title(one), one.get_full_url(request) or "") for one in way]


def _translations(page: Page, request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The public translations by language, the page's own among them, and that in the site's own language for readers
    of all others; nothing where there is only one."""
    showing.shows(showing.translations(page.translation_key))
    if has_one_language(request):
        return ()
    same = Page.objects.filter(translation_key=page.translation_key)
    pages = list(visible(same).select_related("locale").order_by("locale__language_code"))
    told = ((one.locale.language_code, one.get_full_url(request) or "") for one in pages)
    found = tuple((code, url) for code, url in told if url) if len(pages) > 1 else ()
    own = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return (*found, *(("x-default", url) for code, url in found if code == own))


def _shown_title(page: Page) -> str:
    return plain(getattr(page, "title_translated", "") or page.title)


def _text(page: Page) -> str:
    """What a page says of itself in a few words; for a home without an introduction what stands there instead."""
    if isinstance(page, DigestIndexPage) and not page.introduction:
        return str(page.default_lead)
    return plain(next((text for name in ("summary", "theme", "introduction") if (text := getattr(page, name, ""))), ""))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= DESCRIPTION else words[: DESCRIPTION - 1].rstrip() + "…"


def og_locale(language: str) -> str:
    """A language with its country, as Open Graph wants it; nothing where the country is not known."""
    return _LOCALES.get(language, "")


def feed_links(names: Iterable[str], current_app: str | None = None) -> list[tuple[str, str]]:
    """Media type and path of a feed's three formats. The first name is the feed's, the others its arguments."""
    name, *arguments = names
    types = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
    return [
        (kind, path_of(f"weekly:{name}-{suffix}", *arguments, current_app=current_app))
        for suffix, kind in types.items()
    ]
