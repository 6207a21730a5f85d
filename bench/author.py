"""Texts for a large archive: they follow Zipf's law, with known words planted in a known part of the papers."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

TEXTS = 5_000  # of each length, which the papers share
CATEGORIES = ("cs.CL", "cs.LG", "cs.AI", "cs.CV", "stat.ML")
QAS = {True: 10, False: 2}  # of a rich paper, and of the others
PLANTED = {"model": 1.0, "agent": 0.1, "quantum": 0.01, "zebrafish": 0.00003}
PLANTED_JA = {"モデル": 1.0, "エージェント": 0.1, "量子計算": 0.01, "縞馬魚類": 0.00003}


class Author:
    """Writes texts whose words are as frequent as words are."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.english = ["".join(self._some("bcdfghklmnprst", "aeiou", 3)) for _ in range(20_000)]
        self.japanese = [
            "".join(self._some("自然言語処理学習画像認識最適化推論生成", "のをにはがとでも", 1)) for _ in range(500)
        ]
        kanji = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]
        self.japanese += ["".join(self.random.choices(kanji, k=2)) for _ in range(20_000)]
        self.weights = list(accumulate(1 / rank for rank in range(1, 20_001)))
        self.short, self.long = self._texts(self.english, 8, " "), self._texts(self.english, 100, " ")
        self.short_ja, self.line_ja, self.long_ja = (self._texts(self.japanese, count, "") for count in (8, 25, 90))

    def _some(self, one: str, other: str, most: int) -> Iterator[str]:
        for _ in range(self.random.randint(1, most)):
            yield self.random.choice(one) + self.random.choice(other)

    def _texts(self, words: list[str], count: int, joint: str) -> list[str]:
        rows = (self.random.choices(words[:20_000], cum_weights=self.weights, k=count) for _ in range(TEXTS))
        return [joint.join(row) for row in rows]

    def text(self, texts: list[str], planted: dict[str, float], part: float, joint: str) -> str:
        """One of the texts, with each planted word in its share of them, or in a part of that."""
        words = [word for word, share in planted.items() if self.random.random() < share * part]
        return joint.join([self.random.choice(texts), *words])

    def paper(self, *, rich: bool) -> dict[str, Any]:
        return {
            "title": self.text(self.short, PLANTED, 1 / 20, " "),
            "title_translated": self.text(self.short_ja, PLANTED_JA, 1 / 20, ""),
            "summary": self.text(self.line_ja, PLANTED_JA, 1 / 5, ""),
            "abstract": self.text(self.long, PLANTED, 1, " "),
            "abstract_translated": self.text(self.long_ja, PLANTED_JA, 1, ""),
            "authors": "\n".join(one.title() for one in self.random.sample(self.english, 4)),
            "qa": [self._qa(self.long_ja if rich else self.line_ja) for _ in range(QAS[rich])],
            "categories": " ".join(self.random.sample(CATEGORIES, 2)),
        }

    def _qa(self, answers: list[str]) -> dict[str, Any]:
        from tests.factories import make_qa

        texts = {"question": self.random.choice(self.line_ja), "answer": self.random.choice(answers)}
        return {**make_qa(**texts), "id": str(uuid.UUID(int=self.random.getrandbits(128)))}
