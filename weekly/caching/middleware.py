"""Answers readers with what is kept for all of them, and keeps what views marked as public.

Put it behind what answers without Django's views (security, static files) and before everything that reads sessions,
languages and users: an answer that is kept needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import blake2b

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import cc_delim_re, get_conditional_response, patch_cache_control
from django.utils.translation import get_language_from_path, get_language_from_request

from papers import conf
from papers.showing import noting
from papers.standing import give_site, heed, standing_since
from weekly.caching.cdn import ASK_EACH_TIME, as_asked, seconds, shared
from weekly.caching.entries import Body, Entry, passing_on
from weekly.caching.parts import Parts
from weekly.caching.release import release
from weekly.caching.shelf import Shelf, get_shelf
from weekly.hearing.speaker import COOKIE as WRITER_COOKIE

LONGEST_QUERY = 200  # characters; longer ones are not asked twice
NOT_KEPT = 10_000  # addresses that one process remembers as those of no public answer
KEPT_STATUS = frozenset({200, 301})
# Languages are told by the address or noted in the key, and who has a session is not answered from here.
SETTLED = {"cookie", "accept-language", "accept-encoding"}
_PRIVATE = {"private", "no-store", "no-cache"}
MESSAGES_COOKIE = "messages"


class PageCache:
    """Kept answers for those who all get the same; the rest goes on as if this were not here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.shelf: Shelf | None = None if settings.DEBUG else get_shelf()
        self.cookies = personal_cookies()
        self.not_kept: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_anybody(request):
            _heed_changes()
            return _for_one(self.get_response(request))
        key = self._key(request)
        if self.shelf is None or key is None:
            _heed_changes()
            return self._made(request)[0]
        entry = self.shelf.find(key)
        return entry.answer(request) if entry else self._first(request, key, self.shelf)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        give_site(request)

    def _is_anybody(self, request: HttpRequest) -> bool:
        """Whether this asker gets what everybody gets."""
        return (
            request.method in {"GET", "HEAD"}
            and "HTTP_AUTHORIZATION" not in request.META
            and not getattr(request, "is_dummy", False)  # how Wagtail asks for previews
            and ("HTTP_COOKIE" not in request.META or self.cookies.isdisjoint(request.COOKIES))
        )

    def _key(self, request: HttpRequest) -> str | None:
        """What an answer depends on: release, host, address, and the language where the address does not tell it."""
        query = request.META.get("QUERY_STRING", "")
        try:
            request.get_host()
        except DisallowedHost:
            return None
        if len(query) > LONGEST_QUERY:
            return None
        parts = (release(), *_made_for(request), request.path_info, query)
        told = blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=16)
        return f"page.{told.hexdigest()}"

    def _first(self, request: HttpRequest, key: str, shelf: Shelf) -> HttpResponseBase:
        """One renders, and the others wait for it; nobody waits where nothing was kept before."""
        if key in self.not_kept:
            return self._rendered(request, key, shelf)
        if not shelf.claim(key):
            entry = shelf.wait(key)
            return entry.answer(request) if entry else self._rendered(request, key, shelf)
        try:
            entry = shelf.find(key)  # another one may just have finished
            return entry.answer(request) if entry else self._rendered(request, key, shelf)
        finally:
            shelf.release(key)

    def _rendered(self, request: HttpRequest, key: str, shelf: Shelf) -> HttpResponseBase:
        begun = shelf.begin()
        parts = Parts(shelf, begun, *_made_for(request))
        if not request.META.get("QUERY_STRING"):  # a part's key knows of none
            request.parts = parts  # type: ignore[attr-defined]
        with noting() as noted, standing_since(shelf.standing(begun)):
            response, entry = self._made(request)
        if entry is not None and request.method == "GET":
            self.not_kept.discard(key)
            parts.keep()
            if begun is not None:
                entry = shared(request, entry, noted.names)
            if shelf.keep(key, entry, noted.names, begun, parts.until):
                told = as_asked(request, entry.keywords["headers"])["Cache-Control"]
                response.headers["Cache-Control"] = told
        elif entry is None:
            if len(self.not_kept) >= NOT_KEPT:
                self.not_kept.clear()
            self.not_kept.add(key)
        return response

    def _made(self, request: HttpRequest) -> tuple[HttpResponseBase, partial[Entry] | None]:
        """The view's answer as the asker gets it; and the entry, but for its stamps, if it can be kept."""
        asked = request.META.pop("HTTP_IF_NONE_MATCH", None)  # a view that answers 304 would leave nothing to keep
        response = self.get_response(request)
        if asked is not None:
            request.META["HTTP_IF_NONE_MATCH"] = asked
        if not is_public(request, response):
            return _for_one(_conditional(request, response)), None
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = ASK_EACH_TIME
        headers, vary = passing_on(response), _varied(request)
        body, status = Body.of(response.content), response.status_code
        entry = partial(Entry, status=status, headers=headers, vary=vary, body=body)
        return body.answer(request, status, headers, vary), entry if _is_known(request, response) else None


def _heed_changes() -> None:
    """What is not kept is made of what Wagtail remembers in this process, which another one may have changed."""
    if shelf := get_shelf():
        heed(shelf.standing(shelf.begin()))


def personal_cookies() -> frozenset[str]:
    """The cookies with which a page may say something else."""
    return frozenset({settings.SESSION_COOKIE_NAME, MESSAGES_COOKIE, WRITER_COOKIE, *conf.get("CACHE_COOKIES")})


def is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is marked as everybody's, and nothing in it says otherwise.

    A form's token shows itself by the cookie that comes with it.
    """
    return (
        hasattr(response, "public_query")
        and not response.streaming
        and response.status_code in KEPT_STATUS
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "for_one_reader", False)
        and not response.has_header("Content-Encoding")
        and _PRIVATE.isdisjoint(_words(response, "Cache-Control"))
        and _words(response, "Vary") <= SETTLED
    )


def _words(response: HttpResponseBase, header: str) -> set[str]:
    told = response.headers.get(header, "").lower()
    return {word.partition("=")[0] for word in cc_delim_re.split(told) if word}


def _is_known(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the view knows all that the query names."""
    return set(request.GET) <= response.public_query  # type: ignore[attr-defined]


def _for_one(response: HttpResponseBase) -> HttpResponseBase:
    """What one asker alone gets is kept by no cache on the way; CDNs have times of their own for what says nothing."""
    if (hasattr(response, "public_query") or seconds()) and not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response


def _made_for(request: HttpRequest) -> tuple[str, ...]:
    """What of a request answers depend on beside its path and query. A proxy tells below which prefix it asks."""
    return request.scheme or "", request.get_host(), request.META.get("SCRIPT_NAME", ""), *_languages(request)


def _languages(request: HttpRequest) -> tuple[str, ...]:
    """The language that was negotiated, on a site whose addresses do not tell it."""
    return (get_language_from_request(request),) if _varied(request) else ()


def _varied(request: HttpRequest) -> tuple[str, ...]:
    """Nothing where LocaleMiddleware takes the language from the address: from its prefix, or from there being none,
    where that stands for the site's own language."""
    are_told, has_each_a_prefix = is_language_prefix_patterns_used(getattr(request, "urlconf", settings.ROOT_URLCONF))
    if are_told and not (has_each_a_prefix and get_language_from_path(request.path_info) is None):
        return ()
    return "Accept-Language", "Cookie"


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What the view would have answered itself, had it been told of the asker's copy."""
    etag = response.headers.get("ETag")
    if etag and "HTTP_IF_NONE_MATCH" in request.META and response.status_code == 200:
        return get_conditional_response(request, etag=etag, response=response)
    return response
