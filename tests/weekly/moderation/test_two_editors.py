"""Two editors decide in the same moment, each in a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_comment, make_paper, make_report
from tests.weekly.moderation.acting import WRONG, again, live, make_note, take_it
from weekly.models import Correction, Letter
from weekly.moderation.comments import approve, mark_spam
from weekly.moderation.reports import decline

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*decisions: Callable[[], Any]) -> list[Any]:
    """What each decision came to, all begun in the same moment."""
    barrier, results = threading.Barrier(len(decisions)), [None] * len(decisions)

    def run(number: int) -> None:
        barrier.wait()
        try:
            results[number] = decisions[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(decisions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_who_take_a_report_one_is_told(alice: Any, carol: Any) -> None:
    report = make_report(make_paper(live=True), email="bob@example.org")
    outcomes = at_once(*(lambda user=user: take_it(report, user) for user in (alice, carol)))
    assert sorted(outcome.done for outcome in outcomes) == [False, True]
    assert (Correction.objects.count(), Letter.objects.count()) == (1, 1)


def test_of_two_corrections_of_one_passage_one_stands_and_the_other_is_told(alice: Any, carol: Any) -> None:
    paper = make_paper(live=True)
    reports = make_report(paper), make_report(paper)
    texts = "アリスの要約です。", "キャロルの要約です。"
    acts = [
        lambda args=args: take_it(args[0], args[1], seen=WRONG, text=args[2])
        for args in zip(reports, (alice, carol), texts, strict=True)
    ]
    done, refused = sorted(at_once(*acts), key=lambda outcome: not outcome.done)
    assert live(paper).summary == done.correction.after
    assert "has changed since" in str(refused.reason)


def test_of_two_who_take_and_decline_one_is_told(alice: Any, carol: Any) -> None:
    report = make_report(make_paper(live=True))
    outcome, tally = at_once(lambda: take_it(report, alice), lambda: decline([report], carol, "No."))
    assert outcome.done != bool(tally.done)
    assert again(report).state == ("taken" if outcome.done else "declined")


def test_of_two_who_approve_and_call_it_spam_one_is_told(alice: Any, carol: Any) -> None:
    comments = [make_comment(make_paper(live=True)).pk for _ in range(3)]
    first, second = at_once(lambda: approve(comments, alice), lambda: mark_spam(comments[::-1], carol))
    assert sorted([first.done, second.done]) == [0, 3]
    assert len(first.refused + second.refused) == 1


def test_the_note_ends_where_its_two_last_reports_are_decided_at_once(alice: Any, carol: Any) -> None:
    paper = make_paper(live=True)
    note = make_note(paper)
    first, second = make_report(paper, note=note), make_report(paper, note=note)
    at_once(lambda: decline([first], alice, "No."), lambda: decline([second], carol, "No."))
    assert again(note).resolved_at is not None
