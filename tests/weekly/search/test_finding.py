"""What is found, and in which order; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from papers.keyset import BadCursor
from tests.factories import make_paper, make_qa
from weekly.search.base import Tier
from weekly.search.documents import key_of, language_mark
from weekly.search.finding import Place, find_papers
from weekly.search.index import get_index
from weekly.search.query import read_query

from .conftest import Find

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "自然言語処理",
        "自然言語",
        "然言語",
        "言語",
        "語",
        "処理 自然",
        "理",
        "ＳＯＴＡ",
        "sota モデル",
        "モデルを",
        "ﾓﾃﾞﾙ",
        "を",
        "ー",
    ],
)
def test_any_piece_of_a_japanese_text_is_found(find: Find, text: str) -> None:
    make_paper(live=True, title="One", abstract_translated="自然言語処理のモデルをSOTAにし、サーバーで試した。")
    make_paper(live=True, title="Other", abstract_translated="別の話。")
    assert find(text) == ["One"]


@pytest.mark.parametrize("text", ["언어", "어", "거대언어", "대언어모델", "모델은", "모델 거대"])
def test_any_piece_of_a_korean_text_is_found(find: Find, text: str) -> None:
    make_paper(live=True, code="ko", title="One", abstract_translated="거대언어모델은 강하다.")
    make_paper(live=True, code="ko", title="Other", abstract_translated="다른 것.")
    assert find(text, language="ko") == ["One"]


@pytest.mark.parametrize(
    "text", ["agent", "AGENTS", "memories", "memory", "pokemon", "chain-of-thought", "gpt-4", '"memory of agents"']
)
def test_english_words_are_found_in_any_form(find: Find, text: str) -> None:
    make_paper(live=True, title="One", abstract="The memory of agents in Pokémon, by chain of thought and GPT-4.")
    make_paper(live=True, title="Other", abstract="Of thought chain, GPT of no age.")
    assert find(text) == ["One"]


@pytest.mark.parametrize("text", ["言然", "自言", "自然処理言語", "言語自然", "agent 語"])
def test_characters_that_do_not_stand_together_are_not_found(find: Find, text: str) -> None:
    make_paper(live=True, abstract_translated="自然言語処理。言葉。然り。処理言語。語自。")
    assert find(text) == []


def test_a_row_of_characters_is_more_than_its_pairs(find: Find) -> None:
    make_paper(live=True, title="Pairs", abstract_translated="モデレートとデルタです。")
    make_paper(live=True, title="Row", abstract_translated="モデルです。")
    assert find("モデル") == ["Row"]


@pytest.mark.parametrize("name", ["title", "title_translated", "summary", "abstract", "abstract_translated", "authors"])
def test_every_text_is_searched(find: Find, name: str) -> None:
    fields: dict[str, Any] = {"title": "One", name: "Zebra。"}
    make_paper(live=True, **fields)
    assert find("zebra") == [fields["title"]]


@pytest.mark.parametrize("name", ["question", "answer", "question_original", "answer_original"])
def test_questions_and_answers_are_searched(find: Find, name: str) -> None:
    make_paper(live=True, title="One", qa=[make_qa(**{name: "しまうま zebra。"})])
    assert find("しまうま") == find("zebra") == ["One"]


def test_a_paper_is_found_by_its_arxiv_id(find: Find) -> None:
    make_paper(live=True, title="One", arxiv_id="2401.12345")
    make_paper(live=True, title="Other", arxiv_id="2401.54321")
    assert find("2401.12345") == find("arXiv:2401.12345v1") == find("https://arxiv.org/abs/2401.12345") == ["One"]


def test_titles_come_first_then_summaries_then_all_else(find: Find) -> None:
    make_paper(live=True, title="Title 猫", published_on=date(2020, 1, 1))
    make_paper(live=True, title="Summary", summary="猫の話", published_on=date(2021, 1, 1))
    make_paper(live=True, title="Often", abstract="猫 dog 猫 dog 猫 dog 猫", published_on=date(2020, 6, 1))
    make_paper(live=True, title="Once", abstract="猫", published_on=date(2024, 1, 1))
    assert find("猫") == ["Title 猫", "Summary", "Often", "Once"]


def test_within_a_tier_the_newest_comes_first(find: Find) -> None:
    for year in (1999, 2024, 2010, 1950, 2023):
        make_paper(live=True, title=f"Cats {year}", published_on=date(year, 5, 6))
    assert find("cats") == [f"Cats {year}" for year in (2024, 2023, 2010, 1999, 1950)]


def test_every_page_goes_on_where_the_one_before_ended() -> None:
    for number in range(7):
        make_paper(live=True, title=f"{number}", **{("summary", "abstract")[number % 2]: "猫がいる"})
    query, found, after = read_query("猫が", [(language_mark("ja"),)]), [], ""
    for _page in range(4):
        papers, place = find_papers(get_index(), query, after, 2)
        found, after = found + [paper.title for paper in papers], str(place)
    assert found == ["6", "4", "2", "0", "5", "3", "1"]
    assert place is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "1", "4.4294967296", "0.4294967297", "1.1", "1.99999999999999999", "1.4294967296.1", "１.4294967297"],
)
def test_a_broken_place_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        Place.parse(cursor)


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(Tier.HEAD, key_of(date(2024, 5, 6), 17))
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "\\",
        "\x00",
        "a\x00b",
        "*",
        "a*",
        "a OR",
        "NOT a",
        "AND",
        "NEAR(a b)",
        "a^2",
        "(a",
        "a:b",
        "words:a",
        "a & | b",
        "!a",
    ]
    + [
        "<->",
        "a <-> b",
        '"a" "',
        "-a",
        "#lja",
        "!agent",
        "%s",
        "%",
        "a' OR '1'='1",
        "\ud800",
        "猫\u3099",
        "😀",
        "é",
        "ß",
        "ﷺ",
        "a " * 50,
    ]
    + ["a" * 10_000, "猫" * 10_000, "?!" * 5_000, '"' * 10_000, "a b " * 2_500],
)
def test_nothing_that_can_be_typed_is_an_error(find: Find, text: str) -> None:
    make_paper(live=True, title="a b agent 猫")
    assert find(text) in ([], ["a b agent 猫"])
