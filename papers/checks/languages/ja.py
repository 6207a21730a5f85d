"""What checks know of Japanese."""

from __future__ import annotations

from papers.checks.languages.base import Counting, Language, Prose

PROSE = Prose(
    stops="。．！？.!?",
    whole_clause=r"[うくぐすつぬぶむるただいんか]$",
    last_words=r"(?:です|(?<!ます)ます|でした|ました|ません)(?=[一-鿿ァ-ヴA-Z])(?![調体形])",
    asking=r"(?:(?<=[ぁ-ん])(?<!どう)か[。．.]?|[?？])[」』）)]*$",
    how_many=r"いく(?:つ|ら)|ど(?:のくらい|のぐらい|れくらい|れぐらい|れほど|れだけ)"
    r"|何(?:[%％個人倍件本回層台枚点語度年秒つ]|パーセント|ポイント|時間|種類|[十百千万億])(?![かも])",
    a_number=r"[一二三四五六七八九十百千万億兆半][つ個人倍分種割回度年件本]|半[分数]|数[十百千万億]|ゼロ|毎[日週月年]|なし|全く|ほぼ",
)

JA = Language("ja", spaced=False, counting=Counting(), prose=PROSE)
