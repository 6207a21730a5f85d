"""How far a glossary term reaches."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from papers import reach
from papers.models import GlossaryTerm
from papers.reach import reach_of
from tests.factories import make_paper, make_qa
from tests.papers.test_rescanning import WRONG, make_broken, make_term

pytestmark = pytest.mark.django_db


def test_reach_counts_papers_with_the_term_or_a_wrong_rendering() -> None:
    make_broken(abstract="Nothing.", title="Nothing")
    make_broken(abstract_translated="")
    make_paper()
    found = reach_of(make_term())
    assert (found.papers, found.texts, found.total) == (2, 2, 3)


def test_reach_reads_published_texts_and_answers() -> None:
    make_paper(live=True, qa=[make_qa(1, answer=WRONG)])
    assert reach_of(make_term()).papers == 1


def test_a_part_of_a_word_is_no_occurrence() -> None:
    make_paper(abstract="We train.")
    assert reach_of(make_term(source="AI", forbidden="")).papers == 0


@pytest.mark.parametrize(
    ("papers", "total", "is_wide"), [(31, 100, True), (30, 100, False), (20, 20, False), (21, 21, True)]
)
def test_a_term_reaches_too_far_in_many_papers(papers: int, total: int, is_wide: bool) -> None:
    assert reach.Reach(make_term().as_term(), papers, papers, total, total).is_wide == is_wide


@pytest.mark.parametrize(
    ("source", "forbidden", "is_wide"),
    [("a", "", True), ("AI", "", True), ("LoRA", "の", True), ("LoRA", "模型", False)],
)
def test_a_term_of_one_or_two_letters_reaches_too_far(source: str, forbidden: str, is_wide: bool) -> None:
    term = make_term(source=source, forbidden=forbidden)
    assert reach_of(term).is_wide == is_wide


def test_each_text_is_counted_and_the_questions_and_answers_of_a_paper_as_one() -> None:
    make_broken(summary=WRONG, qa=[make_qa(1, answer=WRONG), make_qa(2, answer=WRONG)])
    found = reach_of(make_term())
    assert (found.papers, found.texts) == (1, 4)


def test_no_more_than_the_newest_papers_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "LOOKED", 2)
    for abstract in ("We study one attention head.", "Nothing.", "An attention head."):
        make_broken(abstract=abstract, abstract_translated="")
    found = reach_of(make_term())
    assert (found.papers, found.looked, found.total) == (1, 2, 3)
    with override("en"):
        assert "in 1 of the newest 2 papers (texts: 1). There are 3 papers." in found.told


def test_drafts_count_as_they_are_now() -> None:
    paper = make_broken(live=True)
    paper.abstract = "Nothing."
    paper.abstract_translated = ""
    paper.save_revision()
    assert reach_of(make_term()).papers == 0


def test_a_term_that_is_not_saved_yet_is_counted_as_well() -> None:
    make_broken()
    assert reach_of(GlossaryTerm(source="we", target="x", language="ja")).papers == 1


def test_the_count_is_told_in_words() -> None:
    make_broken()
    with override("en"):
        told = reach_of(make_term(source="we", forbidden="")).told
    said = "“we” or one of its wrong renderings occurs in 1 of 1 papers (texts: 1)."
    assert told == f"{said} Something so short matches nearly every text."
