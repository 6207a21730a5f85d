"""What the files of a glossary share: entries, what is wrong with a row, and what makes a row wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papers.errors import DigestError, Notice, gettext_noop
from papers.glossary import Term

MAX_TERM = 200
MAX_TEXT = 5000

NO_SOURCE = gettext_noop("The term is empty.")
TOO_LONG = gettext_noop("“%(column)s” is longer than %(limit)d characters.")
UNKNOWN_KIND = gettext_noop("“%(kind)s” is no kind; it is translate or keep.")
NOT_YES_NO = gettext_noop("“%(value)s” is neither yes nor no.")
BAD_TAG = gettext_noop("“%(language)s” is not a language tag (BCP 47), such as ja or zh-Hant.")
KEPT_WITH_TARGET = gettext_noop("A term that is kept as it is has no rendering.")
NO_TARGET = gettext_noop("The rendering is empty.")
RIGHT_IS_WRONG = gettext_noop("The right rendering “%(target)s” is among the forbidden ones.")
CONTROL = gettext_noop("“%(column)s” holds a character that is no text.")
REPEATED = gettext_noop("“%(source)s” stands in line %(line)d already.")
MISENCODED = gettext_noop("This row is not UTF-8. Save the file as “CSV UTF-8”.")

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.I)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
# What XML 1.0 cannot hold.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class UnreadableTermbase(DigestError):
    """The file as a whole is of no use."""

    template = gettext_noop("The file cannot be read as a glossary: %(reason)s")


@dataclass(frozen=True)
class Entry:
    """A term in one of the readers' languages (BCP 47, lower case)."""

    term: Term
    language: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row of the file. `line` counts from 1."""

    line: int
    notice: Notice


@dataclass
class Reading:
    """What a file holds: good entries in its order, and its broken rows."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, line: int, row: Mapping[str, str], forbidden: Iterable[str]) -> None:
        """Take a row in, or note why not. `row` has the names of Term's fields, `kind` and `language`."""
        forbidden = tuple(dict.fromkeys(text for one in forbidden if (text := one.strip())))
        problem = next(problems(row, forbidden), None)
        key = (row.get("source", ""), row.get("language", "").lower())
        if problem is None and key in self.lines:
            problem = Notice(REPEATED, {"source": key[0], "line": self.lines[key]})
        if problem is not None:
            self.tell(line, problem)
            return
        self.lines[key] = line
        case = _YES[row.get("case_sensitive", "").lower()]
        target = "" if _is_kept(row) else row["target"]
        self.entries.append(Entry(Term(key[0], target, forbidden, case, row.get("note", "")), key[1]))

    def tell(self, line: int, problem: Notice) -> None:
        self.problems.append(Problem(line, problem))


def problems(row: Mapping[str, str], forbidden: tuple[str, ...]) -> Iterable[Notice]:
    """All that keeps a row from being an entry."""
    yield from _unreadable(row, forbidden)
    source, target, kind = row.get("source", ""), row.get("target", ""), row.get("kind", "").lower()
    if not source:
        yield Notice(NO_SOURCE)
    if kind not in {"", "translate", "keep"}:
        yield Notice(UNKNOWN_KIND, {"kind": kind[:40]})
    if row.get("case_sensitive", "").lower() not in _YES:
        yield Notice(NOT_YES_NO, {"value": row["case_sensitive"][:40]})
    if not _LANGUAGE.fullmatch(row.get("language", "")):
        yield Notice(BAD_TAG, {"language": row.get("language", "")[:40]})
    if kind == "keep" and target not in {"", source}:
        yield Notice(KEPT_WITH_TARGET)
    if kind == "translate" and not target:
        yield Notice(NO_TARGET)
    right = source if _is_kept(row) else target
    if right in forbidden:
        yield Notice(RIGHT_IS_WRONG, {"target": right})


def _is_kept(row: Mapping[str, str]) -> bool:
    """Where no kind is given, a term without a rendering is kept."""
    return row.get("kind", "").lower() == "keep" or not row.get("target", "")


def _unreadable(row: Mapping[str, str], forbidden: tuple[str, ...]) -> Iterable[Notice]:
    for column, text in [*row.items(), ("forbidden", "\n".join(forbidden))]:
        limit = MAX_TERM if column in {"source", "target"} else MAX_TEXT
        if _SURROGATE.search(text):
            yield Notice(MISENCODED)
        if NO_TEXT.search(text):
            yield Notice(CONTROL, {"column": column})
        if len(text) > limit:
            yield Notice(TOO_LONG, {"column": column, "limit": limit})
