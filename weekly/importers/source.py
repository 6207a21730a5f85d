"""Where a list comes from: a file, an address, a text, or ids; fetching is the caller's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from papers.errors import IndexOnly, TooLarge, UnreadableList
from weekly.importers.base import Importer, Week
from weekly.importers.index import index_file
from weekly.importers.paper_ids import PaperIdsImporter, monday_of
from weekly.importers.reading_list import ReadingListImporter

# Takes an address, gives the bytes there; raises SourceError. It should itself stop at MAX_LIST_BYTES.
Fetch = Callable[[str], bytes]

MAX_LIST_BYTES = 5_000_000

_IDS = re.compile(r"arxiv:", re.I)
_ADDRESS = re.compile(r"https?://", re.I)
# github.com/owner/repository, and a file or branch in it as the browser shows it.
_ON_GITHUB = re.compile(r"/(?P<repo>[^/]+/[^/]+?)(?:\.git)?(?:/(?P<view>blob|raw|tree)/(?P<path>.+?))?/?")


def importer_for(source: str, *, start: date | None = None, today: date | None = None) -> Importer:
    """The importer that reads a command's SOURCE. Ids make the week from `start`, by default the current one."""
    if _IDS.match(source.strip()):
        return PaperIdsImporter(start or monday_of(today or datetime.now(UTC).date()))
    return ReadingListImporter()


def load_weeks(source: str, *, fetch: Fetch, start: date | None = None, today: date | None = None) -> tuple[Week, ...]:
    """All weeks of a file, a web address, or `arxiv:ID[,ID…]`; the index at an address is followed to one file.

    `start` is the wanted week: it chooses the file behind an index (else the newest year's) and dates ids.
    Anything that is neither an address nor ids is opened as a file: never pass on what a visitor typed.
    Raises ListError, SourceError.
    """
    importer = importer_for(source, start=start, today=today)
    if _IDS.match(source.strip()):
        return importer.weeks(source, name=importer.name)
    if not _ADDRESS.match(source):
        return importer.weeks(decode_list(_read_file(source), source), name=source)
    return _load_address(source, fetch, start)


def load_weeks_from_text(text: str, name: str) -> tuple[Week, ...]:
    """All weeks of a pasted or uploaded list. `name` may tell its year. Raises ListError, TooLarge."""
    if len(text) > MAX_LIST_BYTES:
        raise _too_large()
    return ReadingListImporter().weeks(text.removeprefix("\ufeff"), name=name)


def decode_list(content: bytes, name: str) -> str:
    """The text of a list's bytes. Raises TooLarge, and UnreadableList where they are no UTF-8 text."""
    if len(content) > MAX_LIST_BYTES:
        raise _too_large()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableList(name=name, reason="it is not UTF-8 text") from error


def raw_address(url: str) -> str:
    """The address of the file itself where GitHub's address of a page about it, or of a repository, is given."""
    parts = urlsplit(url)
    found = _ON_GITHUB.fullmatch(parts.path) if parts.hostname in {"github.com", "www.github.com"} else None
    if found is None:
        return url
    raw = f"https://raw.githubusercontent.com/{found['repo']}"
    if found["view"] in {"blob", "raw"}:
        return f"{raw}/{found['path']}"
    return f"{raw}/{found['path'] or 'HEAD'}/README.md"


def _load_address(url: str, fetch: Fetch, start: date | None) -> tuple[Week, ...]:
    text = decode_list(fetch(raw_address(url)), url)
    try:
        return ReadingListImporter().weeks(text, name=url)
    except IndexOnly:
        file = index_file(text, start)
        if file is None:
            raise
        target = raw_address(urljoin(raw_address(url), file))
        return ReadingListImporter().weeks(decode_list(fetch(target), target), name=target)


def _read_file(source: str) -> bytes:
    try:
        with Path(source).expanduser().open("rb") as file:
            return file.read(MAX_LIST_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: no such home directory
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableList(name=source, reason=reason) from error


def _too_large() -> TooLarge:
    return TooLarge(limit=f"{MAX_LIST_BYTES // 1_000_000} MB")
