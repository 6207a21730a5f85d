"""The guard before publishing, whichever way it is asked for: editor, API, schedule or bulk action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Revision


class NotReady(ValidationError):
    """A page lacks what readers need. `gaps` are (field or block path, message)."""

    def __init__(self, title: str, gaps: list[tuple[str, str]]) -> None:
        self.gaps = gaps
        listed = " ".join(str(message) for _path, message in gaps)
        super().__init__(_("“%(title)s” cannot be published yet: %(gaps)s") % {"title": title, "gaps": listed})


class PublishGuard:
    """A page mixin. Wagtail publishes incomplete drafts from code, API and schedules; this does not.

    The page says what it lacks in `missing()`.
    """

    def missing(self) -> list[tuple[str, str]]:
        """What publishing still needs, as (field or block path, message)."""
        raise NotImplementedError

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish the revision. Raises NotReady and leaves everything as it was where something is missing."""
        page = revision.as_object()
        if gaps := page.missing():
            raise NotReady(page.title, gaps)
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
