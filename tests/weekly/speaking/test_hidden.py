"""What readers' forms show of a page that was public when they were opened, and is not any more."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_comment
from tests.weekly.reading import read
from tests.weekly.speaking.visiting import make_english, refused

pytestmark = pytest.mark.django_db
SECRET = "Under embargo until Monday."


@pytest.fixture
def hidden() -> PaperPage:
    """Made private, then edited."""
    page = make_english()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    page.summary = page.abstract_translated = SECRET
    page.save()
    return page


def test_a_refused_report_shows_nothing_of_a_page_that_became_private(client: Client, hidden: PaperPage) -> None:
    form = refused(client, "report", hidden, message="What I noticed")
    assert SECRET not in str(form)
    assert "What I noticed" in form.select_one("textarea[name=message]").text


def test_a_refused_report_still_says_which_passage_it_was_about(client: Client, hidden: PaperPage) -> None:
    form = refused(client, "report", hidden, place="summary")
    assert [one["value"] for one in form.select("[name=place]")] == ["summary"]


def test_a_refused_answer_does_not_quote_what_was_said_on_a_private_page(client: Client, hidden: PaperPage) -> None:
    said = make_comment(hidden, state="approved", text=SECRET)
    assert SECRET not in str(refused(client, "comment", hidden, asked=f"&reply={said.pk}"))


def test_who_may_see_a_private_page_is_offered_no_form_there(admin_client: Client, hidden: PaperPage) -> None:
    assert not read(admin_client, hidden).select("[data-speak]")
