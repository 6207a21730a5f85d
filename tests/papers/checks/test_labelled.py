"""The bench's own labels: each fault is seen, no clean text is flagged, and changed quotes are caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import quote_mutations
from bench.checks import tally, week
from bench.labelled import RESPONSIBLE, Case, answers, own_cases, shared_cases
from bench.pages import read_papers
from papers.checks import CHECKS, run_checks
from papers.checks.base import Severity

OWN = own_cases()
DIGEST = """最新論文ノート:【2024-05-06~ 2024-05-12】

A Title of a Paper

著者:A. Author, B. Author
発行日:2024年05月07日
カテゴリ:Robotics, Machine Learning

概要:

一つ目の文です.二つ目の文です.

Q&A:

Q: 何ですか?
A: 答えです.(p.1)

答えの続きです.

Q: どのように?
A: このように.

Another Title

著者:C. Author
発行日:2024年05月20日

概要:

概要です.
"""


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.name)
def test_each_fault_of_our_own_sentences_is_seen(case: Case) -> None:
    found = run_checks(case.subject)
    assert all(any(answers(finding, label, case) for finding in found) for label in case.labels)


@pytest.mark.parametrize("case", [case for case in OWN if case.clean], ids=lambda case: case.name)
def test_our_own_clean_sentences_have_no_error(case: Case) -> None:
    assert [finding for finding in run_checks(case.subject) if finding.severity is Severity.ERROR] == []


def test_every_responsible_check_exists() -> None:
    assert {check for checks in RESPONSIBLE.values() for check in checks} <= {check.id for check in CHECKS}


def test_every_changed_quote_is_caught_and_every_true_one_passes() -> None:
    counts = quote_mutations.measure(papers=1, quotes=10, seed=5)
    assert {how: right for how, (right, _) in counts.items()} == {how: made for how, (_, made) in counts.items()}


def test_the_week_that_is_timed_has_ten_papers_of_twelve_pages_and_ten_answers() -> None:
    subjects = week()
    assert [(len(subject.items), len(subject.pages)) for subject in subjects] == [(10, 12)] * 10


def test_a_digest_in_plain_text_is_read_into_papers() -> None:
    first, second = (paper.subject for paper in read_papers(DIGEST))
    assert first.paper is not None
    assert (first.paper.title, first.paper.authors) == ("A Title of a Paper", ("A. Author", "B. Author"))
    assert [len(first.items), len(second.items)] == [2, 0]


def test_the_lines_of_an_answer_are_one_passage() -> None:
    first, _ = read_papers(DIGEST)
    assert first.subject.items[0].answer.text == "答えです.(p.1)\n答えの続きです."
    assert [first.blocks[line] for line in (3, 5, 11, 15, 16, 18)] == ["", "", "11", "15", "16", "16"]


def test_a_text_without_papers_has_none() -> None:
    assert read_papers("最新論文ノート\n\n本文です。") == []


def test_the_shared_labels_are_seen_better_than_by_the_prototype(shared_data: Path) -> None:
    result = tally(shared_cases(shared_data / "checks"))
    ruled = [label for label in result.labels.values() if label.checks]
    assert len(result.seen) / len(ruled) >= 0.64
    assert not result.failed
