"""What waits for an editor's decision: drafts that were parked, and rows that the list has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from papers.applying import resolve
from papers.blocks import text_hash
from papers.comparing import Comparison
from papers.drafts import newest_drafts
from papers.errors import Notice
from papers.messages import notice_json, notice_text
from papers.models import PaperPage, Suggestion
from papers.places import block_of
from weekly.importing import LIST_CHANGED
from weekly.models import WeekEntry, WeekPage


@dataclass(frozen=True)
class Offer:
    """A parked draft beside what stands in the page."""

    suggestion: Suggestion
    title: str
    reason: str
    comparisons: Sequence[Comparison]


def open_offers(week: WeekPage, draft: WeekPage, papers: Sequence[PaperPage]) -> list[Offer]:
    """The open suggestions for a week and its papers, in the list's order; two queries."""
    order = {page.pk: place for place, page in enumerate([*papers, week])}
    found = sorted(Suggestion.objects.for_pages(order), key=lambda offer: (order[offer.page_id], offer.pk))
    wanted = {offer.page_id for offer in found}
    drafts = {week.pk: draft, **newest_drafts(PaperPage.objects.filter(pk__in=wanted))} if found else {}
    return [_offer(suggestion, drafts[suggestion.page_id]) for suggestion in found]


def _offer(suggestion: Suggestion, page: Any) -> Offer:
    if suggestion.place == "qa":
        comparisons = [comparison for value in suggestion.value for comparison in _compare_qa(value, page)]
    elif block := block_of(suggestion.place):
        comparisons = list(_compare_qa(suggestion.value, page, block))
    else:
        label = page._meta.get_field(suggestion.place).verbose_name
        comparisons = [Comparison(label, getattr(page, suggestion.place), suggestion.value)]
    return Offer(suggestion, page.title, notice_text(suggestion.reason), comparisons)


def _compare_qa(value: dict[str, Any], page: PaperPage, block_id: str = "") -> Iterator[Comparison]:
    """A drafted Q&A beside its block, or the one with the same question; where there is none it would be added."""
    own = (block.value for block in page.qa if block_id and block.id == block_id)
    same = (block.value for block in page.qa if not block_id and block.value["question"] == value["question"])
    standing = next(own, None) or next(same, None)
    for name in ("answer", "answer_original"):
        present = standing[name] if standing else ""
        if value[name] != present:
            yield Comparison(value["question"], present, value[name])


def decide_offer(week: WeekPage, pages: Sequence[int], pk: int, *, take: bool, user: Any) -> None:
    """Take or leave an open suggestion for one of these pages. Raises Http404 where it was decided already."""
    with transaction.atomic():
        suggestion = get_object_or_404(Suggestion.objects.select_for_update().for_pages([*pages, week.pk]), pk=pk)
        resolve(suggestion, taken=take, user=user)


LISTED = {"title": gettext_lazy("title"), "note": gettext_lazy("the list's note"), "links": gettext_lazy("links")}


@dataclass(frozen=True)
class Conflict:
    """A row that both the list and an editor have changed."""

    entry: WeekEntry
    comparisons: Sequence[Comparison]

    @property
    def key(self) -> str:
        return offer_key(self.entry)


def offer_key(entry: WeekEntry) -> str:
    """What the list offers for a row, so that a late click does not decide about another offer."""
    return text_hash(json.dumps(entry.offered, sort_keys=True))


def open_conflicts(entries: Sequence[WeekEntry]) -> list[Conflict]:
    return [Conflict(entry, list(_compare_row(entry))) for entry in entries if entry.offered]


def _compare_row(entry: WeekEntry) -> Iterator[Comparison]:
    present = {"title": entry.title, "note": entry.note, "links": entry.links}
    for name, label in LISTED.items():
        if present[name] != entry.offered.get(name):
            yield Comparison(str(label), _as_text(present[name]), _as_text(entry.offered.get(name, "")))


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(f"{link['label']}: {link['url']}" for link in value)


def decide_conflict(week: WeekPage, key: str, *, take: bool, user: Any) -> bool:
    """Take the list's text for a row or keep the editor's, in a new revision; False where there is no such offer."""
    with transaction.atomic():
        page = WeekPage.objects.select_for_update().get(pk=week.pk)
        draft = page.get_latest_revision_as_object()
        entry = next((row for row in draft.entries.all() if row.offered and offer_key(row) == key), None)
        if entry is None:
            return False
        _settle(entry, take=take)
        draft.save_revision(user=user, clean=False, log_action=True)
        return True


def _settle(entry: WeekEntry, *, take: bool) -> None:
    """What was offered becomes what the list is known to say, so that the next import is no conflict again."""
    if take:
        entry.title = entry.offered["title"][:500]
        entry.note, entry.links = entry.offered["note"], entry.offered["links"]
    entry.listed, entry.offered = entry.offered, {}
    entry.warnings = [kept for kept in entry.warnings if kept != notice_json(Notice(LIST_CHANGED))]


def locked_for(page: Page, user: Any) -> str:
    """Why a user must not change a page now; empty where nothing stands in the way."""
    lock = page.get_lock()
    return _("The page is locked.") if lock is not None and lock.for_user(user) else ""
