"""What these tests do and look at."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Comment as EditorNote
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from papers.applying import bot
from papers.models import PaperPage
from weekly.models import Report
from weekly.moderation.deciding import Outcome
from weekly.moderation.reports import take

WRONG, RIGHT = "一行の要約です。", "正しい要約です。"


def take_it(report: Report, user: Any, **fields: Any) -> Outcome:
    """Take a report as the desk does, with nothing in the way unless told otherwise."""
    return take(report, user, **{"text": RIGHT, "reason": "A slip.", "thanks": "", "is_typo": False, **fields})


def live(page: Page) -> Any:
    """The page as readers see it."""
    return type(page).objects.get(pk=page.pk)


def draft_of(page: Page) -> Any:
    return live(page).get_latest_revision_as_object()


def with_draft(page: PaperPage, **fields: Any) -> PaperPage:
    """The page with a newer draft that nobody has published."""
    draft = draft_of(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return live(page)


def again(row: Any) -> Any:
    row.refresh_from_db()
    return row


def actions_on(row: Any) -> list[tuple[str, Any]]:
    """What the history says was done with a report or comment, and by whom."""
    return [(entry.action, entry.user) for entry in ModelLogEntry.objects.for_instance(row)]


def make_note(page: Page, text: str = "Reported.") -> EditorNote:
    return EditorNote.objects.create(page=page, user=bot(), text=text, contentpath="summary")


def open_in_editor(page: Page, user: Any) -> None:
    kind = ContentType.objects.get_for_model(Page)
    EditingSession.objects.create(user=user, content_type=kind, object_id=page.pk, last_seen_at=timezone.now())


def make_helper(name: str, *permissions: str) -> Any:
    """A user who may do just this on all pages."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    group = Group.objects.create(name=name)
    user.groups.add(group)
    for permission in Permission.objects.filter(codename__in=[f"{one}_page" for one in permissions]):
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    return user
