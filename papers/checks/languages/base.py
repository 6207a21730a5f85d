"""What checks know of a language. A new language is one file beside this one, and a line in `LANGUAGES`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Counting:
    """Number words, counters and bounds of a language."""


@dataclass(frozen=True)
class Prose:
    """Sentence ends, registers, and words of other languages that may stand in its texts."""


@dataclass(frozen=True)
class Language:
    """`code` is the primary subtag. `spaced` tells whether words are parted by spaces."""

    code: str
    spaced: bool = True
    counting: Counting = field(default_factory=Counting)
    prose: Prose = field(default_factory=Prose)
