"""One small cast for all tests: Alice edits, Carol edits too, Bob reads."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from papers.blocks import qa_hash, qa_value
from papers.drafting.base import Citation, QADraft
from papers.models import DraftRun, PaperIndexPage, PaperPage, Scope
from papers.places import read_place
from tests.homes import first_home
from weekly.homes import child_of, open_home
from weekly.models import (
    Comment,
    Correction,
    DigestIndexPage,
    Mailing,
    Report,
    Subscriber,
    WeekEntry,
    WeekIndexPage,
    WeekPage,
)

_numbers = itertools.count(1)


def make_locale(code: str = "ja") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_home(code: str = "ja") -> DigestIndexPage:
    locale = make_locale(code)
    return open_home(locale) if DigestIndexPage.objects.exists() else first_home(locale)


def make_editor(name: str = "alice", **fields: Any) -> Any:
    """An editor who may do everything."""
    users = get_user_model()
    return users.objects.create_superuser(name, f"{name}@example.org", "secret-of-" + name, **fields)


def make_qa(number: int = 1, *, approved: bool = True, **fields: Any) -> dict[str, Any]:
    """A Q&A as the machine drafts it and an editor approved it, as a raw stream item."""
    quote = Citation(page=number, quote=f"We measured it {number} times on the whole set", verified=True)
    draft = QADraft("result", f"質問{number}は何ですか。", f"答え{number}です。", citations=(quote,))
    value = {**qa_value(draft, {"backend": "openai", "model": "tiny", "prompt": "p1", "run": 1}), **fields}
    if approved:
        value["provenance"] = {**value["provenance"], "approved": qa_hash(value)}
    return {"type": "qa", "id": f"{number:08d}-0000-4000-8000-000000000000", "value": value}


def approve_all(page: Any) -> Any:
    """An editor approves every text of a page's newest draft; returns the page, fresh."""
    draft = page.get_latest_revision_as_object()
    for name in draft.drafted:
        draft.approve(name)
    for block in getattr(draft, "qa", ()):
        block.value["provenance"]["approved"] = qa_hash(block.value)
    draft.save_revision()
    return type(page).objects.get(pk=page.pk)


def make_paper(
    *, live: bool = False, qas: int = 0, tags: Sequence[str] = (), code: str = "ja", **fields: Any
) -> PaperPage:
    """A paper's page, complete enough to be published."""
    number = next(_numbers)
    defaults = {
        "title": f"Paper {number}",
        "slug": f"paper-{number}",
        "arxiv_id": f"2405.{number:05d}",
        "arxiv_version": 1,
        "authors": "Ada One\nBen Two",
        "published_on": date(2024, 5, 7),
        "categories": "cs.CL cs.LG stat.ML",
        "abstract": "We study one thing. It works.",
        "abstract_translated": "一つのことを調べました。うまくいきます。",
        "summary": "一行の要約です。",
        "qa": [make_qa(n) for n in range(1, qas + 1)],
    }
    page = PaperPage(locale=make_locale(code), live=False, **{**defaults, **fields})
    child_of(make_home(code), PaperIndexPage).add_child(instance=page)
    if tags:
        page.tags.add(*tags)
    revision = page.save_revision()
    if live:
        revision.publish()
    return PaperPage.objects.get(pk=page.pk)


def make_week(
    *papers: PaperPage, live: bool = False, start: date = date(2024, 5, 6), code: str = "ja", **fields: Any
) -> WeekPage:
    """A week with these papers as its entries."""
    defaults = {
        "title": f"週 {start}",
        "slug": start.isoformat(),
        "theme": "主題",
        "overview": "概観です。\n\n続きです。",
    }
    week = WeekPage(
        locale=make_locale(code), live=False, start=start, end=start + timedelta(days=6), **{**defaults, **fields}
    )
    child_of(make_home(code), WeekIndexPage).add_child(instance=week)
    for rank, paper in enumerate(papers, start=1):
        week.entries.add(WeekEntry(rank=rank, sort_order=rank, paper=paper, title=paper.title, note="A note."))
    revision = week.save_revision()
    if live:
        revision.publish()
    return WeekPage.objects.get(pk=week.pk)


def make_run(page: Any, scope: str = Scope.QA, **fields: Any) -> DraftRun:
    return DraftRun.objects.create(page_id=page.pk, scope=scope, task="papers.tasks.draft_paper", **fields)


def make_comment(page: Any, **fields: Any) -> Comment:
    """Bob's comment on a page, waiting unless told otherwise."""
    return Comment.objects.create(page_id=page.pk, **{"name": "Bob", "text": "Is this so?", **fields})


def make_report(page: Any, place: str = "summary", **fields: Any) -> Report:
    """Bob's open report of a passage, read in the version that is live."""
    live = type(page).objects.get(pk=page.pk)
    read = {"revision": live.live_revision_id, "passage": (read_place(live, place) if place else "") or ""}
    words = {"name": "Bob", "message": "This is wrong."}
    return Report.objects.create(page_id=page.pk, place=place, **{**read, **words, **fields})


def make_correction(page: Any, **fields: Any) -> Correction:
    """A public correction of a page's summary."""
    words = {"place": "summary", "place_label": "Summary", "before": "A rat.", "after": "RAT.", "reason": "A name."}
    return Correction.objects.create(page_id=page.pk, language=page.locale.language_code, **{**words, **fields})


NOON = datetime(2024, 5, 13, 12, tzinfo=UTC)


def make_subscriber(name: str = "bob", code: str = "ja", **fields: Any) -> Subscriber:
    """Bob, who asked for the digest every week and confirmed it."""
    return Subscriber.objects.create(email=f"{name}@example.org", language=code, **{"confirmed_at": NOON, **fields})


def make_mailing(week: WeekPage | None = None, *pages: Any, code: str = "ja", **fields: Any) -> Mailing:
    """A week by mail, due; without one, the daily mailing of these pages."""
    if week is None:
        days = {"first_day": NOON.date(), "last_day": NOON.date()}
        kind = {"frequency": "daily", "page_ids": [page.pk for page in pages]}
    else:
        days, kind = {"first_day": week.start, "last_day": week.end}, {"frequency": "weekly", "week": week}
    return Mailing.objects.create(language=code, **{**days, **kind, "due_at": NOON, **fields})
