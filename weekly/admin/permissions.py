"""Who may import, draft and publish: what Wagtail's page permissions say, asked at the right pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.coreutils import get_content_languages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from weekly.models import WeekIndexPage


def may_import(user: Any, language: str) -> bool:
    """Whether a user may add weeks in a language; where it has no archive yet, whether they may found one."""
    index = WeekIndexPage.objects.filter(locale__language_code=language).first()
    parent = index or Page.get_first_root_node()
    return parent.permissions_for_user(user).can_add_subpage()


def import_languages(user: Any) -> list[tuple[str, str]]:
    """The languages that a user may import weeks in, as choices."""
    return [(code, name) for code, name in get_content_languages().items() if may_import(user, code)]


def may_work_on_a_week(user: Any) -> bool:
    """Whether there is anything for a user at the desks."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"})


def may_publish(user: Any, pages: Iterable[Page]) -> bool:
    """Whether a user may publish all of these pages."""
    return all(page.permissions_for_user(user).can_publish() for page in pages)
