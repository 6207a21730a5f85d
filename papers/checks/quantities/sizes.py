"""Sizes that are said instead of a figure: small-scale, 大規模."""

from __future__ import annotations

import re

from papers.checks.languages import language_of


def sizes(text: str, language: str) -> dict[str, tuple[int, int]]:
    """Each size that a text names, by a name that all languages share, with its first place."""
    words = language_of(language).counting.sizes
    found = {size: re.search(word, text) for size, word in words.items()}
    return {size: match.span() for size, match in found.items() if match}
