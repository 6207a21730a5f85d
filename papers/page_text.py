"""What stands in a page's text and is not the paper's prose: running heads and the paper's own reference marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from papers.paper import PageText

HIDDEN = "\u200b"  # zero-width space: it takes a place and does not show
_EDGE_LINES = 2
_FEWEST_PAGES = 3
_LEAST_SHARE = 0.4  # heads that change from left to right pages stand on half of them

_REFERENCE_LIST = re.compile(r"^\s*\[1\]\s", re.MULTILINE)
_MARK = re.compile(
    r"(?P<interval>\b(?:range|interval)\s*|[=∈]\s*)?[ \t]?\[[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*\]", re.IGNORECASE
)


def without_running_heads(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """Leave out first and last lines that come back, page numbers aside, on many pages; no page is emptied by it."""
    heads = _running_heads(pages)
    return tuple(_without(page, heads) for page in pages)


def without_reference_marks(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """Leave out marks such as [3, 5–7], where the paper ends in a numbered list of references.

    Intervals after “range”, “interval”, “=” or “∈” stay.
    """
    if not _has_numbered_references(pages):
        return tuple(pages)
    return tuple(replace(page, text=_MARK.sub(_kept_interval, page.text)) for page in pages)


def with_apparatus_hidden(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """What the two functions above leave out is overwritten with `HIDDEN`, so that all else keeps its offset."""
    heads = _running_heads(pages)
    hidden = [_with_lines_hidden(page, heads) for page in pages]
    if not _has_numbered_references(hidden):
        return tuple(hidden)
    return tuple(replace(page, text=_MARK.sub(_hidden_mark, page.text)) for page in hidden)


def _running_heads(pages: Sequence[PageText]) -> set[str]:
    """The keys of lines that come back at the edges of many pages."""
    counts = Counter(key for page in pages for key in _edge_keys(page))
    least = max(_FEWEST_PAGES, len(pages) * _LEAST_SHARE)
    return {key for key, count in counts.items() if count >= least}


def _has_numbered_references(pages: Sequence[PageText]) -> bool:
    return any(_REFERENCE_LIST.search(page.text) for page in pages)


def _kept_interval(found: re.Match[str]) -> str:
    return found[0] if found["interval"] else ""


def _hidden_mark(found: re.Match[str]) -> str:
    return found[0] if found["interval"] else HIDDEN * len(found[0])


def _edges(lines: Sequence[str]) -> list[int]:
    """Where the first and the last lines stand that are not empty."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return filled[:_EDGE_LINES] + filled[_EDGE_LINES:][-_EDGE_LINES:]


def _edge_keys(page: PageText) -> set[str]:
    lines = page.text.splitlines()
    return {_key(lines[number]) for number in _edges(lines)}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.casefold().split()))


def _gone(lines: Sequence[str], heads: set[str]) -> set[int]:
    return {number for number in _edges(lines) if _key(lines[number]) in heads}


def _with_lines_hidden(page: PageText, heads: set[str]) -> PageText:
    lines = page.text.splitlines(keepends=True)
    gone = _gone(lines, heads)
    left = "".join(re.sub(r"\S", HIDDEN, line) if n in gone else line for n, line in enumerate(lines))
    return replace(page, text=left) if left.replace(HIDDEN, "").strip() else page


def _without(page: PageText, heads: set[str]) -> PageText:
    lines = page.text.splitlines()
    gone = _gone(lines, heads)
    left = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return replace(page, text=left) if left.strip() else page
