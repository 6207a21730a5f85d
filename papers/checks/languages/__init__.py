"""What checks know of languages, one file each."""

from __future__ import annotations

from collections.abc import Mapping

from papers.checks.languages.base import Language
from papers.checks.languages.en import EN
from papers.checks.languages.ja import JA
from papers.checks.languages.ko import KO

LANGUAGES: Mapping[str, Language] = {language.code: language for language in (EN, JA, KO)}


def language_of(tag: str) -> Language:
    """The language of a BCP 47 tag; one that nobody has described yet has no words of its own."""
    code = tag.lower().split("-")[0]
    return LANGUAGES.get(code) or Language(code)
