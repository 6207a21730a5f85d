"""What the tests of the editor's side share: who is at the desk, and lists to import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from tests.editing import in_english
from tests.factories import make_home

ROW = "| {rank}) **{title}** - What it says. | [Paper](https://arxiv.org/abs/2405.{rank:05d}), [Tweet](https://x.com/{rank}) |"


def table(*titles: str, heading: str = "(May 6 - May 12) - 2024") -> str:
    """A week of a reading list with these papers."""
    rows = [ROW.format(rank=rank, title=title) for rank, title in enumerate(titles, start=1)]
    head = [f"## Top ML Papers of the Week {heading}", "| **Paper** | **Links** |", "| ---- | ---- |"]
    return "\n".join([*head, *rows, ""])


def make_writer(*permissions: str) -> Any:
    """Carol, who has only these permissions on the digest's pages."""
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        permission = Permission.objects.get(codename=codename, content_type__model="page")
        GroupPagePermission.objects.create(group=group, page=make_home(), permission=permission)
    carol = get_user_model().objects.create_user("carol", "carol@example.org", "secret-of-carol")
    carol.groups.add(group)
    return in_english(carol)


@pytest.fixture
def writer(db: None) -> Callable[..., Client]:
    """The browser of an editor with the permissions given, such as add_page and change_page."""

    def log_in(*permissions: str) -> Client:
        client = Client()
        client.force_login(make_writer(*permissions))
        return client

    return log_in
