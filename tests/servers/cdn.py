"""A cache between readers and the site: keeps what it is told to share, and forgets what it is told to purge.

    with CDN(site_url) as cdn:
        requests.get(cdn.url + "/papers/one/")

It speaks PURGE as Varnish does, or with `is_nginx` as nginx. What says nothing of caches is kept for a time of its own, as
many do. Scripted lines come first, so that it can refuse or hang; `port` and `copies` let one that ended come back with
what it had.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from time import monotonic

import requests

from tests.servers.base import Answer, Seen, Server

PASSED_BY = re.compile(r"\b(sessionid|digest_writer|messages)=")
SHARED = re.compile(r"\bs-maxage=(\d+)")
OWN_TIME = 600  # seconds for answers without Cache-Control
KEPT_STATUS = {200, 301, 404}
TAKEN_OVER = ("Cache-Control", "Content-Encoding", "ETag", "Location", "Vary")
FORWARDED = ("host", "accept-encoding", "cookie", "if-none-match")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Held:
    answer: Answer
    until: float


class CDN(Server):
    """`not_there` is what it says to a PURGE of what it does not hold: 200 as Varnish, 404 or 412 as nginx, which keeps
    a file for each `Accept-Encoding` and purges that of the PURGE alone (`is_nginx`), unless it `asks_plain`."""

    def __init__(
        self,
        origin: str,
        port: int = 0,
        copies: dict[Key, Held] | None = None,
        not_there: int = 200,
        is_nginx: bool = False,
        asks_plain: bool = False,
    ) -> None:
        super().__init__(port)
        self.origin, self.not_there, self.is_nginx, self.asks_plain = origin, not_there, is_nginx, asks_plain
        self.copies: dict[Key, Held] = {} if copies is None else copies

    @property
    def held(self) -> set[str]:
        """The addresses, without the host, of which there is a copy."""
        return {target for _host, target, _packing in self.copies}

    @property
    def purged(self) -> list[str]:
        return [seen.target for seen in self.seen if seen.method == "PURGE"]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def answer(self, seen: Seen) -> Answer:
        if seen.method == "PURGE":
            return self._purge(seen)
        key = self._key(seen)
        held = self.copies.get(key)
        if seen.method != "GET" or PASSED_BY.search(seen.headers.get("cookie", "")):
            return self._ask(seen)
        if held and held.until > monotonic():
            return replace(held.answer, headers={**held.answer.headers, "X-Cache": "hit"})
        answer = self._ask(seen)
        shared = SHARED.search(answer.headers.get("Cache-Control", f"s-maxage={OWN_TIME}"))
        if shared and answer.status in KEPT_STATUS:
            self.copies[key] = Held(answer, monotonic() + int(shared[1]))
        return answer

    def _key(self, seen: Seen) -> Key:
        packing = "" if self.asks_plain else seen.headers.get("accept-encoding", "")
        return seen.headers["host"], seen.target, packing

    def _purge(self, seen: Seen) -> Answer:
        asked = self._key(seen)
        keys = [key for key in list(self.copies) if key[:2] == asked[:2] and (key == asked or not self.is_nginx)]
        for key in keys:
            self.copies.pop(key, None)
        return Answer(status=200 if keys else self.not_there)

    def _ask(self, seen: Seen) -> Answer:
        headers = {name: seen.headers[name] for name in FORWARDED if name in seen.headers}
        if self.asks_plain:
            headers["accept-encoding"] = "identity"
        with requests.request(
            seen.method, self.origin + seen.target, headers=headers, allow_redirects=False, timeout=60, stream=True
        ) as answer:
            body = answer.raw.read(decode_content=False)
        taken = {name: answer.headers[name] for name in TAKEN_OVER if name in answer.headers}
        return Answer(body, answer.status_code, taken, answer.headers.get("Content-Type", ""))
