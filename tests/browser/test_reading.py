"""Reading in a real browser: both widths, both schemes, by keyboard, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request

from papers.models import PaperPage
from tests.browser.conftest import Open
from tests.factories import make_paper, make_qa, make_week

pytestmark = pytest.mark.browser

LONG = "https://example.org/" + "averylongpathwithoutanybreak" * 8
ADDRESSES = ["/", "/weeks/", "/weeks/2024-05-06/", "/papers/", "/papers/read-me/", "/tags/", "/tags/agents/", "/no/"]

# The text nodes whose contrast with what lies behind them is too low (WCAG 2.2, 1.4.3: 4.5, for large text 3).
FAINT = """() => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = numbers(colour).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!colour.startsWith('rgba(0, 0, 0, 0')) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const faint = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, style = getComputedStyle(element);
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(style.color), light(behind(element))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    if ((a + .05) / (b + .05) < (large ? 3 : 4.5)) faint.push([walker.currentNode.data.trim(), style.color, behind(element)]);
  }
  return faint;
}"""


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    """A week with a paper that shows all that a paper can show."""
    quote = {"page": 3, "quote": "We measured it once.", "verified": True}
    doubtful = {"page": 4, "quote": "We measured it twice.", "verified": False}
    extract = {"answer": "", "answer_original": f"See {LONG} for more."}
    qa = [make_qa(1, citations=[quote, doubtful]), make_qa(2, **extract), *(make_qa(n) for n in range(3, 11))]
    texts = {"title_translated": "読んでほしい論文：" + "長い題名" * 12, "comment": LONG, "withdrawn": True}
    page = make_paper(
        live=True,
        title="A paper to read",
        slug="read-me",
        tags=["agents", "memory"],
        qa=qa,
        abstract_only=True,
        **texts,
    )
    make_week(page, make_paper(title=LONG), live=True, source_name="A list", source_url=LONG)
    return page


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_no_page_has_to_be_scrolled_sideways(open_page: Open, paper: PaperPage, width: str) -> None:
    wide = []
    page = open_page("/", width)
    for address in ADDRESSES:
        page.goto(address)
        open_all(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []


def test_no_date_is_broken_however_narrow_the_page(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/")
    page.set_viewport_size({"width": 250, "height": 844})
    lines = "elements => elements.map(each => each.getClientRects().length)"
    assert set(page.locator(".digest time").evaluate_all(lines)) == {1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(open_page: Open, paper: PaperPage, scheme: str) -> None:
    page = open_page("/", scheme=scheme)
    for address in ADDRESSES:
        page.goto(address)
        open_all(page)
        assert page.evaluate(FAINT) == [], address


def test_the_schemes_differ(open_page: Open, paper: PaperPage) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert open_page("/").evaluate(ground) != open_page("/", scheme="dark").evaluate(ground)


def test_lines_stay_short_enough_to_read(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    for part in (".prose", ".lead"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["width"] <= 42 * 16  # forty characters of Japanese


def test_sentences_are_parted_as_their_language_parts_them(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    invitation = page.locator(".invitation")
    assert "。質問" in invitation.inner_text()
    invitation.evaluate("words => { words.lang = 'ko'; }")
    assert "。 質問" in invitation.inner_text()


# By keyboard


def test_the_first_tab_leads_past_the_masthead(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.keyboard.press("Tab")
    skip = page.locator(".digest-skip")
    assert skip.bounding_box()["x"] == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_focus_is_visible_wherever_it_goes(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    for _step in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_quote_opens_by_keyboard(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    quote = page.get_by_text("We measured it once.")
    assert not quote.is_visible()
    page.locator(".evidence summary").first.focus()
    page.keyboard.press("Enter")
    assert quote.is_visible()


# Links


def test_a_deep_link_opens_at_its_question(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/#qa-00000007")
    assert page.locator("#qa-00000007").bounding_box()["y"] < 200
    assert page.locator(":target h3").inner_text() == "質問7は何ですか。"


def test_a_reader_comes_from_home_to_a_page_of_the_pdf(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/", "phone")
    page.locator(".newest .go").click()
    page.locator(".entry .go").first.click()
    page.locator(".contents summary").click()
    page.locator(".contents ol a").first.click()
    assert page.url.endswith("/papers/read-me/#qa-00000001")
    link = page.locator(":target .evidence a").first
    assert link.get_attribute("href") == f"https://arxiv.org/pdf/{paper.arxiv_ref}#page=3"


# What it asks for


def test_no_page_asks_another_host_or_complains(open_page: Open, paper: PaperPage, live_server: Any) -> None:
    asked, said = [], []
    page = open_page("/")
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for address in ADDRESSES[:-1]:
        page.goto(address)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert said == []


def test_all_can_be_read_without_scripts(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", java_script_enabled=False)
    scripts: list[Request] = []
    page.on("request", lambda request: scripts.append(request) if request.resource_type == "script" else None)
    page.reload()
    page.locator(".evidence summary").first.click()
    assert page.get_by_text("We measured it once.").is_visible()
    assert scripts == []


# In a host's frame

FRAME = """<!doctype html><title>{% block title %}{% endblock %}</title>{% block head %}{% endblock %}
<p id="own"><a href="#x">Host</a></p>{% block content %}{% endblock %}"""


@pytest.fixture
def host(settings: Any, tmp_path: Path, digest: Any) -> None:
    """A host whose pages are light whatever the reader prefers."""
    (tmp_path / "frame.html").write_text(FRAME)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    digest(BASE_TEMPLATE="frame.html")


def test_a_light_host_gets_a_light_digest(open_page: Open, paper: PaperPage, host: None) -> None:
    page = open_page("/papers/read-me/", scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.digest')).backgroundColor") == "rgb(251, 252, 251)"
    assert page.evaluate(FAINT) == []


def test_a_hosts_own_elements_keep_their_looks(open_page: Open, paper: PaperPage, host: None) -> None:
    page = open_page("/papers/read-me/")
    looks = "['#own', '#own a'].map(name => { const s = getComputedStyle(document.querySelector(name)); return [s.color, s.fontFamily, s.margin, s.textDecorationLine] })"
    with_ours = page.evaluate(looks)
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(sheet => sheet.remove())")
    assert page.evaluate(looks) == with_ours
