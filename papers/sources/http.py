"""A polite and careful HTTP client: bounded in size and time, shut to private addresses, patient with busy servers.

Proxies, netrc and certificate bundles of the environment are not used (see GuardedAdapter).
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
import urllib3
from requests.exceptions import InvalidURL
from urllib3.exceptions import LocationParseError

from papers.errors import BlockedAddress, SourceRefused, SourceUnavailable, TooLarge, UnexpectedAnswer
from papers.sources.addresses import host_of, redirect_target, require_web_address
from papers.sources.guard import Guard, GuardedAdapter, is_public
from papers.sources.pacing import NotYet, Pacer

logger = logging.getLogger(__name__)

MAX_HOPS = 6
BUSY = frozenset({429, 500, 502, 503, 504})  # statuses after which the same request may succeed
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """All times in seconds. `deadline` bounds one request from connection to last byte, `max_wait` a pause in place."""

    user_agent: str = "wagtail-paper-digest"
    connect_timeout: float = 10
    read_timeout: float = 30
    deadline: float = 120
    max_wait: float = 60
    retries: int = 3
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer; `url` is where it came from after all redirects, `content` is inflated."""

    url: str
    status: int
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Asked:
    """One attempt, counted from 0, with what `HttpClient.ask` was told."""

    max_bytes: int
    pacer: Pacer | None
    accept: str
    attempt: int


class _Busy(Exception):
    """This attempt failed and a later one may not: after `wait` seconds, which the server `asked` for or not."""

    def __init__(self, reason: str, attempt: int, asked: float | None = None) -> None:
        self.asked = asked
        self.wait = 2**attempt * random.uniform(0.75, 1.5) if asked is None else asked
        super().__init__(reason)


class HttpClient:
    """Safe to share between threads: it holds no connection from one request to the next."""

    def __init__(
        self,
        options: HttpOptions,
        *,
        sleep: Callable[[float], None] = time.sleep,
        is_public: Callable[[str], bool] = is_public,
    ) -> None:
        self.options = options
        self._sleep = sleep
        self._is_public = is_public

    def get(self, url: str, *, max_bytes: int, pacer: Pacer | None = None, accept: str = "*/*") -> Response:
        """Fetch `url`. Raises SourceRefused on any status but 200, and what `ask` raises."""
        response = self.ask(url, max_bytes=max_bytes, pacer=pacer, accept=accept)
        if response.status != 200:
            raise SourceRefused(url=url, host=host_of(url), status=response.status)
        return response

    def ask(self, url: str, *, max_bytes: int, pacer: Pacer | None = None, accept: str = "*/*") -> Response:
        """The final answer with its status, redirects followed and busy servers waited for.

        Raises BlockedAddress, TooLarge, UnexpectedAnswer (too many redirects) and SourceUnavailable, whose
        `retry_after` is the pause that the server asked for where that was more than `max_wait`, or the last of them.
        """
        attempt = 0
        while True:
            try:
                return self._follow(url, _Asked(max_bytes, pacer, accept, attempt))
            except _Busy as busy:
                if attempt >= self.options.retries or busy.wait > self.options.max_wait:
                    raise SourceUnavailable(host=host_of(url), reason=str(busy), retry_after=busy.asked) from busy
                logger.info("Waiting for a server", extra={"host": host_of(url), "wait": busy.wait, "why": str(busy)})
                self._sleep(busy.wait)
                attempt += 1

    def _follow(self, url: str, asked: _Asked) -> Response:
        for _ in range(MAX_HOPS):
            answer = self._request(url, asked)
            if isinstance(answer, Response):
                return answer
            url = answer
        raise UnexpectedAnswer(host=host_of(url), reason="too many redirects")

    def _request(self, url: str, asked: _Asked) -> Response | str:
        """One request over one connection: the answer, or the address that it redirects to."""
        require_web_address(url)
        guard = Guard(url, seconds=self.options.deadline, allowed=self._allowed)
        try:
            with self._turn(url, asked.pacer), guard, self._send(url, asked, guard) as answer:
                result = _read(answer, url, asked)
                if guard.expired:  # an answer of undeclared length ends at the cut as if it were whole
                    raise TimeoutError
                return result
        except (InvalidURL, LocationParseError) as error:
            raise BlockedAddress(url=url) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if guard.expired:
                reason = f"no whole answer within {self.options.deadline:g} s"
                raise SourceUnavailable(host=host_of(url), reason=reason) from error
            raise _Busy(type(error).__name__, asked.attempt) from error

    def _allowed(self, address: str) -> bool:
        return self.options.allow_private or self._is_public(address)

    @contextmanager
    def _turn(self, url: str, pacer: Pacer | None) -> Iterator[None]:
        """The pacer's turn; a pause that the server asks for is handed to the pacer while we still hold it."""
        if pacer is None:
            yield
            return
        try:
            with pacer.turn(self.options.max_wait):
                try:
                    yield
                except _Busy as busy:
                    pacer.push_back(busy.wait)
                    raise
        except NotYet as early:
            reason = "it asked for a pause"
            raise SourceUnavailable(host=host_of(url), reason=reason, retry_after=early.seconds) from early

    @contextmanager
    def _send(self, url: str, asked: _Asked, guard: Guard) -> Iterator[requests.Response]:
        # Not through a Session: it reads the whole body of a redirect, however large, before it hands it over.
        headers = {"User-Agent": self.options.user_agent, "Accept": asked.accept, "Accept-Encoding": "gzip"}
        request = requests.Request("GET", url, headers=headers).prepare()
        timeout = (self.options.connect_timeout, self.options.read_timeout)
        with closing(GuardedAdapter(guard)) as adapter, adapter.send(request, stream=True, timeout=timeout) as answer:
            yield answer


def megabytes(size: int) -> str:
    return f"{size / 1e6:g} MB"


def _read(answer: requests.Response, url: str, asked: _Asked) -> Response | str:
    if answer.is_redirect:
        return redirect_target(url, answer.headers["location"])
    if answer.status_code in BUSY:
        pause = retry_after(answer.headers.get("Retry-After", ""))
        raise _Busy(f"HTTP {answer.status_code}", asked.attempt, pause)
    content = _body(answer, asked.max_bytes)
    return Response(url, answer.status_code, answer.headers.get("Content-Type", ""), content)


def _body(answer: requests.Response, max_bytes: int) -> bytes:
    """The inflated body, given up as soon as it passes the limit. Raises TooLarge."""
    declared = answer.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise TooLarge(limit=megabytes(max_bytes))
    body = bytearray()
    for piece in answer.iter_content(65_536):
        body += piece
        if len(body) > max_bytes:
            raise TooLarge(limit=megabytes(max_bytes))
    return bytes(body)


def retry_after(value: str) -> float | None:
    """Seconds in a Retry-After header, given as a number or an HTTP date (RFC 9110, 10.2.3); a day at most."""
    if value.isascii() and value.isdigit():
        return min(float(value), DAY)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), DAY)
