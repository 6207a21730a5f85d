"""A reader asks to be forgotten."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Comment as EditorNote
from wagtail.models import CommentReply, Revision

from papers.applying import bot
from tests.factories import make_comment, make_correction, make_paper, make_report
from weekly.models import Comment, Correction, Letter, LetterKind, Report

pytestmark = pytest.mark.django_db
BOB = "bob@example.org"


def erase(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("erase_reader", *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_address_goes_and_the_words_stay() -> None:
    comment = make_comment(make_paper(), email=BOB, notify=True)
    assert erase(BOB)["comments"] == 1
    comment.refresh_from_db()
    assert (comment.email, comment.notify, comment.text) == ("", False, "Is this so?")


def test_the_address_goes_from_reports_and_letters() -> None:
    report = make_report(make_paper(), email=BOB)
    Letter.objects.create(kind=LetterKind.REPORT, about=report.pk, email=BOB)
    assert erase(BOB) == {"comments": 0, "reports": 1, "letters": 1, "corrections": 0, "subscriptions": 0}
    assert not Report.objects.exclude(email="").exists()


def test_the_case_of_an_address_does_not_matter() -> None:
    make_comment(make_paper(), email="Bob@Example.org")
    assert erase(BOB)["comments"] == 1


def test_other_readers_are_not_touched() -> None:
    carol = make_comment(make_paper(), email="carol@example.org")
    erase(BOB, "--texts")
    carol.refresh_from_db()
    assert carol.email == "carol@example.org"


def test_with_texts_comments_and_reports_go() -> None:
    page = make_paper()
    make_comment(page, email=BOB)
    make_report(page, email=BOB)
    erase(BOB, "--texts")
    assert not Comment.objects.exists()
    assert not Report.objects.exists()


def test_an_answer_by_somebody_else_stays_below_an_empty_comment() -> None:
    page = make_paper()
    asked = make_comment(page, email=BOB, writer="w")
    make_comment(page, parent=asked, name="Carol")
    erase(BOB, "--texts")
    asked.refresh_from_db()
    assert (asked.name, asked.text, asked.writer, asked.answers.count()) == ("", "", "", 1)


def test_answers_of_their_own_go_with_the_thread() -> None:
    page = make_paper()
    asked = make_comment(page, email=BOB)
    make_comment(page, parent=asked, email=BOB)
    erase(BOB, "--texts")
    assert not Comment.objects.exists()


def test_a_correction_stays_without_the_thanks() -> None:
    page = make_paper()
    correction = make_correction(page, thanks="Bob")
    make_report(page, email=BOB, correction=correction)
    assert erase(BOB, "--texts")["corrections"] == 1
    assert Correction.objects.get().thanks == ""


def test_others_whom_the_correction_thanks_stay() -> None:
    page = make_paper()
    make_report(page, email=BOB, name="Bob", correction=make_correction(page, thanks="Ann, Bob, Bobby"))
    erase(BOB, "--texts")
    assert Correction.objects.get().thanks == "Ann, Bobby"


@pytest.mark.parametrize(("thanks", "left"), [("Lee, Bob", ""), ("Ann, Lee, Bob, Dan", "Ann, Dan")])
def test_a_name_with_a_comma_goes_too(thanks: str, left: str) -> None:
    page = make_paper()
    make_report(page, email=BOB, name="Lee, Bob", correction=make_correction(page, thanks=thanks))
    erase(BOB, "--texts")
    assert Correction.objects.get().thanks == left


def test_their_words_go_from_the_editors_notes() -> None:
    page = make_paper()
    note = EditorNote.objects.create(page=page, user=bot(), text="Bob: This is wrong.", contentpath="summary")
    make_report(page, email=BOB, note=note)
    erase(BOB, "--texts")
    note.refresh_from_db()
    assert "wrong" not in note.text


def test_their_words_go_from_the_notes_that_revisions_keep() -> None:
    page = make_paper()
    note = EditorNote.objects.create(page=page, user=bot(), text="Bob: This is wrong.", contentpath="summary")
    CommentReply.objects.create(comment=note, user=bot(), text="Ann: So it is.")
    make_report(page, email=BOB, note=note)
    revision = page.save_revision()
    erase(BOB, "--texts")
    kept = json.dumps(Revision.objects.get(pk=revision.pk).content, ensure_ascii=False)
    assert "Ann: So it is." in kept
    assert "This is wrong" not in kept


def test_an_address_that_nobody_gave_is_told() -> None:
    out = StringIO()
    call_command("erase_reader", BOB, stdout=out)
    assert "Nothing" in out.getvalue()
