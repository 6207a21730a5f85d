"""Names that were written in the script of the text's language, though the page or its paper has them in Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from papers.checks.languages.base import Borrowing
from papers.checks.languages.sounds import consonants, spoken
from papers.checks.latin import latin_words

_ENOUGH = 4  # consonants; fewer are chance, unless the vowels agree as well
_LEAST = 3
_VOWELS_AGREE = 75  # rapidfuzz ratio
_NEARLY = 83  # … of the consonants of a name of two words or more, such as Thought Cloning and ソートクローン
_MOST_WORDS = 5
_LONGEST = 24  # characters of the other script
# A dot or a space, or anything before what only goes on with a syllable.
_IN_SYLLABLE = re.compile(r"[・ ]|.[ァィゥェォャュョヮーッ]")
_NAME_WORD = re.compile(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A piece of a text, and the name that it spells."""

    text: str
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Sounds:
    """Names by their consonants. `several` are those of two words or more, which need only sound nearly alike."""

    borrowing: Borrowing
    exact: Mapping[str, str]
    several: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, names: Iterable[str], borrowing: Borrowing) -> Sounds:
        pairs = [(sound, name) for name in names for sound in _sounds(name)]
        several = tuple((sound, name) for sound, name in pairs if " " in name and len(sound) > _ENOUGH)
        return cls(borrowing, dict(pairs), several)

    def named(self, written: str, said: str) -> str | None:
        """The name that sounds exactly like what is written."""
        name = self.exact.get(said)
        return name if name and (len(said) >= _ENOUGH or self._vowels_agree(name, said, written)) else None

    def nearly_named(self, said: str) -> str | None:
        alike = (name for sound, name in self.several if said[0] == sound[0] and fuzz.ratio(said, sound) >= _NEARLY)
        return next(alike, None) if said else None

    def _vowels_agree(self, name: str, said: str, written: str) -> bool:
        heard = "y" + spoken(name)[1:] if said[0] == "y" else spoken(name)
        return fuzz.ratio(heard, self.borrowing.letters(written)) >= _VOWELS_AGREE


def name_phrases(text: str) -> Iterator[str]:
    """Capitalised words with only a space between them, such as Granite Code; also the first ones of three or more."""
    phrase: list[str] = []
    last = -2
    for word in latin_words(text):
        if not _NAME_WORD.fullmatch(word.text) or word.start != last + 1 or text[last] != " ":
            yield from _heads(phrase)
            phrase = []
        if _NAME_WORD.fullmatch(word.text):
            phrase.append(word.text)
        last = word.end
    yield from _heads(phrase)


def renderings(text: str, sounds: Sounds) -> Iterator[Rendering]:
    """Where a text spells one of the names in its own script: once in a run of words."""
    for run in re.finditer(sounds.borrowing.run, text):
        for offset in _word_starts(run[0]):
            if found := _spelt(run[0][offset : offset + _LONGEST + 1], sounds):
                name, length = found
                start = run.start() + offset
                yield Rendering(text[start : start + length], start, start + length, name)
                break


def mixed(text: str, names: Iterable[str], borrowing: Borrowing) -> Iterator[Rendering]:
    """Where only the beginning of a name is in the other script, as in チャットGPT."""
    names = tuple(names)
    for word in latin_words(text):
        before = re.search(rf"{borrowing.run}$", text[max(0, word.start - _LONGEST) : word.start])
        if before and (name := _with_head(before[0].split()[-1], word.text, names, borrowing)):
            written = before[0].split()[-1] + word.text
            yield Rendering(written, word.end - len(written), word.end, name)


def _with_head(head: str, tail: str, names: Iterable[str], borrowing: Borrowing) -> str | None:
    """The name that ends with the tail and begins with what the head spells."""
    said = consonants(borrowing.letters(head))
    heads = ((name, name.removesuffix(tail)) for name in names if name.endswith(tail) and name != tail)
    return next((name for name, begins in heads if len(said) > 1 and consonants(spoken(begins)) == said), None)


def _heads(phrase: list[str]) -> Iterator[str]:
    for length in range(min(2, len(phrase)) or 1, min(len(phrase), _MOST_WORDS) + 1):
        yield " ".join(phrase[:length])


@lru_cache(maxsize=4096)
def _sounds(name: str) -> tuple[str, ...]:
    """A J may be spoken as a Y: Jacobi is ヤコビ as well as ジャコビ."""
    sound = consonants(spoken(name))
    if len(sound) < _LEAST:
        return ()
    return (sound, "y" + sound[1:]) if sound[0] == "j" and name[0] == "J" else (sound,)


def _word_starts(run: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"[・ ]", run))]


def _spelt(run: str, sounds: Sounds) -> tuple[str, int] | None:
    """The name with which the run begins, and how many characters it takes: the longest exact one, or the longest."""
    beginnings = _beginnings(run, sounds.borrowing)
    exact = [(name, end) for end, _, said in beginnings if (name := sounds.named(run[:end], said))]
    if exact or not sounds.several:
        return exact[-1] if exact else None
    near = [(name, end) for end, whole, said in beginnings if whole and (name := sounds.nearly_named(said))]
    return near[-1] if near else None


@lru_cache(maxsize=4096)
def _beginnings(run: str, borrowing: Borrowing) -> tuple[tuple[int, bool, str], ...]:
    """(end, whether a word ends there, consonants) of each beginning that ends with a syllable."""
    ends = [end for end in range(2, min(len(run), _LONGEST) + 1) if not _IN_SYLLABLE.match(run, end - 1)]
    return tuple(
        (end, end == len(run) or run[end] in "・ ", consonants(borrowing.letters(run[:end].replace(" ", ""))))
        for end in ends
    )
