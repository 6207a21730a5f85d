"""The preview tells what the import then does, and writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from wagtail.models import Page

from papers.paper import ArxivId, Paper
from tests.factories import make_home, make_locale
from weekly.admin.planning import plan_week
from weekly.importers.base import Entry, Week
from weekly.importing import Metadata, Source, import_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
SOURCE = Source("dair-ai", "The list")


def week(*entries: Entry) -> Week:
    return Week(date(2024, 5, 6), date(2024, 5, 12), "Heading", entries)


def entry(rank: int, **fields: Any) -> Entry:
    return Entry(rank, f"Paper {rank}", "A note.", arxiv_id=f"2405.0000{rank}", **fields)


def imported(*entries: Entry) -> WeekPage:
    make_home()
    return WeekPage.objects.get(pk=import_week(week(*entries), SOURCE, make_locale(), Metadata()).page_id)


def edit_note(page: WeekPage, note: str) -> None:
    draft = page.get_latest_revision_as_object()
    draft.entries.first().note = note
    draft.save_revision()


def changes(*entries: Entry) -> list[str]:
    return [str(planned.change) for planned in plan_week(week(*entries), SOURCE, "ja", Metadata()).entries]


def test_a_new_week_is_all_created_and_nothing_is_written() -> None:
    before = Page.objects.count()
    assert changes(entry(1), entry(2)) == ["created", "created"]
    assert Page.objects.count() == before


def test_what_stands_is_skipped() -> None:
    imported(entry(1))
    assert changes(entry(1), entry(2)) == ["skipped", "created"]


def test_what_the_list_changed_is_updated_unless_an_editor_changed_it_too() -> None:
    page = imported(entry(1), entry(2))
    edit_note(page, "My own note.")
    new = [replace(entry(n), description="A new note.") for n in (1, 2)]
    assert changes(*new) == ["conflict", "updated"]


def test_a_row_that_is_gone_is_told() -> None:
    imported(entry(1), entry(2))
    plan = plan_week(week(entry(1)), SOURCE, "ja", Metadata())
    assert [str(warning) for warning in plan.warnings] == ["“Paper 2” is no longer in the list."]


def test_the_title_is_arxivs_and_a_mismatch_is_told() -> None:
    found = Paper("Something else entirely", arxiv_id=ArxivId("2405.00001"))
    plan = plan_week(week(entry(1)), SOURCE, "ja", Metadata({"2405.00001": found}))
    assert plan.entries[0].title == "Something else entirely"
    assert "arXiv says “Something else entirely”" in str(plan.entries[0].warnings[0])


@pytest.mark.parametrize("note", ["A note.", "A new note."])
def test_the_import_does_what_the_plan_said(note: str) -> None:
    page = imported(entry(1), entry(2))
    edit_note(page, "My own note.")
    new = week(*(replace(entry(n), description=note) for n in (1, 2, 3)))
    plan = plan_week(new, SOURCE, "ja", Metadata())
    done = import_week(new, SOURCE, make_locale(), Metadata())
    assert [row.change for row in plan.entries] == [row.change for row in done.entries]
    assert (plan.title, plan.warnings, plan.page_id) == (done.title, done.warnings, done.page_id)
