"""What a letter tells: only what is public, in one language, with formulas as characters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from papers.models import PaperPage
from tests.factories import make_mailing, make_paper, make_week
from weekly.mailings.contents import OVERVIEW, SUMMARY, Contents, Item, contents_of, draft_contents
from weekly.models import WeekEntry, WeekPage

pytestmark = pytest.mark.django_db


def told(*papers: Any, **fields: Any) -> Contents:
    """What the letter of a public week tells; `fields` are its texts, whatever the checks would say of them."""
    week = make_week(*(papers or [make_paper(live=True)]), live=True)
    WeekPage.objects.filter(pk=week.pk).update(**fields)
    return contents_of(make_mailing(week))


def item(**fields: Any) -> Item:
    """How a paper with these texts stands in a letter."""
    paper = make_paper(live=True)
    PaperPage.objects.filter(pk=paper.pk).update(**fields)
    (found,) = told(paper).items
    return found


def test_a_paper_has_both_titles_its_summary_and_its_address() -> None:
    found = item(title="On Things", title_translated="物事について", url_path="/home/papers/on-things/")
    assert (found.title, found.original, found.summary) == ("物事について", "On Things", "一行の要約です。")
    assert found.url == "http://localhost/papers/on-things/"


def test_each_title_is_told_in_its_own_language() -> None:
    paper = make_paper(live=True, title="On Things", title_translated="物事について")
    both, untranslated = told(paper, make_paper(live=True)).items
    assert (both.language, both.original_language) == ("ja", "en")
    assert (untranslated.language, untranslated.original) == ("en", "")


def test_a_week_has_its_theme_trends_introduction_and_days() -> None:
    found = told(introduction="始めに。")
    assert (found.theme, found.overview, found.introduction) == ("主題", "概観です。\n\n続きです。", "始めに。")
    assert found.days == "2024年5月6日 – 2024年5月12日"


def test_the_subject_names_the_digest_and_the_week() -> None:
    assert told(title="五月の週").subject == "Paper Digest：五月の週"


def test_days_that_the_title_has_are_not_said_twice() -> None:
    assert told(title="論文ノート：2024年5月6日〜12日").days == ""


def test_formulas_are_characters() -> None:
    found = item(title="Sorting in $O(n^2)$", summary=r"誤差は$10^{-3}$、費用は\$5。")
    assert found.title == "Sorting in O(n²)"
    assert found.summary == "誤差は10⁻³、費用は$5。"


def test_no_title_brings_a_line_of_its_own_into_the_subject() -> None:
    found = told(title="A week\r\nBcc: all@example.org\u2028\x1bend")
    assert found.subject == "Paper Digest：A week Bcc: all@example.org end"


def test_control_characters_of_texts_are_left_out() -> None:
    assert told(overview="One.\x1b\x0c\r\n\r\nTwo.").overview == "One.  \n\nTwo."


@pytest.mark.parametrize("length", [SUMMARY, SUMMARY + 1])
def test_a_long_summary_is_cut_where_the_page_goes_on(length: int) -> None:
    found = item(summary="あ" * length).summary
    assert len(found) == SUMMARY
    assert found.endswith("…") is (length > SUMMARY)


def test_a_long_overview_is_cut() -> None:
    assert len(told(overview="あ" * 2 * OVERVIEW).overview) == OVERVIEW


def test_a_paper_whose_page_is_not_public_is_told_as_the_list_has_it() -> None:
    (found,) = told(make_paper(title="Not out yet", summary="Secret.")).items
    assert found == Item("Not out yet", "en")


def test_papers_that_were_not_chosen_are_left_out() -> None:
    week = make_week(make_paper(live=True, title="In"), make_paper(live=True, title="Out"), live=True)
    WeekEntry.objects.filter(week=week, rank=2).update(chosen=False)
    assert [found.title for found in contents_of(make_mailing(week)).items] == ["In"]


def test_a_withdrawn_paper_says_so() -> None:
    assert item(withdrawn=True).remark == "取り下げ"


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("ja", "2024年5月6日 – 2024年5月12日"),
        ("ko", "2024년 5월 6일 – 2024년 5월 12일"),
        ("en", "May 6, 2024 – May 12, 2024"),
    ],
)
def test_a_letter_speaks_its_mailings_language(code: str, days: str) -> None:
    texts = {"abstract_translated": "We study one thing.", "summary": "One line."} if code == "en" else {}
    overview = "One trend." if code == "en" else "概観です。"
    week = make_week(make_paper(live=True, code=code, **texts), live=True, code=code, overview=overview)
    assert contents_of(make_mailing(week, code=code)).days == days


def test_addresses_are_those_of_the_pages_site() -> None:
    Site.objects.update(hostname="digest.example.org", port=443)
    Site.clear_site_root_paths_cache()
    found = told(make_paper(live=True, slug="one"))
    assert (found.home, found.items[0].url) == (
        "https://digest.example.org/",
        "https://digest.example.org/papers/one/",
    )


def test_there_is_no_letter_of_a_week_that_went_away() -> None:
    week = make_week(make_paper(live=True), live=True)
    mailing = make_mailing(week)
    week.unpublish()
    assert contents_of(mailing) is None


def test_there_is_no_letter_of_a_week_that_not_all_may_see() -> None:
    week = make_week(make_paper(live=True), live=True)
    PageViewRestriction.objects.create(page=week.get_parent(), restriction_type="login")
    assert contents_of(make_mailing(week)) is None


def test_there_is_no_letter_of_a_week_that_was_deleted() -> None:
    assert contents_of(make_mailing(None, frequency="weekly")) is None


# Daily


def test_a_daily_letter_tells_new_weeks_and_then_new_papers() -> None:
    paper = make_paper(live=True, title="On Things")
    week = make_week(paper, live=True, title="五月の週")
    found = contents_of(make_mailing(None, paper, week))
    assert [one.title for one in found.items] == ["五月の週", "On Things"]
    assert found.frequency == "daily"


def test_a_daily_letter_of_one_page_has_its_title_in_the_subject() -> None:
    found = contents_of(make_mailing(None, make_paper(live=True, title="On Things", title_translated="物事について")))
    assert found.subject.endswith("：物事について")
    assert found.subject.startswith("Paper Digest")


def test_a_daily_letter_leaves_out_what_is_not_public_any_more() -> None:
    stays, goes = make_paper(live=True, title="Stays"), make_paper(live=True)
    mailing = make_mailing(None, stays, goes)
    goes.unpublish()
    assert [one.title for one in contents_of(mailing).items] == ["Stays"]


def test_there_is_no_daily_letter_where_nothing_is_left() -> None:
    assert contents_of(make_mailing(None, make_paper())) is None


# What it costs, and drafts


@pytest.mark.parametrize("kind", ["weekly", "daily"])
def test_more_papers_cost_no_more_queries(kind: str) -> None:
    def cost(count: int, day: int) -> int:
        papers = [make_paper(live=True) for _ in range(count)]
        week = make_week(*papers, live=True, start=date(2024, 5, day)) if kind == "weekly" else None
        mailing = make_mailing(week, *(() if week else papers), last_day=date(2024, 5, day))
        with CaptureQueriesContext(connection) as asked:
            contents_of(mailing)
        return len(asked)

    cost(1, 1)
    assert cost(2, 6) == cost(9, 13)


def test_a_draft_is_told_as_it_would_go_out() -> None:
    paper = make_paper(live=True)
    paper.summary = "新しい要約です。"
    paper.save_revision()
    week = make_week(paper, live=True)
    week.theme = "新しい主題"
    week.save_revision()
    found = draft_contents(week)
    assert (found.theme, found.items[0].summary) == ("新しい主題", "新しい要約です。")
