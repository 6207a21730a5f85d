"""Reads a site as a stranger who follows every address that any answer names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.test import Client

HOSTS = ("http://testserver", "http://localhost")
# Addresses in HTML attributes, JSON strings and XML elements; those with a {name} are patterns of addresses.
_ADDRESS = re.compile(r"""["'>]((?:https?:/)?/[^"'<>{}\\\s]*)["'<]""")
PAGES = (
    "text/html",
    "text/plain",
    "application/json",
    "application/feed+json",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
)


def crawl(client: Client, starts: Iterable[str]) -> dict[str, str]:
    """The text of every answer by path. Fails where an address that the site itself names answers with an error."""
    waiting, found = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in found or not address.startswith("/") or address.startswith("/static/"):
            continue
        response = client.get(address)
        assert response.status_code < 400, (address, response.status_code)
        found[address] = response.content.decode() if response["Content-Type"].startswith(PAGES) else ""
        if not address.endswith("/openapi.json"):  # it names what can be asked, not addresses that can be followed
            waiting += addresses_in(found[address])
    return found


def addresses_in(text: str) -> list[str]:
    """Paths on this site that a text names; what lies elsewhere is left out."""
    named = [address.replace("&amp;", "&").split("#")[0] for address in _ADDRESS.findall(text)]
    for host in HOSTS:
        named = [address.removeprefix(host) for address in named]
    return [address for address in named if not address.startswith("//")]
