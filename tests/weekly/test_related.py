"""What stands about a paper: neighbours, and papers that have something in common with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_paper, make_week
from tests.weekly.reading import links_of, read, read_draft, text_of
from weekly.lists import weeks_of
from weekly.related import SHOWN, Around, around

pytestmark = pytest.mark.django_db

DIFFERENT = ["quantum chess", "river deltas", "baroque lutes", "solar kilns", "desert foxes", "paper money"]


def other(number: int = 0, **fields: Any) -> PaperPage:
    """A public paper whose words nobody shares."""
    words = {"title": DIFFERENT[number], "summary": DIFFERENT[number], "title_translated": ""}
    return make_paper(live=True, **{**words, **fields})


def about(paper: PaperPage) -> Around:
    paper.refresh_from_db()
    return around(paper, list(paper.tags.all()), weeks_of(paper))


def titles(paper: PaperPage) -> list[str]:
    return [one.paper.title for one in about(paper).related]


# Related papers


def test_papers_that_share_a_tag_are_related_and_say_which() -> None:
    paper = other(tags=["agents", "memory"])
    other(1, tags=["agents"])
    (one,) = about(paper).related
    assert (one.paper.title, [tag.name for tag in one.tags]) == (DIFFERENT[1], ["agents"])


def test_a_rare_tag_says_more_than_a_common_one() -> None:
    paper = other(tags=["common", "rare"])
    other(1, tags=["common"])
    other(2, tags=["rare"])
    other(3, tags=["common"])
    assert titles(paper)[0] == DIFFERENT[2]


def test_two_tags_say_more_than_one_and_the_rarer_is_named_first() -> None:
    paper = other(tags=["one", "two"])
    other(1, tags=["one"])
    other(2, tags=["one", "two"])
    best = about(paper).related[0]
    assert [tag.name for tag in best.tags] == ["two", "one"]


def test_papers_of_the_same_week_are_related_behind_those_of_the_same_tag() -> None:
    paper, neighbour = other(tags=["agents"]), other(1)
    other(2, tags=["agents"])
    make_week(paper, neighbour, live=True)
    assert titles(paper) == [DIFFERENT[2], DIFFERENT[1]]
    assert about(paper).related[1].same_week


def test_a_paper_of_similar_words_is_related_where_nothing_else_binds_them() -> None:
    paper = other(title="Sparse attention for long documents", summary="疎な注意機構で長い文書を読む。")
    other(1, title="Sparse attention in long context", summary="疎な注意機構で長い文脈を扱う。")
    other(2)
    (one,) = about(paper).related
    assert one.by_words
    assert one.paper.title == "Sparse attention in long context"


def test_papers_that_have_nothing_in_common_are_not_related() -> None:
    paper = other()
    other(1)
    assert titles(paper) == []


def test_no_more_than_five_are_shown_and_never_the_paper_itself() -> None:
    papers = [other(number, tags=["agents"]) for number in range(6)]
    other(0, title="A seventh", tags=["agents"])
    assert len(titles(papers[0])) == SHOWN
    assert papers[0].title not in titles(papers[0])


def test_drafts_hidden_papers_and_other_languages_are_never_related() -> None:
    paper = other(tags=["agents"])
    make_paper(tags=["agents"])
    other(2, code="en", tags=["agents"], abstract_translated="It works.")
    PageViewRestriction.objects.create(page=other(1, tags=["agents"]), restriction_type="login")
    assert titles(paper) == []


def test_a_paper_of_a_week_that_is_no_longer_public_is_not_of_the_same_week() -> None:
    paper = other()
    make_week(paper, other(1), live=True).unpublish()
    assert titles(paper) == []


def test_old_papers_find_what_was_written_about_their_time() -> None:
    paper = other(tags=["agents"], published_on=date(2015, 1, 1))
    old = other(1, tags=["agents"], published_on=date(2015, 1, 2))
    for number in range(14):
        other(2, tags=["agents"], published_on=date(2024, 1, 1 + number))
    assert titles(paper)[0] == old.title


# Neighbours


def beside(paper: PaperPage) -> tuple[str | None, str | None]:
    """The addresses' last parts of the papers before and after."""
    found = about(paper)
    return tuple(one and one.slug for one in (found.previous, found.following))


def test_a_papers_neighbours_are_those_of_its_week_in_its_order() -> None:
    first, second, third = (other(number) for number in range(3))
    make_week(second, make_paper(), first, third, live=True)
    assert beside(first) == (second.slug, third.slug)


def test_the_first_and_the_last_of_a_week_have_one_neighbour() -> None:
    first, last = other(), other(1)
    make_week(first, last, live=True)
    assert (beside(first), beside(last)) == ((None, last.slug), (first.slug, None))


def test_a_paper_without_a_week_has_the_lists_neighbours() -> None:
    old, middle, new = (other(n, published_on=date(2024, 5, 1 + n)) for n in range(3))
    assert beside(middle) == (new.slug, old.slug)


def test_papers_of_one_day_stand_in_the_lists_order() -> None:
    first, second, third = (other(n) for n in range(3))
    assert beside(second) == (third.slug, first.slug)


def test_an_unpublished_paper_is_nobodys_neighbour() -> None:
    paper, between = other(), other(1)
    last = other(2)
    make_week(paper, between, last, live=True)
    between.unpublish()
    assert beside(paper) == (None, last.slug)


# Cost and page


@pytest.mark.parametrize("papers", [1, 30])
def test_it_costs_three_queries_however_many_papers_there_are(papers: int, django_assert_num_queries: Any) -> None:
    paper = other(tags=[f"tag {number}" for number in range(9)])
    make_week(paper, *(other(1, tags=["tag 1", "tag 2"]) for _number in range(papers)), live=True)
    paper.refresh_from_db()
    tags, weeks = list(paper.tags.all()), weeks_of(paper)
    with django_assert_num_queries(3):
        assert around(paper, tags, weeks).related


def test_the_page_links_related_papers_and_says_why(client: Client) -> None:
    paper, neighbour = other(tags=["agents"]), other(1, tags=["agents"])
    make_week(paper, neighbour, live=True)
    section = read(client, paper).select_one(".related-papers")
    assert links_of(section)[:2] == [neighbour.get_url(), "/tags/agents/"]
    assert "agents" in text_of(section)


def test_the_page_leads_to_the_papers_beside_it(client: Client) -> None:
    first, second, third = (other(number) for number in range(3))
    make_week(first, second, third, live=True)
    soup = read(client, second)
    assert soup.select_one("a[rel=prev]")["href"] == first.get_url()
    assert soup.select_one("a[rel=next]")["href"] == third.get_url()


def test_a_lone_paper_has_neither_section_nor_ways(client: Client) -> None:
    soup = read(client, other())
    assert soup.select(".related-papers, a[rel=prev], a[rel=next]") == []


def test_a_draft_can_be_previewed(client: Client) -> None:
    other(1, tags=["agents"])
    assert read_draft(make_paper(tags=["agents"])).select_one(".related-papers") is not None
