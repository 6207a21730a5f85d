"""What a reader chooses: colours, and translation or original. Remembered, and there before the first paint."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open
from tests.browser.test_reading import FAINT
from tests.factories import make_paper, make_qa, make_week

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(251, 252, 251)", "rgb(18, 25, 28)"
MOVED = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 600))"""
BOTH_SCHEMES = ("light", "dark")


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    """A paper in a week, with originals of title, abstract, question and answer."""
    quote = {"page": 3, "quote": "We measured it once.", "verified": True}
    texts = {"question_original": "Why is it so?", "answer": "答え。" * 30, "answer_original": "The answer. " * 30}
    abstract = {"abstract": "We study one thing. " * 20, "abstract_translated": "一つのことを調べました。" * 20}
    qa = [make_qa(1, citations=[quote], **texts), make_qa(2)]
    titles = {"title": "A paper to read", "title_translated": "読んでほしい論文"}
    page = make_paper(live=True, slug="read-me", qa=qa, **titles, **abstract)
    make_week(page, live=True)
    return page


def choose(page: Page, texts: str) -> None:
    page.locator(f".texts-choice [value='{texts}']").check()


def left(page: Page, what: str) -> float:
    box = page.locator(what).bounding_box()
    assert box is not None
    return box["x"]


# Colours


@pytest.mark.parametrize(("scheme", "chosen", "ground"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_the_chosen_colours_stand_above_the_systems(
    open_page: Open, paper: PaperPage, scheme: str, chosen: str, ground: str
) -> None:
    page = open_page("/papers/read-me/", scheme=scheme)
    page.locator("#digest-theme").select_option(chosen)
    assert page.evaluate(GROUND) == ground
    assert page.evaluate(FAINT) == []


def test_the_chosen_colours_hold_on_every_page_and_the_next_time(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#digest-theme").select_option("dark")
    for address in ("/", "/tags/", "/no/"):
        page.goto(address)
        assert (page.evaluate(GROUND), page.locator("#digest-theme").input_value()) == (DARK, "dark"), address


def test_the_systems_colours_can_be_had_back(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", scheme="dark")
    page.locator("#digest-theme").select_option("light")
    page.locator("#digest-theme").select_option("")
    page.reload()
    assert page.evaluate(GROUND) == DARK


def test_the_colours_are_there_when_the_page_is_first_painted(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#digest-theme").select_option("dark")
    page.route("**/reading.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(GROUND) == DARK


# Texts


def test_translation_alone_is_shown_until_a_reader_chooses(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    expect(page.locator(".abstract .translation")).to_be_visible()
    expect(page.locator(".abstract .original")).to_be_hidden()
    expect(page.locator(".qa h3 .original")).to_be_hidden()


def test_both_stand_side_by_side_on_a_wide_screen(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "both")
    edges = {
        (left(page, translation), left(page, original))
        for translation, original in [
            ("h1", ".titles .original-title"),
            (".abstract .translation", ".abstract .original"),
            (".qa h3 .translation >> nth=0", ".qa h3 .original"),
            (".answer .translation >> nth=0", ".beside > details .original"),
        ]
    }
    assert len(edges) == 1
    ((translation, original),) = edges
    assert original > translation + 20 * 16


def test_a_translations_first_line_is_level_with_its_originals(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "both")
    for pair in ((".abstract .translation", ".abstract .original"), (".answer .translation", ".beside .original")):
        one, other = (page.locator(what).first.bounding_box()["y"] for what in pair)
        assert abs(one - other) < 8, pair


def test_a_phone_shows_the_original_below_its_translation(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", "phone")
    choose(page, "both")
    assert left(page, ".abstract .original") == left(page, ".abstract .translation")
    expect(page.locator(".qa h3 .original")).to_be_visible()


def test_on_a_phone_one_tap_opens_one_passages_original(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", "phone", has_touch=True)
    page.locator(".beside > details summary").tap()
    expect(page.locator(".beside > details .original")).to_be_visible()
    expect(page.locator(".abstract .original")).to_be_hidden()


def test_the_original_takes_the_translations_place_where_there_is_one(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    before = left(page, ".abstract .translation")
    choose(page, "original")
    expect(page.locator(".abstract .translation")).to_be_hidden()
    assert left(page, ".abstract .original") == before
    expect(page.locator(".answer .translation").nth(1)).to_be_visible()


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("texts", ["both", "original"])
def test_a_choice_is_remembered_and_nothing_moves(open_page: Open, paper: PaperPage, width: str, texts: str) -> None:
    page = open_page("/papers/read-me/", width)
    choose(page, texts)
    page.reload()
    assert page.evaluate(MOVED) == 0
    expect(page.locator(".abstract .original")).to_be_visible()
    expect(page.locator(f".texts-choice [value={texts}]")).to_be_checked()


def test_originals_are_open_before_the_scripts_that_wait(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "both")
    page.route("**/reading.js", lambda route: route.abort())
    page.reload()
    expect(page.locator(".abstract .original")).to_be_visible()
    expect(page.get_by_text("We measured it once.")).to_be_visible()


def test_what_is_read_stays_in_its_place_when_the_texts_change(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/#qa-00000002")
    before = page.locator("#qa-00000002").bounding_box()["y"]
    choose(page, "both")
    assert abs(page.locator("#qa-00000002").bounding_box()["y"] - before) < 2


def test_the_choice_goes_by_keyboard(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator(".texts-choice :checked").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".abstract .original")).to_be_visible()
    assert page.locator(".texts-choice :checked + span").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_week_follows_the_choice(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/weeks/2024-05-06/")
    choose(page, "both")
    assert left(page, ".entry .original-title") > left(page, ".entry h3 a") + 20 * 16
    assert left(page, ".abstract-fold .original") > left(page, ".abstract-fold .translation") + 20 * 16


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_choice_opens_a_weeks_abstracts_and_stays_an_overview_later(
    open_page: Open, paper: PaperPage, width: str
) -> None:
    page = open_page("/weeks/2024-05-06/", width)
    choose(page, "both")
    expect(page.locator(".abstract-fold .original")).to_be_visible()
    page.reload()
    expect(page.locator(".abstract-fold .original")).to_be_hidden()


def test_lists_put_the_chosen_title_first(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "original")
    for address in ("/", "/papers/", "/weeks/2024-05-06/"):
        page.goto(address)
        original, link = (
            page.locator("main a + .original-title").first,
            page.locator("main a:has(+ .original-title)").first,
        )
        assert original.bounding_box()["y"] < link.bounding_box()["y"], address


def test_words_of_both_texts_can_still_be_selected_for_a_report(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "both")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-place$=answer_original] p'))")
    expect(page.locator(".speak-offer")).to_be_visible()


@pytest.mark.parametrize("part", [".abstract", ".beside"])
def test_on_paper_an_original_is_set_off_from_its_translation(open_page: Open, paper: PaperPage, part: str) -> None:
    page = open_page("/papers/read-me/")
    choose(page, "both")
    page.emulate_media(media="print")
    expect(page.locator(f"{part} > [data-original] > summary").first).to_be_visible()
    edge = "original => getComputedStyle(original).borderLeftStyle"
    assert page.locator(f"{part} > [data-original] > .original").first.evaluate(edge) == "solid"


def test_the_chosen_and_the_current_are_told_apart_where_the_system_gives_the_colours(
    open_page: Open, paper: PaperPage
) -> None:
    page = open_page("/papers/read-me/#qa-00000001", forced_colors="active")
    grounds = "spans => new Set(spans.map(span => getComputedStyle(span).backgroundColor)).size"
    assert page.locator(".texts-choice span").evaluate_all(grounds) == 2
    expect(page.locator(".contents [aria-current]")).to_have_css("font-weight", "700")
    page.goto("/papers/")
    expect(page.locator(".digest-masthead nav [aria-current]")).to_have_css("border-bottom-style", "solid")


# Chosen elsewhere

BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
AS_CHOSEN = "localStorage.digestTexts = 'both'; localStorage.digestTheme = 'dark'"


def test_another_window_follows_the_choice(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    other = page.context.new_page()
    other.goto("/weeks/2024-05-06/")
    other.locator("#digest-theme").select_option("dark")
    choose(other, "both")
    expect(page.locator(".abstract .original")).to_be_visible()
    expect(page.locator(".texts-choice [value=both]")).to_be_checked()
    expect(page.locator("#digest-theme")).to_have_value("dark")
    assert page.evaluate(GROUND) == DARK
    choose(other, "")
    expect(page.locator(".abstract .original")).to_be_hidden()


def test_a_page_that_comes_back_as_it_was_left_follows_the_choice(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/#qa-00000002")
    before = page.locator("#qa-00000002").bounding_box()["y"]
    page.evaluate(f"{AS_CHOSEN}; {BACK}")  # in one window nobody tells of what is stored
    expect(page.locator(".abstract .original")).to_be_visible()
    expect(page.locator(".texts-choice [value=both]")).to_be_checked()
    assert page.evaluate(GROUND) == DARK
    assert abs(page.locator("#qa-00000002").bounding_box()["y"] - before) < 2


# Where choices cannot be kept, or nothing can be chosen

FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)


def test_a_choice_holds_for_the_page_where_storage_is_forbidden(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(FORBIDDEN)
    page.reload()
    choose(page, "both")
    expect(page.locator(".abstract .original")).to_be_visible()
    assert said == []


def test_nonsense_in_storage_is_no_choice(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.evaluate("localStorage.digestTexts = localStorage.digestTheme = 'x'")
    page.reload()
    assert page.evaluate(GROUND) == LIGHT
    expect(page.locator(".texts-choice [value='']")).to_be_checked()
    expect(page.locator("#digest-theme")).to_have_value("")


def test_without_scripts_nothing_is_offered_that_does_nothing(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", java_script_enabled=False)
    assert page.locator(".scripted:visible").count() == 0
    page.locator(".abstract summary").click()
    expect(page.locator(".abstract .original")).to_be_visible()
