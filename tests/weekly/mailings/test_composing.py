"""The letter: two bodies that say the same, safe markup, links of each reader's own, and no letter too long."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import PaperPage
from tests.factories import make_mailing, make_paper, make_subscriber, make_week
from weekly.mailings.composing import MOST, Issue, compose, issue_of, preview_of
from weekly.mailings.contents import Contents, Item
from weekly.models import Mailing, WeekPage
from weekly.subscriptions import change_link, unsubscribe_link

ROOT = "http://localhost"
PAPER = Item("物事について", "ja", f"{ROOT}/papers/1/", "On Things", "en", "一行の要約です。", "2024年5月7日")


def contents(*items: Item, **fields: Any) -> Contents:
    texts = {
        "name": "Digest",
        "home": f"{ROOT}/",
        "subject": "Digest: 週",
        "days": "五月",
        "title": "週",
        "language": "ja",
    }
    return Contents(**{**texts, "url": f"{ROOT}/weeks/1/", "items": items or (PAPER,), **fields})


def bodies(*items: Item, **fields: Any) -> tuple[str, str]:
    return Issue(contents(*items, **fields)).bodies()


def html_of(*items: Item, **fields: Any) -> BeautifulSoup:
    return BeautifulSoup(bodies(*items, **fields)[1], "html.parser")


def due(**fields: Any) -> Mailing:
    return make_mailing(make_week(make_paper(live=True), live=True), **fields)


# What it says


@pytest.mark.parametrize("said", [PAPER.title, PAPER.original, PAPER.summary, PAPER.url, "主題", "概観", "始めに"])
def test_both_bodies_say_it(said: str) -> None:
    text, html = bodies(theme="主題です", overview="概観です", introduction="始めに")
    assert said in text
    assert said in html


def test_one_paragraph_is_one_line_of_the_text() -> None:
    overview = "長い文です。" * 100
    assert overview in bodies(overview=overview)[0].splitlines()


def test_the_text_has_no_gaps_where_texts_are_missing() -> None:
    text, _html = bodies(Item("Only a title", "en"))
    assert "\n\n\n" not in text
    assert "1. Only a title\n\n-- \n" in text


def test_the_text_is_written_as_it_is_read() -> None:
    assert "R&D <b> \"quoted\" 'so'" in bodies(Item("R&D <b> \"quoted\" 'so'", "en"))[0]


@pytest.mark.parametrize("place", ["title", "original", "summary", "day", "remark"])
def test_no_text_of_a_paper_is_markup(place: str) -> None:
    item = Item(**{"title": "T", "language": "en", place: '<script src="//x">&'})
    assert html_of(item).find("script") is None
    assert '<script src="//x">&' in html_of(item).get_text()


@pytest.mark.parametrize("place", ["name", "subject", "days", "title", "theme", "introduction", "overview"])
def test_no_text_of_a_week_is_markup(place: str) -> None:
    found = html_of(**{place: "<img onerror=x>&"})
    assert found.find("img") is None
    assert "<img onerror=x>&" in found.get_text()


def test_titles_carry_their_languages() -> None:
    found = html_of()
    assert found.html["lang"] == "ja"
    assert (found.find("a", string=PAPER.title)["lang"], found.find("p", string=PAPER.original)["lang"]) == ("ja", "en")


@pytest.mark.parametrize(("language", "direction"), [("ja", "ltr"), ("ar", "rtl")])
def test_the_writings_direction_is_the_languages(language: str, direction: str) -> None:
    assert html_of(language=language).html["dir"] == direction


def test_a_paper_without_a_page_has_no_link() -> None:
    found = html_of(Item("As the list has it", "en"))
    assert found.find("a", string="As the list has it") is None
    assert found.find("span", string="As the list has it")["lang"] == "en"


def test_a_daily_letter_says_that_it_comes_daily() -> None:
    weekly, daily = bodies(language="en")[0], bodies(language="en", frequency="daily")[0]
    assert "every week" in weekly
    assert "on days with something new" in daily


# How it is made


@pytest.mark.parametrize(
    "fields", [{}, {"theme": "t", "overview": "a\n\nb\nc", "introduction": "i", "frequency": "daily"}]
)
def test_the_html_is_whole(fields: dict[str, str]) -> None:
    parser = html5lib.HTMLParser(strict=True)
    assert parser.parse(bodies(PAPER, Item("Only a title", "en", remark="r"), **fields)[1]) is not None


def test_nothing_is_fetched_and_nobody_is_followed() -> None:
    html = bodies(theme="t", overview="o")[1]
    found = BeautifulSoup(html, "html.parser")
    assert found.find(["img", "script", "link", "iframe", "form", "object"]) is None
    assert not re.search(r"url\(|@import|@font-face|\bsrc=", html)


def test_its_links_lead_to_the_digest_alone() -> None:
    links = {link["href"] for link in html_of().find_all("a", href=True)}
    assert links == {f"{ROOT}/", f"{ROOT}/weeks/1/", PAPER.url}


def test_it_goes_dark_where_the_screen_is_dark() -> None:
    html = bodies()[1]
    sheet = re.search(r"prefers-color-scheme: dark\) \{(.*?)\n\}", html, re.DOTALL)[1]
    classes = {name for tag in BeautifulSoup(html, "html.parser").find_all(class_=True) for name in tag["class"]}
    assert classes <= set(re.findall(r"\.(\w+) \{", sheet))


def test_what_has_a_colour_goes_dark() -> None:
    for tag in html_of(PAPER, Item("T", "en", remark="r"), theme="t").find_all(
        style=re.compile(r"(?<![-\w])(color|background):|solid #")
    ):
        assert tag.get("class"), tag


@pytest.mark.parametrize("count", [1, 40, 400, 5000])
def test_no_letter_is_longer_than_mail_programs_show(count: int) -> None:
    long = Item("題" * 255, "ja", f"{ROOT}/papers/{'長' * 60}/", "O" * 255, "en", "要" * 400, "日")
    text, html = bodies(*[long] * count, overview="<" * 5000)
    assert len(html.encode()) <= MOST
    assert len(text.encode()) <= MOST


def test_what_found_no_room_is_counted_and_led_to() -> None:
    text, html = bodies(*[Item("題" * 255, "ja", f"{ROOT}/papers/1/", summary="要" * 400)] * 100, language="en")
    shown = BeautifulSoup(html, "html.parser").find_all("h3")
    assert 0 < len(shown) < 100
    assert all(f"and {100 - len(shown)} more" in body for body in (text, html))


def test_as_many_papers_are_shown_as_there_is_room_for() -> None:
    _text, html = bodies(*[Item("題" * 255, "ja", f"{ROOT}/papers/1/", summary="要" * 400)] * 100)
    assert len(html.encode()) > 0.9 * MOST


# To whom it goes


@pytest.mark.django_db
def test_a_letter_has_the_readers_own_links() -> None:
    bob = make_subscriber()
    letter = compose(due(), bob)
    html = letter.alternatives[0].content
    for link in (change_link(bob, ROOT), unsubscribe_link(bob, ROOT)):
        assert link in letter.body
        assert link in html


@pytest.mark.django_db
def test_one_click_ends_the_mail_of_its_reader() -> None:
    bob, carol = make_subscriber(), make_subscriber("carol")
    issue = issue_of(due())
    headers = [issue.letter(one).extra_headers for one in (bob, carol)]
    assert [found["List-Unsubscribe"] for found in headers] == [
        f"<{unsubscribe_link(one, ROOT)}>" for one in (bob, carol)
    ]
    assert headers[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_the_letters_of_two_readers_differ_in_nothing_else() -> None:
    bob, carol, issue = make_subscriber(), make_subscriber("carol"), issue_of(due())
    mine, theirs = issue.bodies(bob), issue.bodies(carol)
    for reader in (change_link, unsubscribe_link):
        mine = tuple(body.replace(reader(bob, ROOT), "") for body in mine)
        theirs = tuple(body.replace(reader(carol, ROOT), "") for body in theirs)
    assert mine == theirs


@pytest.mark.django_db
def test_no_address_stands_in_a_letter() -> None:
    letter = compose(due(), make_subscriber("bob.secret"))
    assert "bob.secret" not in letter.body + letter.alternatives[0].content
    assert "bob.secret" not in str(letter.extra_headers)


@pytest.mark.django_db
def test_a_preview_ends_nobodys_mail() -> None:
    letter = compose(due(), None)
    assert letter.to == []
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "subscri" not in letter.body + letter.alternatives[0].content


@pytest.mark.django_db
def test_there_is_no_letter_of_what_is_not_public() -> None:
    mailing = due()
    WeekPage.objects.get(pk=mailing.week_id).unpublish()
    assert compose(mailing, make_subscriber()) is None


@pytest.mark.django_db
def test_a_preview_of_a_draft_can_be_sent_to_an_editor() -> None:
    preview_of(make_week(make_paper(title="Not out yet"))).letter(to=["alice@example.org"]).send()
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.org"]
    assert "Not out yet" in sent.body


@pytest.mark.django_db
def test_the_letter_is_one_that_mail_programs_read() -> None:
    sent = compose(due(), make_subscriber()).message().as_bytes()
    read = message_from_bytes(sent, policy=policy.default)
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert read["list-id"] == "<weekly.ja.localhost>"
    assert "週 2024-05-06" in read["subject"]


@pytest.mark.django_db
def test_a_title_of_several_lines_adds_no_header() -> None:
    mailing = due()
    WeekPage.objects.update(title="A week\r\nBcc: all@example.org")
    read = message_from_bytes(compose(mailing, make_subscriber()).message().as_bytes(), policy=policy.default)
    assert read["bcc"] is None
    assert read["subject"].endswith("A week Bcc: all@example.org")


@pytest.mark.django_db
def test_a_text_that_looks_like_a_place_for_links_stays_as_it_is() -> None:
    mailing = due()
    PaperPage.objects.update(summary="change-12 unsubscribe-12")
    assert "change-12 unsubscribe-12" in compose(mailing, make_subscriber()).body


@pytest.mark.django_db
def test_more_readers_cost_no_queries() -> None:
    issue, readers = issue_of(due()), [make_subscriber(f"reader-{number}") for number in range(20)]
    with CaptureQueriesContext(connection) as asked:
        letters = [issue.letter(reader) for reader in readers]
    assert len(letters) == 20
    assert len(asked) == 0


@pytest.mark.django_db
def test_a_worker_that_sends_many_composes_them_once() -> None:
    mailing, readers = due(), [make_subscriber(f"reader-{number}") for number in range(20)]
    compose(mailing, readers[0])
    with CaptureQueriesContext(connection) as asked:
        letters = [compose(mailing, reader) for reader in readers]
    assert {letter.to[0] for letter in letters} == {reader.email for reader in readers}
    assert len(asked) == 0
