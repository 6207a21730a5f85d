"""What checks know of a language. A new language is one file beside this one, and a line in `LANGUAGES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from papers.checks.languages.counting import Counting

_KEPT_IN_LATIN = """
    ai api app apps arxiv bash bit bits byte bytes cpu css csv email github gpu html http https javascript json latex
    linux llm llms markdown ml nlp numpy pdf pip python pytorch rag sql tpu transformer transformers url urls vs web
    wiki yaml argmax argmin cos exp log max min sigmoid sin softmax tanh et al etc eg ie
"""
# Words in Latin letters, in small ones here, that texts of this field in any script use as they are.
KEPT_IN_LATIN = frozenset(_KEPT_IN_LATIN.split())


@dataclass(frozen=True)
class Borrowing:
    """How a language spells foreign names in letters of its own.

    `run` matches what may be such a spelling. `letters` romanises it, roughly, for `languages.sounds` to compare.
    `folded` is equal for two spellings that differ only in habit, as エヴィクション and エビクション do.
    """

    run: str
    letters: Callable[[str], str]
    folded: Callable[[str], str]


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
    # … words of a question that yes or no does not answer:
    open_question: str = ""
    # … a question for a kind of thing, with the thing as its group, and words that only call it great:
    what_kind: str = ""
    vague: str = ""
    # … a whole sentence that only tells where something stands:
    only_place: str = ""

    # A character class of the language's own letters; empty where they are Latin, or where nobody has said:
    script: str = ""
    # Regular expressions. How a sentence ends, without its stop, in one of two registers that do not mix:
    polite: str = ""
    plain: str = ""
    # … an address to somebody:
    second_person: str = ""
    # … slips of the pen, each with what would mend it:
    slips: tuple[tuple[str, str], ...] = ()
    # The full stop that takes the place of an ASCII one; empty where that is right.
    full_stop: str = ""
    # … what follows a foreign word that is introduced as a name:
    naming: str = ""
    # Words that have a capital only because they open a sentence; ordinary words that titles leave small:
    openers: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    # … words in Latin letters, small here, that belong to the vocabulary:
    latin: frozenset[str] = frozenset()
    borrowing: Borrowing | None = None
    # The least length of a full translation from English, as a share of its characters.
    shortest: float = 0.5


@dataclass(frozen=True)
class Language:
    """`code` is the primary subtag. `spaced` tells whether words are parted by spaces."""

    code: str
    spaced: bool = True
    counting: Counting = field(default_factory=Counting)
    prose: Prose = field(default_factory=Prose)
