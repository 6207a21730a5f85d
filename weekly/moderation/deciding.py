"""What all decisions share: who may take them, what became of them, and who came first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from papers.errors import DigestError, Notice, gettext_noop
from papers.people import name_of
from weekly.models import Comment, Correction
from weekly.models.voices import Voice, voices_changed

GONE = gettext_noop("This is no longer there: it was erased, or its page was deleted.")
DECIDED = gettext_noop("%(name)s decided this already: %(state)s.")
DECIDED_BEFORE = gettext_noop("This was decided already: %(state)s.")
NOT_ALLOWED = gettext_noop("You may not decide this on “%(title)s”.")

AnyVoice = TypeVar("AnyVoice", bound=Voice)


@dataclass(frozen=True)
class Tally:
    """What became of several decisions at once: how many were `done`, and why others were not, each reason once."""

    done: int
    refused: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a report that was to be taken.

    Where it was not `done`, nothing was written at all and `reason` says why; `gaps` are what keeps the page from
    being published as (field or block path, message), and `can_override` whether an editor's reason would help.
    `notes` tell what else there is to know: a draft whose passage differs, a report that somebody decided meanwhile.
    """

    done: bool
    reason: Notice | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    can_override: bool = False
    correction: Correction | None = None
    notes: tuple[Notice, ...] = ()


class Refused(DigestError):
    """A decision cannot be carried out; nothing was written. `notice` says why, for the editor."""

    gaps: tuple[tuple[str, str], ...] = ()
    can_override = False

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        super().__init__(**params)

    @classmethod
    def because(cls, notice: Notice) -> Refused:
        return cls(notice.template, **notice.params)


def pages_for(user: Any, action: str = "change") -> PageQuerySet:
    """The pages on which a user may `change` or `publish`: what the queue shows, and what may be decided there."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, action)


def claimed(
    voices: QuerySet[AnyVoice], ids: Iterable[int], user: Any, *, seen: str | None, action: str
) -> tuple[list[AnyVoice], dict[int, Notice]]:
    """Those of `ids` that are still in the state `seen` (None: any) and the user's to decide; and why not the others.

    Call it inside a transaction: the rows are held until it ends, so that of two editors the second is told. Always
    the lower key first, so that no two of them wait for each other.
    """
    wanted = list(dict.fromkeys(ids))
    held = voices.filter(pk__in=wanted).order_by("pk").select_related("page").select_for_update(of=("self",))
    rows = {row.pk: row for row in held}
    mine = pages_for(user, action).filter(pk__in={row.page_id for row in rows.values()})
    allowed = set(mine.values_list("pk", flat=True))
    prefetch_related_objects([row for row in rows.values() if seen not in {None, row.state}], "decided_by")
    refused = {pk: reason for pk in wanted if (reason := _hindrance(rows.get(pk), allowed, seen))}
    return [row for pk, row in rows.items() if pk not in refused], refused


def _hindrance(row: Voice | None, allowed: set[int], seen: str | None) -> Notice | None:
    if row is None:
        return Notice(GONE)
    if row.page_id not in allowed:
        return Notice(NOT_ALLOWED, {"title": row.page.title})
    if seen in {None, row.state}:
        return None
    if row.decided_by is None:
        return Notice(DECIDED_BEFORE, {"state": row.get_state_display()})
    return Notice(DECIDED, {"name": name_of(row.decided_by), "state": row.get_state_display()})


def mark(rows: Sequence[Voice], user: Any, state: str, **fields: Any) -> None:
    """Write a decision into rows that are held, and into these instances."""
    decision = {"state": state, "decided_by": user, "decided_at": timezone.now(), **fields}
    for row in rows:
        for name, value in decision.items():
            setattr(row, name, value)
    if rows:
        type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).update(**decision)
        if isinstance(rows[0], Comment):
            voices_changed.send(Comment, pages={row.page_id for row in rows})


def noted(voice: Voice, action: str, user: Any, **data: Any) -> None:
    """Keep who did what. A reader's own words and name stay out of the log, so that they can be erased."""
    log(voice, action, user=user, title=voice.page.title, data={"page": voice.page_id, **data})


def tally(rows: Sequence[Voice], refused: dict[int, Notice]) -> Tally:
    return Tally(len(rows), tuple(dict.fromkeys(refused.values())))
