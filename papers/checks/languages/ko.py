"""What checks know of Korean."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

PROSE = Prose(
    stops=".!?。",
    whole_clause=r"[다요까]$",
    last_words=r"니다(?=\s+[가-힣A-Z])",
    asking=r"(?:까|나요|가요)[.]?['\"”’)]*$|[?？]['\"”’)]*$",
    how_many=r"얼마|몇\s?(?:개|명|배|%|퍼센트|종|번|층|가지|억|만|시간|년|일|초|점|건)",
    a_number=r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|수십|수백|수천)\s?(?:개|명|배|종|번|층|가지|시간|만|억)|절반|매[일주월년]|없",
)

KO = Language("ko", spaced=True, counting=Counting(), prose=PROSE)
