"""Parts of pages, kept beside whole answers: where one part of a page changes, the others need not be made anew."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import Any

from weekly.caching.entries import Part
from weekly.caching.release import release
from weekly.caching.shelf import NewPart, Shelf


class Parts:
    """The parts of what one request is answered with. `owner` tells what a part belongs to, such as a page."""

    def __init__(self, shelf: Shelf, begun: Any, *made_for: str) -> None:
        """`made_for` is all of a request that answers depend on, but for its path."""
        self.shelf, self.begun, self.made_for = shelf, begun, (release(), *made_for)
        self.kept: dict[str, dict[str, Part]] = {}
        self.made: dict[str, dict[str, NewPart | None]] = {}
        self.until = math.inf  # no later than any part that was found

    def find(self, owner: str, name: str) -> Part | None:
        if owner not in self.kept:
            self.kept[owner] = self.shelf.find_parts(self._key(owner))
        if found := self.kept[owner].get(name):
            self.until = min(self.until, found.until)
        return found

    def add(self, owner: str, name: str, html: str, names: set[str]) -> None:
        """Nothing is kept under a name that stands twice: nobody could tell which is meant."""
        made = self.made.setdefault(owner, {})
        made[name] = None if name in made else (html, names)

    def keep(self) -> None:
        """Once the whole answer proved to be the same for everybody."""
        for owner, made in self.made.items():
            new = {name: part for name, part in made.items() if part}
            self.shelf.keep_parts(self._key(owner), self.kept[owner], new, self.begun, self.until)

    def _key(self, owner: str) -> str:
        told = blake2b("\n".join((*self.made_for, owner)).encode(errors="surrogatepass"), digest_size=16)
        return f"parts.{told.hexdigest()}"
