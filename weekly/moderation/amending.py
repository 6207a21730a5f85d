"""What readers are told beside a correction, changed afterwards; what stood and what stands are not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from weekly.models import Correction
from weekly.models.voices import voices_changed
from weekly.moderation.deciding import GONE, NOT_ALLOWED, Refused, pages_for

CHANGED = "weekly.correction.changed"


@transaction.atomic
def amend(correction: Correction, user: Any, *, reason: str, thanks: str, is_typo: bool) -> list[str]:
    """Write these words; with `is_typo` no reader sees the correction any more. The names of the fields that changed.

    Raises Refused where the correction is gone, or the user may not publish its page.
    """
    held = Correction.objects.filter(pk=correction.pk).select_related("page").select_for_update(of=("self",)).first()
    if held is None:
        raise Refused(GONE)
    if not pages_for(user, "publish").filter(pk=held.page_id).exists():
        raise Refused(NOT_ALLOWED, title=held.page.title)
    wanted = {"reason": reason.strip(), "thanks": thanks.strip(), "is_typo": is_typo}
    changed = {name: value for name, value in wanted.items() if getattr(held, name) != value}
    if changed:
        Correction.objects.filter(pk=held.pk).update(**changed)
        voices_changed.send(Correction, pages={held.page_id}, languages={held.language})
        _noted(held, user, changed)
    return list(changed)


def _noted(correction: Correction, user: Any, changed: dict[str, Any]) -> None:
    """Which fields changed, and whether readers see it. Their words and a reader's name stay out of the log."""
    data = {"page": correction.page_id, "fields": list(changed), "is_typo": changed.get("is_typo", correction.is_typo)}
    log(correction, CHANGED, user=user, title=correction.page.title, data=data)
