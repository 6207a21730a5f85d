"""Papers named by hand: arXiv ids or addresses, in the order in which they are given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from papers.errors import MalformedArxivId, Notice, gettext_noop
from papers.paper import ArxivId
from weekly.importers.base import Entry, Link, Week

REPEATED = gettext_noop("%(id)s was given more than once and is taken once.")

_PREFIX = re.compile(r"\barxiv:\s*", re.I)
_BETWEEN = re.compile(r"[\s,;、，]+")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class PaperIdsImporter:
    """Makes one week of seven days from `start`. Titles are the ids until the papers' metadata is read."""

    start: date
    key: ClassVar[str] = "arxiv"
    name: ClassVar[str] = "arXiv"

    def weeks(self, text: str, *, name: str = "arXiv") -> tuple[Week, ...]:
        """One week of the ids in `text`, parted by commas or white space. Raises MalformedArxivId."""
        refs = [ArxivId.parse(part) for part in _BETWEEN.split(_PREFIX.sub("", text).strip(" \t\r\n,;、，")) if part]
        if not refs:
            raise MalformedArxivId(id=text.strip())
        once = {ref.id: ref for ref in reversed(refs)}
        repeated = [key for key, count in Counter(ref.id for ref in refs).items() if count > 1]
        ids = dict.fromkeys(ref.id for ref in refs)
        entries = tuple(_entry(rank, once[key]) for rank, key in enumerate(ids, start=1))
        warnings = tuple(Notice(REPEATED, {"id": key}) for key in repeated)
        return (Week(self.start, self.start + timedelta(days=6), name, entries, warnings),)


def _entry(rank: int, ref: ArxivId) -> Entry:
    links = (Link("Paper", f"https://arxiv.org/abs/{ref}"),)
    return Entry(rank, ref.id, links=links, arxiv_id=ref.id, arxiv_version=ref.version)
