"""What a correction can teach the checks: a guess at a glossary term, for an editor to look at."""

from __future__ import annotations

from dataclasses import dataclass

from weekly.models import Correction


@dataclass(frozen=True)
class Lesson:
    """`wrong` is what was taken out, `right` what was put in; `source` the paper's own words where they can be told.

    Any of them can be empty. With `keep` the source's word stands in the translation as it is.
    """

    source: str = ""
    wrong: str = ""
    right: str = ""
    keep: bool = False


def lesson(correction: Correction) -> Lesson:
    """A guess at the term that a correction was about."""
    raise NotImplementedError
