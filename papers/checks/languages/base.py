"""What checks know of a language. A new language is one file beside this one, and a line in `LANGUAGES`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Counting:
    """Number words, counters and bounds of a language."""


@dataclass(frozen=True)
class Prose:
    """Sentence ends, registers, and words of other languages that may stand in its texts."""

    # Characters that end a sentence; empty where the language has none, so that nothing can be missed.
    stops: str = ""
    # Regular expressions. How a clause ends that could be a whole sentence if it had its stop:
    whole_clause: str = ""
    # … which words can only stand at a sentence's end, so that whatever follows begins another one:
    last_words: str = ""
    # … how a sentence ends that asks:
    asking: str = r"[?？]"
    # … words that ask for a number:
    how_many: str = ""
    # … and words that answer them without a digit:
    a_number: str = ""


@dataclass(frozen=True)
class Language:
    """`code` is the primary subtag. `spaced` tells whether words are parted by spaces."""

    code: str
    spaced: bool = True
    counting: Counting = field(default_factory=Counting)
    prose: Prose = field(default_factory=Prose)
