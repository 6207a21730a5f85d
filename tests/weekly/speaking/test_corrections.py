"""What was corrected: beside its text, and in the list of all corrections."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.keyset import PAGE_SIZE
from papers.models import PaperPage
from tests.factories import make_correction, make_home, make_paper
from tests.weekly.reading import language_of, links_of, read, text_of
from tests.weekly.speaking.visiting import ANSWER, EVIL

pytestmark = pytest.mark.django_db


# What was corrected


def test_a_correction_tells_what_stood_what_stands_why_and_thanks_to_whom(client: Client, page: PaperPage) -> None:
    make_correction(page, thanks="Bob")
    item = read(client, page).select_one("#corrections .correction")
    assert ([text_of(e) for e in item.select("dd")], text_of(item.select_one(".why"))) == (
        ["A rat.", "RAT."],
        "A name.",
    )
    assert text_of(item.select_one(".thanks")) == "Thanks to Bob."


def test_a_correction_marks_the_words_that_changed(client: Client, page: PaperPage) -> None:
    make_correction(page, before="A rat generates it.", after="A RAT generated it.")
    item = read(client, page).select_one(".correction")
    assert [text_of(old) for old in item.select("del")] == ["rat", "generates"]
    assert [text_of(new) for new in item.select("ins")] == ["RAT", "generated"]


def test_a_long_passage_is_cut_to_what_surrounds_the_change(client: Client, page: PaperPage) -> None:
    long = "同じ文です。" * 200
    make_correction(page, before=f"{long}鼠{long}", after=f"{long}RAT{long}")
    old, new = read(client, page).select(".correction dd")
    assert (text_of(old.find("del")), text_of(new.find("ins"))) == ("鼠", "RAT")
    assert len(text_of(old)) < 150


def test_a_text_that_was_added_stood_as_nothing(client: Client, page: PaperPage) -> None:
    make_correction(page, before="", after="New.")
    assert [text_of(e) for e in read(client, page).select(".correction dd")] == ["(nothing)", "New."]


def test_what_a_correction_says_is_no_markup(client: Client, page: PaperPage) -> None:
    make_correction(page, before=EVIL, after=EVIL + "!", reason=EVIL, thanks=EVIL, place_label=EVIL)
    assert read(client, page).select(".correction :is(script, b, .why a)") == []


def test_a_correction_leads_to_its_question(client: Client, page: PaperPage) -> None:
    make_correction(page, place=ANSWER, place_label="Question 1, answer")
    link = read(client, page).select_one(".correction .meta a")
    assert (link["href"], text_of(link)) == ("#qa-00000001", "Question 1, answer")


def test_a_page_says_when_it_was_last_corrected(client: Client, page: PaperPage) -> None:
    assert "Last corrected" not in text_of(read(client, page).select_one(".provenance"))
    make_correction(page)
    assert "#corrections" in links_of(read(client, page).select_one(".provenance"))


def test_typos_leave_no_note(client: Client, page: PaperPage) -> None:
    make_correction(page, is_typo=True)
    assert read(client, page).select("#corrections") == []


def test_many_corrections_are_folded_below_the_newest(client: Client, page: PaperPage) -> None:
    for _number in range(5):
        make_correction(page)
    section = read(client, page).select_one("#corrections")
    assert [len(part.select(":scope > li")) for part in section.select(".correction-list")] == [3, 2]


# All corrections


def test_the_list_of_corrections_names_page_and_place(client: Client, page: PaperPage) -> None:
    correction = make_correction(page)
    item = read(client, "/en/corrections/").select_one(".correction")
    assert links_of(item) == [f"{page.get_url()}#correction-{correction.pk}"]
    assert "On RAT Summary" in text_of(item)


def test_a_paper_without_translated_title_is_named_in_its_own_language(client: Client) -> None:
    make_correction(make_paper(live=True))
    assert language_of(read(client, "/corrections/").select_one(".correction .meta a")) == "en"


def test_a_list_without_corrections_says_how_to_report(client: Client) -> None:
    make_home("en")
    assert "Nothing has been corrected yet." in text_of(read(client, "/en/corrections/").select_one(".empty"))


def test_the_list_goes_on_where_its_page_ends(client: Client, page: PaperPage) -> None:
    made = [make_correction(page) for _number in range(PAGE_SIZE + 1)]
    further = read(client, "/en/corrections/").select_one(".pager .next")["href"]
    items = read(client, f"/en/corrections/{further}").select(".correction")
    assert [item["id"] for item in items] == [made[0].anchor]


def test_a_broken_place_in_the_list_is_not_found(client: Client) -> None:
    make_home()
    assert client.get("/corrections/?after=x").status_code == 404


def test_the_list_offers_its_feeds(client: Client) -> None:
    make_home("en")
    links = links_of(read(client, "/en/corrections/").select_one("p.feeds"))
    assert [client.get(link).status_code for link in links] == [200] * 3
