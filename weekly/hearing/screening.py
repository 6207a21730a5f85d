"""What a text may hold at all. Everything else is refused in words, and nothing is changed behind a writer's back
but line ends, spaces at the ends and the Unicode form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.", re.I)
_LINE_ENDS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# Signs that turn the order of what follows around, so that a text reads otherwise than it is stored (UTS 39, 55).
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Controls, halves of surrogate pairs, line ends that only some programs know. Tags show nothing, and what Unicode keeps
# free of signs for ever breaks XML.
_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_TAGS = ("\U000e0000", "\U000e007f")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters to Unicode, and nothing to an eye

ONE_LINE = _("This has to be one line.")
CONTROL = _("This holds a character that cannot be shown (%(sign)s). Please remove it.")
DIRECTION = _("This holds a sign that turns the direction of writing around (%(sign)s). Please remove it.")
NOTHING = _("There is nothing to read in this.")
LINKS = ngettext_lazy("At most %(most)d link, please.", "At most %(most)d links, please.", "most")


def tidy(text: str) -> str:
    """The text as it is kept: NFC, one kind of line end, no blanks at its ends, no more than one empty line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+\n", "\n\n", text).strip()


def screen(text: str, *, one_line: bool = False) -> None:
    """Raises ValidationError, with a code, for a text that cannot be kept."""
    if one_line and _LINE_ENDS.search(text):
        raise ValidationError(ONE_LINE, code="line_break")
    for sign in text:
        if sign in _BIDI:
            raise ValidationError(DIRECTION, code="direction", params={"sign": _named(sign)})
        if _is_control(sign):
            raise ValidationError(CONTROL, code="control", params={"sign": _named(sign)})
    if text and _shows_nothing(text):
        raise ValidationError(NOTHING, code="required")


def cleared(text: str) -> str:
    """A text that nobody typed, without what `screen` refuses: its reader could not remove what came with it."""
    kept = "".join(sign for sign in _LINE_ENDS.sub("\n", text.replace("\r\n", "\n")) if not is_hidden(sign))
    return "" if _shows_nothing(kept) else kept


def is_hidden(sign: str) -> bool:
    """Whether `screen` refuses this sign wherever it stands."""
    return sign in _BIDI or _is_control(sign)


def count_links(texts: Iterable[str]) -> int:
    return sum(len(_LINK.findall(text)) for text in texts)


def check_links(texts: Iterable[str], most: int = MOST_LINKS) -> None:
    """Raises ValidationError where texts hold more links together than `most`."""
    if count_links(texts) > most:
        raise ValidationError(LINKS, code="links", params={"most": most})


def folded(*texts: str) -> str:
    """Texts that differ in width, capitals, blanks or punctuation alone are the same text."""
    kept = "\x1f".join(unicodedata.normalize("NFKC", text).casefold() for text in texts)
    bare = "".join(sign for sign in kept if sign == "\x1f" or unicodedata.category(sign)[0] in "LNSM")
    return bare or kept


def _is_control(sign: str) -> bool:
    if unicodedata.category(sign) in _FORBIDDEN and sign not in "\r\n\t":
        return True
    return _TAGS[0] <= sign <= _TAGS[1] or "\ufdd0" <= sign <= "\ufdef" or ord(sign) & 0xFFFE == 0xFFFE


def _shows_nothing(text: str) -> bool:
    return all(sign in _FILLERS or unicodedata.category(sign)[0] in "ZCM" for sign in text)


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X}"
