"""What is not published shows nowhere: not on a page, in the API, in a feed, on a tag or in the sitemap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from papers.models import DraftRun, PaperIndexPage, PaperPage, PaperSource, Suggestion
from tests.factories import make_home, make_paper, make_qa, make_run, make_week
from tests.weekly.crawling import crawl
from weekly.models import WeekEntry

pytestmark = pytest.mark.django_db

MARK = "zzhidden"
SENTENCE = f"{MARK}。"  # a text that breaks off would not be published
# Every text that readers see of a paper and of a week.
PAPER_TEXTS = dict.fromkeys(("title", "title_translated", "summary", "abstract", "abstract_translated"), SENTENCE)
WEEK_TEXTS = dict.fromkeys(("title", "theme", "overview", "introduction", "source_name"), SENTENCE)
STARTS = [
    "/",
    "/weeks/",
    "/papers/",
    "/tags/",
    "/feeds/weeks.rss",
    "/feeds/weeks.atom",
    "/feeds/weeks.json",
    "/feeds/papers.atom",
    "/feeds/papers.json",
    "/feeds/corrections.json",
    "/llms.txt",
    "/robots.txt",
    "/sitemap.xml",
    "/api/v1/weeks?limit=1",
    "/api/v1/weeks/2024-05-06",
    "/api/v1/papers?limit=1",
    "/api/v1/papers/open",
    "/api/v1/tags?limit=1",
    "/api/v1/tags/agents",
    "/api/v1/corrections?limit=1",
    "/api/v1/docs",
    "/healthz",
]


@pytest.fixture
def open_paper() -> PaperPage:
    """A public paper in a public week: what strangers may see."""
    paper = make_paper(live=True, slug="open", title="Open", tags=["agents"], qas=2)
    make_week(paper, live=True)
    return paper


def assert_hidden(client: Client) -> None:
    cache.clear()
    found = crawl(client, STARTS)
    leaks = [address for address, text in found.items() if MARK in address or MARK in text]
    assert leaks == []


def secret_paper(**fields: Any) -> PaperPage:
    """A paper whose every text bears the mark."""
    texts = {**PAPER_TEXTS, "slug": MARK, "authors": MARK, "comment": MARK, "listed_note": MARK}
    return make_paper(**{**texts, "qa": [make_qa(1, question=SENTENCE, answer=SENTENCE)], "tags": [MARK], **fields})


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


# What a stranger does see, or the other tests would prove nothing


def test_the_crawl_reaches_all_that_is_public(client: Client, open_paper: PaperPage) -> None:
    make_paper(live=True, tags=["agents", "memory"])
    found = crawl(client, STARTS)
    reached = {"/weeks/2024-05-06/", "/papers/open/", "/tags/agents/", "/tags/memory/", "/api/v1/openapi.json"}
    assert reached <= set(found)
    assert any(address.startswith("/api/v1/papers?limit=1&after=") for address in found)


@pytest.mark.parametrize("name", PAPER_TEXTS)
def test_the_crawl_would_see_a_papers_text(client: Client, name: str) -> None:
    make_week(make_paper(live=True, slug="open", tags=["agents"], **{"title": "Open", name: SENTENCE}), live=True)
    assert any(MARK in text for text in crawl(client, STARTS).values())


# What a stranger must not see


def draft_paper(paper: PaperPage) -> None:
    secret_paper()


def draft_week(paper: PaperPage) -> None:
    make_week(paper, start=date(2024, 5, 13), **WEEK_TEXTS)


def draft_paper_in_a_public_week(paper: PaperPage) -> None:
    week = make_week(paper, secret_paper(), live=True, start=date(2024, 5, 13))
    WeekEntry.objects.filter(week=week, rank=2).update(title="As listed")


def unpublished_paper(paper: PaperPage) -> None:
    secret_paper(live=True).unpublish()


def unpublished_week(paper: PaperPage) -> None:
    make_week(paper, live=True, start=date(2024, 5, 13), **WEEK_TEXTS).unpublish()


def edits_of_a_public_paper(paper: PaperPage) -> None:
    draft = paper.get_latest_revision_as_object()
    for name in PAPER_TEXTS:
        setattr(draft, name, MARK)
    draft.qa[0].value["answer"] = MARK
    draft.tags.add(MARK)
    draft.save_revision()


def edits_of_a_public_week(paper: PaperPage) -> None:
    draft = paper.week_entries.get().week.get_latest_revision_as_object()
    for name in WEEK_TEXTS:
        setattr(draft, name, MARK)
    draft.entries.add(WeekEntry(rank=2, sort_order=2, title=MARK, note=MARK))
    draft.save_revision()


def entry_that_is_not_chosen(paper: PaperPage) -> None:
    week = paper.week_entries.get().week
    WeekEntry.objects.create(week=week, rank=2, sort_order=2, title=MARK, note=MARK, chosen=False)


def restricted_paper(paper: PaperPage) -> None:
    close(secret_paper(live=True))


def restricted_paper_in_a_public_week(paper: PaperPage) -> None:
    hidden = secret_paper(live=True)
    week = make_week(hidden, paper, live=True, start=date(2024, 5, 13))
    week.entries.filter(paper=hidden).update(title="As listed")
    close(hidden)


def restricted_week(paper: PaperPage) -> None:
    close(make_week(paper, live=True, start=date(2024, 5, 13), **WEEK_TEXTS))


def papers_under_a_restricted_folder(paper: PaperPage) -> None:
    secret_paper(live=True, code="ko")
    close(PaperIndexPage.objects.child_of(make_home("ko")).get())


def paper_scheduled_for_later(paper: PaperPage) -> None:
    page = secret_paper()
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    page.save_revision().publish()


def tag_of_no_public_paper(paper: PaperPage) -> None:
    page = make_paper(live=True, tags=[MARK])
    page.unpublish()


def what_the_machine_keeps(paper: PaperPage) -> None:
    """Parked drafts, errors of runs and the paper's page texts stay on the editors' side."""
    run = make_run(paper)
    DraftRun.objects.filter(pk=run.pk).update(error={"template": MARK, "params": {}}, status="failed")
    Suggestion.objects.create(page=paper, run=run, place="summary", value=MARK)
    PaperSource.objects.create(key=f"{paper.arxiv_id}v1", pages=[[1, MARK]])
    PaperPage.objects.filter(pk=paper.pk).update(listed_note=MARK, source_note={"template": MARK, "params": {}})


HIDDEN: list[Callable[[PaperPage], None]] = [
    draft_paper,
    draft_week,
    draft_paper_in_a_public_week,
    unpublished_paper,
    unpublished_week,
    edits_of_a_public_paper,
    edits_of_a_public_week,
    entry_that_is_not_chosen,
    restricted_paper,
    restricted_paper_in_a_public_week,
    restricted_week,
    papers_under_a_restricted_folder,
    paper_scheduled_for_later,
    tag_of_no_public_paper,
    what_the_machine_keeps,
]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_it_leaks_nowhere(client: Client, open_paper: PaperPage, hide: Callable[[PaperPage], None]) -> None:
    hide(open_paper)
    assert_hidden(client)


@pytest.mark.parametrize("hide", [draft_paper, unpublished_paper, restricted_paper, papers_under_a_restricted_folder])
def test_asking_for_it_by_name_does_not_help(
    client: Client, open_paper: PaperPage, hide: Callable[[PaperPage], None]
) -> None:
    hide(open_paper)
    for language in ("ja", "ko"):
        named = (f"share/papers/{MARK}.png", f"tags/{MARK}/feed.json")
        for address in (f"/api/v1/papers/{MARK}", f"/api/v1/tags/{MARK}", *(f"/{name}" for name in named)):
            assert client.get(address, {"language": language}).status_code == 404
        assert MARK not in client.get("/api/v1/papers", {"language": language}).content.decode()


def test_a_hidden_week_cannot_be_asked_for_by_its_day(client: Client, open_paper: PaperPage) -> None:
    restricted_week(open_paper)
    assert client.get("/api/v1/weeks/2024-05-13").status_code == 404


def test_a_week_hides_with_its_folder(client: Client, open_paper: PaperPage) -> None:
    close(open_paper.week_entries.get().week.get_parent())
    assert client.get("/api/v1/weeks").json()["items"] == []
    assert client.get(f"/api/v1/papers/{open_paper.slug}").json()["weeks"] == []


def test_a_digest_for_members_has_no_public_feed(client: Client, open_paper: PaperPage) -> None:
    close(make_home())
    assert client.get("/feeds/weeks.rss").status_code == 404
    assert client.get("/api/v1/papers").json()["items"] == []
