"""Where a report's words stand in the text of today."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_paper, make_qa, make_report
from tests.weekly.moderation.acting import draft_of, live
from weekly.moderation import Located, located

pytestmark = pytest.mark.django_db
TEXT = "一つのことを調べました。うまくいきます。"


@pytest.fixture
def paper(db: None) -> Any:
    return make_paper(live=True, qas=1)


def found(paper: Any, passage: str, **fields: Any) -> Located:
    """A report of a passage, located where another text stands by now."""
    report = make_report(paper, "abstract_translated", passage=TEXT, **fields)
    page = draft_of(paper)
    page.abstract_translated = passage
    return located(report, page)


def test_a_quote_is_found_where_it_stands(paper: Any) -> None:
    place = found(paper, TEXT, quote="調べました")
    assert TEXT[slice(*place.span)] == "調べました"
    assert not place.has_changed


def test_a_quote_is_found_where_the_text_around_it_has_changed(paper: Any) -> None:
    place = found(paper, "詳しく調べました。", quote="調べました")
    assert (place.span, place.has_changed) == ((3, 8), True)


def test_a_quote_that_stands_no_longer_is_told(paper: Any) -> None:
    place = found(paper, "別の文です。", quote="調べました")
    assert (place.span, place.has_changed, place.is_gone) == (None, True, False)


def test_without_a_quote_it_is_told_whether_the_passage_has_changed(paper: Any) -> None:
    assert found(paper, TEXT) == Located(TEXT)
    assert found(paper, "別の文です。").has_changed


def test_line_breaks_of_a_selection_need_not_be_those_of_the_text(paper: Any) -> None:
    place = found(paper, "一つ。\n\n二つ。", quote="一つ。\r\n二つ。")
    assert place.span == (0, 8)


def test_signs_that_nobody_sees_are_no_part_of_a_quote(paper: Any) -> None:
    assert found(paper, "A \u202dRAT\u202c\x1b model.", quote="RAT model").span == (3, 14)


def test_marks_of_patterns_in_a_quote_are_only_characters(paper: Any) -> None:
    assert found(paper, "何(か).*です", quote="(か).*").span == (1, 6)


def test_a_quote_of_a_hundred_thousand_characters_takes_no_time(paper: Any) -> None:
    assert found(paper, "あ " * 5_000, quote="あ " * 50_000).span is None


def test_a_block_that_is_gone_is_told(paper: Any) -> None:
    report = make_report(paper, f"qa.{make_qa(1)['id']}.answer", quote="答え")
    page = draft_of(paper)
    page.qa = []
    assert located(report, page).is_gone


def test_a_block_that_has_moved_is_found(paper: Any) -> None:
    report = make_report(paper, f"qa.{make_qa(1)['id']}.answer", quote="答え")
    page = draft_of(paper)
    page.qa.insert(0, ("qa", page.qa[0].value))
    assert located(report, page).span == (0, 2)


def test_the_page_as_a_whole_has_changed_with_its_revision(paper: Any) -> None:
    report = make_report(paper, "")
    assert located(report, live(paper)) == Located("")
    draft_of(paper).save_revision().publish()
    assert located(report, live(paper)).has_changed
