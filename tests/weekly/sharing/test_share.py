"""The addresses of pictures, as those ask for them who show a shared link."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_home, make_paper, make_week
from tests.weekly.reading import read
from weekly.sharing.addresses import card_of

pytestmark = pytest.mark.django_db


def named(client: Client, address: str) -> str:
    """The path of the picture that a page names."""
    return read(client, address).select_one("meta[property='og:image']")["content"].removeprefix("http://localhost")


def test_a_week_and_a_paper_have_their_pictures(client: Client) -> None:
    paper = make_paper(live=True)
    week = make_week(paper, live=True)
    answers = [client.get(named(client, page.get_url())) for page in (week, paper)]
    assert [answer["Content-Type"] for answer in answers] == ["image/png"] * 2
    assert answers[0].content != answers[1].content


def test_the_address_changes_with_what_the_picture_shows(client: Client) -> None:
    paper = make_paper(live=True)
    before = named(client, paper.get_url())
    paper.summary = "別の要約です。"
    paper.save_revision().publish()
    assert named(client, paper.get_url()) != before


def test_an_unchanged_picture_is_not_sent_again(client: Client) -> None:
    paper = make_paper(live=True)
    first = client.get(f"/share/papers/{paper.slug}.png")
    again = client.get(f"/share/papers/{paper.slug}.png", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")
    assert "max-age" in first["Cache-Control"]


def test_each_language_has_its_own(client: Client) -> None:
    paper = make_paper(live=True, slug="one", title="One")
    make_paper(live=True, slug="one", title="Hana", code="ko", translation_key=paper.translation_key)
    japanese, korean = (client.get(f"{prefix}/share/papers/one.png") for prefix in ("", "/ko"))
    assert japanese.content != korean.content


@pytest.mark.parametrize("address", ["papers/nowhere", "weeks/2024-05-06", "tags/agents", "papers/日本語", "weeks/%00"])
def test_what_is_not_there_has_no_picture(client: Client, address: str) -> None:
    make_home()
    assert client.get(f"/share/{address}.png").status_code == 404


def test_what_is_not_public_has_no_picture(client: Client) -> None:
    draft, closed = make_paper(), make_paper(live=True)
    week = make_week(draft, live=True)
    for page in (closed, week):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    names = (f"papers/{draft.slug}", f"papers/{closed.slug}", f"weeks/{week.slug}")
    assert {client.get(f"/share/{name}.png").status_code for name in names} == {404}


def test_a_slug_of_other_letters_has_its_picture(client: Client) -> None:
    make_paper(live=True, slug="物事について")
    assert client.get("/share/papers/物事について.png").status_code == 200


def test_formulas_stand_in_it_as_characters() -> None:
    paper = make_paper(title="Attention in $O(n^2)$", title_translated=r"$\alpha$ の話")
    week = make_week(paper, theme="$10^3$ 倍")
    shown, week_shown = card_of(paper, "週報"), card_of(week, "週報")
    assert (shown.title, shown.below, week_shown.below) == ("α の話", "Attention in O(n²)", "10³ 倍")
