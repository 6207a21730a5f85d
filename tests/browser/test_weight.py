"""What every type of page weighs, whom it asks, and whether it stands still while it loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Open
from tests.browser.public_pages import SITES, PublicPage, visit

pytestmark = pytest.mark.browser

PAGE_BYTES, SCRIPT_BYTES = 100_000, 20_000  # as they are sent
WATCH = """
  window.shifts = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.sources.map(s => s.node?.className ?? "")]);
  }).observe({ type: "layout-shift", buffered: true });
"""
# Bytes of the page and all that it loaded, by kind, as they are sent; also what it kept from before.
TRANSFERS = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map(entry => [entry.name, entry.initiatorType, entry.transferSize || entry.encodedBodySize])"""
INLINE = """() => [...document.querySelectorAll("script:not([src], [type='application/ld+json'])")]
  .reduce((sum, script) => sum + script.textContent.length, 0)"""
HEAVY = """addEventListener("DOMContentLoaded", () => {
  document.head.append(Object.assign(document.createElement("script"), { text: "//" + "x".repeat(20_000) }));
  document.body.append(Object.assign(new Image(), { src: "http://localhost:9/none.png" }));
  setTimeout(() => { document.querySelector("header").style.paddingTop = "200px"; }, 50);
});"""
SETTLED = 150  # milliseconds after loading in which scripts do what they do


@dataclass(frozen=True)
class Weight:
    """Bytes of a page with all that belongs to it, and of its scripts; the hosts it asked; what moved."""

    total: int
    scripts: int
    hosts: set[str]
    shifts: list[Any]

    def faults(self) -> Iterator[str]:
        if self.total > PAGE_BYTES:
            yield f"{self.total} bytes"
        if self.scripts > SCRIPT_BYTES:
            yield f"{self.scripts} bytes of scripts"
        if len(self.hosts) != 1:
            yield f"asks {self.hosts}"
        yield from (f"moved by {by}: {what}" for by, what in self.shifts)


@pytest.fixture
def pages(transactional_db: None, settings: Any, site: str) -> list[PublicPage]:
    settings.ROOT_URLCONF = "tests.browser.faulty_urls"
    return SITES[site]()


def fresh(page: Page) -> Page:
    """A page that writes down what moves."""
    page.add_init_script(WATCH)
    return page


def weigh(page: Page, public: PublicPage) -> Weight:
    visit(page, public)
    page.wait_for_load_state("load")
    page.wait_for_timeout(SETTLED)
    transfers = page.evaluate(TRANSFERS)
    scripts = sum(size for name, kind, size in transfers if kind == "script" or name.endswith(".js"))
    total = sum(size for _name, _kind, size in transfers) + icon_bytes(page)
    hosts = {urlsplit(name).netloc for name, _kind, _size in transfers}
    return Weight(total, scripts + page.evaluate(INLINE), hosts, page.evaluate("window.shifts"))


def icon_bytes(page: Page) -> int:
    """The icon, which a browser without a window does not load."""
    icons = page.locator("link[rel=icon]").evaluate_all("links => links.map(link => link.href)")
    return sum(len(page.request.get(icon).body()) for icon in icons)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("site", SITES)
def test_every_page_is_light_stands_still_and_asks_its_own_host_alone(
    open_page: Open, pages: list[PublicPage], width: str
) -> None:
    page = fresh(open_page("/robots.txt", width))
    found = {public.name: list(weigh(page, public).faults()) for public in pages}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("site", ["full"])
@pytest.mark.parametrize("texts", ["both", "original"])
def test_nothing_moves_whatever_a_reader_has_chosen(open_page: Open, pages: list[PublicPage], texts: str) -> None:
    page = fresh(open_page("/robots.txt"))
    page.add_init_script(f"localStorage.digestTexts = '{texts}'; localStorage.digestTheme = 'dark'")
    shifts = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 844})
        shifts |= {f"{one.name}, {name}": weigh(page, one).shifts for one in pages if one.name in ("week", "paper")}
    assert shifts == dict.fromkeys(shifts, [])
    assert len(shifts) == 4


@pytest.mark.parametrize("site", ["full"])
def test_what_weighs_moves_or_asks_too_much_is_found(open_page: Open, pages: list[PublicPage]) -> None:
    page = fresh(open_page("/robots.txt"))
    page.add_init_script(HEAVY)
    faults = " ".join(weigh(page, pages[0]).faults())
    assert [word for word in ("bytes of scripts", "moved by", "asks") if word not in faults] == []
