"""What the desk's scripts get, what it costs, and that other pages of the editor are left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.admin.desk_data import desk_data
from papers.models import Finding, PaperPage, Severity
from papers.panels import ReviewPanel
from tests.editing import address
from tests.factories import make_paper, make_qa
from tests.papers.admin.conftest import faulty_paper, newest, url

pytestmark = pytest.mark.django_db
BUDGET = 12  # queries, issue 3: for 10 Q&As and 30 findings


def embedded(client: Client, page: PaperPage) -> Any:
    html = BeautifulSoup(client.get(address(page)).content, "html.parser")
    return json.loads(html.find(id="digest-desk-data").string)


def test_the_editor_has_the_same_data_as_the_address_that_renews_it(alice: Client) -> None:
    page = faulty_paper()
    assert embedded(alice, page) == alice.get(url("desk", page)).json()


def test_states_come_with_the_place_they_are_of() -> None:
    page = faulty_paper()
    states = desk_data(newest(page))["states"]
    assert states["abstract_translated"] == "machine"
    assert [name for name in states if name.startswith("qa.")] == [f"qa.{page.qa[0].id}"]


def test_drafted_fields_are_called_by_their_names() -> None:
    data = desk_data(newest(faulty_paper()))
    assert list(data["labels"]) == data["fields"] == list(PaperPage.drafted)


def test_parts_put_their_addresses_and_texts_together() -> None:
    data = desk_data(newest(faulty_paper()))
    assert {"desk", "term"} <= set(data["urls"])
    assert {"approve", "dismiss", "undo"} <= set(data["texts"])


def test_text_of_a_page_cannot_end_the_script_element(alice: Client) -> None:
    page = faulty_paper()
    message = {"template": "</script><b>bad</b>", "params": {}}
    Finding.objects.create(page=page, rule="style", severity=Severity.ERROR, message=message, judged="x")
    assert "</script><b>bad" not in alice.get(address(page)).content.decode()


def test_what_no_rule_can_see_is_said_plainly(alice: Client) -> None:
    html = BeautifulSoup(alice.get(address(faulty_paper())).content, "html.parser")
    said = html.find(class_="digest-review__limits").get_text(" ", strip=True)
    assert "inverted meaning" in said
    assert "a claim given to the wrong party" in said


def test_a_new_page_has_no_desk_yet(alice: Client) -> None:
    folder = make_paper().get_parent()
    html = alice.get(reverse("wagtailadmin_pages:add", args=["papers", "paperpage", folder.pk])).content.decode()
    assert "digest-desk-data" not in html


def crowded_paper() -> PaperPage:
    page = make_paper(qa=[make_qa(number, approved=False) for number in range(1, 11)])
    Finding.objects.all().delete()
    message = {"template": "Found.", "params": {}}
    blocks = [block.id for block in page.qa] * 3
    rows = [Finding(page=page, rule="style", severity="error", block=block, message=message) for block in blocks]
    Finding.objects.bulk_create(rows)
    return page


def queries_to_open(client: Client, page: PaperPage) -> int:
    client.get(address(page))  # fills caches
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address(page)).status_code == 200
    return len(queries)


def test_the_desk_adds_few_queries(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = crowded_paper()
    with_desk = queries_to_open(alice, page)
    monkeypatch.setattr(ReviewPanel.BoundPanel, "is_shown", lambda panel: False)
    without = queries_to_open(alice, page)
    assert 0 < with_desk - without <= BUDGET
