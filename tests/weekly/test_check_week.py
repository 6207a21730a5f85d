"""check_week: the week and its papers are checked as they stand, and what was found is printed."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.models import Finding, PaperPage
from tests.factories import make_paper, make_qa, make_week
from tests.weekly.test_commands import call

pytestmark = pytest.mark.django_db
BROKEN_OFF = "一つのことを調べました。うまくいくと"
KEYS = {"page", "block", "field", "check", "severity", "message", "start", "end"}
DUMP = "答えです（p.1,4-8）。"
DAY = "2024-05-06"


def text_of(*arguments: str) -> str:
    out = StringIO()
    call_command("check_week", DAY, *arguments, stdout=out)
    return out.getvalue()


def test_a_finding_has_its_place_and_its_words() -> None:
    paper = make_paper(abstract_translated=BROKEN_OFF)
    make_week(paper)
    _status, answer = call("check_week", DAY)
    (found,) = [row for row in answer["findings"] if row["check"] == "cut-off"]
    assert set(found) >= KEYS
    assert (found["page"], found["field"], found["severity"]) == (paper.pk, "abstract_translated", "error")


def test_findings_are_no_failure() -> None:
    make_week(make_paper(abstract_translated=BROKEN_OFF))
    assert call("check_week", DAY)[0] == 0


def test_the_weeks_own_texts_are_checked() -> None:
    week = make_week(make_paper(), overview="概観はまだ途中で")
    _status, answer = call("check_week", DAY)
    assert (week.pk, "overview") in {(row["page"], row["field"]) for row in answer["findings"]}


def test_the_newest_draft_counts() -> None:
    paper = make_paper(live=True)
    paper.abstract_translated = BROKEN_OFF
    paper.save_revision()
    make_week(paper)
    assert "cut-off" in {row["check"] for row in call("check_week", DAY)[1]["findings"]}


def test_what_was_found_is_kept() -> None:
    make_week(make_paper(abstract_translated=BROKEN_OFF))
    Finding.objects.all().delete()
    call("check_week", DAY)
    assert Finding.objects.standing().errors().count() == 1


def test_a_dismissed_finding_is_marked_and_not_counted() -> None:
    make_week(make_paper(abstract_translated=BROKEN_OFF))
    Finding.objects.errors().update(dismissed_at=timezone.now(), reason="So it stands in the paper")
    assert [row["dismissed"] for row in call("check_week", DAY)[1]["findings"] if row["severity"] == "error"] == [True]
    assert "error" not in text_of()


def test_the_text_names_each_paper_once() -> None:
    make_week(make_paper(title="On Things", abstract_translated=BROKEN_OFF))
    lines = text_of().splitlines()
    assert lines.count("On Things") == 1
    assert any(line.startswith("  error    cut-off        abstract_translated") for line in lines)


def test_a_week_without_findings_says_so() -> None:
    make_week(make_paper())
    Finding.objects.all().delete()
    assert text_of().splitlines()[-1].endswith("findings stand.")


def test_a_week_that_is_not_there_is_bad_input() -> None:
    with pytest.raises(CommandError) as error:
        call("check_week", DAY)
    assert error.value.returncode == 2


# The same reference on several papers of a week


def papers_with(answer: str, count: int, **fields: Any) -> list[PaperPage]:
    fields = {"listed_on": timezone.datetime(2024, 5, 6).date(), **fields}
    return [make_paper(qa=[make_qa(1, question=f"質問{n}は？", answer=answer)], **fields) for n in range(count)]


def errors_of(page: PaperPage) -> list[str]:
    return [one.check for one in page.standing_errors() if one.field == "answer" and one.check == "citations"]


def test_a_reference_on_three_papers_is_an_error_by_command() -> None:
    make_week(*papers_with(DUMP, 3))
    found = call("check_week", DAY)[1]["findings"]
    assert [row["check"] for row in found if row["severity"] == "error"].count("citations") == 3


def test_it_is_an_error_as_soon_as_the_third_paper_is_saved() -> None:
    *_others, third = papers_with(DUMP, 3)
    assert Finding.objects.standing().errors().filter(page=third, rule="citations").exists()


def test_two_papers_may_have_the_same_one() -> None:
    assert errors_of(papers_with(DUMP, 2)[1]) == []


def test_another_week_does_not_count() -> None:
    papers_with(DUMP, 2, listed_on=timezone.datetime(2024, 5, 13).date())
    assert errors_of(papers_with(DUMP, 1)[0]) == []


def test_a_reference_to_one_place_is_never_looked_for() -> None:
    page = papers_with("答えです（p.4）。", 3)[0]
    with CaptureQueriesContext(connection) as captured:
        assert page.subject().cited_elsewhere == {}
    assert not any("wagtailcore_revision" in query["sql"] for query in captured)


def test_looking_takes_one_query_however_many_papers_there_are() -> None:
    page = papers_with(DUMP, 5)[0]
    with CaptureQueriesContext(connection) as captured:
        assert page.subject().cited_elsewhere == {"（p.1,4-8）": 4}
    assert sum("wagtailcore_revision" in query["sql"] for query in captured) == 1
