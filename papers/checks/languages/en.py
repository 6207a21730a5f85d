"""What checks know of English."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

PROSE = Prose(
    stops=".!?",
    how_many=r"(?i)\bhow (?:many|much|large|big|long|often|fast|few)\b"
    r"|\bwhat (?:percentage|fraction|proportion|share|number)\b",
    a_number=r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|[mb]illion|half|twice"
    r"|double|triple|none|once|every|each|hourly|daily|weekly|monthly|yearly|annually)\b",
)

EN = Language("en", spaced=True, counting=Counting(), prose=PROSE)
