"""Subscribers in the admin: who may see addresses, how one is found, ended, deleted, and given out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories import make_editor, make_mailing, make_paper, make_subscriber, make_week
from tests.weekly.admin.conftest import make_writer
from tests.weekly.reading import text_of
from weekly.models import Delivery, Letter, LetterKind, Subscriber

pytestmark = pytest.mark.django_db
LIST = reverse("weekly_admin:subscribers")

Keeper = Callable[..., Client]


@pytest.fixture
def keeper() -> Keeper:
    """The browser of an editor with these rights on subscribers, and none on pages."""

    def log_in(*actions: str) -> Client:
        carol = make_writer()
        codenames = [f"{action}_subscriber" for action in actions]
        carol.groups.get().permissions.add(*Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(carol)
        return client

    return log_in


def look(client: Client, query: str = "") -> BeautifulSoup:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def listed(client: Client, query: str = "") -> list[str]:
    """The names before the @ in the list."""
    return [text_of(cell).split("@")[0] for cell in look(client, query).select("tbody th")]


def press(client: Client, button: str, chosen: Iterable[Subscriber] = ()) -> str:
    response = client.post(LIST, {button: "1", "chosen": [one.pk for one in chosen]}, follow=True)
    return " ".join(str(message).strip() for message in response.context["messages"])


def exported(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"{LIST}?export=csv{query}")
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


# Who may


@pytest.mark.parametrize("action", ["view", "change", "delete"])
def test_who_has_a_right_to_subscribers_sees_them(keeper: Keeper, action: str) -> None:
    make_subscriber()
    assert listed(keeper(action)) == ["bob"]


def test_who_may_only_publish_sees_no_address(writer: Callable[..., Client]) -> None:
    make_subscriber()
    client = writer("change_page", "publish_page")
    assert client.get(LIST).status_code == 302
    assert LIST not in client.get(reverse("weekly_admin:mail")).content.decode()


def test_a_right_to_subscribers_alone_gives_none_to_mailings(keeper: Keeper) -> None:
    client = keeper("view")
    assert client.get(reverse("weekly_admin:mail")).status_code == 302
    assert f'"{reverse("weekly_admin:mail")}"' not in client.get(LIST).content.decode()


def test_the_menu_leads_who_may_see_nothing_else_to_the_list(keeper: Keeper) -> None:
    assert f'"url": "{LIST}"' in keeper("view").get(LIST).content.decode()


def test_rights_can_be_given_to_a_group(alice: Client) -> None:
    html = alice.get(reverse("wagtailusers_groups:add")).content.decode()
    given = {str(pk) for pk in Permission.objects.filter(content_type__model="subscriber").values_list("pk", flat=True)}
    offered = {box["value"] for box in BeautifulSoup(html, "html.parser").select("[name=permissions]")}
    adding = str(Permission.objects.get(codename="add_subscriber").pk)
    assert given & offered == given - {adding}


def test_the_right_to_export_is_named_in_the_editors_language(client: Client) -> None:
    client.force_login(make_editor())
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "購読者を書き出せる" in html
    assert "Can export" not in html


@pytest.mark.parametrize(("actions", "buttons"), [(["view"], []), (["change"], ["end"]), (["delete"], ["delete"])])
def test_only_what_is_allowed_is_offered(keeper: Keeper, actions: list[str], buttons: list[str]) -> None:
    make_subscriber()
    assert [button["name"] for button in look(keeper(*actions)).select(".readers-bar button")] == buttons


@pytest.mark.parametrize(
    ("right", "button"), [("view", "end"), ("view", "delete"), ("change", "delete"), ("delete", "end")]
)
def test_what_is_not_allowed_is_refused(keeper: Keeper, right: str, button: str) -> None:
    bob = make_subscriber()
    press(keeper(right), button, [bob])
    assert Subscriber.objects.get().is_active


# Finding


def test_a_list_of_nobody_says_so(alice: Client) -> None:
    assert "Nobody has asked for the digest by mail yet." in text_of(look(alice))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["dave", "carol", "bob"]),
        ("?q=CAR", ["carol"]),
        ("?q=nobody", []),
        ("?language=ko", ["carol"]),
        ("?frequency=daily", ["dave"]),
        ("?state=waiting", ["dave"]),
        ("?state=ended", ["carol"]),
        ("?state=active", ["bob"]),
        ("?state=odd&language=xx&frequency=hourly", ["dave", "carol", "bob"]),
        ("?q=%00bo", ["bob"]),
        ("?q=%25", []),
        ("?p=99", ["dave", "carol", "bob"]),
    ],
)
def test_subscribers_are_found(alice: Client, query: str, names: list[str]) -> None:
    make_subscriber("bob")
    make_subscriber("carol", "ko", ended_at=timezone.now(), end_reason="bounced")
    make_subscriber("dave", frequency="daily", confirmed_at=None)
    assert listed(alice, query) == names


def test_it_is_told_why_mail_ended(alice: Client) -> None:
    make_subscriber(ended_at=timezone.now(), end_reason="bounced")
    assert "ended: the address takes no mail" in text_of(look(alice))


def test_the_next_page_keeps_what_was_asked_for(alice: Client) -> None:
    for number in range(51):
        make_subscriber(f"reader-{number}")
    (link,) = look(alice, "?q=reader&state=active").select(".readers-pages a")
    assert link["href"] == "?q=reader&state=active&p=2"


def test_a_longer_list_costs_no_more_queries(alice: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            look(alice)
        return len(asked)

    make_subscriber("first")
    look(alice)
    before = cost()
    for number in range(20):
        make_subscriber(f"reader-{number}")
    assert cost() == before


# Ending and deleting


def test_an_editor_ends_the_mail_of_those_that_are_ticked(alice: Client) -> None:
    bob, carol = make_subscriber(), make_subscriber("carol")
    assert press(alice, "end", [bob]) == "1 gets no more mail."
    bob.refresh_from_db()
    assert (bob.end_reason, Subscriber.objects.active().get()) == ("editor", carol)


def test_what_has_ended_before_keeps_its_reason(alice: Client) -> None:
    moment = timezone.now() - timedelta(days=3)
    bob = make_subscriber(ended_at=moment, end_reason="asked")
    assert "Nothing was done" in press(alice, "end", [bob])
    assert Subscriber.objects.get().end_reason == "asked"


def test_deleting_takes_the_address_and_keeps_the_count(alice: Client) -> None:
    bob, mailing = make_subscriber(), make_mailing(make_week(make_paper(live=True), live=True))
    Delivery.objects.create(mailing=mailing, subscriber=bob, state="sent")
    assert press(alice, "delete", [bob]) == "1 was deleted."
    assert not Subscriber.objects.exists()
    assert Delivery.objects.get().state == "sent"


def test_deleting_takes_the_address_out_of_the_letter_to_confirm(alice: Client) -> None:
    bob = make_subscriber()
    for about in (bob.pk, bob.pk + 1):
        Letter.objects.create(kind=LetterKind.CONFIRM, about=about, email="somebody@example.org")
    press(alice, "delete", [bob])
    assert Letter.objects.get().about == bob.pk + 1


@pytest.mark.parametrize("button", ["end", "delete"])
def test_nothing_is_done_where_nobody_is_ticked(alice: Client, button: str) -> None:
    make_subscriber()
    assert press(alice, button) == "Nothing was done: choose subscribers first."
    assert Subscriber.objects.active().exists()


@pytest.mark.parametrize("button", ["end", "delete"])
def test_what_was_done_is_logged_without_the_address(alice: Client, button: str) -> None:
    press(alice, button, [make_subscriber("bob.secret")])
    entry = ModelLogEntry.objects.get(action__startswith="weekly.subscriber.")
    assert entry.user.get_username() == "alice"
    assert "secret" not in f"{entry.label} {entry.data}"


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 30, ""])
def test_odd_choices_are_nobody(alice: Client, chosen: str) -> None:
    make_subscriber()
    alice.post(LIST, {"delete": "1", "chosen": chosen})
    assert Subscriber.objects.exists()


def test_enter_in_the_list_does_nothing(keeper: Keeper) -> None:
    bob = make_subscriber()
    response = keeper("change").post(LIST, {"look": "", "chosen": bob.pk})
    assert (response.status_code, response.url) == (302, LIST)
    bob.refresh_from_db()
    assert bob.is_active


# Giving out


def test_the_list_is_given_out_as_it_is_narrowed(alice: Client) -> None:
    make_subscriber("bob")
    make_subscriber("carol", "ko")
    head, *rows = exported(alice, "&language=ko")
    assert head[:3] == ["email", "language", "frequency"]
    assert [row[:3] for row in rows] == [["carol@example.org", "ko", "weekly"]]


def test_who_may_only_see_the_list_is_not_given_it(keeper: Keeper) -> None:
    make_subscriber()
    client = keeper("view", "change", "delete")
    assert client.get(f"{LIST}?export=csv").status_code == 302
    assert look(client).select("[href*=export]") == []


def test_who_may_export_is_given_it(keeper: Keeper) -> None:
    make_subscriber()
    client = keeper("view", "export")
    assert len(look(client).select("[href*=export]")) == 1
    assert len(exported(client)) == 2


def test_no_address_is_a_formula_of_a_spreadsheet(alice: Client) -> None:
    make_subscriber("=1+1")
    assert exported(alice)[1][0] == "'=1+1@example.org"
