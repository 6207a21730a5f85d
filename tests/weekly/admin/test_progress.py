"""How far a week's drafts have come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from papers.models import DraftRun, Scope, Status
from tests.factories import make_paper, make_run, make_week
from weekly.admin.progress import Counts, Progress, counts_of
from weekly.models import WeekEntry, WeekPage

pytestmark = pytest.mark.django_db


def run(week: WeekPage, page: Any, scope: str = Scope.QA, status: str = Status.DONE, **fields: Any) -> DraftRun:
    return make_run(page, scope, group=week.run_group, status=status, **fields)


def an_hour_ago(made: DraftRun) -> None:
    DraftRun.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([], "Nothing was drafted yet."),
        (["done", "queued"], "1 of 2 done"),
        (["done", "parked", "failed", "running"], "2 of 4 done, 1 failed"),
    ],
)
def test_the_summary_says_it_in_one_line(statuses: list[str], said: str, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    assert str(Counts.of(statuses)) == said


def test_each_paper_shows_both_parts_and_the_week_its_overview() -> None:
    paper = make_paper()
    rows = Progress(make_week(paper)).rows
    assert [[part.scope for part in row.parts] for row in rows] == [["abstract", "qa"], ["overview"]]
    assert [part.status for part in rows[0].parts] == ["none", "none"]


def test_a_paper_that_stands_twice_is_one_row_with_both_ranks() -> None:
    paper = make_paper()
    assert Progress(make_week(paper, make_paper(), paper)).rows[0].ranks == [1, 3]


def test_the_newest_run_of_a_place_counts() -> None:
    paper = make_paper()
    week = make_week(paper)
    run(week, paper, status=Status.FAILED)
    run(week, paper, status=Status.DONE)
    assert Progress(week).rows[0].parts[1].status == "done"
    assert Progress(week).counts == Counts(total=1, done=1, failed=0, active=0)


def test_a_running_draft_counts_its_seconds() -> None:
    paper = make_paper()
    week = make_week(paper)
    run(week, paper, status=Status.RUNNING, seconds=5, started_at=timezone.now() - timedelta(seconds=10))
    assert Progress(week).rows[0].parts[1].seconds == pytest.approx(15, abs=5)


def test_a_draft_that_waits_for_its_next_try_says_how_long() -> None:
    paper = make_paper()
    week = make_week(paper)
    run(week, paper, status=Status.QUEUED, not_before=timezone.now() + timedelta(seconds=30))
    assert 20 <= Progress(week).rows[0].parts[1].pause <= 30


@pytest.mark.parametrize(("status", "can"), [("failed", True), ("parked", True), ("done", False), ("queued", False)])
def test_what_failed_or_was_parked_can_be_tried_again(status: str, can: bool) -> None:
    paper = make_paper()
    week = make_week(paper)
    run(week, paper, status=status)
    assert Progress(week).rows[0].parts[1].can_retry is can


def test_an_entry_without_a_page_is_named() -> None:
    week = make_week(make_paper())
    draft = week.get_latest_revision_as_object()
    draft.entries.add(WeekEntry(rank=2, sort_order=2, title="Only a tweet"))
    draft.save_revision()
    week.refresh_from_db()
    assert [entry.title for entry in Progress(week).without_page] == ["Only a tweet"]


def test_work_that_waits_long_while_nobody_works_is_noticed() -> None:
    paper = make_paper()
    week = make_week(paper)
    waiting = run(week, paper, status=Status.QUEUED)
    assert not Progress(week).is_unheard
    an_hour_ago(waiting)
    assert Progress(week).is_unheard


def test_where_somebody_works_elsewhere_waiting_is_no_alarm() -> None:
    paper = make_paper()
    week = make_week(paper)
    an_hour_ago(run(week, paper, status=Status.QUEUED))
    make_run(make_paper(), status=Status.RUNNING)
    assert not Progress(week).is_unheard


def test_the_list_of_weeks_counts_each_week_by_itself() -> None:
    paper = make_paper()
    week, other = make_week(paper), make_week(slug="other")
    run(week, paper, status=Status.FAILED)
    run(week, paper, status=Status.DONE)
    run(week, paper, scope=Scope.ABSTRACT, status=Status.FAILED)
    counts = counts_of([week, other])
    assert (counts[week.pk].total, counts[week.pk].done, counts[week.pk].failed) == (2, 1, 1)
    assert counts[other.pk].total == 0
