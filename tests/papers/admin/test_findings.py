"""Findings for the desk: told at their places, worst first, dismissed with a reason that holds while the text stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from papers.admin.findings import findings_part
from papers.models import Finding, PaperPage, Severity
from tests.factories import make_paper, make_week
from tests.papers.admin.conftest import FAULTY, dismiss, faulty_paper, newest, the_number, url

pytestmark = pytest.mark.django_db


def told(page: Any, rule: str = "numbers") -> dict[str, Any]:
    return next(one for one in findings_part(newest(page))["findings"] if one["rule"] == rule)


def add_finding(page: PaperPage, **fields: Any) -> Finding:
    message = {"template": "Found.", "params": {}}
    defaults = {"rule": "style", "severity": Severity.INFO, "message": message, "judged": "x"}
    return Finding.objects.create(page=page, **{**defaults, **fields})


def test_a_finding_tells_its_place_its_words_and_what_the_paper_says() -> None:
    shown = told(faulty_paper())
    assert (shown["place"], shown["sub"], shown["marked"]) == ("abstract_translated",) * 2 + ("3.4億個",)
    assert "34 billion" in shown["source"]


def test_a_finding_carries_what_would_mend_it() -> None:
    shown = told(faulty_paper())
    mended = FAULTY[: shown["start"]] + shown["suggestion"] + FAULTY[shown["end"] :]
    assert mended.startswith("このモデルは340億個の")


def test_an_excerpt_says_where_it_was_cut() -> None:
    shown = told(faulty_paper())
    assert shown["before"] == "このモデルは"
    assert shown["after"].endswith("…")


def test_the_worst_comes_first_and_the_dismissed_last(alice: Client) -> None:
    page = faulty_paper()
    add_finding(page, severity=Severity.WARNING)
    assert [one["severity"] for one in findings_part(page)["findings"]] == ["error", "warning", "info"]
    dismiss(alice, the_number(page))
    assert [one["severity"] for one in findings_part(page)["findings"]] == ["warning", "info", "error"]


SAME = {"field": "abstract_translated", "severity": Severity.WARNING, "start": 6, "end": 11}


def test_what_is_said_of_the_same_words_follows_and_does_not_show_them_again() -> None:
    page = faulty_paper()
    add_finding(page, **SAME)
    first, second = findings_part(page)["findings"][:2]
    assert (second["same"], second["shown"], second["before"]) == (first["id"], "", "")
    assert second["marked"] == first["marked"] == first["shown"]


def test_another_suggestion_for_the_same_words_is_offered_as_well() -> None:
    page = faulty_paper()
    add_finding(page, **SAME, suggestion="三百四十億個")
    assert told(page, "style")["offer"]


def test_the_same_suggestion_for_the_same_words_is_offered_once() -> None:
    page = faulty_paper()
    add_finding(page, **SAME, suggestion=told(page)["suggestion"])
    assert told(page)["offer"]
    assert not told(page, "style")["offer"]


def test_words_show_again_where_the_worse_finding_was_dismissed(alice: Client) -> None:
    page = faulty_paper()
    add_finding(page, **SAME)
    dismiss(alice, the_number(page))
    assert (told(page, "style")["same"], told(page, "style")["shown"]) == (None, "3.4億個")


def test_findings_about_no_words_stand_each_for_themselves() -> None:
    page = faulty_paper()
    add_finding(page, rule="echo", field="summary")
    add_finding(page, rule="repeats", field="summary")
    assert not any(one["same"] for one in findings_part(page)["findings"])


WORDS = {"field": "abstract_translated", "start": 2, "end": 5}


@pytest.mark.parametrize(
    ("fields", "term"),
    [
        ({"rule": "names", "term": ["LoRA", "ローラ"]}, ["LoRA", "ローラ"]),
        ({"rule": "left-over", "term": ["battery", "battery"]}, ["battery", "battery"]),
        ({"rule": "glossary", "source": "model"}, ["model", "モデル"]),
        ({"rule": "glossary", "source": "model", "start": 0, "end": 0}, ["model", ""]),
        ({"rule": "left-over", "start": 0, "end": 0}, None),
        ({"rule": "style"}, None),
        ({"rule": "numbers", "source": "34 billion"}, None),
        ({"rule": "cut-off"}, None),
        ({"rule": "quotes", "field": "citations"}, None),
    ],
)
def test_only_what_may_be_a_term_is_offered_to_the_glossary(fields: dict[str, Any], term: list[str] | None) -> None:
    page = make_paper(abstract_translated="このモデルを調べました。")
    row = add_finding(page, **{**WORDS, **fields})
    (shown,) = (one for one in findings_part(page)["findings"] if one["id"] == row.pk)
    assert shown["term"] == term


@pytest.mark.parametrize(("length", "is_offered"), [(200, True), (201, False)])
def test_what_is_too_long_for_the_glossary_is_no_term(length: int, is_offered: bool) -> None:
    page = make_paper()
    add_finding(page, rule="left-over", term=["a" * length] * 2)
    assert bool(told(page, "left-over")["term"]) == is_offered


def test_a_place_that_is_gone_breaks_nothing() -> None:
    page = faulty_paper()
    add_finding(page, block="gone", field="answer", start=5, end=9)
    shown = told(page, "style")
    assert (shown["place"], shown["marked"]) == ("qa.gone", "")


def test_places_count_code_points() -> None:
    page = make_paper(summary="𠮷野家で🍜を食べた。")
    add_finding(page, field="summary", start=3, end=5)
    assert told(page, "style")["marked"] == "で🍜"


def test_dismissing_keeps_who_when_and_why(alice: Client) -> None:
    finding = the_number(faulty_paper())
    assert dismiss(alice, finding).status_code == 200
    finding.refresh_from_db()
    assert (finding.dismissed_by.username, finding.reason) == ("alice", "The paper is wrong.")
    assert finding.dismissed_at is not None


def test_the_answer_to_a_dismissal_is_the_list_as_it_stands_now(alice: Client) -> None:
    page = faulty_paper()
    answer = dismiss(alice, the_number(page)).json()
    shown = next(one for one in answer["findings"] if one["rule"] == "numbers")
    assert (shown["dismissed"]["user"], shown["dismissed"]["reason"]) == ("alice", "The paper is wrong.")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_dismissal_needs_a_reason_of_some_length(alice: Client, reason: str) -> None:
    finding = the_number(faulty_paper())
    answer = dismiss(alice, finding, reason)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
    assert Finding.objects.standing().filter(pk=finding.pk).exists()


def test_a_dismissal_is_void_when_the_text_changes(alice: Client) -> None:
    page = faulty_paper()
    dismiss(alice, the_number(page))
    draft = newest(page)
    draft.abstract_translated = FAULTY + "終わりです。"
    draft.save_revision()
    assert told(page)["dismissed"] is None


def test_a_dismissal_stands_through_a_save_of_the_same_text(alice: Client) -> None:
    page = faulty_paper()
    dismiss(alice, the_number(page))
    newest(page).save_revision()
    assert told(page)["dismissed"]["reason"] == "The paper is wrong."


def test_what_somebody_dismissed_cannot_be_dismissed_again(alice: Client) -> None:
    finding = the_number(faulty_paper())
    dismiss(alice, finding)
    answer = dismiss(alice, finding, "Another reason.")
    finding.refresh_from_db()
    assert (answer.status_code, finding.reason) == (409, "The paper is wrong.")


def test_a_finding_of_another_page_is_not_dismissed(alice: Client) -> None:
    finding, other = the_number(faulty_paper()), make_paper()
    answer = alice.post(url("dismiss", other, finding.pk), {"reason": "No."})
    assert answer.status_code == 409
    assert Finding.objects.standing().filter(pk=finding.pk).exists()


def test_a_dismissal_can_be_taken_back(alice: Client) -> None:
    finding = the_number(faulty_paper())
    dismiss(alice, finding)
    assert alice.post(url("restore", finding.page, finding.pk)).status_code == 200
    assert Finding.objects.standing().filter(pk=finding.pk, reason="", dismissed_by=None).exists()


def test_only_those_who_may_edit_the_page_dismiss(client: Client) -> None:
    finding = the_number(faulty_paper())
    assert dismiss(client, finding).status_code == 302  # to the login
    client.force_login(get_user_model().objects.create_user("bob", password="secret-of-bob"))
    assert dismiss(client, finding).status_code == 302  # back to the admin's door
    assert Finding.objects.standing().filter(pk=finding.pk).exists()


def test_a_moderator_of_another_branch_is_refused_in_words(client: Client) -> None:
    finding = the_number(faulty_paper())
    carol = get_user_model().objects.create_user("carol", password="secret-of-carol")
    carol.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(carol)
    answer = dismiss(client, finding)
    assert (answer.status_code, bool(answer.json()["error"])) == (403, True)


def test_a_week_has_findings_too(alice: Client) -> None:
    week = make_week(make_paper(), overview="この週は")
    answer = alice.get(url("desk", week)).json()
    assert {one["place"] for one in answer["findings"]} == {"overview"}


def test_pages_that_are_not_reviewed_have_no_desk(alice: Client) -> None:
    folder = make_paper().get_parent()
    answer = alice.get(url("desk", folder))
    assert (answer.status_code, answer.json()["error"]) == (404, "There is no such page.")
