"""The guard before publishing, whichever way it is asked for: editor, API, schedule or bulk action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Revision

from papers.models.reviewed import Reviewed


class NotReady(ValidationError):
    """A page lacks what readers need, or waits for an editor. `gaps` are (field or block path, message)."""

    def __init__(self, title: str, gaps: list[tuple[str, str]]) -> None:
        self.gaps = gaps
        listed = " ".join(str(message) for _path, message in gaps)
        super().__init__(_("“%(title)s” cannot be published yet: %(gaps)s") % {"title": title, "gaps": listed})


class PublishGuard(Reviewed):
    """A page mixin. Wagtail publishes incomplete drafts from code, API and schedules; this does not.

    The page says what it lacks in `missing()`: no override helps there. Errors and unapproved texts are `blockers()`.
    """

    def missing(self) -> list[tuple[str, str]]:
        """What publishing still needs, as (field or block path, message)."""
        raise NotImplementedError

    def gaps(self, errors: Iterable[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
        """All that keeps this page from being published; `errors` as in `blockers`."""
        return self.missing() + ([] if self.override_reason else self.blockers(errors))

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish the revision. Raises NotReady and leaves everything as it was where something is in the way."""
        page = revision.as_object()
        if gaps := page.gaps():
            raise NotReady(page.title, gaps)
        return super().publish(revision, *args, **kwargs)
