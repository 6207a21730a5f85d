"""Home, archive and week page as readers see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.translation import get_language, override

from tests.factories import make_editor, make_home, make_paper, make_week
from tests.weekly.reading import count_queries, language_of, links_of, read, read_draft, text_of
from weekly.models import WeekEntry

pytestmark = pytest.mark.django_db

STAMP = {"backend": "openai", "model": "tiny", "prompt": "p", "run": 1}


def week_of(client: Client, **fields: Any) -> BeautifulSoup:
    """The page of a week with one paper."""
    return read(client, make_week(make_paper(live=True), live=True, **fields))


def entry_of(client: Client, paper: Any = None, **fields: Any) -> BeautifulSoup:
    """The entry of a week's only row; `fields` are the row's own."""
    week = make_week(*([paper] if paper else [make_paper()]), live=True)
    WeekEntry.objects.filter(week=week).update(**fields)
    return read(client, week).select_one(".entry")


# Home


def test_a_home_without_weeks_says_what_will_come(client: Client) -> None:
    make_home()
    soup = read(client, "/")
    assert text_of(soup.select_one(".empty")).startswith("まだ公開された週はありません。")
    assert {"/weeks/", "/papers/", "/tags/"} <= set(links_of(soup.select_one(".ways")))


def test_home_puts_the_newest_week_first_and_the_others_below(client: Client) -> None:
    make_home()
    for number in range(3):
        make_week(make_paper(live=True), live=True, start=date(2024, 5, 6) + timedelta(weeks=number))
    soup = read(client, "/")
    assert "/weeks/2024-05-20/" in links_of(soup.select_one(".newest h2"))
    assert links_of(soup.select_one(".week-list")) == ["/weeks/2024-05-13/", "/weeks/2024-05-06/"]


def test_home_lists_the_papers_of_the_newest_week(client: Client) -> None:
    paper = make_paper(live=True, title="On Things", title_translated="物事について")
    make_week(paper, make_paper(title="Nobody sees"), live=True)
    first, second = read(client, "/").select(".newest-list li")
    assert links_of(first) == [paper.get_url()]
    assert links_of(second) == []


def test_home_shows_its_own_introduction(client: Client) -> None:
    home = make_home()
    home.introduction = "はじめに。"
    home.save_revision().publish()
    assert text_of(read(client, "/").select_one(".lead")) == "はじめに。"


# Archive


def test_the_archive_is_parted_by_years(client: Client) -> None:
    for start in (date(2023, 12, 25), date(2024, 1, 1)):
        make_week(make_paper(live=True), live=True, start=start)
    soup = read(client, "/weeks/")
    assert [text_of(year) for year in soup.select("main h2")] == ["2024", "2023"]
    assert links_of(soup.select_one("main")) == ["/weeks/2024-01-01/", "/weeks/2023-12-25/"]


def test_an_empty_archive_says_so(client: Client) -> None:
    make_home()
    assert read(client, "/weeks/").select_one(".empty")


# Week: its head


def test_a_week_has_title_dates_and_theme(client: Client) -> None:
    soup = week_of(client, title="最新論文ノート", theme="推論、記憶、道具")
    days = [day["datetime"] for day in soup.select(".page-head time")]
    assert (text_of(soup.h1), days) == ("最新論文ノート", ["2024-05-06", "2024-05-12"])
    assert text_of(soup.select_one(".theme")) == "今週のテーマ 推論、記憶、道具"


def test_a_week_tells_from_which_list_its_papers_come(client: Client) -> None:
    soup = week_of(client, source_name="DAIR.AI", source_url="https://example.org/list")
    assert "DAIR.AIがこの週に挙げたものです" in text_of(soup.select_one(".side"))
    assert "https://example.org/list" in links_of(soup.select_one(".provenance"))


def test_a_drafted_week_says_that_software_drafted_and_why(client: Client) -> None:
    soup = read(client, make_week(make_paper(live=True, provenance={"summary": STAMP}), live=True))
    assert "ソフトウェアが下書きした" in text_of(soup.select_one(".side"))


def test_a_week_that_people_wrote_does_not_call_itself_drafted(client: Client) -> None:
    assert "ソフトウェアが下書きした" not in text_of(week_of(client).select_one(".side"))


def test_the_overview_stands_in_paragraphs(client: Client) -> None:
    soup = week_of(client, overview="一。\n\n二。\n\n三。\n\n四。")
    assert len(soup.select("section[aria-labelledby=overview] p")) == 4


def test_it_names_the_model_of_theme_and_overview_and_the_reviewer(client: Client) -> None:
    week = make_week(make_paper(live=True), provenance={"theme": STAMP, "overview": STAMP})
    week.get_latest_revision().publish(user=make_editor(first_name="Alice", last_name="Aoki"))
    note = text_of(read(client, week).select_one(".provenance"))
    assert "テーマと動向: 言語モデルtinyが下書きしました" in note
    assert "Alice Aokiが確認して公開しました" in note


# Week: its entries


def test_an_entry_shows_titles_date_and_summary(client: Client) -> None:
    entry = entry_of(client, make_paper(live=True, title="On Things", title_translated="物事について"))
    assert text_of(entry.h3) == "物事について On Things"
    assert entry.time["datetime"] == "2024-05-07"
    assert "一行の要約です。" in text_of(entry)


def test_an_entry_leads_to_its_questions(client: Client) -> None:
    paper = make_paper(live=True)
    assert paper.get_url() in links_of(entry_of(client, paper).select_one(".folds"))


def test_abstract_and_note_are_one_click_away(client: Client) -> None:
    abstract, note = entry_of(client, make_paper(live=True)).select("details")
    assert (language_of(abstract.p), language_of(note.p)) == ("ja", "en")
    assert text_of(note.p) == "A note."


@pytest.mark.parametrize(
    ("day", "remark"),
    [(5, ["この週より前の日付"]), (6, []), (12, []), (13, ["この週より後の日付"])],
)
def test_a_paper_dated_outside_the_week_is_remarked(client: Client, day: int, remark: list[str]) -> None:
    entry = entry_of(client, make_paper(live=True, published_on=date(2024, 5, day)))
    assert [text_of(note) for note in entry.select(".remark")] == remark


def test_a_withdrawn_paper_is_remarked(client: Client) -> None:
    entry = entry_of(client, make_paper(live=True, withdrawn=True))
    assert [text_of(note) for note in entry.select(".remark")] == ["取り下げ"]


def test_an_entry_outside_arxiv_keeps_its_links(client: Client) -> None:
    links = [
        {"label": "Paper", "url": "https://example.org/a(1).pdf"},
        {"label": "Tweet", "url": "http://example.org/t"},
    ]
    entry = entry_of(client, title="AlphaFold 3", links=links)
    assert links_of(entry) == ["https://example.org/a(1).pdf", "http://example.org/t"]
    assert (text_of(entry.h3), language_of(entry.h3)) == ("AlphaFold 3", "en")


@pytest.mark.parametrize("url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "", "JAVASCRIPT:x"])
def test_a_links_address_is_an_address_of_the_web(client: Client, url: str) -> None:
    assert links_of(entry_of(client, links=[{"label": "Paper", "url": url}])) == []


def test_a_lists_text_is_text_and_never_markup(client: Client) -> None:
    entry = entry_of(client, title="<b>Bold</b>", note="<script>x</script> <think> $a<b$")
    assert entry.find_all(["b", "script", "think"]) == []
    assert "<think> a<b" in text_of(entry)


def test_entries_stand_in_the_lists_order(client: Client) -> None:
    papers = [make_paper(live=True) for _ in range(3)]
    soup = read(client, make_week(papers[2], papers[0], papers[1], live=True))
    assert links_of(soup.select_one(".entries"))[::3] == [papers[n].get_url() for n in (2, 0, 1)]


# Week: ways on


def test_weeks_beside_it_are_one_click_away(client: Client) -> None:
    weeks = [make_week(make_paper(live=True), live=True, start=date(2024, 5, day)) for day in (6, 13, 20)]
    pager = read(client, weeks[1]).select_one(".pager")
    assert pager.select_one("[rel=prev]")["href"] == "/weeks/2024-05-06/"
    assert pager.select_one("[rel=next]")["href"] == "/weeks/2024-05-20/"


def test_a_week_alone_has_no_neighbours(client: Client) -> None:
    make_week(make_paper(), start=date(2024, 5, 13))
    assert week_of(client).select(".pager") == []


def test_every_page_names_its_feeds(client: Client) -> None:
    soup = week_of(client)
    declared = [(link["type"], link["href"]) for link in soup.select("head link[rel=alternate][type]")]
    assert {kind for kind, _address in declared} >= {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    }
    assert {link["href"] for link in soup.select(".feeds a[type]")} <= {address for _kind, address in declared}
    assert all(client.get(address).status_code == 200 for _kind, address in declared)


# Language


def test_the_interface_speaks_the_pages_language(client: Client) -> None:
    week = make_week(make_paper(live=True, code="ko"), live=True, code="ko", title="주간")
    response = client.get(week.get_url())
    soup = BeautifulSoup(response.content, "html.parser")
    assert (soup.html["lang"], response["Content-Language"]) == ("ko", "ko")
    assert "2024년 5월 6일" in text_of(soup.select_one(".page-head"))


def test_a_page_outside_its_languages_addresses_still_speaks_it(rf: RequestFactory) -> None:
    """A host without language prefixes and LocaleMiddleware serves every page under one active language."""
    week = make_week(make_paper(live=True, code="ko"), live=True, code="ko")
    with override("ja"):
        soup = BeautifulSoup(week.serve(rf.get("/")).content, "html.parser")
        assert get_language() == "ja"
    assert soup.select_one("main .digest")["lang"] == "ko"


def test_the_readers_browser_does_not_change_the_language(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    assert text_of(read(client, week, **{"Accept-Language": "en"}).select_one("#papers")) == "論文"


# Frame


def test_a_page_has_landmarks_and_a_way_past_them(client: Client) -> None:
    soup = week_of(client)
    assert [len(soup.select(name)) for name in ("header.digest-masthead", "main", "footer.digest-colophon")] == [
        1,
        1,
        1,
    ]
    assert soup.body.find("a")["href"] == f"#{soup.main['id']}"
    assert len(soup.select("h1")) == 1


def test_a_page_asks_for_nothing_but_its_own_stylesheets_and_scripts(client: Client) -> None:
    soup = week_of(client)
    asked = [tag.get("href") or tag["src"] for tag in soup.select("link[rel=stylesheet], script[src]")]
    names = ("early.js", "digest.css", "reading.js", "reading.css", "speak.js")
    assert asked == [f"/static/weekly/{name}" for name in names]


def test_a_page_has_no_script_or_style_in_its_markup(client: Client) -> None:
    soup = week_of(client)
    assert soup.select("script:not([src], [type$=json]), img, iframe, style, [style], [onclick]") == []


def test_only_the_readers_choices_hold_up_the_first_paint(client: Client) -> None:
    waited_for = week_of(client).select("script[src]:not([defer])")
    assert [script["src"] for script in waited_for] == ["/static/weekly/early.js"]


# Contents and originals of a week


def test_a_weeks_contents_name_its_papers_as_they_are_shown(client: Client) -> None:
    shown = make_paper(live=True, title="On Things", title_translated="物事について")
    week = make_week(shown, make_paper(title="A draft"), live=True)
    links = read(client, week).select(".contents ol a")
    assert [(text_of(link), link["href"]) for link in links] == [
        ("物事について", "#paper-1"),
        ("A draft", "#paper-2"),
    ]


def test_a_title_that_is_not_translated_keeps_its_language_in_the_contents(client: Client) -> None:
    paper = make_paper(live=True, title="Über Dinge", title_translated="", source_language="de")
    assert language_of(read(client, make_week(paper, live=True)).select_one(".contents ol a span")) == "de"


@pytest.mark.parametrize(
    ("texts", "offers"),
    [({}, 0), ({"title_translated": "論文"}, 1), ({"abstract": "One.", "abstract_translated": "一つ。"}, 1)],
)
def test_a_week_offers_the_texts_where_any_paper_has_two(client: Client, texts: dict[str, str], offers: int) -> None:
    paper = make_paper(live=True, **{"title": "A paper", "abstract": "", "abstract_translated": "", **texts})
    assert len(read(client, make_week(paper, make_paper(), live=True)).select(".texts-choice")) == offers


def test_an_entrys_abstract_stands_with_its_original(client: Client) -> None:
    fold = entry_of(client, make_paper(live=True)).select_one(".abstract-fold")
    assert language_of(fold.select_one(".original")) == "en"
    assert text_of(fold.select_one(".original")) == "We study one thing. It works."


def test_a_missing_page_shows_the_way_home(client: Client) -> None:
    make_home()
    response = client.get("/nowhere/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert "/" in links_of(soup.select_one("header"))


# Drafts


def test_a_preview_shows_the_papers_as_they_stand_in_draft() -> None:
    paper = make_paper()
    draft = paper.get_latest_revision_as_object()
    draft.summary = "まだ下書き。"
    draft.save_revision()
    assert "まだ下書き。" in text_of(read_draft(make_week(paper)).select_one(".entry"))


def test_the_published_week_shows_no_paper_that_is_a_draft(client: Client) -> None:
    entry = entry_of(client, make_paper(title_translated="下書き", summary="秘密"), title="As listed")
    assert (text_of(entry.h3), "秘密" in text_of(entry)) == ("As listed", False)


# Cost


def test_its_queries_stay_few_whatever_the_number_of_entries(client: Client) -> None:
    counts = []
    for number in (2, 20):
        papers = [make_paper(live=True, tags=["agents"], qas=2) for _ in range(number)]
        week = make_week(*papers, live=True, start=date(2024, 1, number))
        cache.clear()
        counts.append(count_queries(client, week))
    assert max(counts) <= 19
    assert counts[0] == counts[1]
