"""The links by which somebody confirms, changes or ends mail: signed, without the address, each for one purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from weekly.homes import public_home
from weekly.models import Subscriber

CONFIRM_SALT = "weekly.subscriptions.confirm"
MANAGE_SALT = "weekly.subscriptions.manage"
LONGEST = 200  # characters; ours have about sixty
CONFIRM_WITHIN = timedelta(days=7)


def digest_name(language: str) -> str:
    home = public_home(language)
    return home.title if home else settings.WAGTAIL_SITE_NAME


def site_root(language: str) -> str:
    """Scheme and host under which the digest of a language is read, without a slash at the end. Up to four queries."""
    home = public_home(language)
    site = home.get_site() if home else None
    return (site.root_url if site else settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def confirm_link(subscriber: Subscriber, root: str) -> str:
    """Leads to a button that confirms; good for seven days."""
    return root + _path("subscribe-confirm", subscriber, CONFIRM_SALT)


def change_link(subscriber: Subscriber, root: str) -> str:
    """Leads to the page where a reader changes how often mail comes, or ends it. `root` is a `site_root`."""
    return root + _path("subscription", subscriber, MANAGE_SALT)


def unsubscribe_link(subscriber: Subscriber, root: str) -> str:
    """Ends all mail of this subscription where it is posted to; opened, it shows a button."""
    return root + _path("subscription-end", subscriber, MANAGE_SALT)


def unsubscribe_headers(url: str) -> Mapping[str, str]:
    """One click in the reader's mail program: RFC 2369 and RFC 8058."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _path(name: str, subscriber: Subscriber, salt: str) -> str:
    with override(subscriber.language):
        return reverse(f"weekly:{name}", args=[signing.dumps(subscriber.pk, salt=salt)])


def to_confirm(token: str) -> Subscriber | None:
    """Who a link to confirm was sent to; None where it is forged, too old, its row is gone, or the mail was ended
    since: an old letter that somebody opens again brings none back."""
    reader = _subscriber(token, CONFIRM_SALT, CONFIRM_WITHIN)
    ended = reader and reader.ended_at
    return None if ended and (reader.asked_at is None or ended > reader.asked_at) else reader


def to_manage(token: str) -> Subscriber | None:
    """Whose mail a link changes or ends; None where it is forged or its row is gone."""
    return _subscriber(token, MANAGE_SALT, None)


def _subscriber(token: str, salt: str, max_age: timedelta | None) -> Subscriber | None:
    if len(token) > LONGEST:
        return None
    try:
        key = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(pk=key).first()
