"""How a correction reaches the readers: the live text corrected and published, and no draft lost.

Everything is read anew under a lock. Where anything stands in the way nothing is written, and the reason is told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override as in_language
from wagtail.models import Page, Revision

from papers.applying import opened_by
from papers.blocks import with_plain_newlines
from papers.errors import Notice, gettext_noop
from papers.mending import LOCKED, OPEN
from papers.models import NotReady
from papers.models.reviewed import OVERRIDE
from papers.places import place_label, read_place, write_place
from weekly.moderation.deciding import GONE, Refused

NOT_ALLOWED = gettext_noop("You may not edit and publish “%(title)s”.")
NOT_LIVE = gettext_noop("“%(title)s” is not published any more, so that there is nothing to correct in public.")
ALIAS = gettext_noop("“%(title)s” is a copy that follows another page; correct that one.")
IN_MODERATION = gettext_noop("A draft of “%(title)s” is in moderation, which publishing would cancel; decide it first.")
SCHEDULED = gettext_noop("A draft of “%(title)s” is to be published later, which publishing now would cancel.")
WHOLE_PAGE = gettext_noop("This report is about the page as a whole; correct it in the editor, then answer.")
BLOCK_GONE = gettext_noop("The passage is no longer in “%(title)s”.")
CHANGED = gettext_noop("The passage in “%(title)s” has changed since you opened it; compare it with your text.")
SAME = gettext_noop("Your text is what stands in “%(title)s” already; change it, or answer the report.")
UNFIT = gettext_noop("This text cannot stand there: %(reason)s")
NOT_READY = gettext_noop("“%(title)s” cannot be published like this. Nothing was changed.")
DRAFT_DIFFERS = gettext_noop("“%(title)s” has a newer draft in which this passage is another; it was left as it is.")
DRAFT_LACKS = gettext_noop("“%(title)s” has a newer draft in which this passage is gone; it was left as it is.")


@dataclass(frozen=True)
class Corrected:
    """A passage before and after, the revision that was published, and what is to be told of the newest draft.

    `label` is the place in words of the page's language.
    """

    page: Page
    before: str
    after: str
    revision: Revision
    label: str
    note: Notice | None = None


class CannotPublish(Refused):
    """The corrected page would not pass the guard. `gaps` and `can_override` as in Outcome."""

    def __init__(self, page: Any, gaps: list[tuple[str, str]]) -> None:
        self.gaps = tuple((path, str(message)) for path, message in gaps)
        self.can_override = not page.missing()
        super().__init__(NOT_READY, title=page.title)


def correct(page_id: int, place: str, user: Any, *, seen: str, text: str, override: str = "") -> Corrected:
    """Put `text` where `seen` stands in the live page and publish it; call it inside a transaction.

    The page's newest draft gets the same change, as its newest revision again. `override` is the editor's reason to
    publish in spite of errors. Raises Refused where something stands in the way, CannotPublish where the page's guard
    does; the transaction must then be rolled back.
    """
    page = _held(page_id)
    _demand(page, user)
    text = with_plain_newlines(text)
    before = _standing(page, place, seen, text)
    draft_id = page.latest_revision_id if page.has_unpublished_changes else None
    _write(page, place, before, text, (override.strip(), user))
    revision = page.save_revision(user=user, clean=False, log_action=True)
    _publish(page, revision, user)
    note = _carry(draft_id, place, before, text, user) if draft_id else None
    with in_language(page.locale.language_code):
        label = place_label(page, place)
    return Corrected(page, before, text, revision, label, note)


def _held(page_id: int) -> Any:
    """The live version, from the page's row: a newer draft stands only in its revision."""
    page = Page.objects.filter(pk=page_id).first()
    held = page and page.specific_class.objects.select_for_update().filter(pk=page_id).first()
    if held is None:
        raise Refused(GONE)
    return held


def _demand(page: Any, user: Any) -> None:
    """Raises Refused where this page cannot be published by this user now, whatever the text is."""
    may = page.permissions_for_user(user)
    if not (may.can_edit() and may.can_publish()):
        raise Refused(NOT_ALLOWED, title=page.title)
    if not page.live:
        raise Refused(NOT_LIVE, title=page.title)
    if page.alias_of_id:
        raise Refused(ALIAS, title=page.title)
    if page.workflow_in_progress:
        raise Refused(IN_MODERATION, title=page.title)
    if page.approved_schedule:
        raise Refused(SCHEDULED, title=page.title)
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise Refused(LOCKED, title=page.title)
    if name := opened_by(page, but=user):
        raise Refused(OPEN, title=page.title, name=name)


def _standing(page: Any, place: str, seen: str, text: str) -> str:
    """The live text of a place; raises Refused where it is not the one that was seen, or `text` cannot replace it."""
    if not place:
        raise Refused(WHOLE_PAGE)
    standing = read_place(page, place)
    if standing is None:
        raise Refused(BLOCK_GONE, title=page.title)
    if with_plain_newlines(standing) != with_plain_newlines(seen):
        raise Refused(CHANGED, title=page.title)
    if with_plain_newlines(standing) == text:
        raise Refused(SAME, title=page.title)
    if not place.startswith("qa."):
        _demand_fit(page, place, text)
    return standing


def _demand_fit(page: Any, name: str, text: str) -> None:
    try:
        page._meta.get_field(name).clean(text, page)
    except ValidationError as error:
        raise Refused(UNFIT, reason=" ".join(error.messages)) from error


def _write(page: Any, place: str, before: str, text: str, override: tuple[str, Any] | None = None) -> None:
    """Write the text. An override that held goes on holding where the change adds nothing to what it was given for."""
    reason, user = override or ("", None)
    note, blocked = page.provenance.get(OVERRIDE, {}), page.blockers() if page.override_reason else []
    write_place(page, place, before, text)
    if not (reason or blocked):
        return
    blocked_now = page.blockers()
    if blocked_now and reason:
        page.override(reason, user)
    elif blocked_now and not Counter(blocked_now) - Counter(blocked):
        page.override(note["reason"], note["user"])


def _publish(page: Any, revision: Revision, user: Any) -> None:
    try:
        with transaction.atomic():
            revision.publish(user=user)
    except NotReady as error:
        raise CannotPublish(page, error.gaps) from error


def _carry(draft_id: int, place: str, before: str, text: str, user: Any) -> Notice | None:
    """The newest draft, with the same change, is the newest revision again; what is to be told where it has none."""
    draft = Revision.objects.get(pk=draft_id).as_object()
    standing = read_place(draft, place)
    if standing == before:
        _write(draft, place, before, text)
    draft.save_revision(user=user, clean=False, log_action=True)
    if standing is None:
        return Notice(DRAFT_LACKS, {"title": draft.title})
    return None if standing in {before, text} else Notice(DRAFT_DIFFERS, {"title": draft.title})
