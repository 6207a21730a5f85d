"""Places: one way to read and write a text by its path."""

from __future__ import annotations

import pytest

from papers.places import block_of, place_label, read_place, write_place
from tests.factories import make_paper, make_qa, make_week

pytestmark = pytest.mark.django_db
BLOCK = make_qa(1)["id"]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("summary", "一行の要約です。"),
        (f"qa.{BLOCK}.answer", "答え1です。"),
        (f"qa.{BLOCK}.question", "質問1は何ですか。"),
        (f"qa.{BLOCK}.answer_original", ""),
    ],
)
def test_a_text_is_found_at_its_place(place: str, text: str) -> None:
    assert read_place(make_paper(qas=2), place) == text


@pytest.mark.parametrize(
    "place", ["", "title", "slug", "qa", "qa.", f"qa.{BLOCK}", f"qa.{BLOCK}.kind", "qa.gone.answer", "qa.a.b.c", "pk"]
)
def test_what_is_no_place_or_gone_holds_no_text(place: str) -> None:
    assert read_place(make_paper(qas=2), place) is None


@pytest.mark.parametrize(
    ("place", "block"), [(f"qa.{BLOCK}.answer", BLOCK), (f"qa.{BLOCK}", BLOCK), ("summary", ""), ("qa", ""), ("", "")]
)
def test_a_place_of_a_question_names_its_block(place: str, block: str) -> None:
    assert block_of(place) == block


def test_a_week_has_places_and_no_questions() -> None:
    week = make_week()
    assert read_place(week, "theme") == "主題"
    assert read_place(week, f"qa.{BLOCK}.answer") is None


@pytest.mark.parametrize("place", ["summary", f"qa.{BLOCK}.answer"])
def test_a_text_is_written_where_the_old_one_stands(place: str) -> None:
    page = make_paper(qas=1)
    assert write_place(page, place, read_place(page, place), "新しい文です。")
    assert read_place(page, place) == "新しい文です。"


@pytest.mark.parametrize("place", ["summary", f"qa.{BLOCK}.answer", "qa.gone.answer"])
def test_nothing_is_written_over_another_text(place: str) -> None:
    page = make_paper(qas=1)
    before = read_place(page, place)
    assert not write_place(page, place, "別の文です。", "新しい文です。")
    assert read_place(page, place) == before


def test_a_place_has_a_name_that_editors_know() -> None:
    page = make_paper(qas=2)
    assert "1" in place_label(page, f"qa.{BLOCK}.answer")
    assert place_label(page, "summary") == str(page._meta.get_field("summary").verbose_name)


def test_a_block_that_is_gone_is_called_by_its_path() -> None:
    assert place_label(make_paper(), "qa.gone.answer") == "qa.gone.answer"
