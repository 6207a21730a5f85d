"""A glossary term guessed from a correction."""

from __future__ import annotations

from typing import Any

import pytest

from papers.models import GlossaryTerm
from tests.factories import make_correction, make_paper, make_qa
from weekly.moderation import Lesson, lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db: None) -> Any:
    text = "We propose RAT, retrieval augmented thoughts, with attention heads."
    return make_paper(abstract=text, qa=[make_qa(1, answer_original="RAT beats it.")])


def learnt(paper: Any, before: str, after: str, place: str = "abstract_translated") -> Lesson:
    return lesson(make_correction(paper, place=place, before=before, after=after))


def test_a_name_that_had_become_an_animal_is_kept_as_the_paper_has_it(paper: Any) -> None:
    assert learnt(paper, "ネズミを提案します。", "RATを提案します。") == Lesson("RAT", "ネズミ", "RAT", keep=True)


def test_words_are_whole_where_only_a_character_differs(paper: Any) -> None:
    guess = learnt(paper, "注目ヘッドです。", "注意ヘッドです。")
    assert (guess.wrong, guess.right) == ("注目", "注意")


def test_the_glossary_tells_which_of_the_papers_words_is_meant(paper: Any) -> None:
    GlossaryTerm.objects.create(source="attention", target="注意", language="ja")
    GlossaryTerm.objects.create(source="caution", target="注意", language="ja")
    assert learnt(paper, "注目ヘッドです。", "注意ヘッドです。").source == "attention"


def test_a_wrong_rendering_of_the_glossary_tells_as_well(paper: Any) -> None:
    GlossaryTerm.objects.create(source="attention", target="アテンション", forbidden="注目", language="ja")
    assert learnt(paper, "注目ヘッドです。", "注意ヘッドです。").source == "attention"


def test_the_glossary_of_another_language_tells_nothing(paper: Any) -> None:
    GlossaryTerm.objects.create(source="attention", target="注意", language="ko")
    assert learnt(paper, "注目ヘッドです。", "注意ヘッドです。").source == ""


def test_an_answer_is_compared_with_its_own_original(paper: Any) -> None:
    place = f"qa.{make_qa(1)['id']}.answer"
    assert learnt(paper, "ネズミです。", "RATです。", place).source == "RAT"


def test_a_word_that_the_source_lacks_is_no_source(paper: Any) -> None:
    assert learnt(paper, "ネズミです。", "BERTです。") == Lesson("", "ネズミ", "BERT")


def test_a_block_that_is_gone_leaves_the_source_open(paper: Any) -> None:
    guess = learnt(paper, "ネズミです。", "RATです。", "qa.00000009-0000-4000-8000-000000000000.answer")
    assert guess == Lesson("", "ネズミ", "RAT")


def test_an_exchange_says_more_than_an_addition_before_it(paper: Any) -> None:
    guess = learnt(paper, "ネズミです。", "RATです。なお、速いです。")
    assert (guess.wrong, guess.right) == ("ネズミ", "RAT")


def test_words_that_were_only_taken_out_are_wrong(paper: Any) -> None:
    assert learnt(paper, "いわゆる手法です。", "手法です。") == Lesson("", "いわゆる", "")


def test_languages_with_spaces_have_whole_words(paper: Any) -> None:
    guess = learnt(paper, "A rat-like model", "A RAT-style model", "summary")
    assert (guess.wrong, guess.right) == ("rat-like", "RAT-style")


def test_a_passage_that_was_written_anew_teaches_no_term(paper: Any) -> None:
    assert learnt(paper, "あ" * 100, "い" * 100) == Lesson()


def test_a_changed_full_stop_teaches_no_term(paper: Any) -> None:
    assert learnt(paper, "手法です.", "手法です。") == Lesson()


SENTENCES = [f"{number}番目の文では、ネズミの手法を説明します。" for number in range(300)]


def test_a_word_exchanged_in_a_long_text_is_found(paper: Any) -> None:
    before = "".join(SENTENCES)
    guess = learnt(paper, before, before.replace("250番目の文では、ネズミ", "250番目の文では、RAT"))
    assert (guess.wrong, guess.right) == ("ネズミ", "RAT")


def test_the_first_of_many_exchanges_in_a_long_text_counts(paper: Any) -> None:
    before = "".join(SENTENCES)
    guess = learnt(paper, before, before.replace("5番目の文", "5番目の節").replace("290番目の文では、ネズミ", "RAT"))
    assert (guess.wrong, guess.right) == ("文", "節")


@pytest.mark.parametrize(("old", "new"), [("手法は、", "技術が、"), ("ア、亜", "亜、イ"), ("a ", "b ")])
def test_a_long_text_that_was_written_anew_teaches_no_term(paper: Any, old: str, new: str) -> None:
    assert learnt(paper, old * (8_000 // len(old)), new * (8_000 // len(new))) == Lesson()
