"""Comments in the queue: approved, declined, known as spam, answered; by one and by many."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from tests.factories import make_comment, make_paper
from weekly.models import Comment, CommentState

pytestmark = pytest.mark.django_db
COMMENTS = reverse("weekly_admin:comments")


def look(client: Client, **query: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(COMMENTS, query).content, "html.parser")


def shown(client: Client, **query: Any) -> list[str]:
    return [row.get_text() for row in look(client, **query).select(".readers-row .readers-message")]


def send(client: Client, query: str = "", **fields: Any) -> str:
    return unescape(client.post(COMMENTS + query, fields, follow=True).content.decode())


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def commented(count: int = 1, **fields: Any) -> list[Comment]:
    page = make_paper(live=True)
    return [make_comment(page, **fields) for _number in range(count)]


def test_nothing_waits_at_first(alice: Client) -> None:
    assert "No comment waits." in look(alice).get_text()


def test_those_that_wait_come_first_and_the_oldest_of_them(alice: Client) -> None:
    commented(text="Late", state=CommentState.APPROVED)
    commented(text="One")
    commented(text="Two")
    assert shown(alice) == ["One", "Two"]
    assert shown(alice, state="approved") == ["Late"]


@pytest.mark.parametrize("state", ["approved", "declined", "spam"])
def test_one_comment_is_decided(alice: Client, state: str) -> None:
    one, _two = commented(2)
    assert "1 was decided." in send(alice, one=f"{state}:{one.pk}")
    assert states() == [state, "waiting"]


@pytest.mark.parametrize("state", ["approved", "declined", "spam"])
def test_several_comments_are_decided_at_once(alice: Client, state: str) -> None:
    one, two, _three = commented(3)
    send(alice, all=state, chosen=[one.pk, two.pk])
    assert states() == [state, state, "waiting"]


def test_without_ticks_nothing_is_decided(alice: Client) -> None:
    commented()
    assert "choose comments first" in send(alice, all="approved")
    assert states() == ["waiting"]


def test_an_approved_comment_is_taken_down(alice: Client) -> None:
    (comment,) = commented(state=CommentState.APPROVED)
    assert "Take down" in look(alice, state="approved").get_text()
    send(alice, "?state=approved", one=f"declined:{comment.pk}")
    assert states() == ["declined"]


def test_spam_that_was_none_is_approved(alice: Client) -> None:
    (comment,) = commented(state=CommentState.SPAM)
    send(alice, "?state=spam", one=f"approved:{comment.pk}")
    assert states() == ["approved"]


def test_an_answer_approves_and_stands_under_the_comment(alice: Client) -> None:
    (comment,) = commented()
    send(alice, one=f"answer:{comment.pk}", **{f"text-{comment.pk}": "It is so."})
    answer = Comment.objects.get(parent=comment)
    assert (answer.text, answer.state, answer.editor.username) == ("It is so.", "approved", "alice")
    assert states() == ["approved", "approved"]


def test_an_empty_answer_is_refused_in_place(alice: Client) -> None:
    (comment,) = commented()
    assert "Write an answer first." in send(alice, one=f"answer:{comment.pk}")
    assert states() == ["waiting"]


def test_an_answer_to_what_somebody_declined_meanwhile_is_kept(alice: Client) -> None:
    (comment,) = commented(state=CommentState.DECLINED)
    answer = send(alice, one=f"answer:{comment.pk}", **{f"text-{comment.pk}": "It is so."})
    assert "Nobody would see this answer" in answer
    assert ">It is so.</textarea>" in answer


def test_an_answer_to_what_was_erased_meanwhile_is_kept(alice: Client) -> None:
    (comment,) = commented()
    Comment.objects.all().delete()
    answer = send(alice, one=f"answer:{comment.pk}", **{f"text-{comment.pk}": "It is so."})
    assert "no longer there" in answer
    assert ">It is so.</textarea>" in answer


def test_what_another_editor_decided_is_told(alice: Client) -> None:
    (comment,) = commented(state=CommentState.SPAM)
    assert "decided already" in send(alice, one=f"approved:{comment.pk}")
    assert states() == ["spam"]


@pytest.mark.parametrize(
    "value", ["", "approved", "approved:", "approved:x", "erase:1", "answer:²", "approved:" + "9" * 40]
)
def test_a_button_that_is_none_does_nothing(alice: Client, value: str) -> None:
    commented()
    send(alice, one=value)
    assert states() == ["waiting"]


def test_what_is_answered_stands_beside_the_answer(alice: Client) -> None:
    (comment,) = commented(text="Is this so?", state=CommentState.APPROVED)
    make_comment(comment.page, parent=comment, text="No.")
    assert "Answers Bob" in look(alice).get_text()
    assert "Is this so?" in look(alice).select_one(".readers-quote").get_text()


def test_markup_and_addresses_are_not_shown(alice: Client) -> None:
    commented(text="<script>alert(1)</script>", name="<b>", email="bob@example.org")
    html = alice.get(COMMENTS).content.decode()
    assert "<script>alert(1)" not in html
    assert ("bob@example.org" in html, "left an address" in html) == (False, True)


def test_links_of_a_waiting_comment_are_plain_text(alice: Client) -> None:
    commented(text="See https://example.org/casino")
    assert not look(alice).select("a[href*=casino]")


def test_who_may_not_edit_and_publish_sees_nothing(writer: Callable[..., Client]) -> None:
    carol = writer("change_page")
    (comment,) = commented()
    assert carol.get(COMMENTS).status_code == 302
    carol.post(COMMENTS, {"one": f"approved:{comment.pk}"})
    assert states() == ["waiting"]


def test_comments_on_pages_of_others_stay_out_of_reach(writer: Callable[..., Client]) -> None:
    carol = writer("change_page", "publish_page")
    foreign = make_comment(make_paper(live=True, code="ko"))
    assert shown(carol) == []
    for name in ("approved", "answer"):
        send(carol, one=f"{name}:{foreign.pk}", **{f"text-{foreign.pk}": "Mine"})
    assert states() == ["waiting"]


def test_a_longer_list_takes_no_more_queries(alice: Client) -> None:
    commented(2)
    look(alice)
    with CaptureQueriesContext(connection) as few:
        look(alice)
    for _number in range(5):
        commented(2)
    with CaptureQueriesContext(connection) as many:
        look(alice)
    assert len(many) == len(few)


def test_a_flood_of_comments_is_cut_into_pages(alice: Client) -> None:
    page = make_paper(live=True)
    Comment.objects.bulk_create(Comment(page_id=page.pk, name="X", text=f"Buy {n}") for n in range(1000))
    assert len(shown(alice)) == 50
    assert "Page 1 of 20" in look(alice).get_text()


def test_a_flood_of_comments_is_spam_in_one_click(alice: Client) -> None:
    page = make_paper(live=True)
    Comment.objects.bulk_create(Comment(page_id=page.pk, name="X", text=f"Buy {n}") for n in range(60))
    flood = look(alice).select_one("button[name=flood]")
    make_comment(page)
    send(alice, flood=flood["value"])
    assert states() == ["spam"] * 60 + ["waiting"]


def test_approved_comments_are_no_flood(alice: Client) -> None:
    (comment,) = commented(state=CommentState.APPROVED)
    send(alice, "?state=approved", flood=str(comment.pk))
    assert states() == ["approved"]


@pytest.mark.parametrize("state", ["waiting", "approved"])
def test_a_comments_own_link_opens_the_page_of_the_list_that_it_stands_on(alice: Client, state: str) -> None:
    page = make_paper(live=True)
    rows = [Comment(page_id=page.pk, name="X", text=str(n), state=state) for n in range(51)]
    made = Comment.objects.bulk_create(rows)
    for comment in (made[0], made[-1]):
        address = AdminURLFinder().get_edit_url(comment)
        assert BeautifulSoup(alice.get(address).content, "html.parser").find(id=comment.anchor)


def test_an_approved_comment_leads_to_where_readers_see_it(alice: Client) -> None:
    one, _hidden = commented(state="approved")[0], commented()[0]
    (link,) = [a["href"] for a in look(alice, state="approved").select(".readers-facts a")]
    assert link == one.page.get_url() + one.link
    assert not look(alice).select(".readers-facts a")


def test_many_approved_comments_take_no_more_queries(alice: Client) -> None:
    counts = []
    for _time in range(2):
        commented(3, state="approved")
        look(alice, state="approved")
        with CaptureQueriesContext(connection) as asked:
            look(alice, state="approved")
        counts.append(len(asked))
    assert counts[0] == counts[1]
