"""Names that were written in the script of the text's language, though the page or its paper has them in Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def renderings(text: str, names: Iterable[str], borrowing: Borrowing) -> Iterator[Rendering]:
    """Where a text spells one of the names in its own script."""
    sounds = [(name, sound) for name in names for sound in _sounds(name)]
    for run in re.finditer(borrowing.run, text):
        for offset in _word_starts(run[0]):
            if found := _spelt(run[0][offset:], sounds, borrowing):
                name, length = found
                start = run.start() + offset
                yield Rendering(text[start : start + length], start, start + length, name)
                break


def mixed(text: str, names: Iterable[str], borrowing: Borrowing) -> Iterator[Rendering]:
    """Where only the beginning of a name is in the other script, as in チャットGPT."""
    names = tuple(names)
    for found in re.finditer(rf"({borrowing.run})([A-Za-z][A-Za-z0-9.-]*[A-Za-z0-9])(?![A-Za-z0-9])", text):
        for name in names:
            head = name.removesuffix(found[2])
            sound = consonants(spoken(head)) if head != name else ""
            if len(sound) > 1 and sound == consonants(borrowing.letters(found[1])):
                yield Rendering(found[0], *found.span(), name)
                break


def _heads(phrase: list[str]) -> Iterator[str]:
    for length in range(min(2, len(phrase)) or 1, len(phrase) + 1):
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


def _spelt(run: str, sounds: Iterable[tuple[str, str]], borrowing: Borrowing) -> tuple[str, int] | None:
    """The name with which the run begins, and how many characters it takes: the longest exact one, or the longest."""
    found = [
        (said == sound, end, name)
        for name, sound in sounds
        for end, whole, said in _beginnings(run, borrowing)
        if _sound_alike(name, sound, said, run[:end], whole, borrowing)
    ]
    best = max(found, default=None)
    return (best[2], best[1]) if best else None


@lru_cache(maxsize=4096)
def _beginnings(run: str, borrowing: Borrowing) -> tuple[tuple[int, bool, str], ...]:
    """(end, whether a word ends there, consonants) of each beginning that ends with a syllable."""
    ends = [end for end in range(2, min(len(run), _LONGEST) + 1) if not _IN_SYLLABLE.match(run, end - 1)]
    return tuple(
        (end, end == len(run) or run[end] in "・ ", consonants(borrowing.letters(run[:end].replace(" ", ""))))
        for end in ends
    )


def _sound_alike(name: str, sound: str, said: str, written: str, whole: bool, borrowing: Borrowing) -> bool:
    if said == sound:
        return len(sound) >= _ENOUGH or _vowels_agree(name, sound, written, borrowing)
    several = " " in name and whole and len(sound) > _ENOUGH
    return several and said[:1] == sound[0] and fuzz.ratio(said, sound) >= _NEARLY


def _vowels_agree(name: str, sound: str, written: str, borrowing: Borrowing) -> bool:
    said = spoken(name)
    if sound[0] == "y":
        said = "y" + said[1:]
    return fuzz.ratio(said, borrowing.letters(written)) >= _VOWELS_AGREE
