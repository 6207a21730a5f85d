"""Excerpts show where the words stand, in the text as it was written."""

from __future__ import annotations

import pytest

from weekly.search.documents import Passage
from weekly.search.excerpts import LENGTH, Excerpt, Marker
from weekly.search.query import read_query


def shown(excerpt: Excerpt) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in excerpt.parts)


def marked(words: str, text: str, language: str = "en") -> str:
    return shown(Marker(read_query(words)).whole(Passage(text, language)))


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("agent", "Agents act.", "[Agents] act."),
        ("agent", "An agentic reagent.", "An agentic reagent."),
        ("然言", "自然言語", "自[然言]語"),
        ("語 自然言語", "自然言語と言語", "[自然言語]と言[語]"),
        ("モデル", "ＧＰＴモデル", "ＧＰＴ[モデル]"),
        ("gpt モデル", "ＧＰＴモデル", "[ＧＰＴ][モデル]"),
        ("pokemon", "Pokémon!", "[Pokémon]!"),
        ("strasse", "Die Straße", "Die [Straße]"),
        ("kilometre", "㎞ and kilometres", "㎞ and [kilometres]"),
        ("1", "①と②", "[①]と②"),
        (".*", "a.*b", "a.*b"),
        ("memory", "memories of a memory", "[memories] of a [memory]"),
        ("y x", "xy y; x", "xy [y]; [x]"),
        ("x" * 70, f"{'x' * 80} {'x' * 9}", f"[{'x' * 80}] {'x' * 9}"),
        ("モデル", "㌔モデル", "㌔[モデル]"),
        ("cat", "<b>cat</b>", "<b>[cat]</b>"),
        ("cat", "", ""),
        ("?!", "cat", "cat"),
    ],
)
def test_words_are_marked_as_they_were_written(words: str, text: str, expected: str) -> None:
    assert marked(words, text) == expected


def test_an_excerpt_begins_near_the_word_and_cuts_none() -> None:
    text = "filling words " * 50 + "a zebra at last " + "more words " * 50
    (found,) = Marker(read_query("zebra")).best([Passage(text, "en")])
    assert "[zebra] at last" in shown(found)
    assert (shown(found)[:15], shown(found)[-11:]) == ("…filling words ", "more words…")


@pytest.mark.parametrize(
    ("text", "longest"),
    [("words " * 500 + "zebra " + "words " * 500, LENGTH), ("言葉。" * 500 + "zebra" + "言葉。" * 500, LENGTH // 2)],
)
def test_an_excerpt_is_short(text: str, longest: int) -> None:
    (found,) = Marker(read_query("zebra")).best([Passage(text, "en")])
    assert len(found.text) <= longest + 2


def test_a_short_passage_is_shown_whole() -> None:
    text = "The whole of it ends with a zebra."
    assert [found.text for found in Marker(read_query("zebra")).best([Passage(text, "en")])] == [text]


def test_the_passage_that_shows_most_words_comes_first() -> None:
    passages = [Passage("A cat.", "en"), Passage("A cat and a dog.", "en"), Passage("猫", "ja")]
    found = Marker(read_query("cat dog 猫")).best(passages)
    assert [shown(one) for one in found] == ["A [cat] and a [dog].", "[猫]"]
    assert [one.language for one in found] == ["en", "ja"]


def test_where_no_word_stands_there_is_no_excerpt() -> None:
    assert Marker(read_query("zebra")).best([Passage("A cat.", "en")]) == []
    assert Marker(read_query("")).best([Passage("A cat.", "en")]) == []


def test_lines_are_joined() -> None:
    assert marked("cat", "One\n\ncat  here") == "One [cat] here"
