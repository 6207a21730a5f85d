"""Proposed changes decided: each one taken is a revision in the editor's name, and can be undone by another.

Texts are read anew in the transaction that writes them. Where a text is no longer the one that was judged, or the
page is locked or open elsewhere, nothing is written and the reason is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from papers.applying import opened_by
from papers.errors import Notice, gettext_noop
from papers.models import Decision, NotReady, ProposedChange
from papers.places import write_place

LOCKED = gettext_noop("“%(title)s” is locked.")
OPEN = gettext_noop("%(name)s has “%(title)s” open.")
NOT_ALLOWED = gettext_noop("You may not edit “%(title)s”.")
GONE = gettext_noop("The text in “%(title)s” has changed since.")
NO_RULE = gettext_noop("For “%(title)s” no rule can tell what to write; open it in the editor.")
DECIDED = gettext_noop("“%(title)s”: this was decided already.")
OTHER_CHANGES = gettext_noop("“%(title)s” has other changes that are not published; it stays a draft.")
NOT_LIVE = gettext_noop("“%(title)s” is not published; it stays a draft.")
MAY_NOT_PUBLISH = gettext_noop("You may not publish “%(title)s”; it stays a draft.")
REFUSED = gettext_noop("%(reason)s It stays a draft.")

TAKEABLE = {Decision.OPEN, Decision.LEFT, Decision.UNDONE}


@dataclass(frozen=True)
class Outcome:
    """What became of a decision: whether it was `done`, and `published`; `reason` says why not."""

    done: bool
    published: bool = False
    reason: Notice | None = None


def take(change_id: int, user: Any, *, publish: bool = False) -> Outcome:
    """Put a proposed text into a new revision; with `publish`, publish it where nothing else would go out with it."""
    return _decide(change_id, user, Decision.TAKEN, publish)


def undo(change_id: int, user: Any, *, publish: bool = False) -> Outcome:
    """Put the old text back, by another revision, where the proposed one still stands."""
    return _decide(change_id, user, Decision.UNDONE, publish)


@transaction.atomic
def leave(change_id: int, user: Any) -> Outcome:
    """Let the text stand as it is."""
    change = _locked(change_id)
    if change.decision != Decision.OPEN:
        return Outcome(False, reason=_told(DECIDED, change.page))
    _mark(change, Decision.LEFT, user)
    return Outcome(True)


@transaction.atomic
def _decide(change_id: int, user: Any, wanted: Decision, publish: bool) -> Outcome:
    change = _locked(change_id)
    page = change.page.specific_class.objects.select_for_update().get(pk=change.page_id)
    if reason := _hindrance(change, page, user, wanted):
        return Outcome(False, reason=reason)
    is_alone = not page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    old, new = change.present, change.proposed
    if wanted == Decision.UNDONE:
        old, new = new, old
    if not write_place(draft, change.place, old, new):
        if wanted == Decision.TAKEN:
            _mark(change, Decision.GONE, user)
        return Outcome(False, reason=_told(GONE, page))
    revision = draft.save_revision(user=user, clean=False, log_action=True)
    _mark(change, wanted, user, revision)
    return _publish(page, revision, user, is_alone) if publish else Outcome(True)


def _locked(change_id: int) -> ProposedChange:
    changes = ProposedChange.objects.select_for_update(of=("self",)).select_related("page")
    return changes.get(pk=change_id)


def _hindrance(change: ProposedChange, page: Any, user: Any, wanted: Decision) -> Notice | None:
    """Why nothing can be written at all."""
    due = {Decision.TAKEN} if wanted == Decision.UNDONE else TAKEABLE
    if change.decision not in due:
        return _told(DECIDED, page)
    if not change.proposed:
        return _told(NO_RULE, page)
    if not page.permissions_for_user(user).can_edit():
        return _told(NOT_ALLOWED, page)
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        return _told(LOCKED, page)
    return _opened_by_another(page, user)


def _opened_by_another(page: Page, user: Any) -> Notice | None:
    """Somebody else in the page's editor would save over what is written here."""
    name = opened_by(page, but=user)
    return _told(OPEN, page, name=name) if name else None


def _told(template: str, page: Page, **params: object) -> Notice:
    return Notice(template, {"title": page.title, **params})


def _mark(change: ProposedChange, decision: Decision, user: Any, revision: Revision | None = None) -> None:
    change.decision, change.decided_by, change.decided_at = decision, user, timezone.now()
    change.revision = revision or change.revision
    change.save(update_fields=["decision", "decided_by", "decided_at", "revision"])


def _publish(page: Any, revision: Revision, user: Any, is_alone: bool) -> Outcome:
    """What the page had to publish before the change is not ours to publish; `is_alone` where there was nothing."""
    if not page.live:
        return Outcome(True, reason=_told(NOT_LIVE, page))
    if not is_alone:
        return Outcome(True, reason=_told(OTHER_CHANGES, page))
    if not page.permissions_for_user(user).can_publish():
        return Outcome(True, reason=_told(MAY_NOT_PUBLISH, page))
    try:
        with transaction.atomic():
            revision.publish(user=user)
    except NotReady as error:
        return Outcome(True, reason=Notice(REFUSED, {"reason": error.message}))
    return Outcome(True, published=True)
