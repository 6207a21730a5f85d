"""A paper in English, its forms as a browser gets and sends them, and what readers said on it."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_home, make_paper, make_qa
from tests.weekly.reading import read
from weekly.hearing import tokens
from weekly.models import DiscussionSettings

EVIL = "<script>alert(1)</script><b>&amp;[x](javascript:x)"
BLOCK = make_qa(1)["id"]
ANSWER = f"qa.{BLOCK}.answer"


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
