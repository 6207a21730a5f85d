"""Evidence: what stands in the paper is shown as it stands there, and to nobody but editors."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupPagePermission, Page

from papers.errors import Notice
from papers.files import keep_file
from papers.messages import notice_json
from papers.models import PaperPage, PaperSource
from tests.editing import in_english
from tests.factories import make_paper, make_week
from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed

pytestmark = pytest.mark.django_db

PAGES = (
    "We train mod-\nels with 34 billion parameters on clean data.\nThe gain of our method is 3.4 points on average over all tasks.",
    "The <b>second</b> page says that the loss fell by half in all of the runs.\nIt says no more than that about the loss.",
    "All data is public and can be had from the authors at any time.",
)
QUOTE = "We train models with 34 billion parameters"


@pytest.fixture(autouse=True)
def _nothing_is_kept_yet(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES}  # Django then makes all storages anew


@pytest.fixture
def paper() -> PaperPage:
    page = make_paper(arxiv_id="2405.03548")
    PaperSource.objects.create(key=page.source_key, pages=[[n, text] for n, text in enumerate(PAGES, start=1)])
    return page


@pytest.fixture
def arxiv(digest: Callable[..., None]) -> Iterator[ArxivServer]:
    with ArxivServer(Listed("2405.03548", pdf=pdfs.pdf(*PAGES))) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        yield server


def ask(client: Client, paper: Any, name: str = "evidence", /, **fields: Any) -> Any:
    return client.post(reverse(f"papers_admin:{name}", args=[paper.pk]), fields)


def evidence(client: Client, page: Any, quote: str = QUOTE, cited: Any = 1, **fields: Any) -> dict[str, Any]:
    return ask(client, page, quote=quote, page=cited, **fields).json()


def picture(client: Client, page: Any, number: int = 1, **query: Any) -> Any:
    return client.get(reverse("papers_admin:evidence_picture", args=[page.pk, number]), query)


def marked(answer: dict[str, Any]) -> list[str]:
    return [piece["text"] for piece in answer["segments"] if piece["marked"]]


# The text


def test_the_quote_is_marked_in_the_text_of_its_page(alice: Client, paper: PaperPage) -> None:
    answer = evidence(alice, paper)
    assert (answer["verified"], answer["found"], answer["shown"], answer["near"]) == (True, 1, 1, False)
    assert marked(answer) == ["We train mod-\nels with 34 billion parameters"]


def test_all_pieces_together_are_the_text(alice: Client, paper: PaperPage) -> None:
    assert "".join(piece["text"] for piece in evidence(alice, paper)["segments"]) == PAGES[0]


def test_a_quote_on_another_page_is_shown_where_it_stands_and_is_not_verified(alice: Client, paper: PaperPage) -> None:
    answer = evidence(alice, paper, cited=3)
    assert (answer["verified"], answer["found"], answer["shown"]) == (False, 1, 1)
    assert len(marked(answer)) == 1


def test_a_changed_number_is_not_verified_and_the_nearest_passage_is_marked(alice: Client, paper: PaperPage) -> None:
    answer = evidence(alice, paper, QUOTE.replace("34", "35"))
    assert (answer["verified"], answer["found"], answer["near"]) == (False, None, True)
    assert marked(answer) == ["We train mod-\nels with 34 billion parameters"]


@pytest.mark.parametrize("quote", ["", "the", "\0", "nothing of this stands anywhere in there", "“”…"])
def test_a_quote_that_is_nowhere_shows_its_page_unmarked(alice: Client, paper: PaperPage, quote: str) -> None:
    answer = evidence(alice, paper, quote, cited=2)
    assert (answer["verified"], answer["shown"], marked(answer)) == (False, 2, [])


def test_neighbouring_pages_can_be_reached(alice: Client, paper: PaperPage) -> None:
    answer = evidence(alice, paper, show=2)
    assert (answer["pages"], answer["shown"], marked(answer)) == ([1, 2, 3], 2, [])
    assert answer["verified"]


@pytest.mark.parametrize(
    ("cited", "shown"), [("", 1), ("x", 1), ("0", 1), ("99", 3), ("-1", 1), ("9" * 30, 1), ("²", 1)]
)
def test_a_page_that_is_none_leads_to_one_that_there_is(
    alice: Client, paper: PaperPage, cited: str, shown: int
) -> None:
    assert evidence(alice, paper, "", cited)["shown"] == shown


def test_the_sentences_of_the_page_can_be_picked_from(alice: Client, paper: PaperPage) -> None:
    assert evidence(alice, paper, show=2)["sentences"][1] == "It says no more than that about the loss."


def test_every_sentence_that_is_offered_is_found(alice: Client, paper: PaperPage) -> None:
    offered = [sentence for n in (1, 2, 3) for sentence in evidence(alice, paper, show=n)["sentences"]]
    answers = [ask(alice, paper, "verify", quote=sentence).json() for sentence in offered]
    assert len(offered) == 5
    assert all(answer["verified"] for answer in answers)


def test_a_quote_too_long_is_refused(alice: Client, paper: PaperPage) -> None:
    answer = ask(alice, paper, quote="word " * 2000, page=1)
    assert (answer.status_code, answer.json()["error"]) == (400, "The quote is too long: at most 5000 characters.")


# Searching anew


@pytest.mark.parametrize(
    ("quote", "cited", "answer"),
    [
        (QUOTE, 1, {"verified": True, "page": 1}),
        (QUOTE, 3, {"verified": True, "page": 1}),
        (QUOTE, "", {"verified": True, "page": 1}),
        ("We train models with 35 billion parameters", 2, {"verified": False, "page": 2}),
        ("the", "", {"verified": False, "page": None}),
    ],
)
def test_a_search_says_whether_and_where(
    alice: Client, paper: PaperPage, quote: str, cited: Any, answer: dict[str, Any]
) -> None:
    assert ask(alice, paper, "verify", quote=quote, page=cited).json() == answer


# Where there is no text


def test_a_paper_that_was_not_read_says_so_and_names_its_pdf(alice: Client) -> None:
    answer = evidence(alice, make_paper(arxiv_id="2405.00001"), cited=4)
    assert answer["problem"].startswith("The paper's text has not been read yet.")
    assert answer["link"].endswith("/pdf/2405.00001v1#page=4")


def test_a_paper_that_could_not_be_read_says_why(alice: Client) -> None:
    page = make_paper(arxiv_id="2405.00001")
    PaperSource.objects.create(
        key=page.source_key, error=notice_json(Notice("The file is larger than %(limit)s.", {"limit": "50 MB"}))
    )
    assert evidence(alice, page)["problem"] == "The file is larger than 50 MB."


def test_a_page_without_any_paper_has_no_picture(alice: Client) -> None:
    page = make_paper(arxiv_id=None, arxiv_version=None)
    answer = evidence(alice, page)
    assert (answer["problem"], answer["picture"]) == ("This page names no paper that could be read.", "")
    assert picture(alice, page).status_code == 404


# The picture


def test_a_kept_file_gives_a_picture_with_the_quote_marked(alice: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    answer = alice.get(evidence(alice, paper)["picture"])
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert (answer["Content-Type"], image.width) == ("image/webp", 1100)
    assert answer.content != picture(alice, paper).content


def test_a_picture_is_for_this_editor_alone(alice: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    assert "private" in picture(alice, paper)["Cache-Control"]


def test_a_file_that_is_not_kept_is_fetched_once(alice: Client, paper: PaperPage, arxiv: ArxivServer) -> None:
    assert [picture(alice, paper, number).status_code for number in (1, 2, 3, 1)] == [200] * 4
    assert len(arxiv.seen) == 1


def test_a_picture_is_painted_once(alice: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    first = picture(alice, paper).content
    keep_file(paper.source_key, b"gone")
    assert picture(alice, paper).content == first


def test_a_file_that_cannot_be_had_is_told_in_words(alice: Client, paper: PaperPage) -> None:
    answer = picture(alice, paper)
    assert answer.status_code == 503
    assert "127.0.0.1 cannot be reached now" in answer.json()["error"]


def test_a_page_that_the_file_does_not_have_is_told_in_words(alice: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    answer = picture(alice, paper, 9)
    assert (answer.status_code, answer.json()["error"]) == (404, "The PDF has no page 9.")


def test_a_hostile_file_is_told_in_words(alice: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.bomb())
    answer = picture(alice, paper)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Reading the PDF was stopped")


@pytest.mark.parametrize("query", [{"start": "x"}, {"start": "9" * 20, "end": "-1"}, {"start": 5, "end": 1}])
def test_a_place_that_is_none_marks_nothing(alice: Client, paper: PaperPage, query: dict[str, Any]) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    assert picture(alice, paper, **query).content == picture(alice, paper).content


# Who may


def other_editor(*, may_edit: bool) -> Client:
    """Carol gets into the admin, and edits all pages or none."""
    carol = in_english(get_user_model().objects.create_user("carol", password="secret-of-carol"))
    group = Group.objects.create(name="others")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if may_edit:
        change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=change)
    carol.groups.add(group)
    client = Client()
    client.force_login(carol)
    return client


@pytest.mark.parametrize(("may_edit", "status"), [(True, 200), (False, 403)])
def test_only_who_may_edit_the_page_sees_its_evidence(paper: PaperPage, may_edit: bool, status: int) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    carol = other_editor(may_edit=may_edit)
    assert ask(carol, paper, quote=QUOTE, page=1).status_code == status
    assert picture(carol, paper).status_code == status


def test_readers_are_sent_away(client: Client, paper: PaperPage) -> None:
    keep_file(paper.source_key, pdfs.pdf(*PAGES))
    assert picture(client, paper).status_code == 302
    assert ask(client, paper, quote=QUOTE).status_code == 302


def test_a_week_has_no_evidence(alice: Client) -> None:
    answer = ask(alice, make_week(), quote=QUOTE)
    assert (answer.status_code, answer.json()["error"]) == (404, "Only papers have evidence.")
