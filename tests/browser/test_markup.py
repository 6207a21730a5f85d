"""The markup of every type of page: parsed strictly, and held to what no parser knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.browser.public_pages import SITES, source

REFERENCES = (
    "for",
    "list",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "form",
)
NAMED_BY = ("aria-label", "aria-labelledby", "title")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d))?")
TEX = re.compile(r"\$[^$]*\\[a-z]+[^$]*\$")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


# What each rule finds wrong with a page; empty for a good one


def parse_errors(text: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    return [f"line {line}: {code} {data or ''}" for (line, _column), code, data in parser.errors]


def double_ids(soup: BeautifulSoup) -> list[str]:
    counts = Counter(tag["id"] for tag in soup.select("[id]"))
    return [key for key, count in counts.items() if count > 1 or not key or " " in key]


def loose_references(soup: BeautifulSoup) -> list[str]:
    """Ids that are named and stand nowhere, among them those of links within the page."""
    known = {tag["id"] for tag in soup.select("[id]")}
    named = [key for name in REFERENCES for tag in soup.select(f"[{name}]") for key in _words(tag[name])]
    named += [link["href"][1:] for link in soup.select('a[href^="#"]')]
    return [key for key in named if key not in known]


def _words(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else value.split()


def broken_headings(soup: BeautifulSoup) -> Iterator[str]:
    """Each page has one h1, in front; no level is skipped; none is empty."""
    headings = soup.select("h1, h2, h3, h4, h5, h6")
    levels = [int(heading.name[1]) for heading in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"levels {levels}"
    yield from (f"{above} then {below}" for above, below in zip(levels, levels[1:], strict=False) if below > above + 1)
    yield from (str(heading) for heading in headings if not heading.get_text(strip=True))


def missing_languages(soup: BeautifulSoup) -> list[str]:
    named = [soup.html.get("lang", ""), *(tag["lang"] for tag in soup.select("[lang]"))]
    return [lang for lang in named if not LANGUAGE.fullmatch(lang)]


def nameless(soup: BeautifulSoup) -> list[str]:
    """Fields without a label, links and buttons without words, pictures without an alternative."""
    fields = [tag for tag in soup.select("input:not([type=hidden]), select, textarea") if not _labels(soup, tag)]
    words = [tag for tag in soup.select("a[href], button, summary") if not _says(tag)]
    pictures = [tag for tag in soup.select("img") if not tag.has_attr("alt")]
    return [str(tag)[:200] for tag in (*fields, *words, *pictures)]


def _labels(soup: BeautifulSoup, field: Tag) -> bool:
    own = soup.select_one(f'label[for="{field["id"]}"]') if field.get("id") else None
    return bool(own or field.find_parent("label") or _named(field))


def _says(tag: Tag) -> bool:
    return bool(tag.get_text(strip=True)) or _named(tag)


def _named(tag: Tag) -> bool:
    return any(tag.get(name) for name in NAMED_BY)


def broken_times(soup: BeautifulSoup) -> list[str]:
    moments = [tag["datetime"] for tag in soup.select("time[datetime]")]
    return [moment for moment in moments if not MOMENT.fullmatch(moment)]


def nested_controls(soup: BeautifulSoup) -> list[str]:
    """What can be pressed inside of what can be pressed."""
    return [str(tag)[:200] for tag in soup.select(":is(a, button, summary, label) :is(a, button, summary)")]


def misplaced_attributes(soup: BeautifulSoup) -> list[str]:
    """`autocomplete` is for what can be completed."""
    return [str(tag)[:200] for tag in soup.select(":is([type=radio], [type=checkbox], button)[autocomplete]")]


def headless(soup: BeautifulSoup) -> Iterator[str]:
    """What each head needs: a title, the width of the window, a single main element in the body."""
    yield from (name for name in ("title", 'meta[name="viewport"]', "main") if len(soup.select(name)) != 1)
    if not soup.title.get_text(strip=True):
        yield "an empty title"


def unset_formulas(soup: BeautifulSoup) -> list[str]:
    """TeX that a reader would meet as it was typed, outside of what keeps it for copying."""
    words = soup.find_all(string=TEX)
    told = [tag["content"] for tag in soup.select("meta[content]") if TEX.search(tag["content"])]
    return [text for text in words if text.parent.name not in ("annotation", "textarea")] + told


RULES: dict[str, Callable[[BeautifulSoup], Any]] = {
    rule.__name__: rule
    for rule in (
        double_ids,
        loose_references,
        broken_headings,
        missing_languages,
        nameless,
        broken_times,
        nested_controls,
        headless,
        unset_formulas,
        misplaced_attributes,
    )
}


def faults(text: str) -> list[str]:
    soup = BeautifulSoup(text, "html.parser")
    found = [f"{name}: {fault}" for name, rule in RULES.items() for fault in rule(soup)]
    return parse_errors(text) + found


@pytest.mark.django_db
@pytest.mark.parametrize("site", SITES)
def test_every_page_keeps_the_rules(client: Client, settings: Any, site: str) -> None:
    settings.ROOT_URLCONF = "tests.browser.faulty_urls"
    client.raise_request_exception = False
    pages = SITES[site]()
    assert {page.name: found for page in pages if (found := faults(source(client, page)))} == {}


# The rules are rules

GOOD = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="x"><title>T</title></head><body><main><h1>A</h1>{}</main></body></html>'


def test_a_good_page_has_no_faults() -> None:
    assert (
        faults(GOOD.format('<h2 id="a" lang="en">B</h2><a href="#a">C</a><time datetime="2024-05-06">D</time>')) == []
    )


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("end-tag", "</b>"),
        ("duplicate-attribute", '<p class="a" class="b">'),
        ("double_ids", '<p id="a"></p><p id="a"></p>'),
        ("loose_references", '<p aria-describedby="none"></p>'),
        ("loose_references", '<a href="#none">A</a>'),
        ("broken_headings", "<h3>C</h3>"),
        ("broken_headings", "<h2></h2>"),
        ("broken_headings", "<h1>B</h1>"),
        ("missing_languages", '<p lang="日本語">C</p>'),
        ("nameless", "<input>"),
        ("nameless", '<a href="/">  </a>'),
        ("nameless", '<img src="/">'),
        ("broken_times", '<time datetime="2024-05-06T10:00:00.123456+00:00">C</time>'),
        ("nested_controls", "<summary>A<button>B</button></summary>"),
        ("headless", "<title>S</title>"),
        ("misplaced_attributes", '<label><input type="radio" autocomplete="off">A</label>'),
        ("unset_formulas", r"<p>The $\ell_p$ norm</p>"),
    ],
)
def test_a_fault_is_found(rule: str, body: str) -> None:
    assert rule in "".join(faults(GOOD.format(body)))
