"""Words in Latin letters inside a text: what names, terms and left-over words are told by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from papers.drafting.names import keep_words

# What holds Latin letters and yet no words: addresses, code, formulas.
_NO_WORDS = re.compile(
    r"https?://[!-_a-~]+|www\.[!-_a-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|`[^`\n]*`|\\\(.{0,300}?\\\)|\\\[.{0,300}?\\\]"
    r"|(?<![\w$])\$[^$\n]{1,200}\$|\\[A-Za-z]+|<[^<>\n]{1,80}>|(?<![\w.-])[\w.-]{1,40}=[\"'”“]?[\w./-]+",
    re.ASCII,
)
_WORD = re.compile(r"[A-Za-z0-9_À-ɏ]+(?:[.+/-][A-Za-z0-9_À-ɏ]+)*\+*")
_JOINT = re.compile(r"[./-]")
_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@lru_cache(maxsize=512)
def without_code(text: str) -> str:
    """The text with addresses, code and formulas blanked out, so that all places stay what they were."""
    return _NO_WORDS.sub(lambda found: " " * len(found[0]), text)


@lru_cache(maxsize=512)
def latin_words(text: str) -> tuple[Word, ...]:
    """The words in order, compounds such as SQL-PaLM whole; numbers are none."""
    found = _WORD.finditer(without_code(text))
    return tuple(Word(match[0], *match.span()) for match in found if _LETTER.search(match[0]))


@lru_cache(maxsize=1024)
def spellings(text: str) -> Counter[str]:
    """How often each word occurs, spelt as it is; the parts of a compound count as well."""
    counts = Counter(_WORD.findall(without_code(text)))
    for word, count in [entry for entry in counts.items() if _JOINT.search(entry[0])]:
        for part in set(_JOINT.split(word)) - {""}:
            counts[part] += count
    return Counter({word: count for word, count in counts.items() if _LETTER.search(word)})


def names(words: Iterable[str]) -> frozenset[str]:
    """Which words are acronyms or names by their shape, such as LoRA, GPT-4 or xLSTM, and not also written small."""
    return frozenset(keep_words(" ".join(words), _MOST_NAMES))


def all_spellings(texts: Iterable[str]) -> Counter[str]:
    total: Counter[str] = Counter()
    for text in texts:
        total.update(spellings(text))
    return total
