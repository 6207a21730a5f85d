"""The form for a comment as a browser gets and sends it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from papers.models import PaperPage
from tests.factories import make_comment, make_home, make_paper
from tests.weekly.reading import language_of, links_of, read, text_of
from tests.weekly.speaking.visiting import ANSWER, comments_of, form_of, make_english, post, refused
from weekly.hearing import tokens
from weekly.hearing.speaker import COOKIE
from weekly.hearing.throttle import LIMITS
from weekly.models import Comment

pytestmark = pytest.mark.django_db


def test_the_forms_speak_the_pages_language(client: Client) -> None:
    page = make_paper(live=True, code="ja")
    soup = BeautifulSoup(client.get("/comments/new/", {"page": page.pk}).content, "html.parser")
    assert language_of(soup.form) == "ja"


def test_every_field_of_a_form_has_a_label(client: Client, page: PaperPage) -> None:
    for kind in ("comment", "report"):
        form = form_of(client, kind, page, place=ANSWER).form
        fields = form.select("textarea, input:not([type=hidden], [type=radio])")
        assert {field["id"] for field in fields} == {label["for"] for label in form.select("label[for]")}


def test_a_form_is_kept_by_no_cache_and_found_by_no_search(client: Client, page: PaperPage) -> None:
    response = client.get("/en/comments/new/", {"page": page.pk})
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert b'name="robots" content="noindex"' in response.content


def test_opening_a_form_sets_no_cookie(client: Client, page: PaperPage) -> None:
    form_of(client, "comment", page)
    assert not client.cookies


def test_a_sent_comment_leads_to_itself_on_the_page(client: Client, page: PaperPage) -> None:
    response = post(client, "comment", page)
    comment = Comment.objects.get()
    assert response.url == f"{page.get_url()}?comment={comment.pk}#comment-{comment.pk}"


def test_a_writer_sees_the_own_waiting_comment_and_nobody_else_does(client: Client, page: PaperPage) -> None:
    post(client, "comment", page)
    assert "Until then only you see it." in text_of(comments_of(client, page).select_one(".waiting"))
    assert comments_of(Client(), page).select(".comment") == []


def test_a_page_with_a_waiting_comment_is_kept_by_no_cache(client: Client, page: PaperPage) -> None:
    post(client, "comment", page)
    assert {"private", "no-store"} <= set(client.get(page.get_url())["Cache-Control"].split(", "))
    assert "no-store" not in Client().get(page.get_url()).get("Cache-Control", "")


def test_a_waiting_comments_addresses_are_no_links_yet(client: Client, page: PaperPage) -> None:
    post(client, "comment", page, text="See https://example.org/")
    assert comments_of(client, page).select(".said a") == []


def test_a_known_writers_comment_stands_at_once(client: Client, page: PaperPage) -> None:
    post(client, "comment", page)
    Comment.objects.update(state="approved")
    post(client, "comment", page, text="One more thing.")
    assert [text_of(said) for said in comments_of(Client(), page).select(".said")][0] == "One more thing."


def test_an_answer_goes_below_the_comment_that_it_answers(client: Client, page: PaperPage) -> None:
    thread = make_comment(page, state="approved", text="A question?")
    assert "A question?" in text_of(form_of(client, "comment", page, reply=thread.pk).blockquote)
    post(client, "comment", page, asked=f"&reply={thread.pk}")
    assert Comment.objects.latest("pk").parent == thread


def test_an_answer_far_down_leads_to_where_its_thread_is_shown(client: Client, page: PaperPage) -> None:
    thread = make_comment(page, state="approved", text="Far down.")
    for _number in range(50):
        make_comment(page, state="approved")
    soup = read(client, post(client, "comment", page, asked=f"&reply={thread.pk}", text="An answer.").url)
    assert text_of(soup.select_one(".threads .said")) == "Far down."
    assert soup.select_one(".answers .waiting")


def test_a_refused_comment_keeps_what_was_typed_and_says_why(client: Client, page: PaperPage) -> None:
    soup = refused(client, "comment", page, text="My long thought", name="", email="no address")
    assert [soup.find(attrs={"name": name}).get("value") for name in ("name", "email")] == [None, "no address"]
    assert soup.textarea.get_text().strip() == "My long thought"
    assert links_of(soup.select_one(".problems")) == ["#id_name", "#id_email"]


@pytest.mark.parametrize(
    ("kind", "words"), [("comment", ("text", "name", "email")), ("report", ("message", "wording", "name", "email"))]
)
def test_what_is_wrong_is_listed_in_the_order_of_the_fields(
    client: Client, page: PaperPage, kind: str, words: tuple[str, ...]
) -> None:
    soup = refused(client, kind, page, **dict.fromkeys(words, "\u202e"))
    told = links_of(soup.select_one(".problems"))
    shown = [f"#{field['id']}" for field in soup.select(".field [id^=id_][name]")]
    assert told == [name for name in shown if name in told]
    assert len(told) == len(words)


def test_what_is_wrong_is_told_beside_its_field(client: Client, page: PaperPage) -> None:
    field = refused(client, "comment", page, text="").textarea
    told = [field.find_parent().find(id=name) for name in field["aria-describedby"].split()]
    assert field["aria-invalid"] == "true"
    assert [text_of(message) for message in told] == ["This field is required."]


@pytest.mark.parametrize("text", ["x" * 100_000, "a\x00b", "a\u202eb", " ", "\u200b"], ids=len)
def test_texts_that_cannot_be_kept_come_back(client: Client, page: PaperPage, text: str) -> None:
    soup = refused(client, "comment", page, text=text, name="Bob")
    assert soup.find(attrs={"name": "name"})["value"] == "Bob"
    assert len(soup.textarea.get_text().strip()) >= len(text.strip("\x00 ")) - 2


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_without_its_token_is_offered_anew(client: Client, page: PaperPage, token: str) -> None:
    soup = refused(client, "comment", page, token=token)
    assert "It is offered anew" in text_of(soup.select_one(".problems"))
    assert soup.find(attrs={"name": "token"})["value"] not in {"", token}


def test_a_form_sent_twice_makes_one_comment(client: Client, page: PaperPage) -> None:
    token = tokens.issue("comment", page.pk, age=60)
    post(client, "comment", page, token=token)
    soup = refused(client, "comment", page, token=token, text="Another")
    assert "was sent already" in text_of(soup.select_one(".problems"))
    assert Comment.objects.count() == 1


def test_the_trap_is_hidden_from_people_and_refuses_what_falls_into_it(client: Client, page: PaperPage) -> None:
    trap = refused(client, "comment", page, website="http://spam.example/").select_one(".trap")
    assert (trap["aria-hidden"], trap.input["tabindex"]) == ("true", "-1")
    assert not Comment.objects.exists()


def test_a_flood_is_told_to_wait(client: Client, page: PaperPage) -> None:
    for number in range(LIMITS[0].most):
        post(client, "comment", page, text=f"No. {number}")
    soup = refused(client, "comment", page, 429, text="And more")
    assert soup.textarea.get_text().strip() == "And more"


def test_a_page_that_was_unpublished_refuses_and_keeps_what_was_typed(client: Client, page: PaperPage) -> None:
    token = tokens.issue("comment", page.pk, age=60)
    page.unpublish()
    soup = refused(client, "comment", page, token=token, text="My long thought")
    assert (soup.textarea.get_text().strip(), "not public any more" in text_of(soup)) == ("My long thought", True)
    assert "On RAT" not in text_of(soup)


def test_comments_closed_meanwhile_keep_what_was_typed(client: Client, page: PaperPage) -> None:
    PaperPage.objects.update(comments_open=False)
    soup = refused(client, "comment", page, text="My long thought")
    assert soup.textarea.get_text().strip() == "My long thought"


def test_a_closed_form_says_so_and_asks_nothing(client: Client) -> None:
    page = make_english(comments_open=False)
    soup = form_of(client, "comment", page)
    assert (soup.form, text_of(soup.select_one(".notice"))) == (None, "Comments on this page are closed.")


@pytest.mark.parametrize("asked", ["", "?page=", "?page=x", "?page=0", "?page=99999999999999999999", "?page=1"])
@pytest.mark.parametrize("kind", ["comments", "reports"])
def test_there_is_no_form_for_what_is_no_page_of_the_digest(client: Client, kind: str, asked: str) -> None:
    make_home()
    assert client.get(f"/{kind}/new/{asked}").status_code == 404


def test_there_is_no_form_for_a_draft(client: Client) -> None:
    draft = make_paper(code="en")
    assert client.get("/en/comments/new/", {"page": draft.pk}).status_code == 404


@pytest.mark.parametrize("reply", ["x", "999", "99999999999999999999"])
def test_there_is_no_answer_to_a_comment_that_is_not_there(client: Client, page: PaperPage, reply: str) -> None:
    assert client.get("/en/comments/new/", {"page": page.pk, "reply": reply}).status_code == 404


def test_a_waiting_comment_cannot_be_answered(client: Client, page: PaperPage) -> None:
    waiting = make_comment(page)
    assert client.get("/en/comments/new/", {"page": page.pk, "reply": waiting.pk}).status_code == 404


def test_an_answer_to_what_was_declined_meanwhile_keeps_what_was_typed(client: Client, page: PaperPage) -> None:
    gone = make_comment(page, state="declined", text="Something bad")
    soup = refused(client, "comment", page, asked=f"&reply={gone.pk}", text="My long thought")
    assert soup.textarea.get_text().strip() == "My long thought"
    assert "Something bad" not in text_of(soup)


def test_browsers_without_cookies_can_speak(page: PaperPage) -> None:
    post(Client(enforce_csrf_checks=True), "comment", page)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("kind", ["comment", "report"])
def test_what_another_site_lets_a_browser_send_changes_no_cookie(client: Client, page: PaperPage, kind: str) -> None:
    for sent_from, is_set in (("cross-site", False), ("same-origin", True)):
        words = {"text": sent_from, "message": sent_from}
        response = post(client, kind, page, headers={"Sec-Fetch-Site": sent_from}, **words)
        assert (COOKIE in response.cookies) == is_set


def test_a_page_of_no_site_shows_what_was_said_where_it_was_sent(client: Client, page: PaperPage) -> None:
    Site.objects.all().delete()
    soup = BeautifulSoup(post(client, "comment", page, 200, text="Is this so?").content, "html.parser")
    assert text_of(soup.select_one("[data-speak-region] .said")) == "Is this so?"
    assert "None" not in " ".join(links_of(soup))


def test_a_report_on_a_page_of_no_site_is_thanked_for(client: Client, page: PaperPage) -> None:
    Site.objects.all().delete()
    soup = read(client, post(client, "report", page).url)
    assert "Back to the page" not in text_of(soup)
