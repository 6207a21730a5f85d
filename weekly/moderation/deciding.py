"""What all decisions share: who may take them, what became of them, and why one was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from papers.errors import DigestError, Notice, gettext_noop
from weekly.models import Correction

GONE = gettext_noop("This is no longer there: its page was deleted, or a reader had it erased.")
DECIDED = gettext_noop("%(name)s decided this already: %(state)s.")
NOT_ALLOWED = gettext_noop("You may not decide this on “%(title)s”.")


@dataclass(frozen=True)
class Tally:
    """What became of several decisions at once: how many were `done`, and why each of the others was not."""

    done: int
    refused: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a report that was to be taken.

    Where it was not `done`, nothing was written at all and `reason` says why; `gaps` are what keeps the page from
    being published as (field or block path, message), and `can_override` whether an editor's reason would help.
    `notes` are told in any case: a draft whose passage differs, a second report that somebody decided meanwhile.
    """

    done: bool
    reason: Notice | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    can_override: bool = False
    correction: Correction | None = None
    notes: tuple[Notice, ...] = field(default=())


class Refused(DigestError):
    """A decision cannot be carried out; nothing was written. `notice` says why, for the editor."""

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        super().__init__(**params)


def pages_for(user: Any, action: str = "change") -> PageQuerySet:
    """The pages on which a user may `change` or `publish`: what the queue shows, and what may be decided there."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, action)
