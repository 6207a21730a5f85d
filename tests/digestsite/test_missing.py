"""Wrong addresses while DEBUG is on, as in the demo."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_paper
from tests.weekly.reading import read, text_of


@pytest.fixture(autouse=True)
def _debug(settings: Any, db: None) -> None:
    settings.DEBUG = True
    make_paper(live=True)


@pytest.mark.parametrize(
    "address", ["/no/", "/papers/no/", "/tags/no/", "/no.html", "/sample/no.pdf", "/static/no.css"]
)
def test_a_wrong_address_shows_readers_page_and_no_source(client: Client, address: str) -> None:
    answer = client.get(address)
    heading = BeautifulSoup(answer.content, "html.parser").select_one("h1")
    assert (answer.status_code, text_of(heading)) == (404, "ページが見つかりません")


def test_a_forgotten_slash_is_added_still(client: Client) -> None:
    assert client.get("/tags").headers["Location"] == "/tags/"


def test_the_api_says_what_is_missing_as_it_does_without(client: Client) -> None:
    assert client.get("/api/v1/no").json().keys() == {"detail"}


def test_what_is_there_is_shown(client: Client) -> None:
    assert read(client, "/papers/").select(".paper-list a")
