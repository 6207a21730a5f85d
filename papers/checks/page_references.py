"""References to pages that stand inside a text, such as “(p.2-3)” or “（3ページ）”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BEFORE = r"(?:pp?\.|pages?\b|pp?(?=\s*\d)|ページ)"
_AFTER = r"(?:ページ|頁|쪽|페이지)"
PATTERN = (
    rf"[(（\[]\s*(?:{_BEFORE}\s*\d[^()（）\[\]]{{0,40}}|\d[\d\s,、–〜~-]{{0,30}}{_AFTER}[^()（）\[\]]{{0,20}})[)）\]]"
)

_REFERENCE = re.compile(PATTERN, re.IGNORECASE)
_OTHER = re.compile(
    r"(?:fig(?:ure)?s?|tables?|sec(?:tion)?s?|app(?:endix)?|eqs?|図|表|節|그림|표|§)\.?\s*[\w.]+", re.IGNORECASE
)
_PLACE = re.compile(r"(\d+)(?:\s*[-–—〜~]\s*(\d+))?")
_LONG = 3  # pages; a longer range counts as a place more


@dataclass(frozen=True, slots=True)
class PageReference:
    """`ranges` holds first and last page of each place that is named."""

    text: str
    start: int
    end: int
    ranges: tuple[tuple[int, int], ...]

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def pages(self) -> tuple[int, ...]:
        """The first and the last page of each place."""
        return tuple(dict.fromkeys(page for place in self.ranges for page in place))

    @property
    def places(self) -> int:
        """How many places are named: a range counts for two, a long one for three."""
        return sum(1 if first == last else 2 + (last - first >= _LONG) for first, last in self.ranges)

    @property
    def is_section(self) -> bool:
        """“(p.3.6)” is the number of a section, not of a page."""
        return re.search(r"\d\.\d", _OTHER.sub("", self.text)) is not None


def page_references(text: str) -> Iterator[PageReference]:
    """All references in order."""
    for found in _REFERENCE.finditer(text):
        named = _PLACE.findall(_OTHER.sub("", found[0]))
        ranges = tuple((int(first), int(last or first)) for first, last in named)
        yield PageReference(found[0], *found.span(), ranges)


def without_page_references(text: str) -> str:
    """The text with its references blanked out, so that all places stay what they were."""
    return _REFERENCE.sub(lambda found: " " * len(found[0]), text)
