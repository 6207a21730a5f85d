"""Import a week in the admin: four ways in, a choice of weeks, a preview, and drafts at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry

from tests.servers.arxiv import ArxivServer, Listed
from tests.servers.base import Answer, Server
from tests.weekly.admin.conftest import table
from weekly.models import WeekPage

LIST = table("First", "Second")
TWO_WEEKS = LIST + table("Older", heading="(April 29 - May 5) - 2024")


def give(client: Client, way: str = "text", **fields: Any) -> str:
    """The page that follows on the first form."""
    answer = client.post(reverse("weekly_admin:import"), {"way": way, "language": "ja", **fields})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def parcels(html: str) -> list[str]:
    return re.findall(r'name="parcel" value="([^"]+)"', html)


def confirm(client: Client, html: str) -> Any:
    return client.post(reverse("weekly_admin:confirm"), {"parcel": parcels(html)})


def test_the_form_offers_four_ways(alice: Client) -> None:
    html = alice.get(reverse("weekly_admin:import")).content.decode()
    assert re.findall(r'name="way" value="(\w+)"', html) == ["upload", "url", "text", "ids"]


def test_pasted_text_is_shown_before_anything_is_written(alice: Client) -> None:
    before = Page.objects.count(), Locale.objects.count()
    html = give(alice, text=LIST)
    assert all(said in html for said in ["First", "Second", "2405.00001", "A new week."])
    assert (Page.objects.count(), Locale.objects.count()) == before


def test_a_file_can_be_uploaded(alice: Client) -> None:
    html = give(alice, "upload", file=SimpleUploadedFile("2024.md", LIST.encode()))
    assert len(parcels(html)) == 1


def test_an_address_is_read(alice: Client) -> None:
    with Server().script(Answer(LIST.encode())) as server:
        html = give(alice, "url", url=f"{server.url}/2024.md")
    assert len(parcels(html)) == 1


def test_ids_make_a_week_from_the_day_given(alice: Client) -> None:
    html = give(alice, "ids", ids="2405.00001, hep-th/9901001", start="2024-05-06")
    confirm(alice, html)
    week = WeekPage.objects.get()
    assert (week.start, week.source) == (date(2024, 5, 6), "arxiv")
    assert week.get_latest_revision_as_object().entries.count() == 2


def test_the_preview_compares_titles_with_arxivs(alice: Client, digest: Callable[..., None]) -> None:
    with ArxivServer(Listed("2405.00001", title="Another Paper"), Listed("2405.00002", title="Second")) as arxiv:
        digest(ARXIV_API_URL=arxiv.api_url)
        html = give(alice, text=LIST)
    assert html.count("The list says “First”, arXiv says “Another Paper” for 2405.00001.") == 1


def test_without_arxiv_the_import_goes_on_with_a_warning(alice: Client) -> None:
    html = give(alice, text=LIST)
    assert "arXiv gave no metadata, so it will be read when drafting" in html
    confirm(alice, html)
    assert WeekPage.objects.count() == 1


def test_arxiv_is_asked_once_and_what_it_said_is_kept(alice: Client, digest: Callable[..., None]) -> None:
    with ArxivServer(Listed("2405.00001", title="First", summary="It works.")) as arxiv:
        digest(ARXIV_API_URL=arxiv.api_url)
        html = give(alice, text=LIST)
        confirm(alice, html)
    assert len(arxiv.seen) == 1
    assert WeekPage.objects.get().get_latest_revision_as_object().entries.first().paper.abstract == "It works."


def test_confirming_leads_to_the_desk_and_publishes_nothing(alice: Client) -> None:
    answer = confirm(alice, give(alice, text=LIST))
    week = WeekPage.objects.get()
    assert answer.url == reverse("weekly_admin:desk", args=[week.pk])
    assert not week.live
    assert not any(entry.paper.live for entry in week.get_latest_revision_as_object().entries.all())


def test_confirming_twice_makes_one_week(alice: Client) -> None:
    html = give(alice, text=LIST)
    confirm(alice, html)
    confirm(alice, html)
    assert WeekPage.objects.get().get_latest_revision_as_object().entries.count() == 2


def test_the_pages_history_names_who_imported(alice: Client) -> None:
    confirm(alice, give(alice, text=LIST))
    entry = PageLogEntry.objects.get(action="weekly.import")
    assert (entry.user.get_username(), entry.data["source"]) == ("alice", "DAIR.AI reading list")


def test_of_several_weeks_the_newest_is_chosen_at_first(alice: Client) -> None:
    html = give(alice, text=TWO_WEEKS)
    assert re.findall(r'name="week" value="(\d)"( checked)?', html) == [("0", " checked"), ("1", "")]
    assert html.index("2024-05-06") < html.index("2024-04-29")


def choose(client: Client, html: str, *weeks: int) -> str:
    answer = client.post(reverse("weekly_admin:preview"), {"parcel": parcels(html), "week": weeks})
    return unescape(answer.content.decode())


def test_several_weeks_are_previewed_and_imported_together(alice: Client) -> None:
    html = choose(alice, give(alice, text=TWO_WEEKS), 0, 1)
    answer = confirm(alice, html)
    assert WeekPage.objects.count() == 2
    assert answer.url == reverse("digest_weeks:index")


def test_choosing_none_asks_again_with_the_same_weeks(alice: Client) -> None:
    html = give(alice, text=TWO_WEEKS)
    again = choose(alice, html)
    assert "Choose a week." in again
    assert len(parcels(again)) == 2


def test_two_tables_of_one_week_cannot_both_be_taken(alice: Client) -> None:
    twice = table("First", "Second", "Third") + table("Other", "Rows", "Here")
    again = choose(alice, give(alice, text=twice), 0, 1)
    assert "Two of these tables start on the same day" in again


def test_a_tampered_week_is_refused(alice: Client) -> None:
    answer = alice.post(reverse("weekly_admin:confirm"), {"parcel": [parcels(give(alice, text=LIST))[0] + "x"]})
    assert answer.url == reverse("weekly_admin:import")
    assert not WeekPage.objects.exists()


@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_a_step_without_its_form_leads_back_to_the_beginning(alice: Client, step: str) -> None:
    assert alice.get(reverse(f"weekly_admin:{step}")).url == reverse("weekly_admin:import")
    assert alice.post(reverse(f"weekly_admin:{step}")).url == reverse("weekly_admin:import")


BAD = {
    "no weeks": ("text", {"text": "# Nothing here"}, "No week was found in pasted text."),
    "an index": ("text", {"text": "[Top AI Papers of the Week (May 6 - May 12)](years/2024.md#x)"}, "years/2024.md"),
    "a web page": ("text", {"text": "<!doctype html><html></html>"}, "it is a web page"),
    "nothing": ("text", {"text": ""}, "This is needed for “Pasted text”."),
    "no id": ("ids", {"ids": "nonsense", "start": "2024-05-06"}, "“nonsense” is not an arXiv id."),
    "no day": ("ids", {"ids": "2405.00001", "start": ""}, "This is needed for “arXiv ids”."),
    "a file's address": ("url", {"url": "file:///etc/passwd"}, "Enter a valid URL."),
    "a dead host": ("url", {"url": "http://127.0.0.1:9/list.md"}, "cannot be reached now"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_at_its_field_and_stays_in_the_form(alice: Client, case: str) -> None:
    way, fields, said = BAD[case]
    html = give(alice, way, **fields)
    assert said in html
    assert all(value in html for value in fields.values())
    assert not parcels(html)


def test_what_was_typed_into_the_other_ways_is_no_mistake(alice: Client) -> None:
    assert parcels(give(alice, text=LIST, url="no address", start="no day"))


def test_bytes_that_are_no_text_are_refused(alice: Client) -> None:
    html = give(alice, "upload", file=SimpleUploadedFile("list.md", b"\xff\xfe\x00"))
    assert "it is not UTF-8 text" in html


def test_a_private_address_is_not_fetched(alice: Client, digest: Callable[..., None]) -> None:
    digest(FETCH_ALLOW_PRIVATE=False)
    with Server() as server:
        assert "leads to a private address" in give(alice, "url", url=f"{server.url}/list.md")
    assert server.seen == []


def test_an_unknown_language_is_refused(alice: Client) -> None:
    assert not parcels(give(alice, text=LIST, language="tlh"))


def test_the_real_list_fits_into_the_form(alice: Client, shared_data: Any) -> None:
    text = max((shared_data / "reading-lists").rglob("*.md"), key=lambda path: path.stat().st_size).read_text()
    html = give(alice, text=text)
    assert len(parcels(html)) > 50
    assert len(html) < 2_000_000
