"""The page editor as a browser without scripts would use it: open, fill in, send."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from tests.factories import make_editor, make_home

NO_COMMENTS = nested_form_data({"comments": inline_formset([])})


def in_english(user: Any) -> Any:
    """An editor who has the admin in English, whatever the site's language is."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


def log_in(client: Client) -> Client:
    """The browser of Alice, who may do everything, on a site that has its home."""
    make_home()
    client.force_login(in_english(make_editor()))
    return client


def address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def open_editor(client: Client, page: Page) -> dict[str, str]:
    """The fields of a page's form as they stand; those of the Q&As are made by scripts, so their saved values."""
    form = BeautifulSoup(client.get(address(page)).content, "html.parser").find(id="page-edit-form")
    draft = page.specific.get_latest_revision_as_object()
    return {**_fields(form), **_blocks(draft), **NO_COMMENTS}


def save(client: Client, page: Page, fields: dict[str, Any], action: str = "") -> Any:
    """Send the form; `action` publish or submit instead of saving a draft."""
    return client.post(address(page), {**fields, **({f"action-{action}": "1"} if action else {})})


def _fields(form: Any) -> dict[str, str]:
    found = {}
    for field in form.find_all(["input", "textarea", "select"]):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if name := field.get("name"):
            found[name] = field.get_text().removeprefix("\n") if field.name == "textarea" else _value(field)
    return found


def _value(field: Any) -> str:
    return field.get("value") or ("on" if field.get("type") == "checkbox" else "")


def _blocks(draft: Any) -> dict[str, Any]:
    if not hasattr(draft, "qa"):
        return {}
    values = [block.block.get_prep_value(block.value) for block in draft.qa]
    items = [("qa", {**_sent(value), "citations": _citations(value["citations"])}) for value in values]
    fields = nested_form_data({"qa": streamfield(items)})
    return {**fields, **{f"qa-{n}-id": block.id for n, block in enumerate(draft.qa)}}


def _sent(value: dict[str, Any]) -> dict[str, Any]:
    """A block's value as a form sends it: what is empty as an empty text."""
    return {name: _sent(one) if isinstance(one, dict) else "" if one is None else one for name, one in value.items()}


def _citations(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The citations as the list block's fields."""
    kept: dict[str, Any] = {"count": str(len(rows))}
    for number, row in enumerate(rows):
        kept |= {f"{number}-value-{name}": text for name, text in row["value"].items() if text not in (None, False)}
        kept |= {f"{number}-order": str(number), f"{number}-deleted": "", f"{number}-id": row["id"]}
    return kept
