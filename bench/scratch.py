"""A scratch database that can be kept, so that the filled archive is measured again without filling it anew."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.archive import Size

NOTE = "filled.json"


@dataclass(frozen=True)
class Scratch:
    """`database` is the name on the PostgreSQL server, empty for a file of SQLite in the folder; `size` is None until
    it is filled."""

    folder: Path
    database: str
    size: Size | None = None

    def note(self, size: Size) -> None:
        (self.folder / NOTE).write_text(json.dumps({"database": self.database, "size": asdict(size)}))


def _server() -> str:
    """The address of a PostgreSQL server, empty where the environment names none."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith(("postgres", "psql", "pgsql")) else ""


def _open(folder: Path) -> Scratch:
    """Raises SystemExit for a folder that was filled on the other kind of database."""
    note = folder / NOTE
    if not note.exists():
        for left in folder.glob("digest.sqlite3*"):  # of a run that was interrupted while it filled
            left.unlink()
        return Scratch(folder, f"bench_{uuid.uuid4().hex[:8]}" if _server() else "")
    known = json.loads(note.read_text())
    if bool(known["database"]) != bool(_server()):
        where = "PostgreSQL: name its server in DATABASE_URL" if known["database"] else "SQLite: unset DATABASE_URL"
        raise SystemExit(f"{folder} was filled on {where}.")
    return Scratch(folder, known["database"], Size(**known["size"]))


@contextmanager
def scratch(folder: Path, *, keep: bool) -> Iterator[Scratch]:
    """The folder's database, made where it is missing; DATABASE_URL and VAR_DIR name it within the block."""
    folder.mkdir(parents=True, exist_ok=True)
    found = _open(folder)
    before = dict(os.environ)
    os.environ["VAR_DIR"] = str(folder.resolve())
    if found.database:
        if found.size is None:
            _ask(f'CREATE DATABASE "{found.database}"')
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(_server())._replace(path=f"/{found.database}"))
    else:
        os.environ.pop("DATABASE_URL", None)
    try:
        yield found
    finally:
        os.environ.update(before)
        if found.database and not (keep and (folder / NOTE).exists()):
            _ask(f'DROP DATABASE "{found.database}" WITH (FORCE)')


def _ask(sql: str) -> None:
    import psycopg

    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(sql)


def fitting(found: Scratch, wanted: Size, *, given: bool) -> Size:
    """The size to measure. Raises SystemExit where the folder holds another one than was asked for."""
    if found.size is None:
        return wanted
    if given and found.size != wanted:
        raise SystemExit(f"{found.folder} holds {found.size}; take another folder for {wanted}.")
    return found.size
