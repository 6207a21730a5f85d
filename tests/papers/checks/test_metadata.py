"""Metadata: the source, the list and the week agree."""

from __future__ import annotations

from datetime import date

import pytest

from papers.categories import category_names
from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.metadata import AFTER_WEEK, GLUED, LONG_BEFORE, OTHER_TITLE, TITLE_IN_TEXT, TWICE, Metadata
from papers.paper import PageText, Paper

WEEK = (date(2024, 5, 6), date(2024, 5, 12))


def findings(paper: Paper | None, *texts: Passage, listed: str = "", page: str = "") -> list[Finding]:
    pages = (PageText(1, page),) if page else ()
    return list(Metadata().run(Subject("ja", texts=texts, paper=paper, week=WEEK, listed_title=listed, pages=pages)))


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (date(2024, 6, 4), [(AFTER_WEEK, Severity.ERROR)]),
        (date(2024, 5, 13), [(AFTER_WEEK, Severity.ERROR)]),
        (date(2024, 5, 12), []),
        (date(2024, 5, 6), []),
        (date(2024, 4, 29), []),
        (date(2024, 4, 28), [(LONG_BEFORE, Severity.INFO)]),
        (None, []),
    ],
)
def test_the_date_is_held_against_the_week(published: date | None, told: list[object]) -> None:
    found = findings(Paper("A Title", published=published))
    assert [(f.message.template, f.severity) for f in found] == told


def test_another_week_voids_the_finding() -> None:
    paper = Paper("A Title", published=date(2024, 6, 4))
    later = Subject("ja", paper=paper, week=(date(2024, 5, 13), date(2024, 5, 19)))
    assert findings(paper)[0].judged != next(Metadata().run(later)).judged


@pytest.mark.parametrize(
    ("categories", "twice"),
    [
        (("Machine Learning", "Robotics", "Machine Learning"), "Machine Learning"),
        (("cs.LG", "cs.RO", "cs.LG"), "Machine Learning"),
        (("cs.RO", "Robotics"), "Robotics"),
        (("cs.LG", "stat.ML", "machine learning"), "Machine Learning"),
        (("Robotics", "robotics"), "Robotics"),
        (("hep-th", "hep-th"), "hep-th"),
    ],
)
def test_a_category_that_is_named_twice_is_found(categories: tuple[str, ...], twice: str) -> None:
    found = findings(Paper("A Title", categories=categories))
    assert [(f.message.template, f.message.params["category"]) for f in found] == [(TWICE, twice)]


@pytest.mark.parametrize(
    "codes",
    [
        "cs.LG stat.ML",
        "cs.IT math.IT",
        "cs.NA math.NA",
        "cs.SY eess.SY",
        "math.MP math-ph",
        "econ.GN q-fin.EC",
        "math.ST stat.TH",
        "cs.CL cs.AI hep-th",
    ],
)
def test_two_codes_of_one_name_are_no_fault_since_the_page_names_it_once(codes: str) -> None:
    assert findings(Paper("A Title", categories=tuple(codes.split()))) == []
    assert len(category_names(codes)) == len(set(category_names(codes)))


@pytest.mark.parametrize(
    ("listed", "title", "differ"),
    [
        ("Sketch Machines", "Sketch Machines: Drawing with Programs", False),
        ("Sketch Machines", "A Survey of Protein Folding", True),
        ("", "A Survey of Protein Folding", False),
    ],
)
def test_a_title_that_the_list_does_not_mean_is_found(listed: str, title: str, differ: bool) -> None:
    found = [(f.message.template, f.field) for f in findings(Paper(title), listed=listed)]
    assert found == ([(OTHER_TITLE, "title")] if differ else [])


@pytest.mark.parametrize(
    ("paper", "listed", "word"),
    [
        (Paper("Fast PromptSelection for Agents", "The selection of a prompt is slow."), "", "PromptSelection"),
        (Paper("Fast Prompt Selection"), "Fast PromptSelection", "PromptSelection"),
        (Paper("TokenMixer: A Model", "We mix tokens."), "", None),
        (Paper("MetaPrompt is Fast", "MetaPrompt is a prompt. Meta MetaPrompt."), "", None),
        (Paper("Fine-Tuning with LoRA", "Fine tuning."), "", None),
    ],
)
def test_words_that_run_together_in_a_title_are_found(paper: Paper, listed: str, word: str | None) -> None:
    found = [f.message.params["word"] for f in findings(paper, listed=listed) if f.message.template == GLUED]
    assert found == ([word] if word else [])


def test_the_pages_can_tell_that_a_compound_is_a_name() -> None:
    paper = Paper("Fast PromptMixer", "A prompt and a mixer.")
    assert findings(paper, page="PromptMixer is a mixer. We call it PromptMixer.") == []


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("abstract", "Sketch Machinesこの論文は", True),
        ("abstract", "Sketch MachinesWe draw", True),
        ("abstract", "Sketch Machines: この論文は", False),
        ("title", "Sketch Machinesの提案", False),
    ],
)
def test_a_title_that_runs_into_the_text_is_found(field: str, text: str, found: bool) -> None:
    told = [f.message.template for f in findings(Paper("Sketch Machines"), Passage(field, text))]
    assert told == ([TITLE_IN_TEXT] if found else [])


def test_without_a_paper_there_is_nothing_to_compare() -> None:
    assert findings(None, Passage("text", "概要です。"), listed="Sketch Machines") == []
