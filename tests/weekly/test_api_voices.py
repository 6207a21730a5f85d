"""Readers speak through the JSON API by the rules of the pages: comments, reports, and what was corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from papers.models import PaperPage
from tests.factories import make_comment, make_correction, make_home, make_paper, make_qa, make_week
from weekly.hearing.tokens import issue
from weekly.models import Comment, DiscussionSettings, Report

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
Get = Callable[..., Any]


def make_english(**fields: Any) -> PaperPage:
    texts = {"summary": "One line.", "abstract_translated": "We study one thing. It works."}
    return make_paper(**{"live": True, "code": "en", **texts, **fields})


@pytest.fixture
def page() -> PaperPage:
    """A page in English, so that refusals are in English as well."""
    return make_english(slug="one", qa=[make_qa(1, question="What is it?", answer="The answer.")])


@pytest.fixture
def post(client: Client) -> Callable[..., Any]:
    """The JSON that answers a post, after a look at its status."""

    def send(path: str, body: Json | bytes, status: int = 201) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body)
        response = client.post(f"/api/v1/{path}", data, content_type="application/json")
        assert response.status_code == status, response.content
        return response.json()

    return send


Post = Callable[..., Any]


def comment_on(page: PaperPage, **fields: Any) -> Json:
    return {"page": page.pk, "token": issue("comment", page.pk, 10), "name": "Bob", "text": "Is that so?", **fields}


def report_on(page: PaperPage, **fields: Any) -> Json:
    return {"page": page.pk, "token": issue("report", page.pk, 10), "place": "summary", "message": "No.", **fields}


# Speaking


def test_a_comment_waits_and_its_writer_gets_a_key(post: Post, page: PaperPage) -> None:
    told = post("comments", comment_on(page))
    comment = Comment.objects.get(pk=told["id"])
    assert (told["state"], comment.text, comment.page_id) == ("waiting", "Is that so?", page.pk)
    assert told["writer"].startswith(comment.writer + ":")


def test_a_known_writer_passes_with_the_key(post: Post, page: PaperPage) -> None:
    told = post("comments", comment_on(page))
    Comment.objects.update(state="approved")
    assert post("comments", comment_on(page, text="More.", writer=told["writer"]))["state"] == "approved"


def test_a_forged_key_makes_nobody_known(post: Post, page: PaperPage) -> None:
    make_comment(page, writer="a" * 32, state="approved")
    assert post("comments", comment_on(page, writer="a" * 32))["state"] == "waiting"


def test_an_answer_goes_into_its_thread(post: Post, page: PaperPage) -> None:
    thread = make_comment(page, state="approved")
    told = post("comments", comment_on(page, reply=thread.pk))
    assert Comment.objects.get(pk=told["id"]).parent == thread


def test_an_answer_to_nothing_is_not_found(post: Post, page: PaperPage) -> None:
    elsewhere = make_comment(make_paper(live=True), state="approved")
    assert "no comment" in post("comments", comment_on(page, reply=elsewhere.pk), 404)["detail"]


def test_a_report_keeps_what_was_read(post: Post, page: PaperPage) -> None:
    place = f"qa.{page.qa[0].id}.answer"
    told = post("reports", report_on(page, place=place, revision=page.live_revision_id, quote="answer", wording="So."))
    report = Report.objects.get(pk=told["id"])
    assert (told["state"], report.place, report.passage) == ("open", place, page.qa[0].value["answer"])
    assert (report.revision, report.quote, report.wording) == (page.live_revision_id, "answer", "So.")


def test_a_form_comes_with_its_token_and_its_times(get: Get, post: Post, page: PaperPage) -> None:
    told = get("form", kind="comment", page=page.pk)
    assert (told["revision"], told["ready_in"], told["good_for"]) == (page.live_revision_id, 3, 86400)
    assert "very quick" in post("comments", comment_on(page, token=told["token"]), 422)["detail"]


def test_a_form_is_kept_by_no_cache(client: Client, page: PaperPage) -> None:
    answer = client.get(f"/api/v1/form?kind=report&page={page.pk}")
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


# Refused


def test_a_refusal_names_the_fields_and_offers_the_form_again(post: Post, page: PaperPage) -> None:
    sent = comment_on(page, text="", name="", email="bob@example.org\nBcc: eve@example.org")
    told = post("comments", sent, 422)
    assert list(told["errors"]) == ["text", "name", "email"]
    assert told["token"] == sent["token"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "x" * 100_000}, "text"),
        ({"text": "one\u202etwo"}, "text"),
        ({"name": "\x00"}, "name"),
        ({"token": "forged"}, "__all__"),
        ({"token": ""}, "__all__"),
        ({"website": "https://spam.example"}, "__all__"),
        ({"text": "https://a.example " * 4}, "__all__"),
        ({"notify": True}, "email"),
    ],
)
def test_the_rules_of_the_pages_hold(post: Post, page: PaperPage, fields: Json, field: str) -> None:
    told = post("comments", comment_on(page, **fields), 422)
    assert list(told["errors"]) == [field]
    assert told["detail"] == told["errors"][field][0]


def test_a_replay_is_refused(post: Post, page: PaperPage) -> None:
    sent = report_on(page)
    post("reports", sent)
    assert "already" in post("reports", sent, 422)["detail"]
    assert Report.objects.count() == 1


def test_a_block_that_is_gone_is_told(post: Post, page: PaperPage) -> None:
    assert "not on the page any more" in post("reports", report_on(page, place="qa.nix.answer"), 422)["detail"]


def test_who_has_a_form_open_is_told_that_its_page_was_unpublished(post: Post, page: PaperPage) -> None:
    page.unpublish()
    assert post("comments", comment_on(page), 422)["detail"] == "This page is not public any more."
    assert post("comments", comment_on(page, token=""), 404)["detail"]


def test_a_page_that_readers_do_not_have_is_not_found(post: Post, get: Get) -> None:
    draft = make_paper()
    for page_id in (draft.pk, make_home().pk, 10**17):
        post("reports", {"page": page_id, "message": "No."}, 404)
        get("form", status=404, kind="report", page=page_id)
        get("comments", status=404, page=page_id)


def test_after_many_posts_a_program_is_told_how_long_to_wait(client: Client, post: Post, page: PaperPage) -> None:
    for number in range(10):
        post("comments", comment_on(page, text=f"Number {number}"))
    sent = json.dumps(comment_on(page, text="One more"))
    answer = client.post("/api/v1/comments", sent, content_type="application/json")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"null", b'"x"', b"{}", b'{"page": "x"}', b'{"page": -1}'])
def test_what_is_no_form_is_refused_in_json(client: Client, body: bytes) -> None:
    answer = client.post("/api/v1/reports", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


@pytest.mark.parametrize("value", [1, None, ["x"], {"x": 1}, True])
def test_a_field_that_is_no_text_is_named(post: Post, page: PaperPage, value: Any) -> None:
    told = post("comments", comment_on(page, text=value), 422)
    assert list(told["errors"]) == ["text"]
    assert told["token"] is None


def test_half_a_sign_is_refused(post: Post, page: PaperPage) -> None:
    body = json.dumps(comment_on(page)).replace("Is that so?", "\\ud800")
    assert post("comments", body.encode(), 422)["detail"]


def test_a_large_body_is_refused_unread(post: Post, page: PaperPage) -> None:
    assert "bytes" in post("comments", comment_on(page, text="x" * 300_000), 413)["detail"]


def test_refusals_are_in_the_pages_language(post: Post) -> None:
    told = post("comments", comment_on(make_paper(live=True), text=""), 422)
    with override("ja"):
        assert told["errors"]["text"] == [gettext("This field is required.")]


# Reading


def test_approved_comments_come_with_their_answers(get: Get, page: PaperPage) -> None:
    thread = make_comment(page, state="approved", text="<b>plain</b>", email="bob@example.org")
    make_comment(page, parent=thread, state="approved", name="Alice")
    make_comment(page, parent=thread)
    (shown,) = get("comments", page=page.pk)["items"]
    assert (shown["text"], shown["url"].endswith(f"/{thread.link}")) == ("<b>plain</b>", True)
    assert [answer["name"] for answer in shown["answers"]] == ["Alice"]


def test_an_editor_is_known_as_one(get: Get, page: PaperPage, admin_user: Any) -> None:
    make_comment(page, state="approved", editor=admin_user)
    assert get("comments", page=page.pk)["items"][0]["editor"] is True


def test_no_answer_holds_an_address_or_a_key(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", email="bob@example.org", writer="f" * 32)
    text = client.get(f"/api/v1/comments?page={page.pk}").content.decode()
    assert "example.org" not in text.replace("testserver", "")
    assert "f" * 32 not in text


def test_comments_go_on_from_page_to_page(client: Client, get: Get, page: PaperPage) -> None:
    made = [make_comment(page, state="approved").pk for _ in range(3)]
    first = get("comments", page=page.pk, limit=2)
    rest = client.get(first["next"]).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


def test_a_correction_says_what_stood_and_what_stands(get: Get, page: PaperPage) -> None:
    made = make_correction(page, thanks="Bob")
    (shown,) = get("corrections", language="en")["items"]
    assert (shown["before"], shown["after"], shown["reason"], shown["thanks"]) == ("A rat.", "RAT.", "A name.", "Bob")
    assert (shown["page"], shown["title"], shown["place"]) == (page.pk, page.title, "summary")
    assert shown["url"].endswith(f"#{made.anchor}")


def test_corrections_of_one_page_and_of_one_language(get: Get, page: PaperPage) -> None:
    other = make_correction(make_english())
    mine = make_correction(page)
    assert [item["id"] for item in get("corrections", language="en", page=page.pk)["items"]] == [mine.pk]
    assert [item["id"] for item in get("corrections", language="en")["items"]] == [mine.pk, other.pk]
    assert get("corrections", language="ja")["items"] == []


@pytest.mark.parametrize("asked", [{}, {"language": "ja"}, {"language": "ko"}])
def test_corrections_of_one_page_are_found_in_its_own_language(get: Get, page: PaperPage, asked: Any) -> None:
    made = make_correction(page)
    make_correction(page, is_typo=True)
    (found,) = get("corrections", page=page.pk, **asked)["items"]
    assert (found["id"], found["language"]) == (made.pk, "en")


def test_corrections_of_one_hidden_page_are_not_told(get: Get) -> None:
    hidden = make_english(live=False)
    make_correction(hidden)
    assert get("corrections", page=hidden.pk)["items"] == []


def test_typos_and_corrections_of_hidden_pages_are_not_told(get: Get, page: PaperPage) -> None:
    make_correction(page, is_typo=True)
    make_correction(make_english(live=False))
    assert get("corrections", language="en")["items"] == []


def test_corrections_go_on_from_page_to_page(client: Client, get: Get, page: PaperPage) -> None:
    made = [make_correction(page).pk for _ in range(3)]
    first = get("corrections", language="en", limit=2)
    rest = client.get(first["next"]).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]


def test_a_page_says_how_it_can_be_spoken_about(get: Get, page: PaperPage) -> None:
    make_correction(page)
    told = get("papers/one", language="en")
    assert (told["id"], told["revision"], told["comments_open"]) == (page.pk, page.live_revision_id, True)
    assert told["corrected_at"]


def test_a_week_says_that_its_site_takes_no_comments(get: Get) -> None:
    week = make_week(make_paper(live=True), live=True)
    DiscussionSettings.objects.create(site=week.get_site(), comments_open=False)
    told = get("weeks/2024-05-06")
    assert (told["id"], told["corrected_at"], told["comments_open"]) == (week.pk, None, False)


@pytest.mark.parametrize("path", ["comments?page={page}", "corrections?language=en"])
def test_a_list_takes_as_many_queries_for_two_as_for_seven(
    client: Client, page: PaperPage, path: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    address = f"/api/v1/{path.format(page=page.pk)}"
    for more in (2, 5):
        for _ in range(more):
            make_comment(page, parent=make_comment(page, state="approved"), state="approved")
            make_correction(make_english())
        client.get(address)  # the site's root paths are now in the cache
        with django_assert_max_num_queries(8) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
