"""The sample notes: Markdown files with a short head, read with the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NOTICE = "Sample note, written for this software's demo. It is not on arXiv."


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `id` has the form of an arXiv id, but the year and month 0000 were never given to a paper.

    `published` and `updated` are aware datetimes; `body` is the Markdown after the head.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    abstract: str
    body: str

    @property
    def pdf(self) -> Path:
        """Where the finished PDF lies."""
        return FOLDER / "pdfs" / f"{self.id}.pdf"


def parse_note(text: str) -> Note:
    """Read `---`, lines of `key: value`, `---`, and the body. Raises ValueError or KeyError on anything else."""
    _, head, body = text.split("---\n", 2)
    values = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Note(
        id=values["id"],
        title=values["title"],
        authors=tuple(values["authors"].split("; ")),
        published=datetime.fromisoformat(values["published"]),
        updated=datetime.fromisoformat(values["updated"]),
        categories=tuple(values["categories"].split()),
        abstract=values["abstract"],
        body=body.strip(),
    )


@cache
def load_notes() -> dict[str, Note]:
    """All sample notes by id, in the order of their ids."""
    files = sorted((FOLDER / "notes").glob("*.md"))
    notes = [parse_note(path.read_text(encoding="utf-8")) for path in files]
    return {note.id: note for note in notes}
