"""The board: which papers of a week are ready, and where an editor goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from papers.models import Finding, PaperPage
from tests.factories import make_editor, make_paper, make_qa, make_week
from tests.weekly.admin.test_desk import desk
from weekly.actions import newest_draft
from weekly.admin.board import Card, board_of
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
BROKEN_OFF = "うまくいくと"


def cards_of(week: WeekPage) -> Sequence[Card]:
    draft = newest_draft(week)
    return board_of(draft, draft.entry_list()).cards


def card_of(paper: PaperPage) -> Card:
    return cards_of(make_week(paper))[0]


def rows(client: Client, week: WeekPage) -> list[Tag]:
    return BeautifulSoup(desk(client, week), "html.parser").select(".digest-board tbody tr")


def cells(row: Tag) -> list[str]:
    return [" ".join(cell.get_text().split()) for cell in row.find_all("td")]


def overridden(paper: PaperPage) -> PaperPage:
    draft = paper.get_latest_revision_as_object()
    draft.override("Read twice", make_editor("carol"))
    draft.save_revision()
    return PaperPage.objects.get(pk=paper.pk)


def test_a_paper_counts_its_places_by_state() -> None:
    card = card_of(make_paper(qa=[make_qa(1), make_qa(2, approved=False), make_qa(3, approved=False)]))
    assert card.state_counts == [("machine", 2), ("edited", 2), ("approved", 1)]


def test_a_paper_with_an_unapproved_answer_is_not_ready() -> None:
    assert not card_of(make_paper(qa=[make_qa(1, approved=False)])).is_ready


def test_a_paper_with_approved_and_edited_texts_is_ready() -> None:
    assert card_of(make_paper(qas=2)).is_ready


def test_a_paper_with_an_error_is_not_ready() -> None:
    card = card_of(make_paper(abstract_translated=BROKEN_OFF))
    assert (card.severities["error"], card.is_ready) == (1, False)


def test_a_dismissed_error_stands_no_longer() -> None:
    paper = make_paper(abstract_translated=BROKEN_OFF)
    Finding.objects.filter(page=paper).update(dismissed_at=timezone.now())
    assert card_of(paper).is_ready


def test_a_paper_that_lacks_something_is_not_ready() -> None:
    card = card_of(make_paper(summary=""))
    assert (card.missing, card.is_ready) == (1, False)


def test_an_overridden_paper_says_so_and_is_not_called_ready() -> None:
    card = card_of(overridden(make_paper(qa=[make_qa(1, approved=False)])))
    assert (card.reason, card.is_ready) == ("Read twice", False)


def test_the_newest_draft_counts_and_not_what_readers_see() -> None:
    paper = make_paper(live=True)
    draft = paper.get_latest_revision_as_object()
    draft.summary = ""
    draft.save_revision()
    assert not card_of(PaperPage.objects.get(pk=paper.pk)).is_ready


def test_a_paper_that_stands_in_two_rows_has_one_card() -> None:
    paper = make_paper()
    assert [list(card.ranks) for card in cards_of(make_week(paper, paper))] == [[1, 2], []]


def test_the_week_itself_comes_last() -> None:
    week = make_week(make_paper(), overview="概観はまだ途中で")
    last = cards_of(week)[-1]
    assert (last.page.pk, last.is_ready) == (week.pk, False)


def test_the_desk_shows_a_row_a_paper(alice: Client) -> None:
    week = make_week(make_paper(qas=1), make_paper(abstract_translated=BROKEN_OFF))
    ready, broken, _week = (cells(row) for row in rows(alice, week))
    assert (ready[2], ready[7]) == ("1", "ready")
    assert (broken[3], broken[7]) == ("1", "not ready")


def test_the_desks_headings_are_all_written_alike(alice: Client) -> None:
    html = BeautifulSoup(desk(alice, make_week(make_paper())), "html.parser")
    headings = [cell.get_text(strip=True) for cell in html.select(".digest-desk thead th")]
    assert all(heading[0].isupper() for heading in headings)
    labels = [cell["data-label"] for cell in html.select(".digest-board tbody tr:first-child [data-label]")]
    assert labels == ["machine", "edited", "approved", "errors", "warnings", "hints", "missing"]


def test_a_rank_stands_beside_its_title_and_the_week_has_none(alice: Client) -> None:
    week = make_week(make_paper())
    ranked = [row.select_one("th .digest-ranked") for row in rows(alice, week)]
    assert [one.select_one(".digest-rank").get_text() for one in ranked] == ["1", ""]
    assert all(one.a for one in ranked)


def test_the_desk_says_how_many_are_ready(alice: Client) -> None:
    assert "2 of 3 ready" in desk(alice, make_week(make_paper(), make_paper(summary="")))


def test_it_leads_to_the_worst_finding(alice: Client) -> None:
    paper = make_paper(abstract_translated=BROKEN_OFF)
    link: Any = rows(alice, make_week(paper))[0].find("a", class_="button")
    edit = reverse("wagtailadmin_pages:edit", args=[paper.pk])
    assert link["href"] == f"{edit}#:w:contentpath=abstract_translated"


def test_a_paper_without_findings_leads_nowhere(alice: Client) -> None:
    paper = make_paper()
    week = make_week(paper)
    Finding.objects.all().delete()
    assert rows(alice, week)[0].find("a", class_="button") is None


def test_an_overridden_paper_shows_why(alice: Client) -> None:
    week = make_week(overridden(make_paper(qa=[make_qa(1, approved=False)])))
    assert rows(alice, week)[0].find(title="Read twice").get_text() == "overridden"
