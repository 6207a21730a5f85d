"""What stands around all pages, remembered by each process for as long as nothing of it changes.

Sites, homes, folders and what is set for them are few, change seldom, and are needed for every page. Whoever keeps
pages tells with which stamp of all that a request begins (weekly.caching); what is asked for under it is asked once.
For requests of which nobody tells one it is asked each time: previews, readers with a session, commands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import get_site_for_hostname

from papers import showing

LONGEST = 24 * 3600  # seconds, as long as a page is kept
Value = TypeVar("Value")
Values = dict[Hashable, Any]

# Fields that a draft changes and no reader sees.
DRAFTS = {"draft_title", "latest_revision", "latest_revision_created_at", "has_unpublished_changes", "locked"}
DRAFTS |= {"locked_at", "locked_by", "owner"}
# Columns that change without a new stamp. Copies have none of them, and ask when somebody reads one.
_CHANGING = [Page._meta.get_field(name).attname for name in (*DRAFTS, "numchild")]
RESTRICTED = "restricted"  # whether anything is restricted at all, which no page shows
STAMPS = (showing.SITE, RESTRICTED)
_HOSTS = "hosts"

_at_hand: ContextVar[Values | None] = ContextVar("standing", default=None)


class _Newest:
    """The newest stamp that this process was told, and what it knows under it; what it knew before ends with the
    requests that still need it."""

    known: tuple[Any, Values] = (None, {})
    until = 0.0  # on the clock that only goes forward: a drop that a killed process never sent is not missed for ever


@contextmanager
def standing_since(stamp: Any) -> Iterator[None]:
    """Remember from here on. The stamp was read before anything is asked for; under None nothing is remembered."""
    token = _at_hand.set(None if stamp is None else _values_under(stamp))
    try:
        yield
    finally:
        _at_hand.reset(token)


def heed(stamp: Any) -> None:
    """Forget what this process knew under another stamp, where nothing is to be remembered under this one."""
    if stamp is not None:
        _values_under(stamp)


def _values_under(stamp: Any) -> Values:
    stood, values = _Newest.known
    if stood != stamp or time.monotonic() > _Newest.until:
        Site.clear_site_root_paths_cache()  # in the default cache, which may be each process's own
        _Newest.known = stamp, (values := {})
        _Newest.until = time.monotonic() + LONGEST
    return values


def remembered(key: Hashable, make: Callable[[], Value], keeps: Callable[[Value], bool] = lambda made: True) -> Value:
    """A value, made where this process does not know it. What is remembered are rows and lists of rows, of which each
    request gets copies of its own, and what nobody can change.

    Askers must not choose among endless keys: `keeps` tells whether a value is worth remembering.
    """
    values = _at_hand.get()
    if values is None:
        return make()
    if key not in values:
        made = make()
        if not keeps(made):
            return made
        values[key] = _whole(made)
    return _own(values[key])


def _whole(value: Any) -> Any:
    """With the language of a page, which copies bring along."""
    if isinstance(value, Page):
        value.locale  # noqa: B018 - reads it
    return value


def _own(value: Any) -> Any:
    if isinstance(value, list):
        return [_own(one) for one in value]
    return _own_row(value) if isinstance(value, Model) else value


def _own_row(row: Model) -> Model:
    """A copy of a row and of the rows that it refers to; a page counts as shown, as if it were read just now."""
    own, state = object.__new__(type(row)), ModelState()
    state.db, state.adding = row._state.db, False
    state.fields_cache = {name: _own(found) for name, found in row._state.fields_cache.items()}
    vars(own).update(vars(row), _state=state)
    if isinstance(own, Page):
        for column in _CHANGING:
            vars(own).pop(column, None)
        showing.shows(showing.page(own.pk))
    return own


def active_language() -> str:
    """The language that readers get here: that of the active locale, or the site's own."""
    return remembered(("language", get_language()), lambda: Locale.get_active().language_code)


class Standing:
    """A page mixin for homes: nothing in them that readers see changes without a new stamp."""

    @property
    def localized(self) -> Page:
        """Found once for each language, and not for each page that Wagtail looks for below."""
        other = remembered(("localized", self.pk, get_language()), self._translated)  # type: ignore[attr-defined]
        return other or self  # type: ignore[return-value]

    def _translated(self) -> Page | None:
        other = super().localized  # type: ignore[misc]
        return None if other is self else other


def learn_site(request: HttpRequest) -> None:
    """Remember the site of this host for the requests that follow."""
    if _at_hand.get() is not None:
        remembered(_site_key(request), lambda: _site_of(request))


def give_site(request: HttpRequest) -> None:
    """Let a request know its site, where this process does. That asks nothing."""
    values = _at_hand.get()
    if values and _HOSTS in values and not hasattr(request, "_wagtail_site"):
        key = _site_key(request)
        if key in values:
            request._wagtail_site = _own(values[key])  # type: ignore[attr-defined]


def _site_key(request: HttpRequest) -> tuple[str, str, str]:
    """The host's name and port as far as any site has them: all others lead to the same site."""
    names, ports = remembered(_HOSTS, _hosts)
    name, port = _host(request)
    return "site", name if name in names else "", port if port in ports else ""


def _hosts() -> tuple[frozenset[str], frozenset[str]]:
    sites = list(Site.objects.order_by().values_list("hostname", "port"))
    return frozenset(name for name, _port in sites), frozenset(str(port) for _name, port in sites)


def _host(request: HttpRequest) -> tuple[str, str]:
    """As Wagtail reads it, without asking whether the host is allowed."""
    return split_domain_port(request._get_raw_host())[0], request.get_port()  # type: ignore[attr-defined]


def _site_of(request: HttpRequest) -> Site | None:
    """As Wagtail finds it, but with the whole of its root page, where that is one of ours."""
    try:
        site = get_site_for_hostname(*_host(request))
    except Site.DoesNotExist:
        return None
    if issubclass(site.root_page.specific_class or Page, Standing):
        site.root_page = _whole(site.root_page.specific)
    return site
