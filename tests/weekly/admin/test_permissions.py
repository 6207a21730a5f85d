"""Who may do what: Wagtail's page permissions decide, also behind the buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import DraftRun
from tests.factories import make_paper, make_run, make_week
from tests.weekly.admin.conftest import make_writer, table
from tests.weekly.admin.test_import import confirm, give, parcels
from weekly.admin.permissions import import_languages, may_import
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
Writer = Callable[..., Client]


def is_turned_away(client: Client, name: str, *args: int, post: bool = False, **data: str) -> bool:
    """Wagtail's answer to who must not be somewhere: the dashboard with a message; 403 for scripts."""
    url = reverse(f"weekly_admin:{name}", args=args)
    ask = client.post if post else client.get
    answer, script = ask(url, data), ask(url, data, headers={"x-requested-with": "XMLHttpRequest"})
    return script.status_code == 403 and answer.url == reverse("wagtailadmin_home")


def test_who_may_add_pages_may_import_and_draft(writer: Writer) -> None:
    carol = writer("add_page", "change_page")
    confirm(carol, give(carol, text=table("First", "Second")))
    week = WeekPage.objects.get()
    carol.post(reverse("weekly_admin:draft", args=[week.pk]), {"what": "all"})
    assert DraftRun.objects.count() == 5


def test_who_may_not_publish_sees_no_button_and_is_refused(writer: Writer) -> None:
    week = make_week(make_paper())
    carol = writer("add_page", "change_page")
    assert "Publish week" not in carol.get(reverse("weekly_admin:desk", args=[week.pk])).content.decode()
    assert is_turned_away(carol, "publish", week.pk)
    assert is_turned_away(carol, "publish", week.pk, post=True, publish="1")
    assert not WeekPage.objects.get().live


def test_who_may_publish_does(writer: Writer) -> None:
    week = make_week(make_paper())
    carol = writer("change_page", "publish_page")
    assert "Publish week" in carol.get(reverse("weekly_admin:desk", args=[week.pk])).content.decode()
    assert carol.get(reverse("weekly_admin:publish", args=[week.pk])).status_code == 200


@pytest.mark.parametrize("name", ["import", "preview", "confirm"])
def test_who_may_not_add_pages_may_not_import(writer: Writer, name: str) -> None:
    assert is_turned_away(writer("change_page"), name, post=True)


def test_a_packed_week_opens_no_door(writer: Writer, alice: Client) -> None:
    packed = parcels(give(alice, text=table("First")))[0]
    assert is_turned_away(writer("change_page"), "confirm", post=True, parcel=packed)
    assert not WeekPage.objects.exists()


def test_who_may_not_edit_the_week_stays_out_of_its_desk(writer: Writer) -> None:
    paper = make_paper()
    week = make_week(paper)
    run = make_run(paper, group=week.run_group, status="failed")
    carol = writer("add_page")
    assert is_turned_away(carol, "desk", week.pk)
    assert is_turned_away(carol, "draft", week.pk, post=True)
    assert is_turned_away(carol, "retry", week.pk, run.pk, post=True)


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    answer = client.get(reverse("weekly_admin:import"))
    assert answer.url.startswith(reverse("wagtailadmin_login"))


def test_a_language_without_a_home_needs_the_permission_to_found_one() -> None:
    carol = make_writer("add_page")
    assert may_import(carol, "ja")
    assert not may_import(carol, "ko")
    assert [code for code, _name in import_languages(carol)] == ["ja"]
