"""What checks know of Korean."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

KO = Language("ko", spaced=True, counting=Counting(), prose=Prose())
