"""What readers say and what was corrected, on the pages; readers' forms; the list of corrections."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.test import Client
from wagtail.models import Site

from papers.keyset import PAGE_SIZE
from papers.models import PaperPage
from tests.factories import make_comment, make_correction, make_editor, make_home, make_paper, make_qa, make_week
from tests.weekly.reading import count_queries, language_of, links_of, read, text_of
from weekly.hearing import tokens
from weekly.hearing.speaker import COOKIE
from weekly.hearing.throttle import LIMITS
from weekly.models import Comment, DiscussionSettings, Report

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script><b>&amp;[x](javascript:x)"
BLOCK = make_qa(1)["id"]
ANSWER = f"qa.{BLOCK}.answer"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def page() -> PaperPage:
    return make_english()


def make_english(**fields: Any) -> PaperPage:
    """A paper whose interface is English."""
    qa = make_qa(1, question="What is RAT?", answer="A method.")
    texts = {
        "title": "RAT",
        "title_translated": "On RAT",
        "summary": "In one line.",
        "abstract_translated": "It works.",
        "qa": [qa],
    }
    return make_paper(live=True, code="en", **{**texts, **fields})


def form_of(client: Client, kind: str, page: PaperPage, **asked: Any) -> BeautifulSoup:
    """The form as a browser gets it."""
    response = client.get(f"/en/{kind}s/new/", {"page": page.pk, **asked})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def post(
    client: Client, kind: str, page: PaperPage, status: int = 302, asked: str = "", headers: Any = None, **fields: Any
) -> Any:
    """Send a form that has been open for a while."""
    words = {"text": "Is this so?"} if kind == "comment" else {"message": "RAT is no rat.", "place": "summary"}
    token = tokens.issue(kind, page.pk, age=60)
    address = f"/en/{kind}s/new/?page={page.pk}{asked}"
    response = client.post(address, {"name": "Bob", "token": token, **words, **fields}, headers=headers)
    assert response.status_code == status, response.content.decode()
    return response


def refused(client: Client, kind: str, page: PaperPage, status: int = 422, **fields: Any) -> BeautifulSoup:
    return BeautifulSoup(post(client, kind, page, status, **fields).content, "html.parser")


def comments_of(client: Client, page: PaperPage) -> Tag:
    found = read(client, page).select_one("#comments")
    assert found is not None
    return found


def close(**fields: Any) -> None:
    DiscussionSettings.objects.create(site=make_home("en").get_site(), **fields)


# Comments on a page


def test_a_page_without_comments_invites_to_the_first(client: Client, page: PaperPage) -> None:
    section = comments_of(client, page)
    assert "Nobody has commented yet." in text_of(section)
    assert f"/en/comments/new/?page={page.pk}" in links_of(section)


def test_comments_stand_as_threads_of_one_level(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved", text="A question.")
    make_comment(page, state="approved", parent=first, name="Carol", text="An answer.")
    (thread,) = comments_of(client, page).select(".threads > li")
    assert text_of(thread.select_one(".said")) == "A question."
    assert text_of(thread.select_one(".answers .comment")).startswith("Carol")


def test_a_thread_is_answered_by_its_link(client: Client, page: PaperPage) -> None:
    thread = make_comment(page, state="approved")
    assert links_of(comments_of(client, page).select_one(".threads"))[-1].endswith(f"&reply={thread.pk}")


def test_ways_to_speak_lead_on_where_a_site_groups_digits(client: Client, settings: Any) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    page = make_english(pk=1234)
    make_comment(page, state="approved", pk=5678)
    ways = [link["href"] for link in comments_of(client, page).select("a[data-speak]")]
    assert ways[0].endswith("?page=1234")
    assert ways[-1].endswith("?page=1234&reply=5678")


def test_an_editors_comment_bears_a_badge(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", editor=make_editor())
    make_comment(page, state="approved")
    badges = [len(comment.select(".badge")) for comment in comments_of(client, page).select(".comment")]
    assert badges == [0, 1]


def test_web_addresses_in_an_approved_comment_are_links_that_lend_no_rank(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", text="See https://example.org/a?b=1&c=2 for more.")
    link = comments_of(client, page).select_one(".said a")
    assert (link["href"], link["rel"]) == ("https://example.org/a?b=1&c=2", ["nofollow"])


def test_paragraphs_stay_paragraphs(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", text="One.\n\nTwo.")
    assert [text_of(p) for p in comments_of(client, page).select(".said p")] == ["One.", "Two."]


@pytest.mark.parametrize("state", ["approved", "waiting"])
def test_nothing_that_a_reader_typed_is_markup(client: Client, page: PaperPage, state: str) -> None:
    response = post(client, "comment", page, name=EVIL, text=EVIL)
    Comment.objects.update(state=state)
    soup = BeautifulSoup(client.get(response.url).content, "html.parser")
    assert soup.select("#comments :is(script, .said b, .said a)") == []
    assert EVIL in soup.select_one(".said").get_text()


def test_mail_addresses_are_on_no_page(client: Client, page: PaperPage) -> None:
    post(client, "comment", page, email="bob@example.org")
    Comment.objects.update(state="approved")
    assert b"bob@example.org" not in client.get(page.get_url()).content


@pytest.mark.parametrize("state", ["declined", "spam"])
def test_what_was_declined_is_not_shown_even_to_its_writer(client: Client, page: PaperPage, state: str) -> None:
    post(client, "comment", page)
    Comment.objects.update(state=state)
    assert comments_of(client, page).select(".comment") == []


def test_a_closed_page_keeps_its_comments_and_takes_no_more(client: Client) -> None:
    page = make_english(comments_open=False)
    make_comment(page, state="approved")
    section = comments_of(client, page)
    assert (len(section.select(".comment")), "Comments on this page are closed." in text_of(section)) == (1, True)
    assert [link for link in links_of(section) if "/comments/new/" in link] == []


def test_a_site_can_close_all_comments(client: Client, page: PaperPage) -> None:
    close(comments_open=False)
    assert "Comments on this page are closed." in text_of(comments_of(client, page))


def test_a_week_has_comments_too(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    make_comment(week, state="approved", text="良い週でした。")
    assert "良い週でした。" in text_of(comments_of(client, week))


def test_older_comments_are_a_page_further(client: Client, page: PaperPage) -> None:
    for number in range(51):
        make_comment(page, state="approved", text=f"No. {number}")
    further = comments_of(client, page).select_one(".pager .next")["href"]
    soup = read(client, page.get_url() + further)
    assert [text_of(said) for said in soup.select(".said")] == ["No. 0"]


def test_a_comments_own_link_leads_to_it_when_fifty_newer_ones_have_come(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved")
    answer = make_comment(page, state="approved", parent=first)
    for _number in range(50):
        make_comment(page, state="approved")
    for said in (first, answer):
        soup = read(client, page.get_url() + said.link)
        assert soup.find(id=said.anchor)
        assert text_of(soup.select_one(".pager")) == "Newest comments"


def test_a_comments_own_link_shows_the_newest_while_it_is_among_them(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved")
    for _number in range(49):
        make_comment(page, state="approved")
    soup = read(client, page.get_url() + first.link)
    assert (len(soup.select(".comment")), soup.select_one(".comments .pager")) == (50, None)


@pytest.mark.parametrize("state", ["waiting", "spam"])
def test_a_link_to_what_is_not_shown_leads_to_the_newest(client: Client, page: PaperPage, state: str) -> None:
    hidden = make_comment(page, state=state)
    for number in range(51):
        make_comment(page, state="approved", text=f"No. {number}")
    soup = read(client, page.get_url() + hidden.link)
    assert text_of(soup.select_one(".said")) == "No. 50"


@pytest.mark.parametrize("asked", ["x", "9" * 30, "-1", "\x00"])
def test_a_broken_link_to_a_comment_leads_to_the_newest(client: Client, page: PaperPage, asked: str) -> None:
    make_comment(page, state="approved", text="The newest.")
    shown = client.get(page.get_url(), {"comment": asked})
    assert text_of(BeautifulSoup(shown.content, "html.parser").select_one(".said")) == "The newest."


def test_a_broken_place_among_the_comments_is_not_found(client: Client, page: PaperPage) -> None:
    assert client.get(page.get_url(), {"comments": "x"}).status_code == 404


def test_a_preview_shows_the_text_and_no_readers(page: PaperPage) -> None:
    make_comment(page, state="approved")
    response = page.get_latest_revision_as_object().make_preview_request()
    assert b'id="comments"' not in response.content


def test_a_pages_queries_do_not_grow_with_what_was_said_and_corrected(client: Client, page: PaperPage) -> None:
    counts = []
    for _round in range(2):
        for _number in range(5):
            make_comment(page, parent=make_comment(page, state="approved"), state="approved")
            make_correction(page)
        cache.clear()
        counts.append(count_queries(client, page))
    assert counts[0] == counts[1]


# Ways to report


def test_every_passage_has_a_way_to_report_an_error_in_it(client: Client, page: PaperPage) -> None:
    links = [link for link in links_of(read(client, page)) if "/reports/new/" in link]
    asked = f"/en/reports/new/?page={page.pk}&revision={page.live_revision_id}"
    assert links == [f"{asked}&place={place}" for place in ("summary", "abstract_translated", ANSWER)] + [asked]


def test_passages_are_marked_for_selecting(client: Client, page: PaperPage) -> None:
    places = [found["data-place"] for found in read(client, page).select("[data-place]")]
    assert places == ["title_translated", "summary", "abstract_translated", f"qa.{BLOCK}.question", ANSWER]


def test_a_weeks_passages_are_marked_too(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True, introduction="はじめに。")
    places = [found["data-place"] for found in read(client, week).select("[data-place]")]
    assert places == ["theme", "introduction", "overview"]


def test_where_no_reports_are_taken_nothing_offers_them(client: Client, page: PaperPage) -> None:
    close(reports_open=False)
    soup = read(client, page)
    assert [link for link in links_of(soup) if "/reports/" in link] == []
    assert soup.select("[data-report]") == []


# A comment's form


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


# A report's form


def test_a_report_shows_the_passages_of_its_question(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place=ANSWER)
    assert [text_of(passage) for passage in soup.select(".passage")] == ["What is RAT?", "A method."]
    assert soup.select_one("[name=place][checked]")["value"] == ANSWER


def test_a_report_of_the_page_offers_all_its_fields(client: Client, page: PaperPage) -> None:
    values = [field["value"] for field in form_of(client, "report", page).select("[name=place]")]
    assert values == ["title_translated", "summary", "abstract_translated", ""]


def test_the_papers_own_words_are_in_its_language(client: Client) -> None:
    page = make_paper(live=True, qa=[make_qa(1, answer_original="It works.")])
    place = f"qa.{BLOCK}.answer_original"
    soup = BeautifulSoup(client.get("/reports/new/", {"page": page.pk, "place": place}).content, "html.parser")
    assert [language_of(passage) for passage in soup.select(".passage")] == ["ja", "ja", "en"]


def test_selected_words_are_shown_in_the_form(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place=ANSWER, quote=EVIL)
    assert (soup.select_one(".quoted").get_text(), soup.select_one("[name=quote]")["value"]) == (EVIL, EVIL)


def test_a_passage_that_is_gone_is_told_and_the_page_offered(client: Client, page: PaperPage) -> None:
    soup = form_of(client, "report", page, place="qa.0.answer")
    assert "no longer on the page" in text_of(soup.select_one(".notice"))
    assert soup.select_one("[name=place][checked]")["value"] == ""


def test_a_report_keeps_place_revision_and_quote(client: Client, page: PaperPage) -> None:
    post(client, "report", page, place=ANSWER, revision=page.live_revision_id, quote="A method", wording="One method")
    report = Report.objects.get()
    assert (report.place, report.revision, report.quote) == (ANSWER, page.live_revision_id, "A method")
    assert (report.passage, report.wording) == ("A method.", "One method")


def test_a_reporter_is_thanked_and_told_what_comes_next(client: Client, page: PaperPage) -> None:
    soup = read(client, post(client, "report", page).url)
    assert "An editor reads it" in text_of(soup.select_one("[data-speak-region]"))
    assert {page.get_url(), "/en/corrections/"} <= set(links_of(soup.select_one("[data-speak-region]")))


def test_a_refused_report_keeps_what_was_typed_and_chosen(client: Client, page: PaperPage) -> None:
    soup = refused(client, "report", page, place=ANSWER, message="", quote="A method", wording="Better", thanks="on")
    assert soup.select_one("[name=place][checked]")["value"] == ANSWER
    assert (soup.select_one("[name=wording]").get_text().strip(), soup.select_one(".quoted").get_text()) == (
        "Better",
        "A method",
    )


def test_a_report_on_a_block_that_is_gone_is_refused_and_kept(client: Client, page: PaperPage) -> None:
    soup = refused(client, "report", page, place="qa.0.answer", message="My long thought")
    assert "not on the page any more" in text_of(soup.select_one(".problems"))
    assert soup.select_one("[name=message]").get_text().strip() == "My long thought"


@pytest.mark.parametrize("name", ["place", "revision", "quote", "message", "wording", "name", "email"])
def test_script_in_any_field_of_a_report_stays_text(client: Client, page: PaperPage, name: str) -> None:
    soup = refused(client, "report", page, **{"message": "", name: EVIL, "token": ""})
    assert soup.select("main :is(script, b)") == []


# What was corrected


def test_a_correction_tells_what_stood_what_stands_why_and_thanks_to_whom(client: Client, page: PaperPage) -> None:
    make_correction(page, thanks="Bob")
    item = read(client, page).select_one("#corrections .correction")
    assert ([text_of(e) for e in item.select("dd")], text_of(item.select_one(".why"))) == (
        ["A rat.", "RAT."],
        "A name.",
    )
    assert text_of(item.select_one(".thanks")) == "Thanks to Bob."


def test_a_correction_marks_the_words_that_changed(client: Client, page: PaperPage) -> None:
    make_correction(page, before="A rat generates it.", after="A RAT generated it.")
    item = read(client, page).select_one(".correction")
    assert [text_of(old) for old in item.select("del")] == ["rat", "generates"]
    assert [text_of(new) for new in item.select("ins")] == ["RAT", "generated"]


def test_a_long_passage_is_cut_to_what_surrounds_the_change(client: Client, page: PaperPage) -> None:
    long = "同じ文です。" * 200
    make_correction(page, before=f"{long}鼠{long}", after=f"{long}RAT{long}")
    old, new = read(client, page).select(".correction dd")
    assert (text_of(old.find("del")), text_of(new.find("ins"))) == ("鼠", "RAT")
    assert len(text_of(old)) < 150


def test_a_text_that_was_added_stood_as_nothing(client: Client, page: PaperPage) -> None:
    make_correction(page, before="", after="New.")
    assert [text_of(e) for e in read(client, page).select(".correction dd")] == ["(nothing)", "New."]


def test_what_a_correction_says_is_no_markup(client: Client, page: PaperPage) -> None:
    make_correction(page, before=EVIL, after=EVIL + "!", reason=EVIL, thanks=EVIL, place_label=EVIL)
    assert read(client, page).select(".correction :is(script, b, .why a)") == []


def test_a_correction_leads_to_its_question(client: Client, page: PaperPage) -> None:
    make_correction(page, place=ANSWER, place_label="Question 1, answer")
    link = read(client, page).select_one(".correction .meta a")
    assert (link["href"], text_of(link)) == ("#qa-00000001", "Question 1, answer")


def test_a_page_says_when_it_was_last_corrected(client: Client, page: PaperPage) -> None:
    assert "Last corrected" not in text_of(read(client, page).select_one(".provenance"))
    make_correction(page)
    assert "#corrections" in links_of(read(client, page).select_one(".provenance"))


def test_typos_leave_no_note(client: Client, page: PaperPage) -> None:
    make_correction(page, is_typo=True)
    assert read(client, page).select("#corrections") == []


def test_many_corrections_are_folded_below_the_newest(client: Client, page: PaperPage) -> None:
    for _number in range(5):
        make_correction(page)
    section = read(client, page).select_one("#corrections")
    assert [len(part.select(":scope > li")) for part in section.select(".correction-list")] == [3, 2]


# All corrections


def test_the_list_of_corrections_names_page_and_place(client: Client, page: PaperPage) -> None:
    correction = make_correction(page)
    item = read(client, "/en/corrections/").select_one(".correction")
    assert links_of(item) == [f"{page.get_url()}#correction-{correction.pk}"]
    assert "On RAT Summary" in text_of(item)


def test_a_paper_without_translated_title_is_named_in_its_own_language(client: Client) -> None:
    make_correction(make_paper(live=True))
    assert language_of(read(client, "/corrections/").select_one(".correction .meta a")) == "en"


def test_a_list_without_corrections_says_how_to_report(client: Client) -> None:
    make_home("en")
    assert "Nothing has been corrected yet." in text_of(read(client, "/en/corrections/").select_one(".empty"))


def test_the_list_goes_on_where_its_page_ends(client: Client, page: PaperPage) -> None:
    made = [make_correction(page) for _number in range(PAGE_SIZE + 1)]
    further = read(client, "/en/corrections/").select_one(".pager .next")["href"]
    items = read(client, f"/en/corrections/{further}").select(".correction")
    assert [item["id"] for item in items] == [made[0].anchor]


def test_a_broken_place_in_the_list_is_not_found(client: Client) -> None:
    make_home()
    assert client.get("/corrections/?after=x").status_code == 404


def test_the_list_offers_its_feeds(client: Client) -> None:
    make_home("en")
    links = links_of(read(client, "/en/corrections/").select_one("p.feeds"))
    assert [client.get(link).status_code for link in links] == [200] * 3
