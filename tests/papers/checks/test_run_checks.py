"""All checks together: one fault is told once, by the more specific check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from papers.checks import CHECKS, MORE_SPECIFIC_FIRST, run_checks
from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.errors import Notice
from papers.glossary import Term
from papers.paper import PageText, Paper


@dataclass(frozen=True)
class Told:
    """A check that says something of one place, whatever stands there."""

    id: str
    span: tuple[int, int]
    severity: Severity = Severity.WARNING
    field: str = "text"
    block: str = ""

    def run(self, subject: Subject) -> Iterator[Finding]:
        yield Finding(self.id, self.severity, Notice("Found."), self.field, self.block, *self.span)


def left(*checks: Told) -> list[str]:
    return [finding.check for finding in run_checks(Subject("ja"), checks)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("glossary", "names"),
        ("numbers", "number-sense"),
        ("numbers", "answer-numbers"),
        ("answer-numbers", "number-sense"),
    ],
)
@pytest.mark.parametrize("span", [(4, 9), (4, 6), (6, 9), (5, 8)])
def test_a_more_specific_check_speaks_alone_of_the_same_words(first: str, second: str, span: tuple[int, int]) -> None:
    assert left(Told(first, (4, 9)), Told(second, span)) == [first]
    assert left(Told(second, span), Told(first, (4, 9))) == [first]


@pytest.mark.parametrize("span", [(3, 9), (4, 10), (0, 4), (9, 12), (0, 0), (0, 20)])
def test_what_is_said_of_other_or_more_words_stays(span: tuple[int, int]) -> None:
    assert set(left(Told("numbers", (4, 9)), Told("number-sense", span))) == {"numbers", "number-sense"}


def test_the_same_place_of_another_text_stays() -> None:
    one, other = Told("glossary", (4, 9)), Told("names", (4, 9), field="summary")
    assert len(left(one, other)) == 2
    assert len(left(Told("glossary", (4, 9), block="a"), Told("names", (4, 9), block="b"))) == 2


def test_what_blocks_publishing_is_never_left_out_for_what_does_not() -> None:
    error = Told("answer-numbers", (4, 9), Severity.ERROR)
    assert left(error, Told("numbers", (4, 9), Severity.WARNING)) == ["answer-numbers", "numbers"]


def test_a_finding_about_a_text_as_a_whole_leaves_nothing_out() -> None:
    assert len(left(Told("glossary", (0, 0)), Told("names", (0, 3)), Told("names", (0, 0)))) == 3


def test_checks_that_see_different_faults_both_speak() -> None:
    assert len(left(Told("style", (4, 9)), Told("names", (4, 9)), Told("names", (4, 9)))) == 3


def test_the_order_names_checks_that_there_are() -> None:
    named = {name for row in MORE_SPECIFIC_FIRST for name in row}
    assert named <= {check.id for check in CHECKS}


# With the checks themselves

PAPER = Paper("TokenCraft: A Fast Tokenizer", abstract="TokenCraft is tried with 3 to 34 billion parameters.")


def told(text: str, *, source: str = "", terms: tuple[Term, ...] = ()) -> list[tuple[str, str]]:
    subject = Subject("ja", (Passage("text", text, source=source),), terms=terms, paper=PAPER)
    return [(finding.check, text[finding.start : finding.end]) for finding in run_checks(subject)]


def test_a_name_of_the_glossary_is_told_once_in_each_place() -> None:
    term = Term("TokenCraft", forbidden=("トークンクラフト",))
    found = told("トークンクラフトは速い。トークンクラフトは小さい。", terms=(term,))
    assert found == [("glossary", "トークンクラフト")] * 2


def test_a_name_that_the_glossary_lacks_is_told_as_before() -> None:
    assert told("トークンクラフトは速い。") == [("names", "トークンクラフト")]


def test_a_range_without_its_scale_is_told_by_what_knows_the_source() -> None:
    assert told("モデルの規模は3から34億です。", source=PAPER.abstract) == [("numbers", "3から34億")]


def test_a_range_without_its_scale_is_told_where_no_source_is_at_hand() -> None:
    assert told("モデルの規模は3から34億です。") == [("number-sense", "3から34億")]


def test_an_answers_range_is_told_by_what_has_looked_it_up() -> None:
    answer = Passage("answer", "モデルの規模は3から34億です。", Kind.ANSWER, block="a")
    item = Item(1, Passage("question", "規模はどれほどですか。", Kind.QUESTION, block="a"), answer)
    found = run_checks(Subject("ja", items=(item,), pages=(PageText(1, PAPER.abstract),)))
    assert [(one.check, one.suggestion) for one in found] == [("answer-numbers", "30億から340億")]
