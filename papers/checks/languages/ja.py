"""What checks know of Japanese."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

JA = Language("ja", spaced=False, counting=Counting(), prose=Prose())
