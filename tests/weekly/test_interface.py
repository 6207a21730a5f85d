"""The words around the texts, in every language that the digest brings."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from django.utils.translation.template import templatize
from django.views.defaults import server_error

ROOT = Path(__file__).resolve().parents[2]
_MARKED = re.compile(r"""(?<!p)gettext\(u?('''|\"\"\"|'|\")(.*?)\1""", re.DOTALL)


def readers_strings() -> set[str]:
    """Every string for translation in the readers' templates."""
    folders = (ROOT / "templates", ROOT / "digestsite" / "templates")
    files = [path for folder in folders for path in folder.rglob("*.html") if "admin" not in path.parts]
    return {found[2] for path in files for found in _MARKED.finditer(templatize(path.read_text()))}


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_all_of_the_readers_pages_is_translated(language: str) -> None:
    catalogue = gettext.translation("django", ROOT / "weekly" / "locale", [language])
    missing = [
        text for text in readers_strings() if catalogue.gettext(text) == catalogue.ngettext(text, text, 1) == text
    ]
    assert missing == []


def test_there_are_strings_to_translate() -> None:
    assert {"Questions and answers", "%(number)s paper", "Page not found"} <= readers_strings()


def test_the_page_for_a_fault_needs_no_database_and_no_stylesheet(rf: RequestFactory) -> None:
    with override("ja"):
        response = server_error(rf.get("/"))
    text = response.content.decode()
    assert (response.status_code, "問題が起きました" in text) == (500, True)
    assert "<link" not in text
