"""Two texts side by side, with what differs marked, for editors who decide between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Words of languages with spaces stay whole, Korean among them; of all others each character stands alone.
_WORDS = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+|\s+|.", re.S)
_SENTENCES = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+\s*|$)")
# Characters of both texts together. Above it the time, which grows with their product, passes half a second.
_LONGEST_BY_WORD = 8_000


@dataclass(frozen=True)
class Comparison:
    """What stands and what is offered for one place. `label` names the place."""

    label: str
    present: str
    offered: str

    @property
    def present_html(self) -> SafeString:
        return _marked(self._pieces(lambda piece: piece[0]), "<del>{}</del>")

    @property
    def offered_html(self) -> SafeString:
        return _marked(self._pieces(lambda piece: piece[1]), "<ins>{}</ins>")

    @property
    def merged(self) -> list[tuple[str, str]]:
        """Both texts as one: pieces with `del` for what only stands, `ins` for what is only offered, else empty."""
        pieces: list[tuple[str, str]] = []
        for present, offered in _aligned(self.present, self.offered):
            same = [("", present)] if present == offered else [("del", present), ("ins", offered)]
            pieces += [(mark, text) for mark, text in same if text]
        return pieces

    def _pieces(self, side: Callable[[tuple[str, str]], str]) -> Iterator[tuple[str, bool]]:
        """The texts of one side in order, each with whether the other side has it as well."""
        for present, offered in _aligned(self.present, self.offered):
            if text := side((present, offered)):
                yield text, present == offered


@lru_cache(maxsize=128)  # both sides are asked for one after the other, and of a public note by every reader
def _aligned(present: str, offered: str) -> tuple[tuple[str, str], ...]:
    parts = _WORDS if len(present) + len(offered) <= _LONGEST_BY_WORD else _SENTENCES
    old, new = parts.findall(present), parts.findall(offered)
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(("".join(old[a:b]), "".join(new[c:d])) for _tag, a, b, c, d in changes)


def _marked(pieces: Iterator[tuple[str, bool]], mark: str) -> SafeString:
    marked = (text if same else format_html(mark, text) for text, same in pieces)
    return format_html_join("", "{}", ((piece,) for piece in marked))
