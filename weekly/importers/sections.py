"""A reading list's lines, parted into headings and the table rows below each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from weekly.importers.headings import DayRange, Heading, read_heading
from weekly.importers.markup import LINK
from weekly.importers.rows import rank_of

_RULE = re.compile(r"\|?[\s|:-]*")
_TABLE_HEAD = re.compile(r"\|[\s*]*papers?[\s*]*(\|[\s*]*links?[\s*]*)?\|?", re.I)


@dataclass(slots=True)
class Row:
    """A row, of one or more lines of the list; `opens` says that a table's head stands right above it."""

    lines: list[str]
    opens: bool

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    def goes_on_in(self, line: str) -> bool:
        """Whether a line without links is followed by more of its row: plain text, or a cell that begins with links."""
        if LINK.search(self.lines[-1]) or rank_of(line) is not None:
            return False
        return not line.startswith("|") or LINK.match(line.lstrip("| ")) is not None


@dataclass(slots=True)
class Section:
    """A heading, None above the first, and the rows down to the next heading of its depth."""

    heading: Heading | None
    rows: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def range(self) -> DayRange | None:
        return self.heading.range if self.heading else None

    @property
    def names_week(self) -> bool:
        return self.heading is not None and self.heading.names_week


def lines_of(text: str) -> list[str]:
    """The lines that an editor sees; str.splitlines would also part a row at U+2028."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_sections(text: str) -> list[Section]:
    """All sections in order, those without rows too."""
    sections = [Section(None)]
    opens = adjacent = False
    for line in map(str.strip, lines_of(text)):
        heading = read_heading(line)
        if heading is not None and _begins_section(heading, sections[-1].heading):
            sections.append(Section(heading))
            opens = adjacent = False
        elif _TABLE_HEAD.fullmatch(line):
            opens, adjacent = True, False
        elif heading is not None or _RULE.fullmatch(line):
            adjacent = False
        else:
            opens, adjacent = _add_line(sections[-1].rows, line, opens, adjacent)
    return sections


def _begins_section(heading: Heading, current: Heading | None) -> bool:
    return heading.names_week or current is None or heading.level <= current.level


def _add_line(rows: list[Row], line: str, opens: bool, adjacent: bool) -> tuple[bool, bool]:
    """Keep a line that is a row or goes on with one; the new values of `opens` and `adjacent`."""
    if adjacent and rows[-1].goes_on_in(line):
        rows[-1].lines.append(line)
    elif line.startswith("|") or (rank_of(line) is not None and LINK.search(line)):
        rows.append(Row([line], opens))
    else:
        return opens, False
    return False, True
