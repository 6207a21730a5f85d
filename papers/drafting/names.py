"""Names and acronyms: which words of a text keep their spelling, and how a lower-cased feed gets them back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_WORD = re.compile(r"(?<![\w-])\d?[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*\+*(?![\w-])", re.ASCII)
_TITLE_COMPOUND = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)+")
_LONGEST = 40


def keep_words(text: str, limit: int, at_least: int = 1) -> list[str]:
    """Acronyms and names such as LoRA, GPT-4 or xLSTM that occur `at_least` so often, the most frequent first.

    A word that the text also has in lower case is a heading in capitals, no acronym.
    """
    plain = set(re.findall(r"(?<![\w-])[a-z]+", text))
    counts = Counter(word for word in _names(text) if word.lower() not in plain)
    return [word for word, count in counts.most_common() if count >= at_least and not _is_plural(word, counts)][:limit]


def restore_names(text: str, title: str) -> str:
    """Give names of a title their spelling back where the text has them in lower case throughout.

    A title of several words all in capitals tells nothing about names.
    """
    if title.isupper() and len(title.split()) > 2:
        return text
    for name in set(_names(title)):
        if not _occurs(name, text):
            text = re.sub(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", name, text)
    return text


def _names(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(text) if _is_name(word) and len(word) <= _LONGEST)


def _is_name(word: str) -> bool:
    """Two capitals, a capital inside, or a letter with a digit; but not ordinary words of a title, such as Low-Rank."""
    if _TITLE_COMPOUND.fullmatch(word):
        return False
    if sum(map(str.isupper, word)) >= 2:
        return True
    return any(map(str.isupper, word[1:])) or (word[0].isupper() and any(map(str.isdigit, word)))


def _is_plural(word: str, counts: Counter[str]) -> bool:
    return word.endswith("s") and word[:-1] in counts


def _occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
