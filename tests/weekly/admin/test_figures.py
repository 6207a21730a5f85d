"""The figures of the report: what editors changed of machines' texts, what was found in them, what they cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.applying import Changes, apply_changes, base_hashes
from papers.models import DRAFTED_FIELDS, DraftRun, Finding, PaperPage, Scope, Status
from tests.factories import approve_all, make_paper, make_run, make_week
from weekly.admin.figures import Figures, Work, by_prompt, by_week, figures_of
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
SUMMARY = "機械が書いた要約の文"  # ten letters


def drafted(
    week: WeekPage, paper: PaperPage, prompt: str = "p1", model: str = "tiny", read: bool = True, **texts: str
) -> DraftRun:
    """A run of the week that has written these texts into the paper, and an editor has `read` them."""
    run = make_run(paper, Scope.ABSTRACT, group=week.run_group, status=Status.DONE, backend="openai", model=model)
    run.prompt_version, run.base = prompt, base_hashes(paper, DRAFTED_FIELDS)
    run.prompt_tokens, run.completion_tokens, run.seconds, run.cost = 900, 100, 2.5, Decimal("0.02")
    run.save()
    stamp = {"backend": "openai", "model": model, "prompt": prompt, "run": run.pk}
    apply_changes(paper, Changes(texts=texts or {"summary": SUMMARY}), run, stamp)
    if read:
        approve_all(PaperPage.objects.get(pk=paper.pk))
    return run


def bare_paper() -> PaperPage:
    return make_paper(summary="", abstract_translated="", title_translated="")


def edit(paper: PaperPage, **texts: str) -> None:
    draft = PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision()


@pytest.fixture
def paper() -> PaperPage:
    return bare_paper()


@pytest.fixture
def week(paper: PaperPage) -> WeekPage:
    return make_week(paper)


def only(week: WeekPage) -> Figures:
    (row,) = figures_of([week])
    return row


def test_an_untouched_text_made_no_work(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper)
    assert only(week).shares["summary"] == 0


def test_a_text_that_nobody_has_read_yet_tells_nothing(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper, read=False)
    assert only(week).shares["summary"] is None


def test_two_letters_of_ten_are_a_fifth(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper)
    edit(paper, summary=SUMMARY.replace("機械", "人間"))
    assert only(week).shares["summary"] == pytest.approx(0.2)


def test_a_text_that_was_emptied_is_wholly_changed(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper)
    edit(paper, summary="")
    assert only(week).shares["summary"] == 1


def test_each_section_has_its_own_share(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper, summary=SUMMARY, title_translated="機械の題")
    edit(paper, title_translated="人間の題")
    shares = only(week).shares
    assert (shares["summary"], shares["title"], shares["qa"]) == (0, 0.5, None)


def test_the_whole_weighs_sections_by_their_length(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper, summary=SUMMARY, title_translated="機械の題")
    edit(paper, title_translated="人間の題")
    assert only(week).share == pytest.approx(2 / 14)


def test_a_text_of_no_machine_counts_for_none() -> None:
    week = make_week(make_paper())
    assert figures_of([week]) == []


def test_what_a_run_cost_is_counted_a_page(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper)
    row = only(week)
    assert (row.tokens_in, row.tokens_out, row.per_page(row.cost)) == (900, 100, Decimal("0.02"))


def test_two_prompts_stand_apart(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper, "p1")
    drafted(week, paper, "p2", title_translated="別の題")
    assert [(row.prompt, row.shares["summary"]) for row in figures_of([week])] == [("p1", 0), ("p2", None)]


def test_a_text_that_a_redraft_replaced_is_left_out(week: WeekPage, paper: PaperPage) -> None:
    drafted(week, paper, "p1")
    drafted(week, PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object(), "p2", summary="新しい要約")
    assert {row.prompt: row.shares["summary"] for row in figures_of([week])} == {"p1": None, "p2": 0}


def found(paper: PaperPage, prompt: str, **fields: Any) -> None:
    Finding.objects.create(
        page_id=paper.pk, rule="numbers", severity="error", message={}, judged="x", prompt=prompt, **fields
    )


def test_findings_in_a_machines_text_count_though_they_are_mended(week: WeekPage, paper: PaperPage) -> None:
    run = drafted(week, paper)
    Finding.objects.all().delete()
    found(paper, "p1")
    found(paper, "p1", void_at=run.created_at)
    found(paper, "")
    assert only(week).findings == {"numbers": 2}


def test_prompts_are_compared_over_all_weeks(week: WeekPage, paper: PaperPage) -> None:
    other = bare_paper()
    second = make_week(other, start=date(2024, 5, 13))
    drafted(week, paper)
    drafted(second, other)
    (summed,) = by_prompt(figures_of([week, second]))
    assert (len(summed.pages), summed.tokens_in) == (2, 1800)


def test_the_prompt_that_made_the_least_work_comes_first(week: WeekPage, paper: PaperPage) -> None:
    other = bare_paper()
    drafted(week, paper, "a")
    drafted(week, other, "b")
    edit(paper, summary="まるで違う")
    assert [row.prompt for row in by_prompt(figures_of([week]))] == ["b", "a"]


def test_weeks_come_oldest_first(week: WeekPage, paper: PaperPage) -> None:
    other = bare_paper()
    second = make_week(other, start=date(2024, 5, 13))
    drafted(week, paper)
    drafted(second, other)
    assert by_week(figures_of([second, week])) == {date(2024, 5, 6): 0, date(2024, 5, 13): 0}


def test_nothing_written_has_no_share() -> None:
    assert Work().share is None


def test_a_text_that_grew_is_measured_by_its_new_length() -> None:
    work = Work()
    work.add("ab", "abcd")
    assert work.share == 0.5


def test_ten_papers_cost_no_more_queries_than_two() -> None:
    counts = []
    for number, start in ((2, date(2024, 5, 6)), (10, date(2024, 5, 13))):
        papers = [bare_paper() for _ in range(number)]
        week = make_week(*papers, start=start)
        for paper in papers:
            drafted(week, paper)
        with CaptureQueriesContext(connection) as captured:
            figures_of([week])
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 7
