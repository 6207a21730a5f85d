"""Who speaks: the address that a request comes from, and the key by which a browser is known again."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from papers import conf

COOKIE = "digest_writer"
YEAR = 365 * 24 * 3600  # seconds
_SALT = "weekly.hearing.writer"
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """`address` is empty where it cannot be told, `writer` for somebody who has not posted before."""

    address: str
    writer: str = ""


def speaker_of(request: HttpRequest) -> Speaker:
    cookie = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=YEAR)
    return Speaker(_address_of(request), _key(cookie))


def _address_of(request: HttpRequest) -> str:
    """With n proxies of one's own, the n-th entry from the right; what stands left of it anybody can claim."""
    proxies = conf.get("PROXIES")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return _checked(told) or _checked(request.META.get("REMOTE_ADDR", ""))


def _checked(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def new_writer() -> str:
    return secrets.token_hex(16)


def remember(response: HttpResponse, writer: str) -> None:
    """Set the cookie by which this browser is known again. Only for somebody who has posted."""
    response.set_signed_cookie(
        COOKIE,
        writer,
        salt=_SALT,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def signed_writer(writer: str) -> str:
    """The key as programs hold it, who have no cookie."""
    return signing.Signer(salt=_SALT).sign(writer)


def read_writer(text: str) -> str:
    """The key in a signed text; empty for a forged one."""
    try:
        return _key(signing.Signer(salt=_SALT).unsign(text))
    except (signing.BadSignature, UnicodeError):
        return ""


def _key(text: str) -> str:
    return text if _KEY.fullmatch(text) else ""
