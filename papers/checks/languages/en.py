"""What checks know of English."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

EN = Language("en", spaced=True, counting=Counting(), prose=Prose())
