"""A comment is kept, or refused in words with all that was typed."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_comment, make_paper, make_week
from tests.weekly.hearing.away import cache_away
from tests.weekly.hearing.speaking import BOB, codes, comment_form, refusal
from weekly.hearing import base
from weekly.hearing.forms import CommentForm
from weekly.hearing.speaker import Speaker
from weekly.hearing.tokens import MAX_AGE, issue
from weekly.models import Comment, DiscussionSettings, Letter

pytestmark = pytest.mark.django_db

KNOWN = Speaker("192.0.2.1", "a" * 32)


def save(page: Any, *args: Any, **data: Any) -> Comment:
    form = comment_form(page, *args, **data)
    assert form.is_valid(), form.errors
    return form.save()


def close(page: PaperPage, **decided: bool) -> None:
    DiscussionSettings.objects.update_or_create(site=page.get_site(), defaults=decided)


# What is kept


def test_a_first_comment_waits_for_an_editor(page: PaperPage) -> None:
    comment = Comment.objects.get(pk=save(page, name="Bob", text="A question.\r\nTwo lines.").pk)
    assert (comment.page_id, comment.name, comment.text) == (page.pk, "Bob", "A question.\nTwo lines.")
    assert (comment.state, comment.parent, comment.editor, comment.email) == ("waiting", None, None, "")


def test_a_week_can_be_commented_on_as_a_paper_can() -> None:
    week = make_week(make_paper(live=True), live=True)
    assert save(week).page_id == week.pk


def test_a_writer_gets_a_key_with_the_first_comment_and_keeps_it(page: PaperPage) -> None:
    writer = save(page).writer
    assert len(writer) == 32
    assert save(page, Speaker("192.0.2.9", writer)).writer == writer


def test_who_had_a_comment_approved_is_not_made_to_wait(page: PaperPage) -> None:
    make_comment(make_paper(live=True), writer=KNOWN.writer, state="approved")
    comment = save(page, KNOWN)
    assert comment.state == "approved"
    assert comment.decided_at


@pytest.mark.parametrize("states", [("waiting",), ("declined",), ("approved", "spam")])
def test_others_wait(page: PaperPage, states: tuple[str, ...]) -> None:
    for state in states:
        make_comment(page, writer=KNOWN.writer, state=state)
    assert save(page, KNOWN).state == "waiting"


def test_a_site_can_make_everybody_wait(page: PaperPage) -> None:
    close(page, known_pass=False)
    make_comment(page, writer=KNOWN.writer, state="approved")
    assert save(page, KNOWN).state == "waiting"


def test_comments_without_a_key_make_nobody_known(page: PaperPage) -> None:
    make_comment(page, writer="", state="approved")
    assert save(page, BOB).state == "waiting"


# Answers


def test_an_answer_to_an_answer_goes_into_its_thread(page: PaperPage) -> None:
    thread = make_comment(page, state="approved")
    answer = make_comment(page, parent=thread, state="approved")
    assert save(page, BOB, thread).parent == save(page, BOB, answer).parent == thread


def test_an_answer_that_passes_at_once_owes_the_letter(page: PaperPage) -> None:
    thread = make_comment(page, state="approved", email="ann@example.org", notify=True)
    make_comment(page, writer=KNOWN.writer, state="approved")
    save(page, KNOWN, thread)
    assert Letter.objects.get().email == "ann@example.org"


def test_an_answer_that_waits_owes_none_yet(page: PaperPage) -> None:
    save(page, BOB, make_comment(page, state="approved", email="ann@example.org", notify=True))
    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "declined", "spam"])
def test_nobody_answers_what_nobody_sees(page: PaperPage, state: str) -> None:
    assert refusal(comment_form(page, parent=make_comment(page, state=state))) == "no_comment"


def test_nobody_answers_a_comment_of_another_page(page: PaperPage) -> None:
    assert refusal(comment_form(page, parent=make_comment(make_paper(live=True), state="approved"))) == "no_comment"


def test_an_answer_is_not_answered_where_its_thread_was_taken_down(page: PaperPage) -> None:
    answer = make_comment(page, parent=make_comment(page, state="declined"), state="approved")
    assert refusal(comment_form(page, parent=answer)) == "no_comment"


# Bad input


def test_an_empty_comment_is_refused(page: PaperPage) -> None:
    for text in ("", "   \n\t ", "\u200b\u3164"):
        assert codes(comment_form(page, text=text)) == {"text": ["required"]}


def test_a_comment_has_a_name(page: PaperPage) -> None:
    assert codes(comment_form(page, name="")) == {"name": ["required"]}


def test_a_form_with_nothing_in_it_is_refused(page: PaperPage) -> None:
    form = CommentForm({}, page=page, speaker=BOB)
    assert codes(form) == {"name": ["required"], "text": ["required"], "__all__": ["missing"]}


def test_a_hundred_kilobytes_are_refused_in_every_field_and_kept(page: PaperPage) -> None:
    long = "あ" * 100_000
    for field in ("text", "name", "email"):
        form = comment_form(page, **{field: long})
        assert "max_length" in codes(form)[field]
        assert long in str(form[field])


def test_a_long_comment_is_no_longer_than_the_limit(page: PaperPage) -> None:
    assert len(save(page, text="あ" * 5000).text) == 5000
    assert codes(comment_form(page, text="い" * 5001)) == {"text": ["max_length"]}


SIGNS = [("\x00", "control"), ("\x1b", "control"), ("\u202e", "direction"), ("\ud800", "control")]


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_signs_that_nobody_sees_are_refused_and_kept(page: PaperPage, sign: str, code: str) -> None:
    for field in ("text", "name", "email"):
        form = comment_form(page, **{field: f"one{sign}two"})
        assert codes(form) == {field: [code]}
        assert form[field].value() == f"one{sign}two"


def test_a_mail_address_with_line_breaks_is_refused(page: PaperPage) -> None:
    for end in ("\n", "\r\n", "\r", "\u2028", "\x85"):
        form = comment_form(page, email=f"bob@example.org{end}Bcc: eve@example.org")
        assert codes(form) == {"email": ["line_break"]}


def test_an_address_that_is_none_is_refused(page: PaperPage) -> None:
    for email in ("bob", "bob@", "a,b@example.org", '"><script>@example.org', "bob@example.org>"):
        assert codes(comment_form(page, email=email)) == {"email": ["invalid"]}


def test_a_name_is_one_line(page: PaperPage) -> None:
    assert codes(comment_form(page, name="Bob\nEditor")) == {"name": ["line_break"]}


def test_script_in_every_field_is_plain_text(page: PaperPage) -> None:
    script = "<script>alert(1)</script>"
    comment = save(page, name=script, text=script)
    assert (comment.name, comment.text) == (script, script)


def test_many_links_are_refused(page: PaperPage) -> None:
    assert refusal(comment_form(page, text="https://a.example " * 4)) == "links"
    assert refusal(comment_form(page, name="www.a.example", text="https://a.example " * 3)) == "links"


def test_who_wants_mail_leaves_an_address(page: PaperPage) -> None:
    assert codes(comment_form(page, notify="on")) == {"email": ["no_address"]}
    assert save(page, notify="on", email="bob@example.org").notify


# Machines


TOKENS = [("", "missing"), ("x", "forged"), ("\x00", "forged"), ("a" * 100_000, "forged"), (["x"], "forged")]


def test_a_form_without_its_token_is_refused_and_keeps_what_was_typed(page: PaperPage) -> None:
    for token, code in TOKENS:
        form = comment_form(page, text="What I typed.", token=token)
        assert refusal(form) == code
        assert form["text"].value() == "What I typed."


def test_a_form_is_sent_in_its_time(page: PaperPage) -> None:
    for age, code in ((0, "early"), (MAX_AGE + 1, "expired")):
        assert refusal(comment_form(page, token=issue("comment", page.pk, age))) == code


@pytest.mark.parametrize(("kind", "other"), [("report", 0), ("comment", 1)])
def test_a_token_of_another_form_or_page_is_refused(page: PaperPage, kind: str, other: int) -> None:
    assert refusal(comment_form(page, token=issue(kind, page.pk + other, 10))) == "forged"


def test_a_form_that_is_sent_again_changes_nothing(page: PaperPage) -> None:
    token = issue("comment", page.pk, 10)
    save(page, text="Once.", token=token)
    assert refusal(comment_form(page, text="Once.", token=token)) == "replayed"
    assert refusal(comment_form(page, text="Twice.", token=token)) == "replayed"


def test_the_trap_for_machines_is_told_to_people_who_fell_into_it(page: PaperPage) -> None:
    form = comment_form(page, website="https://spam.example")
    assert refusal(form) == "honeypot"
    assert "Website" in form.non_field_errors()[0]


@pytest.mark.parametrize("again", ["Is that so?", " is that\nSO ", "Ｉｓ that so"])
def test_the_same_text_is_taken_once_for_a_page(page: PaperPage, again: str) -> None:
    save(page, text="Is that so?")
    assert refusal(comment_form(page, Speaker("198.51.100.7"), text=again)) == "repeated"
    assert comment_form(make_paper(live=True), text=again).is_valid()


def test_an_address_waits_after_some_comments_and_is_told_how_long(page: PaperPage) -> None:
    for _ in range(10):
        save(page)
    form = comment_form(page)
    assert refusal(form) == "throttled"
    assert (form.full.about, "minute" in form.non_field_errors()[0]) == ("address", True)


def test_a_refused_form_costs_nothing_of_what_an_address_may_post(page: PaperPage) -> None:
    for _ in range(15):
        assert not comment_form(page, text="").is_valid()
    assert comment_form(page).is_valid()


def test_a_page_on_which_much_waits_takes_no_more(page: PaperPage) -> None:
    Comment.objects.bulk_create(Comment(page=page, text=str(number)) for number in range(base.MOST_WAITING))
    assert refusal(comment_form(page)) == "backlog"


def at_one_moment(*forms: Any) -> list[list[str]]:
    """Forms that are all found good or not before any of them is kept."""
    return [codes(form).get("__all__", []) for form in forms]


def test_of_two_with_the_same_text_at_one_moment_one_is_kept(page: PaperPage) -> None:
    twice = (comment_form(page, speaker, text="Once.") for speaker in (BOB, Speaker("198.51.100.7")))
    assert at_one_moment(*twice) == [[], ["repeated"]]


def test_texts_at_one_moment_are_kept_where_page_or_text_differ(page: PaperPage) -> None:
    other = make_paper(live=True)
    forms = (comment_form(where, text=text) for where, text in ((page, "One."), (page, "Two."), (other, "One.")))
    assert at_one_moment(*forms) == [[], [], []]


def test_a_post_that_was_refused_for_another_reason_can_be_sent_again(page: PaperPage) -> None:
    assert not comment_form(page, text="Once.", website="x").is_valid()
    assert not comment_form(page, text="Once.", name="").is_valid()
    assert comment_form(page, text="Once.").is_valid()


def test_where_the_cache_is_away_people_can_speak_and_nothing_comes_twice(
    page: PaperPage, caplog: pytest.LogCaptureFixture
) -> None:
    forms = [comment_form(page, text="Once.") for _ in range(2)]
    assert all(form.discussion.comments_open for form in forms)  # Wagtail asks the cache for the site
    with cache_away(), caplog.at_level(logging.CRITICAL):
        assert forms[0].is_valid()
        forms[0].save()
        assert refusal(forms[1]) == "repeated"


# Closed


def test_a_page_can_be_closed(page: PaperPage) -> None:
    page.comments_open = False
    assert refusal(comment_form(page)) == "closed"


def test_a_site_can_be_closed(page: PaperPage) -> None:
    close(page, comments_open=False)
    assert refusal(comment_form(page)) == "closed"


def test_a_page_that_is_public_no_more_takes_nothing_and_keeps_what_was_typed(page: PaperPage) -> None:
    page.unpublish()
    form = comment_form(page, text="What I typed.")
    assert refusal(form) == "not_public"
    assert "What I typed." in str(form["text"])


def test_a_page_that_was_made_private_takes_nothing(page: PaperPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert refusal(comment_form(page)) == "not_public"


# Offered anew


def test_a_new_form_is_offered_with_a_token_of_its_own(page: PaperPage) -> None:
    one, other = (CommentForm(page=page, speaker=BOB) for _ in range(2))
    assert one.fresh_token == one.fresh_token != other.fresh_token


@pytest.mark.parametrize("age", [10, MAX_AGE + 1])
def test_a_refused_form_can_be_sent_again_at_once(page: PaperPage, age: int) -> None:
    refused = comment_form(page, text="", token=issue("comment", page.pk, age))
    assert not refused.is_valid()
    assert comment_form(page, token=refused.fresh_token).is_valid()


def test_long_texts_are_not_cut_by_the_browser(page: PaperPage) -> None:
    assert "maxlength" not in str(comment_form(page)["text"])


def test_a_comment_costs_as_many_queries_after_fifty_as_after_one(
    page: PaperPage, django_assert_max_num_queries: Any
) -> None:
    counts = []
    save(page, KNOWN)  # the site's root paths are now in the cache
    for others in (1, 50):
        Comment.objects.bulk_create(Comment(page=page, text=f"{others} {number}") for number in range(others))
        with django_assert_max_num_queries(14) as seen:
            save(page, KNOWN)
        counts.append(len(seen))
    assert counts[0] == counts[1]
