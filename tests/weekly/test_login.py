"""The login that readers come to where editors have opened a page to some accounts only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_paper
from tests.weekly.reading import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "open sesame"  # noqa: S105 - nobody's


@pytest.fixture
def members_only(db: None) -> PaperPage:
    page = make_paper(live=True, slug="members", title="Secret")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


@pytest.fixture
def bob() -> Any:
    return get_user_model().objects.create_user("bob", password=PASSWORD)


def asked(client: Client, page: PaperPage) -> BeautifulSoup:
    """Where a reader is led who asks for the page."""
    answer = client.get(page.get_url(), follow=True)
    assert answer.redirect_chain[-1][0].startswith(("/_util/login/", "/ko/_util/login/"))
    return BeautifulSoup(answer.content, "html.parser")


def log_in(client: Client, soup: BeautifulSoup, password: str) -> Any:
    form = soup.select_one("main form[method=post]")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    return client.post(form["action"], {**fields, "username": "bob", "password": password})


def test_it_stands_in_the_sites_frame_and_tells_nothing_of_the_page(client: Client, members_only: PaperPage) -> None:
    soup = asked(client, members_only)
    assert text_of(soup.h1) == "ログイン"
    assert soup.select_one("header nav")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert "Secret" not in soup.get_text()


def test_it_speaks_the_pages_language(client: Client) -> None:
    page = make_paper(live=True, code="ko")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert text_of(asked(client, page).h1) == "로그인"


def test_who_logs_in_reads_the_page(client: Client, members_only: PaperPage, bob: Any) -> None:
    answer = log_in(client, asked(client, members_only), PASSWORD)
    assert answer.headers["Location"] == members_only.get_url()
    assert "Secret" in client.get(members_only.get_url()).content.decode()


def test_a_wrong_password_is_told(client: Client, members_only: PaperPage, bob: Any) -> None:
    answer = log_in(client, asked(client, members_only), "wrong")
    soup = BeautifulSoup(answer.content, "html.parser")
    assert "パスワード" in text_of(soup.select_one("[role=alert]"))
    assert soup.select_one("[name=next]")["value"] == members_only.get_url()


def test_an_account_of_another_group_is_told_so(client: Client, members_only: PaperPage, bob: Any) -> None:
    of_a_group = PageViewRestriction.objects.get()
    of_a_group.restriction_type = PageViewRestriction.GROUPS
    of_a_group.save()
    of_a_group.groups.add(Group.objects.create(name="Members"))
    client.force_login(bob)
    assert "あなたのアカウントには" in asked(client, members_only).get_text()


def test_neither_the_login_nor_the_page_is_ever_kept(
    client: Client, members_only: PaperPage, bob: Any, settings: Any, tmp_path: Path
) -> None:
    kept = {"BACKEND": "weekly.caching.files.FileCache", "LOCATION": tmp_path / "pages"}
    settings.CACHES = {**settings.CACHES, "digest": kept}
    login = client.get("/_util/login/")
    log_in(client, asked(client, members_only), PASSWORD)
    page = client.get(members_only.get_url())
    for answer in (login, page):
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))
    assert Client().get(members_only.get_url()).status_code == 302
