"""The list of weeks, the menu, and the ways between editor and desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.models import Status
from tests.factories import make_paper, make_run, make_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db


def listed(client: Client) -> str:
    return client.get(reverse("digest_weeks:index")).content.decode()


def test_weeks_are_listed_newest_first_with_their_desks(alice: Client) -> None:
    new, old = make_week(), make_week(start=date(2023, 5, 29))
    html = listed(alice)
    desks = [reverse("weekly_admin:desk", args=[week.pk]) for week in (new, old)]
    assert 0 < html.index(desks[0]) < html.index(desks[1])


def test_a_row_says_how_far_its_drafts_are(alice: Client) -> None:
    paper = make_paper()
    week = make_week(paper)
    make_run(paper, group=week.run_group, status=Status.FAILED)
    assert "0 of 1 done, 1 failed" in listed(alice)


def test_a_longer_list_costs_no_more_queries_for_drafts(alice: Client) -> None:
    weeks = [make_week(make_paper(), start=date(2024, 5, day)) for day in (6, 13, 20)]
    with CaptureQueriesContext(connection) as captured:
        listed(alice)
    assert len([query for query in captured if "papers_draftrun" in query["sql"]]) == 1
    assert len(weeks) == 3


def test_the_list_leads_to_the_import(alice: Client) -> None:
    assert f'href="{reverse("weekly_admin:import")}"' in listed(alice)


def test_who_may_not_import_is_not_led_there(writer: Callable[..., Client]) -> None:
    make_week()
    html = listed(writer("change_page"))
    assert reverse("weekly_admin:import") not in html
    assert reverse("digest_weeks:index") in html


def edit(client: Client, page: object) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_weeks_editor_leads_to_its_desk(alice: Client) -> None:
    week = make_week()
    assert reverse("weekly_admin:desk", args=[week.pk]) in edit(alice, week)


def test_a_papers_editor_leads_to_the_desks_of_its_weeks(alice: Client) -> None:
    paper = make_paper(listed_on=date(2024, 5, 6))
    drafted, published = make_week(paper), make_week(paper, live=True, start=date(2023, 5, 29))
    html = edit(alice, paper)
    assert all(reverse("weekly_admin:desk", args=[week.pk]) in html for week in (drafted, published))


def test_other_pages_lead_nowhere(alice: Client) -> None:
    week = make_week()
    assert "Week desk" not in edit(alice, WeekPage.objects.get(pk=week.pk).get_parent())
