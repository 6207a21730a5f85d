"""An answer as it is kept, and as it is given to who asks."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from weekly.caching.cdn import as_asked

PACKED_FROM = 1_000  # bytes; below that a compressed copy saves nothing
# What belongs to one answer, or is made anew for each.
_PASSING = {"etag", "vary", "content-length", "content-encoding", "date", "set-cookie"}


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, and its strong ETag; `packed` is the same with gzip, or nothing where that is no shorter."""

    plain: bytes
    tag: str
    packed: bytes = b""

    @classmethod
    def of(cls, content: bytes) -> Self:
        tag = blake2b(content, digest_size=16).hexdigest()
        packed = gzip.compress(content, 6, mtime=0) if len(content) >= PACKED_FROM else b""
        return cls(content, tag, packed if len(packed) < len(content) else b"")

    def answer(self, request: HttpRequest, status: int, headers: dict[str, str], vary: Sequence[str]) -> HttpResponse:
        """To a GET or HEAD; where the asker has just that already, 304."""
        packs = bool(self.packed) and _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        content = self.packed if packs else self.plain
        response = HttpResponse(content, status=status, headers=headers)
        response.headers["ETag"] = etag = f'"{self.tag}-gzip"' if packs else f'"{self.tag}"'
        response.headers["Content-Length"] = str(len(content))
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding", *vary))
        if "HTTP_IF_NONE_MATCH" not in request.META:
            return response
        return get_conditional_response(request, etag=etag, response=response)


def _takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` names gzip and does not refuse it."""
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def passing_on(response: HttpResponseBase) -> dict[str, str]:
    """The headers that everybody gets."""
    return {name: value for name, value in response.headers.items() if name.lower() not in _PASSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that is kept. `stamps` are those that `names` had when it was made, `all_stamp` the last one known of
    all, and `until` is when it ends whatever happens, in seconds since the epoch."""

    names: tuple[str, ...]
    stamps: tuple[Any, ...]
    all_stamp: Any
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Kept):
    """A whole answer."""

    status: int
    headers: dict[str, str]
    vary: tuple[str, ...]
    body: Body

    def answer(self, request: HttpRequest) -> HttpResponse:
        return self.body.answer(request, self.status, as_asked(request, self.headers), self.vary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Kept):
    """A piece of a page's HTML."""

    html: str
