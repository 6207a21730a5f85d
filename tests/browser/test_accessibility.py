"""Every type of page by WCAG 2.2, levels A and AA: what axe finds by itself, and what only a window and keys show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Open
from tests.browser.public_pages import REFUSED, SITES, PublicPage, visit

pytestmark = pytest.mark.browser

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
OPEN = """() => {
  document.querySelectorAll("details").forEach(fold => { fold.open = true });
  document.querySelectorAll("[hidden=until-found]").forEach(fold => fold.removeAttribute("hidden"));
}"""
# Wider than the window: what would have to be scrolled sideways as well (1.4.10).
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What readers may set for themselves without losing a word (1.4.12).
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
# Whether the element in focus shows that it is, and is not under something else (2.4.7, 2.4.11).
FOCUS = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));  // the window has followed
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  const upper = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return {
    where: focused === document.body ? "" : focused.outerHTML.slice(0, 120),
    faults: [
      ...(getComputedStyle(focused).outlineStyle === "none" ? ["no outline"] : []),
      ...(upper && (focused.contains(upper) || upper.contains(focused)) ? [] : [`under ${upper?.outerHTML.slice(0, 80)}`]),
    ],
  };
}"""
MOVING = """[...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].some(time => parseFloat(time) > 0) || style.scrollBehavior === "smooth";
}).map(element => element.outerHTML.slice(0, 80))"""
MOST_STOPS = 120


@pytest.fixture
def pages(transactional_db: None, settings: Any, site: str) -> list[PublicPage]:
    settings.ROOT_URLCONF = "tests.browser.faulty_urls"
    return SITES[site]()


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, each rule with the first place that breaks it."""
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


def in_every_way(page: Page) -> list[str]:
    """At both widths all rules in light; in dark nothing but colours is other."""
    page.evaluate(Axe().axe_script)
    found = []
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 844})
        for scheme, options in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {fault}" for fault in violations(page, options)]
    return found


@pytest.mark.parametrize("site", SITES)
def test_axe_finds_nothing(open_page: Open, pages: list[PublicPage]) -> None:
    page = open_page("/robots.txt")
    found = {}
    for public in pages:
        visit(page, public)
        page.evaluate(OPEN)
        found[public.name] = in_every_way(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("site", ["full"])
@pytest.mark.parametrize("texts", ["both", "original"])
def test_axe_finds_nothing_whatever_a_reader_has_chosen(open_page: Open, pages: list[PublicPage], texts: str) -> None:
    page = open_page("/robots.txt")
    page.add_init_script(f"localStorage.digestTexts = '{texts}'; localStorage.digestTheme = 'dark'")
    found = {}
    for public in pages:
        if public.name in ("week", "paper", "paper, bare"):
            visit(page, public)
            found[public.name] = in_every_way(page)
    assert found == {"week": [], "paper": [], "paper, bare": []}


def test_axe_would_find_something(open_page: Open) -> None:
    page = open_page("/robots.txt")
    small = "".join(f"<button style='font: 6px serif; padding: 0'>{n}</button>" for n in range(3))
    page.set_content(f"<p style='color: #999; background: #fff'>Hardly to be read.</p>{small}")
    found = {line.split(": ")[1] for line in in_every_way(page)}
    assert {"html-has-lang", "color-contrast", "target-size"} <= found


@pytest.mark.parametrize("site", SITES)
def test_nothing_has_to_be_scrolled_sideways_in_a_narrow_window(open_page: Open, pages: list[PublicPage]) -> None:
    page = open_page("/robots.txt")
    page.set_viewport_size({"width": 320, "height": 256})
    wide = []
    for public in pages:
        visit(page, public)
        page.evaluate(OPEN)
        wide += [public.name] if page.evaluate(SIDEWAYS) else []
        page.add_style_tag(content=SPACED)
        wide += [f"{public.name}, spaced"] if page.evaluate(SIDEWAYS) else []
    assert wide == []


def in_one_language(pages: list[PublicPage]) -> list[PublicPage]:
    """Each type once, without the faults: what is other in other languages are words."""
    whole = [public for public in pages if public.status in (200, REFUSED)]
    return [public for public in whole if not public.address.startswith(("/en/", "/ko/"))]


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """What each press of the tab key leads to, until the page's end."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus["where"]:
            return
        yield focus


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("site", ["full"])
def test_the_focus_shows_wherever_it_goes(open_page: Open, pages: list[PublicPage], width: str) -> None:
    page = open_page("/robots.txt", width)
    hidden = {}
    for public in in_one_language(pages):
        visit(page, public)
        hidden[public.name] = [stop for stop in stops(page) if stop["faults"]]
    assert {name: faults for name, faults in hidden.items() if faults} == {}


@pytest.mark.parametrize("site", ["full"])
def test_nothing_moves_for_who_asks_for_stillness(open_page: Open, pages: list[PublicPage]) -> None:
    page = open_page("/robots.txt", reduced_motion="reduce")
    moving = {}
    for public in in_one_language(pages):
        visit(page, public)
        moving[public.name] = page.evaluate(MOVING)
    assert {name: what for name, what in moving.items() if what} == {}
