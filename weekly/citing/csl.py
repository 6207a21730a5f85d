"""CSL JSON, https://docs.citationstyles.org: what Zotero, pandoc and citeproc read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from weekly.citing.names import Name
from weekly.citing.record import Record


def csl_json(records: Sequence[Record]) -> str:
    return json.dumps([_item(record) for record in records], ensure_ascii=False, indent=1) + "\n"


def _item(record: Record) -> dict[str, Any]:
    day = record.published
    fields = {
        "id": record.key,
        "type": "article" if record.arxiv_id else "webpage",
        "title": record.title,
        "author": [_name(name) for name in record.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "publisher": "arXiv" if record.arxiv_id else "",
        "number": f"arXiv:{record.arxiv_id}" if record.arxiv_id else "",
        "DOI": record.doi,
        "URL": record.url,
        "abstract": record.abstract,
        "keyword": ", ".join(record.tags),
        "language": record.language,
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}
