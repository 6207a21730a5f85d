"""Ways to report an error in a passage, and the form for it as a browser gets and sends it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_paper, make_qa, make_week
from tests.weekly.reading import language_of, links_of, read, text_of
from tests.weekly.speaking.visiting import ANSWER, BLOCK, EVIL, close, form_of, post, refused
from weekly.models import Report

pytestmark = pytest.mark.django_db


# Ways to report


def test_every_passage_has_a_way_to_report_an_error_in_it(client: Client, page: PaperPage) -> None:
    links = [link for link in links_of(read(client, page)) if "/reports/new/" in link]
    asked = f"/en/reports/new/?page={page.pk}&revision={page.live_revision_id}"
    assert links == [f"{asked}&place={place}" for place in ("summary", "abstract_translated", ANSWER)] + [asked]


def test_passages_are_marked_for_selecting(client: Client, page: PaperPage) -> None:
    places = [found["data-place"] for found in read(client, page).select("[data-place]")]
    assert places == ["title_translated", "summary", "abstract_translated", f"qa.{BLOCK}.question", ANSWER]


def test_a_weeks_passages_are_marked_too(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True, introduction="はじめに。")
    places = [found["data-place"] for found in read(client, week).select("[data-place]")]
    assert places == ["theme", "introduction", "overview"]


def test_where_no_reports_are_taken_nothing_offers_them(client: Client, page: PaperPage) -> None:
    close(reports_open=False)
    soup = read(client, page)
    assert [link for link in links_of(soup) if "/reports/" in link] == []
    assert soup.select("[data-report]") == []


# A report's form


def test_a_report_shows_the_passages_of_its_question(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place=ANSWER)
    assert [text_of(passage) for passage in soup.select(".passage")] == ["What is RAT?", "A method."]
    assert soup.select_one("[name=place][checked]")["value"] == ANSWER


def test_a_report_of_the_page_offers_all_its_fields(client: Client, page: PaperPage) -> None:
    values = [field["value"] for field in form_of(client, "report", page).select("[name=place]")]
    assert values == ["title_translated", "summary", "abstract_translated", ""]


def test_the_papers_own_words_are_in_its_language(client: Client) -> None:
    page = make_paper(live=True, qa=[make_qa(1, answer_original="It works.")])
    place = f"qa.{BLOCK}.answer_original"
    soup = BeautifulSoup(client.get("/reports/new/", {"page": page.pk, "place": place}).content, "html.parser")
    assert [language_of(passage) for passage in soup.select(".passage")] == ["ja", "ja", "en"]


def test_selected_words_are_shown_in_the_form(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place=ANSWER, quote=EVIL)
    assert (soup.select_one(".quoted").get_text(), soup.select_one("[name=quote]")["value"]) == (EVIL, EVIL)


def test_a_passage_that_is_gone_is_told_and_the_page_offered(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place="qa.0.answer")
    assert "no longer on the page" in text_of(soup.select_one(".notice"))
    assert soup.select_one("[name=place][checked]")["value"] == ""


def test_a_report_keeps_place_revision_and_quote(client: Client, page: PaperPage) -> None:
    post(client, "report", page, place=ANSWER, revision=page.live_revision_id, quote="A method", wording="One method")
    report = Report.objects.get()
    assert (report.place, report.revision, report.quote) == (ANSWER, page.live_revision_id, "A method")
    assert (report.passage, report.wording) == ("A method.", "One method")


def test_a_reporter_is_thanked_and_told_what_comes_next(client: Client, page: PaperPage) -> None:
    soup = read(client, post(client, "report", page).url)
    assert "An editor reads it" in text_of(soup.select_one("[data-speak-region]"))
    assert {page.get_url(), "/en/corrections/"} <= set(links_of(soup.select_one("[data-speak-region]")))


def test_a_refused_report_keeps_what_was_typed_and_chosen(client: Client, page: PaperPage) -> None:
    soup = refused(client, "report", page, place=ANSWER, message="", quote="A method", wording="Better", thanks="on")
    assert soup.select_one("[name=place][checked]")["value"] == ANSWER
    assert (soup.select_one("[name=wording]").get_text().strip(), soup.select_one(".quoted").get_text()) == (
        "Better",
        "A method",
    )


def test_a_report_on_a_block_that_is_gone_is_refused_and_kept(client: Client, page: PaperPage) -> None:
    soup = refused(client, "report", page, place="qa.0.answer", message="My long thought")
    assert "not on the page any more" in text_of(soup.select_one(".problems"))
    assert soup.select_one("[name=message]").get_text().strip() == "My long thought"


@pytest.mark.parametrize("name", ["place", "revision", "quote", "message", "wording", "name", "email"])
def test_script_in_any_field_of_a_report_stays_text(client: Client, page: PaperPage, name: str) -> None:
    soup = refused(client, "report", page, **{"message": "", name: EVIL, "token": ""})
    assert soup.select("main :is(script, b)") == []
