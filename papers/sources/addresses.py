"""Web addresses: which of them we ask at all, and where a redirect leads."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from papers.errors import BlockedAddress


def require_web_address(url: str) -> None:
    """Raises BlockedAddress for all but http and https addresses with a host."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BlockedAddress(url=url)


def host_of(url: str) -> str:
    return urlsplit(url).hostname or url


def redirect_target(url: str, location: str) -> str:
    """Where a redirect leads. Header values arrive as Latin-1 and are UTF-8 where they go beyond ASCII."""
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise BlockedAddress(url=location) from error
