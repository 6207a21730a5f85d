"""A week on its way through the steps of an import: it travels in the form itself.

Nothing is kept on the server between the steps, so any web process can take the next one, and a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from pydantic import TypeAdapter, ValidationError

from papers import errors
from papers.errors import DigestError, Notice
from papers.paper import Paper
from weekly.importers.base import Week
from weekly.importing import Metadata, Source, ref_of

SALT = "weekly.import"


@dataclass(frozen=True)
class Failure:
    """An expected error by its name in papers.errors."""

    kind: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Parcel:
    """One week to import, and what arXiv said about its papers when the editor looked at them."""

    week: Week
    source: Source
    language: str
    papers: Mapping[str, Paper] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)
    problem: Notice | None = None

    def with_metadata(self, metadata: Metadata) -> Parcel:
        """Also what arXiv answered for this week's ids; it may have been asked for other weeks' as well."""
        answers = {str(ref_of(entry)): metadata.of(entry) for entry in self.week.entries}
        papers = {ref: found for ref, found in answers.items() if isinstance(found, Paper)}
        failures = {
            ref: Failure(type(found).__name__, found.notice.params)
            for ref, found in answers.items()
            if isinstance(found, DigestError)
        }
        return replace(self, papers=papers, failures=failures, problem=metadata.problem)

    @property
    def metadata(self) -> Metadata:
        failed = {ref: getattr(errors, failure.kind)(**failure.params) for ref, failure in self.failures.items()}
        return Metadata({**self.papers, **failed}, self.problem)


_PARCELS = TypeAdapter(Parcel)


def pack(parcel: Parcel) -> str:
    """The parcel as a signed text for a form."""
    return signing.dumps(_PARCELS.dump_python(parcel, mode="json"), salt=SALT, compress=True)


def unpack(text: str) -> Parcel:
    """Raises signing.BadSignature where the text is none of ours, or of an older version of the program."""
    raw = signing.loads(text, salt=SALT)
    try:
        return _PARCELS.validate_python(raw)
    except ValidationError as error:
        raise signing.BadSignature(str(error)) from error
