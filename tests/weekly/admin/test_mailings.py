"""Mailings in the admin: who may see and steer them, what is done with them, and the letter to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from tests.factories import make_mailing, make_paper, make_subscriber, make_week
from tests.weekly.reading import text_of
from weekly.mailings.braking import REFUSED
from weekly.models import Delivery, Mailing, WeekPage

pytestmark = pytest.mark.django_db
LIST = reverse("weekly_admin:mail")


def due(title: str = "五月の週", **fields: Any) -> Mailing:
    """The mailing of a public week."""
    return make_mailing(make_week(make_paper(live=True, title="On Things"), live=True, title=title), **fields)


def begun(status: str = "sent", **letters: int) -> Mailing:
    """A mailing with so many letters in each state."""
    mailing = due(status=status, started_at=timezone.now())
    for state, count in letters.items():
        for number in range(count):
            reader = make_subscriber(f"{state}-{number}")
            Delivery.objects.create(mailing=mailing, subscriber=reader, state=state, error=f"550 {state}")
    return mailing


def address(mailing: Mailing) -> str:
    return reverse("weekly_admin:mailing", args=[mailing.pk])


def look(client: Client, url: str = LIST) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def do(client: Client, mailing: Mailing, what: str) -> str:
    """Press a button; returns what the editor is told."""
    response = client.post(address(mailing), {"do": what}, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


def buttons(client: Client, mailing: Mailing, query: str = "") -> list[str]:
    """What can be pressed, and with a question mark what is asked once more."""
    found = look(client, address(mailing) + query).select("section form :is([name=do], [href^='?ask='])")
    return [one.get("value") or f"{one['href'].removeprefix('?ask=')}?" for one in found]


def status_of(mailing: Mailing) -> str:
    return Mailing.objects.get(pk=mailing.pk).status


# The list


def test_a_list_without_mailings_says_what_will_come(alice: Client) -> None:
    said = text_of(look(alice))
    assert "Nobody has asked for the digest by mail yet." in said
    assert "Nothing has gone out by mail yet." in said


def test_a_mailing_that_is_due_counts_those_who_would_get_it(alice: Client) -> None:
    due()
    for name, fields in {"bob": {}, "carol": {}, "dave": {"frequency": "daily"}, "eve": {"confirmed_at": None}}.items():
        make_subscriber(name, **fields)
    make_subscriber("bob", "ko")
    cells = [text_of(cell) for cell in look(alice).select("section[aria-labelledby=mailings] tbody td")]
    assert cells[1:] == ["due", "2", "–", "–", "–", "–"]


def test_a_mailing_that_went_out_counts_its_letters(alice: Client) -> None:
    begun(sent=3, failed=2, unsure=1)
    make_subscriber("came-later")
    cells = [text_of(cell) for cell in look(alice).select("section[aria-labelledby=mailings] tbody td")]
    assert cells[1:] == ["sent", "6", "3", "2", "1", "0"]


def test_a_mailing_that_was_not_sent_went_to_nobody(alice: Client) -> None:
    make_subscriber()
    due(status="skipped", reason="Nothing of it is public any more.")
    row = look(alice).select_one("section[aria-labelledby=mailings] tbody tr")
    assert [text_of(cell) for cell in row.select("td")][1:3] == ["not sent", "0"]
    assert "Nothing of it is public any more." in text_of(row)


def test_the_list_tells_how_many_get_mail_in_which_language(alice: Client) -> None:
    for name, code, fields in [
        ("a", "ja", {}),
        ("b", "ja", {"frequency": "daily"}),
        ("c", "ko", {"confirmed_at": None}),
    ]:
        make_subscriber(name, code, **fields)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in look(alice).select(".mail-audience tbody tr")]
    assert rows == [["日本語", "1", "1", "0"], ["한국어", "0", "0", "1"]]


def test_the_list_has_no_addresses(alice: Client) -> None:
    begun(failed=1)
    assert "@example.org" not in look(alice).get_text()


def test_a_longer_list_costs_no_more_queries(alice: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            look(alice)
        return len(asked)

    make_mailing(None, make_paper(live=True))
    look(alice)
    before = cost()
    begun(sent=2, failed=1)
    for day in range(2, 6):
        make_mailing(None, last_day=timezone.now() - timedelta(days=day))
    assert cost() == before


def test_a_mailing_of_a_deleted_week_stays_in_the_list(alice: Client) -> None:
    mailing = due(status="sent")
    WeekPage.objects.get(pk=mailing.week_id).delete()
    assert "A week that was deleted" in text_of(look(alice))


# Who may


def test_who_may_not_publish_is_not_let_in(writer: Callable[..., Client]) -> None:
    client, mailing = writer("change_page"), due()
    assert client.get(LIST).status_code == 302
    assert client.post(address(mailing), {"do": "hold"}).status_code in {302, 404}
    assert status_of(mailing) == "due"


def test_who_may_publish_a_week_steers_its_mailing(writer: Callable[..., Client]) -> None:
    mailing = due()
    client = writer("change_page", "publish_page")
    assert do(client, mailing, "hold")
    assert status_of(mailing) == "held"


def test_who_may_publish_elsewhere_alone_sees_nothing_of_it(writer: Callable[..., Client]) -> None:
    mailing = make_mailing(make_week(make_paper(live=True, code="ko"), live=True, code="ko"), code="ko")
    client = writer("publish_page")
    assert "/mail/1" not in str(look(client))
    assert client.get(address(mailing)).status_code == 404


@pytest.mark.parametrize(("code", "status"), [("ja", 200), ("ko", 404)])
def test_a_daily_mailing_belongs_to_those_who_publish_its_languages_home(
    writer: Callable[..., Client], code: str, status: int
) -> None:
    mailing = make_mailing(None, make_paper(live=True, code=code), code=code)
    assert writer("publish_page").get(address(mailing)).status_code == status


@pytest.mark.parametrize(("permission", "is_shown"), [("publish_page", True), ("change_page", False)])
def test_the_menu_leads_to_it_who_may_publish(writer: Callable[..., Client], permission: str, is_shown: bool) -> None:
    html = writer(permission).get(reverse("digest_weeks:index")).content.decode()
    assert (LIST in html) is is_shown


def test_the_menu_counts_mailings_with_doubtful_letters(alice: Client) -> None:
    mailing = begun(unsure=2)
    Mailing.objects.filter(pk=mailing.pk).update(due_at=timezone.now())
    assert "Mail (1)" in alice.get(LIST).content.decode()


def test_the_menu_counts_a_mailing_that_held_itself(alice: Client) -> None:
    mailing = begun(failed=2)
    Mailing.objects.filter(pk=mailing.pk).update(due_at=timezone.now(), status="held", reason=REFUSED)
    page = alice.get(LIST).content.decode()
    assert "Mail (1)" in page
    assert "most letters are refused" in page


# What is done


@pytest.mark.parametrize(
    ("fields", "steps"),
    [
        ({"status": "due"}, ["hold", "send?"]),
        ({"status": "held"}, ["release", "send?"]),
        ({"status": "sending"}, ["hold"]),
        ({"status": "skipped"}, ["send?"]),
        ({"status": "sent"}, []),
    ],
)
def test_what_can_be_done_is_offered(alice: Client, fields: dict[str, str], steps: list[str]) -> None:
    assert buttons(alice, due(**fields)) == [*steps, "test"]


@pytest.mark.parametrize(
    ("before", "what", "after"),
    [("due", "hold", "held"), ("held", "release", "due"), ("sending", "hold", "held"), ("skipped", "send", "due")],
)
def test_a_step_is_taken(alice: Client, before: str, what: str, after: str) -> None:
    mailing = due(status=before)
    assert "Nothing was done" not in do(alice, mailing, what)
    assert status_of(mailing) == after


@pytest.mark.parametrize(
    ("status", "what"), [("sent", "hold"), ("due", "release"), ("sent", "send"), ("held", "unsure")]
)
def test_a_step_that_does_not_fit_any_more_does_nothing(alice: Client, status: str, what: str) -> None:
    mailing = due(status=status)
    assert "Nothing was done" in do(alice, mailing, what)
    assert status_of(mailing) == status


def test_an_unknown_step_does_nothing(alice: Client) -> None:
    mailing = due()
    assert do(alice, mailing, "explode") == ""
    assert status_of(mailing) == "due"


def test_what_cannot_be_taken_back_is_asked_once_more(alice: Client) -> None:
    make_subscriber()
    mailing = due()
    assert buttons(alice, mailing, "?ask=send") == ["send", "test"]
    assert "Send now, to 1 reader" in text_of(look(alice, f"{address(mailing)}?ask=send"))
    assert status_of(mailing) == "due"


@pytest.mark.parametrize("asked", ["unsure", "hold", "explode", ""])
def test_nothing_is_asked_that_does_not_fit(alice: Client, asked: str) -> None:
    assert buttons(alice, due(), f"?ask={asked}") == ["hold", "send?", "test"]


def test_sending_now_does_not_wait_for_the_hour(alice: Client) -> None:
    mailing = due(due_at=timezone.now() + timedelta(days=1))
    do(alice, mailing, "send")
    assert Mailing.objects.get(pk=mailing.pk).due_at <= timezone.now()


@pytest.mark.parametrize("state", ["unsure", "failed"])
def test_letters_that_did_not_arrive_are_sent_again_where_an_editor_says_so(alice: Client, state: str) -> None:
    mailing = begun(sent=1, unsure=1, failed=1)
    do(alice, mailing, state)
    assert Delivery.objects.filter(state="due").get().subscriber.email == f"{state}-0@example.org"
    assert status_of(mailing) == "sending"


def test_it_is_told_why_letters_did_not_arrive_and_to_nobody_whose(alice: Client) -> None:
    section = look(alice, address(begun(failed=2, sent=1))).select_one("section")
    assert [text_of(cell) for cell in section.select("tbody td")] == ["refused", "550 failed", "2"]
    assert "failed-0" not in str(section)


def test_what_is_done_stands_in_the_weeks_history(alice: Client) -> None:
    mailing = due()
    do(alice, mailing, "hold")
    entry = PageLogEntry.objects.get(action="weekly.mail.hold")
    assert (entry.page_id, entry.user.get_username()) == (mailing.week_id, "alice")
    history = alice.get(reverse("wagtailadmin_pages:history", args=[mailing.week_id])).content.decode()
    assert "Mailing held" in history


def test_what_is_done_with_a_daily_letter_is_logged_with_it(alice: Client) -> None:
    mailing = make_mailing(None, make_paper(live=True))
    do(alice, mailing, "hold")
    kind = ContentType.objects.get_for_model(Mailing)
    assert ModelLogEntry.objects.get(action="weekly.mail.hold", content_type=kind).object_id == str(mailing.pk)


# The letter


def test_the_letter_stands_in_a_frame_that_runs_nothing(alice: Client) -> None:
    frame = look(alice, address(due())).find("iframe")
    assert "allow-scripts" not in frame["sandbox"]
    assert "allow-same-origin" not in frame["sandbox"]
    assert "On Things" in BeautifulSoup(frame["srcdoc"], "html.parser").get_text()


def test_the_letter_stands_beside_it_as_text(alice: Client) -> None:
    page = look(alice, address(due()))
    assert "On Things" in page.find("pre").get_text()
    assert page.find("pre")["lang"] == "ja"


def test_a_text_that_looks_like_markup_stays_in_its_frame(alice: Client) -> None:
    mailing = due()
    WeekPage.objects.update(theme='"><script id="x">')
    page = look(alice, address(mailing))
    assert page.find(id="x") is None
    assert '<script id="x">' in page.find("pre").get_text()


def test_a_mailing_of_what_is_not_public_has_no_letter(alice: Client) -> None:
    mailing = due()
    WeekPage.objects.get(pk=mailing.week_id).unpublish()
    page = look(alice, address(mailing))
    assert page.find("iframe") is None
    assert "There is no letter" in text_of(page)


def test_a_test_goes_to_the_editor_alone(alice: Client) -> None:
    make_subscriber()
    assert "alice@example.org" in do(alice, due(), "test")
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.org"]
    assert sent.subject == "Test: Paper Digest：五月の週"


def test_an_editor_without_an_address_is_told_so(alice: Client, django_user_model: Any) -> None:
    django_user_model.objects.update(email="")
    assert "no mail address" in do(alice, due(), "test")
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_told(alice: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "The test was not sent: ConnectionRefusedError" in do(alice, due(), "test")
