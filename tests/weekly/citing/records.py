"""References for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from weekly.citing.names import parse_name
from weekly.citing.record import Record


def record(*authors: str, **fields: Any) -> Record:
    known = {"key": "2405.00001", "title": "On Things", "published": date(2024, 5, 7), "arxiv_id": "2405.00001"}
    return Record(**{**known, "authors": tuple(parse_name(name) for name in authors), **fields})
