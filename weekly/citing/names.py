"""Names of authors in the parts that reference files want."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What only the names of groups hold: they are taken as a whole.
_GROUP = re.compile(
    r"\b(?:and|AI|Alliance|Collaboration|Community|Consortium|Corporation|Group|Inc|Initiative|Institute|Labs?|LLC|Ltd|"
    r"Organi[sz]ation|Project|Research|Team|University)\b|[,&():;]|\bet al\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's parts, or in `family` alone the whole name of a group or of somebody with one name."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.given


def parse_name(text: str) -> Name:
    """A name as arXiv writes it, given names first. Where script or words say otherwise it is kept as it is."""
    words = text.split()
    if len(words) < 2 or _GROUP.search(text):
        return Name(" ".join(words))
    if _CJK.search(text):
        return Name(words[0], " ".join(words[1:])) if len(words) == 2 else Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    begin = next((place for place, word in enumerate(words) if place and word[0].islower()), len(words) - 1)
    return Name(" ".join(words[begin:]), " ".join(words[:begin]), suffix)


def is_group(text: str) -> bool:
    """Whether a name stands for a group, as far as its words tell. One Latin word does, as OpenAI; Japanese and Korean
    write people without a space as well."""
    return parse_name(text).is_whole and bool(_GROUP.search(text) or not _CJK.search(text))
