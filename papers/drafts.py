"""The newest drafts of many pages at once, for reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from wagtail.models import Page, Revision

AnyPage = TypeVar("AnyPage", bound=Page)


def newest_drafts(pages: Iterable[AnyPage]) -> dict[int, AnyPage]:
    """Each page as its newest draft has it, by pk and in the given order; one query however many there are.

    For reading only: a page that was made like this must not be saved.
    """
    pages = list(pages)
    changed = [page.latest_revision_id for page in pages if page.has_unpublished_changes]
    contents = Revision.objects.in_bulk([pk for pk in changed if pk])
    drafts = {}
    for page in pages:
        revision = contents.get(page.latest_revision_id) if page.has_unpublished_changes else None
        drafts[page.pk] = _draft(page, revision) if revision else page
    return drafts


def _draft(page: AnyPage, revision: Revision) -> AnyPage:
    draft = type(page).from_serializable_data(revision.content, check_fks=False)
    draft.pk, draft.live, draft.latest_revision_id = page.pk, page.live, page.latest_revision_id
    draft.has_unpublished_changes = page.has_unpublished_changes
    return draft
