"""The pages of the digest by mail as a browser has them, and as mail programs and mail scanners do."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from tests.factories import make_home, make_subscriber
from tests.weekly.reading import language_of, text_of
from weekly import letters
from weekly.hearing import tokens
from weekly.hearing.throttle import Throttle
from weekly.mailings import readers
from weekly.mailings.forms import KIND, LIMITS, NO_PAGE
from weekly.models import DigestIndexPage, EndReason, Subscriber
from weekly.subscriptions import CONFIRM_SALT, LONGEST, MANAGE_SALT, change_link, confirm_link, unsubscribe_link

pytestmark = pytest.mark.django_db
BOB = "bob@example.org"
DAY = 24 * 3600  # seconds
PER_ADDRESS = LIMITS[0].most


@pytest.fixture(autouse=True)
def _home() -> None:
    for code in ("ja", "ko", "en"):
        make_home(code)


@pytest.fixture
def bob() -> Subscriber:
    return make_subscriber(code="en")


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def token(age: float = tokens.MIN_AGE) -> str:
    return tokens.issue(KIND, NO_PAGE, age=age)


def ask(client: Client, email: str = BOB, path: str = "/en/subscribe/", **fields: str) -> Any:
    """Send the form as somebody who has opened it a moment ago."""
    return client.post(path, {"email": email, "frequency": "weekly", "token": token(), **fields})


def link_in_letter(word: str) -> str:
    letters.send_due()
    (found,) = re.findall(rf"http://localhost(\S*/{word}/\S+)", mail.outbox[-1].body)
    return found


@pytest.mark.parametrize(
    ("path", "language"), [("/subscribe/", "ja"), ("/ko/subscribe/", "ko"), ("/en/subscribe/", "en")]
)
def test_the_form_speaks_its_addresss_language(client: Client, path: str, language: str) -> None:
    form = soup_of(client.get(path)).select_one("form[method=post]")
    assert language_of(form) == language


def test_every_field_has_a_label(client: Client) -> None:
    form = soup_of(client.get("/en/subscribe/")).select_one("form[method=post]")
    fields = form.select("input:not([type=hidden])")
    assert {field["id"] for field in fields} == {label["for"] for label in form.select("label[for]")}


def test_it_is_kept_by_no_cache_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/en/subscribe/")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert not client.cookies


def test_who_sends_it_is_led_to_a_page_that_says_what_comes(client: Client) -> None:
    response = client.get(ask(client).url)
    assert "Please look into your mail" in text_of(soup_of(response).h1)


def test_a_browser_without_cookies_can_ask() -> None:
    client = Client(enforce_csrf_checks=True)
    assert ask(client).status_code == 302
    assert Subscriber.objects.get().language == "en"


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(client: Client, bob: Subscriber) -> None:
    known, unknown = ask(client), ask(client, "carol@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_the_whole_way_from_asking_to_getting_mail(client: Client) -> None:
    ask(client, frequency="daily")
    page = client.get(link := link_in_letter("subscribe/confirm"))
    assert b"<button" in page.content
    client.post(link)
    assert Subscriber.objects.active().of("en", "daily").exists()


def test_who_has_confirmed_and_opens_the_link_again_is_told_that_mail_comes(client: Client) -> None:
    ask(client)
    client.post(link := link_in_letter("subscribe/confirm"))
    page = soup_of(client.get(link))
    assert page.select_one("[role=status]")
    assert not page.select("form[method=post]")


def test_a_mail_scanner_that_opens_the_link_confirms_nothing(client: Client) -> None:
    ask(client)
    client.get(link_in_letter("subscribe/confirm"))
    assert not Subscriber.objects.active().exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"email": ""}, "required"),
        ({"email": "no address"}, "valid email"),
        ({"email": "bob@example.org\nBcc: eve@example.org"}, "one line"),
        ({"email": f"{'b' * 250}@example.org"}, "254"),
        ({"frequency": "hourly"}, "hourly"),
        ({"website": "https://example.com"}, "Website"),
        ({"token": ""}, "not complete"),
        ({"token": "forged"}, "does not belong"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client: Client, fields: dict[str, str], problem: str) -> None:
    response = ask(client, **fields)
    assert (response.status_code, Subscriber.objects.exists()) == (422, False)
    assert problem in text_of(soup_of(response).select_one(".problems"))


def test_a_form_that_is_sent_in_the_first_moment_is_no_readers(client: Client) -> None:
    assert ask(client, token=token(age=0)).status_code == 422
    assert not Subscriber.objects.exists()


def test_a_form_is_sent_once(client: Client) -> None:
    once = token()
    assert [ask(client, token=once).status_code for _time in range(2)] == [302, 422]


def test_a_token_of_another_form_does_not_fit(client: Client) -> None:
    assert ask(client, token=tokens.issue("comment", 1, age=tokens.MIN_AGE)).status_code == 422


def test_one_machine_cannot_ask_for_hundreds(client: Client) -> None:
    answers = [ask(client, f"reader{number}@example.org").status_code for number in range(PER_ADDRESS + 1)]
    assert answers == [302] * PER_ADDRESS + [429]


def test_asking_does_not_count_against_comments(client: Client) -> None:
    for number in range(PER_ADDRESS + 1):
        ask(client, f"reader{number}@example.org")
    assert Throttle("127.0.0.1", 1).full() is None


def test_without_a_digest_in_a_language_there_is_nothing_to_ask_for(client: Client) -> None:
    DigestIndexPage.objects.get(locale__language_code="ko").unpublish()
    assert client.get("/ko/subscribe/").status_code == 404


def test_one_click_in_the_mail_program_ends_it(bob: Subscriber) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(unsubscribe_link(bob, ""), {"List-Unsubscribe": "One-Click"})
    bob.refresh_from_db()
    assert (response.status_code, bob.end_reason) == (200, EndReason.ASKED)


def test_opening_that_link_ends_nothing(client: Client, bob: Subscriber) -> None:
    page = client.get(unsubscribe_link(bob, ""))
    bob.refresh_from_db()
    assert b"<button" in page.content
    assert bob.is_active


def test_how_often_it_comes_can_be_changed(client: Client, bob: Subscriber) -> None:
    page = client.post(change_link(bob, ""), {"frequency": "daily"})
    bob.refresh_from_db()
    assert (bob.frequency, text_of(soup_of(page).select_one("[role=status]"))) == ("daily", "Saved.")


def test_a_frequency_that_is_none_is_refused(client: Client, bob: Subscriber) -> None:
    assert client.post(change_link(bob, ""), {"frequency": "hourly"}).status_code == 422
    bob.refresh_from_db()
    assert bob.frequency == "weekly"


def test_that_page_shows_what_is_chosen_now(client: Client) -> None:
    reader = make_subscriber(code="en", frequency="daily")
    checked = soup_of(client.get(change_link(reader, ""))).select("[name=frequency][checked]")
    assert [field["value"] for field in checked] == ["daily"]


def test_no_page_shows_the_address(client: Client, bob: Subscriber) -> None:
    for link in (change_link, unsubscribe_link, confirm_link):
        assert b"bob" not in client.get(link(bob, "")).content


def test_the_pages_speak_the_readers_language_wherever_they_are_opened(client: Client) -> None:
    reader = make_subscriber(code="ko")
    for link in (change_link, unsubscribe_link, confirm_link):
        assert client.get(link(reader, ""))["Content-Language"] == "ko"


def test_after_the_end_the_page_says_so_and_leads_back(client: Client) -> None:
    reader = make_subscriber(code="en", ended_at=timezone.now(), end_reason=EndReason.ASKED)
    soup = soup_of(client.get(change_link(reader, "")))
    assert "/en/subscribe/" in [link["href"] for link in soup.select(".speak a")]


@pytest.mark.parametrize("path", ["subscribe/confirm/{}/", "subscription/{}/", "subscription/{}/end/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("forged", ["forged", "x" * (LONGEST + 1), "MQ:1xUjrV:%00", "1:2:3"])
def test_a_forged_link_does_nothing_and_says_so(
    client: Client, bob: Subscriber, path: str, method: str, forged: str
) -> None:
    response = getattr(client, method)(f"/en/{path.format(forged)}")
    bob.refresh_from_db()
    assert (response.status_code, bob.is_active, b"not whole" in response.content) == (404, True, True)


def test_a_link_to_change_confirms_nothing(client: Client) -> None:
    reader = make_subscriber(code="en", confirmed_at=None)
    other = confirm_link(reader, "").replace(
        confirm_link(reader, "").split("/")[-2], signing.dumps(reader.pk, salt=MANAGE_SALT)
    )
    assert client.post(other).status_code == 404
    assert not Subscriber.objects.active().exists()


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 404)])
def test_a_link_to_confirm_is_good_for_seven_days(client: Client, days: float, status: int) -> None:
    reader = make_subscriber(code="en", confirmed_at=None)
    written = signing.b64_encode(str(reader.pk).encode()).decode()
    then = signing.b62_encode(int(time.time() - days * DAY))
    signed = signing.Signer(salt=CONFIRM_SALT).sign(f"{written}:{then}")
    assert client.post(f"/en/subscribe/confirm/{signed}/").status_code == status


def test_a_letter_from_before_the_reader_ended_the_mail_brings_none_back(client: Client) -> None:
    ask(client)
    client.post(link := link_in_letter("subscribe/confirm"))
    readers.end(Subscriber.objects.get())
    assert client.post(link).status_code == 404
    assert not Subscriber.objects.active().exists()


def test_who_asks_again_after_ending_the_mail_can_confirm(client: Client, bob: Subscriber) -> None:
    readers.end(bob)
    ask(client)
    client.post(link_in_letter("subscribe/confirm"))
    assert Subscriber.objects.active().exists()


def test_a_link_of_somebody_who_was_erased_is_unknown(client: Client, bob: Subscriber) -> None:
    link = change_link(bob, "")
    bob.delete()
    assert client.get(link).status_code == 404
