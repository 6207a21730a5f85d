"""A cache between readers and the site: keeps what it is told to share, and forgets what it is told to purge.

    with CDN(site_url) as cdn:
        requests.get(cdn.url + "/papers/one/")

It speaks PURGE as Varnish and nginx do. Scripted lines come first, so that it can refuse or hang; `port` and `copies` let
one that ended come back with what it had.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from time import monotonic

import requests

from tests.servers.base import Answer, Seen, Server

PASSED_BY = re.compile(r"\b(sessionid|digest_writer|messages)=")
SHARED = re.compile(r"\bs-maxage=(\d+)")
TAKEN_OVER = ("Cache-Control", "Content-Encoding", "ETag", "Location", "Vary")
FORWARDED = ("host", "accept-encoding", "cookie", "if-none-match")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Held:
    answer: Answer
    until: float


class CDN(Server):
    """`not_there` is what it says to a PURGE of what it does not hold: 200 as Varnish, 404 or 412 as nginx."""

    def __init__(self, origin: str, port: int = 0, copies: dict[Key, Held] | None = None, not_there: int = 200) -> None:
        super().__init__(port)
        self.origin, self.not_there = origin, not_there
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
        key = (seen.headers["host"], seen.target, seen.headers.get("accept-encoding", ""))
        held = self.copies.get(key)
        if seen.method != "GET" or PASSED_BY.search(seen.headers.get("cookie", "")):
            return self._ask(seen)
        if held and held.until > monotonic():
            return replace(held.answer, headers={**held.answer.headers, "X-Cache": "hit"})
        answer = self._ask(seen)
        shared = SHARED.search(answer.headers.get("Cache-Control", ""))
        if shared and answer.status in {200, 301}:
            self.copies[key] = Held(answer, monotonic() + int(shared[1]))
        return answer

    def _purge(self, seen: Seen) -> Answer:
        keys = [key for key in list(self.copies) if key[:2] == (seen.headers["host"], seen.target)]
        for key in keys:
            self.copies.pop(key, None)
        return Answer(status=200 if keys else self.not_there)

    def _ask(self, seen: Seen) -> Answer:
        headers = {name: seen.headers[name] for name in FORWARDED if name in seen.headers}
        with requests.request(
            seen.method, self.origin + seen.target, headers=headers, allow_redirects=False, timeout=60, stream=True
        ) as answer:
            body = answer.raw.read(decode_content=False)
        taken = {name: answer.headers[name] for name in TAKEN_OVER if name in answer.headers}
        return Answer(body, answer.status_code, taken, answer.headers.get("Content-Type", ""))
