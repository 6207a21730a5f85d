"""Parts of pages, kept beside whole answers: where one part of a page changes, the others need not be made anew."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest

from weekly.caching.entries import Part
from weekly.caching.release import release
from weekly.caching.shelf import NewPart, Shelf


class Parts:
    """The parts of what one request is answered with. `owner` tells what a part belongs to, such as a page."""

    def __init__(self, shelf: Shelf, request: HttpRequest, begun: Any) -> None:
        self.shelf, self.begun = shelf, begun
        self.made_for = (release(), request.scheme or "", request.get_host())
        self.kept: dict[str, dict[str, Part]] = {}
        self.made: dict[str, dict[str, NewPart]] = {}
        self.until = math.inf  # no later than any part that was found

    def find(self, owner: str, name: str) -> Part | None:
        if owner not in self.kept:
            self.kept[owner] = self.shelf.find_parts(self._key(owner))
        if found := self.kept[owner].get(name):
            self.until = min(self.until, found.until)
        return found

    def add(self, owner: str, name: str, html: str, names: set[str]) -> None:
        self.made.setdefault(owner, {})[name] = (html, names)

    def keep(self) -> None:
        """Once the whole answer proved to be the same for everybody."""
        for owner, made in self.made.items():
            self.shelf.keep_parts(self._key(owner), self.kept[owner], made, self.begun, self.until)

    def _key(self, owner: str) -> str:
        told = blake2b("\n".join((*self.made_for, owner)).encode(errors="surrogatepass"), digest_size=16)
        return f"parts.{told.hexdigest()}"
