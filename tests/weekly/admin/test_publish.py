"""Publish a week: everything that was chosen goes out, or nothing does."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import PaperPage
from tests.factories import make_paper, make_qa, make_week
from weekly.admin.publishing import version_of
from weekly.models import WeekPage


def address(week: WeekPage) -> str:
    return reverse("weekly_admin:publish", args=[week.pk])


def look(client: Client, week: WeekPage) -> str:
    return unescape(client.get(address(week)).content.decode())


def send(client: Client, week: WeekPage, how: str = "publish", chosen: tuple[int, ...] = (0, 1), **fields: Any) -> Any:
    version = version_of(WeekPage.objects.get(pk=week.pk))
    return client.post(address(week), {"version": version, "chosen": chosen, how: "1", **fields})


def live(*pages: Any) -> list[bool]:
    return [type(page).objects.get(pk=page.pk).live for page in pages]


@pytest.mark.django_db
def test_the_week_and_its_papers_go_out_together(alice: Client) -> None:
    papers = make_paper(), make_paper()
    week = make_week(*papers)
    assert send(alice, week).url == reverse("weekly_admin:desk", args=[week.pk])
    assert live(week, *papers) == [True, True, True]


@pytest.mark.django_db
def test_one_gap_keeps_everything_in(alice: Client) -> None:
    papers = make_paper(), make_paper(summary="")
    week = make_week(*papers)
    html = unescape(send(alice, week).content.decode())
    assert "Nothing was published" in html
    assert live(week, *papers) == [False, False, False]


@pytest.mark.django_db
def test_each_gap_links_to_its_place_in_the_editor(alice: Client) -> None:
    paper = make_paper(summary="", qa=[make_qa(1, answer="")])
    week = make_week(paper, theme="")
    html = look(alice, week)
    edit = reverse("wagtailadmin_pages:edit", args=[paper.pk])
    assert f'href="{edit}#:w:contentpath=summary"' in html
    assert f'href="{edit}#:w:contentpath=qa.{paper.qa[0].id}"' in html
    assert f"{reverse('wagtailadmin_pages:edit', args=[week.pk])}#:w:contentpath=theme" in html


@pytest.mark.django_db
def test_a_paper_can_be_left_out(alice: Client) -> None:
    papers = make_paper(), make_paper(summary="")
    week = make_week(*papers)
    send(alice, week, chosen=(0,))
    assert live(week, *papers) == [True, True, False]


@pytest.mark.django_db
def test_the_choice_can_be_saved_without_publishing(alice: Client) -> None:
    week = make_week(make_paper(), make_paper(summary=""))
    html = send(alice, week, "save", chosen=(0,)).content.decode()
    entries = WeekPage.objects.get(pk=week.pk).get_latest_revision_as_object().entries.all()
    assert [entry.chosen for entry in entries] == [True, False]
    assert "Stays out." in html
    assert live(week) == [False]


@pytest.mark.django_db
def test_an_unchanged_choice_makes_no_revision(alice: Client) -> None:
    week = make_week(make_paper(), make_paper())
    send(alice, week, "save")
    assert WeekPage.objects.get(pk=week.pk).latest_revision_id == week.latest_revision_id


@pytest.mark.django_db
def test_a_week_without_papers_stays_in(alice: Client) -> None:
    week = make_week(make_paper())
    html = send(alice, week, chosen=()).content.decode()
    assert "No paper is chosen." in html
    assert live(week) == [False]


@pytest.mark.django_db
def test_a_week_changed_meanwhile_is_looked_at_again(alice: Client) -> None:
    paper = make_paper()
    week = make_week(paper)
    html = send(alice, week, chosen=(0,), version="1:yesterday").content.decode()
    assert "The week was changed since you opened this page." in html
    assert live(week, paper) == [False, False]


@pytest.mark.django_db
def test_a_locked_week_keeps_its_choice(writer: Callable[..., Client]) -> None:
    week = make_week(make_paper())
    WeekPage.objects.filter(pk=week.pk).update(locked=True)
    answer = send(writer("change_page", "publish_page"), week, "save", chosen=())
    assert "The page is locked." in answer.content.decode()
    assert WeekPage.objects.get(pk=week.pk).latest_revision_id == week.latest_revision_id


@pytest.mark.django_db
def test_publishing_again_brings_the_newest_drafts_out(alice: Client) -> None:
    paper = make_paper(live=True)
    week = make_week(paper)
    paper.summary = "新しい要約です。"
    paper.save_revision()
    send(alice, week, chosen=(0,))
    assert PaperPage.objects.get(pk=paper.pk).summary == "新しい要約です。"
