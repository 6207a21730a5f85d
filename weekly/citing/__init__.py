"""Papers as the reference files that readers' programs take: BibTeX, RIS and CSL JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from weekly.citing.bibtex import bibtex
from weekly.citing.csl import csl_json
from weekly.citing.record import Record
from weekly.citing.ris import ris


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the end of its address, its name for readers, its media type, and how it is written."""

    ending: str
    name: str
    media_type: str
    write: Callable[[Sequence[Record]], str]


FORMATS = {
    form.ending: form
    for form in (
        Format("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
        Format("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
        Format("json", "CSL JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
    )
}
