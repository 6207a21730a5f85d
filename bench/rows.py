"""What the site benchmark asks for, and what it should reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.archive import COMMON, Size

PATHS = 50  # different pages of a kind, asked for in turn
DEEP = 5_000  # the tag page that has to be as quick as the first

# What a row's server finds of what was kept before: BARE is one without our cache, PAGES what readers meet.
BARE, NOTHING, PARTS, BUT_VOICES, PAGES = "bare", "nothing", "parts", "parts but voices", "pages"


@dataclass(frozen=True)
class Row:
    """Addresses of one kind. Goals: `share` of the empty view's requests a second; `plain`, of the plain page's;
    `first`, of another row's; `milliseconds` from asking to answer with one reader. `finds` is what is kept of it."""

    name: str
    paths: tuple[str, ...]
    share: float = 0
    plain: float = 0
    first: str = ""
    milliseconds: float = 0
    finds: str = NOTHING


SEARCHES = {
    "in all papers": "model",
    "in one of a hundred": "quantum",
    "in few": "zebrafish",
    "two words": "quantum agents",
    "common words never in a row": '"agent model"',
    "ja, one character, in all": "の",
    "ja, in all": "モデル",
    "ja, in one of a hundred": "量子計算",
    "ja, in few": "縞馬",
    "both languages": "モデル agent 量子",
}
PAGE_SHARE, LIST_SHARE, CACHED_SHARE, TIMES_PLAIN, SEARCH = 0.06, 0.1, 0.7, 2, 50


def rows_of(size: Size) -> list[Row]:
    """Rows in the order of the report. The plain page stands among ours, under the same load."""
    papers, weeks = _papers(size), _weeks(size)
    return [
        Row("plain Wagtail page", _plain(), finds=BARE),
        *_pages("paper", papers),
        *_pages("week", weeks),
        Row("week of fifty papers", (_whole_week(),)),
        *_lists(),
        *_machines(papers),
        *(
            Row(f"search: {name}", (f"/search/?q={words}",), milliseconds=SEARCH)
            for name, words in SEARCHES.items()
        ),
        *_cached(papers, weeks),
    ]  # fmt: skip


def _pages(name: str, paths: tuple[str, ...]) -> list[Row]:
    """A page that is not kept whole: for its very first reader, after another comment, and put together from parts."""
    return [
        Row(f"{name}, its first reader", paths, plain=TIMES_PLAIN),
        Row(f"{name}, new comment", paths, plain=TIMES_PLAIN, finds=BUT_VOICES),
        Row(f"{name}, from its parts", paths, PAGE_SHARE, TIMES_PLAIN, finds=PARTS),
    ]


def _cached(papers: tuple[str, ...], weeks: tuple[str, ...]) -> list[Row]:
    """As readers meet them. A feed holds twenty whole papers, and is made once after each change of one."""
    first, lists = f"/tags/{COMMON}/", ("/feeds/papers.rss", "/feeds/weeks.json", "/api/v1/papers", "/api/v1/weeks")
    return [
        Row("cached paper", papers, CACHED_SHARE, finds=PAGES),
        Row("cached week", weeks, CACHED_SHARE, finds=PAGES),
        Row("cached tag, page 1", (first,), CACHED_SHARE, finds=PAGES),
        Row(f"cached tag, page {DEEP:,}", (f"{first}?after={_deep_place()}",), CACHED_SHARE, finds=PAGES),
        Row("cached feeds and API lists", lists, LIST_SHARE, finds=PAGES),
    ]


def _lists() -> list[Row]:
    first = f"/tags/{COMMON}/"
    return [
        Row("home", ("/",)),
        Row("all weeks", ("/weeks/",)),
        Row("papers, page 1", ("/papers/",)),
        Row("tags", ("/tags/",), LIST_SHARE),
        Row("tag, page 1", (first,), LIST_SHARE),
        Row(f"tag, page {DEEP:,}", (f"{first}?after={_deep_place()}",), LIST_SHARE, first="tag, page 1"),
        Row("corrections", ("/corrections/",)),
    ]


def _machines(papers: Sequence[str]) -> list[Row]:
    return [
        *(Row(f"feed, {suffix}", (f"/feeds/papers.{suffix}",)) for suffix in ("rss", "atom", "json")),
        Row("feed of a tag", (f"/tags/{COMMON}/feed.rss",)),
        Row("feed of weeks", ("/feeds/weeks.rss",)),
        Row("API, papers", ("/api/v1/papers",), LIST_SHARE),
        Row("API, weeks", ("/api/v1/weeks",), LIST_SHARE),
        Row("API, tags", ("/api/v1/tags",), LIST_SHARE),
        Row("API, a tag's papers", (f"/api/v1/tags/{COMMON}?after={_deep_place()}",), LIST_SHARE),
        Row("API, a paper", tuple(f"/api/v1{path.rstrip('/')}" for path in papers)),
        Row("sitemap, part 1", ("/sitemap.xml?p=1",)),
    ]


def _papers(size: Size) -> tuple[str, ...]:
    """Papers with ten questions, from all years."""
    every = max(1, size.papers // 100 // PATHS) * 100
    return tuple(f"/papers/bench-{number}/" for number in range(every, size.papers + 1, every))[:PATHS]


def _weeks(size: Size) -> tuple[str, ...]:
    """Weeks with as many papers as each has, the newest and the one with all of its papers left out."""
    from weekly.models import WeekPage

    slugs = list(WeekPage.objects.order_by("-start").values_list("slug", flat=True))[2:]
    return tuple(f"/weeks/{slug}/" for slug in slugs[:: max(1, len(slugs) // PATHS)])[:PATHS]


def _whole_week() -> str:
    from weekly.models import WeekPage

    return f"/weeks/{WeekPage.objects.order_by('-start')[1].slug}/"


def _plain() -> tuple[str, ...]:
    from bench.plain.models import PlainPage

    return tuple(f"/plain/{slug}/" for slug in PlainPage.objects.values_list("slug", flat=True)[:PATHS])


def _deep_place() -> Any:
    """The cursor of page 5,000, or of the last page where a tag has fewer."""
    from papers.keyset import PAGE_SIZE, Cursor
    from papers.models import TaggedPaper

    rows = TaggedPaper.objects.filter(tag__slug=COMMON, language="ja", live=True)
    shown = min((DEEP - 1) * PAGE_SIZE, rows.count() - PAGE_SIZE)
    ordered = rows.order_by("-sort_date", "-content_object_id")
    return Cursor(*ordered.values_list("sort_date", "content_object_id")[shown - 1])
