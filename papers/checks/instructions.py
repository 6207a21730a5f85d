"""Text in the paper that speaks to a model instead of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papers.checks.base import Finding, Severity, Subject, fingerprint
from papers.errors import Notice, gettext_noop
from papers.paper import PageText

ADDRESSED = gettext_noop(
    "Page %(page)s of the paper speaks to a language model: “%(words)s”. Read what was drafted from it with care."
)

# What is asked of a model, in the languages in which such lines were seen in manuscripts or are likely.
# Z. Lin, “Hidden Prompts in Manuscripts Exploit AI-Assisted Peer Review” (2025), collects real ones.
_BEFORE = (
    r"(?:all |any |the |your |my |these |of |previous |prior |above |preceding |earlier |foregoing |other |system )+"
)
_PATTERNS = (
    rf"\b(?:ignore|disregard|forget|override|bypass) {_BEFORE}(?:instructions?|prompts?|guidelines|rules|directions)\b",
    r"\b(?:give|write|provide|output|produce|generate) (?:me )?(?:only )?(?:an? )?(?:\w+ ){0,3}positive"
    r" (?:review|evaluation|assessment|summary|feedback)\b",
    r"\b(?:positive|favou?rable) (?:review|evaluation) only\b",
    r"\b(?:do not|don['’]t|never) (?:highlight|mention|report|include|list|point out) any (?:\w+ ){0,2}"
    r"(?:negatives?|weakness(?:es)?|limitations?|flaws)\b",
    r"\b(?:recommend|you (?:should|must) (?:recommend|accept)) (?:accepting|acceptance of|to accept|strong accept)\b"
    r"[^.]{0,40}\b(?:paper|manuscript|submission|review)",
    r"\bas (?:an? )?(?:AI|artificial intelligence|large language|language)(?: language)? "
    r"(?:model|assistant|reviewer),? "
    r"(?:you|please|give|write|recommend|rate|output|accept|ignore)\b",
    r"\b(?:note|instructions?|message) (?:to|for) (?:all )?(?:the )?"
    r"(?:LLM|AI|language model|GPT|chatbot)s?(?: (?:reviewer|assistant|agent|model)s?)?\s*:",
    r"\bif you are (?:an? )?(?:LLM|AI|(?:large )?language model|AI (?:assistant|reviewer))\b",
    r"\b(?:print|reveal|repeat|output|leak|show) (?:me )?(?:your |the )(?:entire |full |hidden )?system prompt\b",
    r"(?:以前|これまで|上記|前|すべて|全て)(?:の|まで)?(?:の)?(?:すべての|全ての)?(?:指示|命令|プロンプト)(?:を|は|を?すべて)(?:全て)?無視",
    r"(?:肯定的|好意的|ポジティブ)な(?:レビュー|評価|査読|コメント)(?:のみ|だけ)?を(?:書|出力|与え|して|記載|返)",
    r"(?:欠点|否定的な点|弱点|問題点)[^。]{0,12}(?:触れない|言及しない|強調しない)(?:で|こと)",
    r"(?:AI|LLM|言語モデル)(?:の)?(?:査読者|レビュアー|アシスタント|モデル)?へ[:：]|(?:あなた)が(?:AI|LLM|言語モデル)(?:なら|である場合)",
    r"(?:이전|위의?|앞선|지금까지의?|모든)\s?(?:의\s)?(?:모든\s)?(?:지시|명령|지침|프롬프트)(?:사항)?(?:을|를|는|은)?\s?(?:모두\s|전부\s)?무시",
    r"긍정적인\s(?:리뷰|평가|심사평)(?:만|를|을)[^.]{0,8}(?:작성|제공|출력|하라|하세요|해)",
    r"(?:忽略|无视|無視|忽視)(?:掉)?(?:之前|以上|前面|先前|所有)(?:的)?(?:所有|全部)?(?:的)?(?:指令|提示|指示|说明)",
    r"(?:只|仅|僅)?(?:给出|給出|提供|写|輸出|输出)(?:一[个份篇])?(?:正面|积极|積極)(?:的)?(?:评价|評價|评审|審稿|意见)",
    r"\bignor(?:iere|ieren Sie) (?:alle |die |sämtliche )+(?:vorherigen|bisherigen|obigen|vorigen) "
    r"(?:Anweisungen|Anleitungen|Prompts)\b",
    r"\bignore[rz]? (?:toutes )?les (?:instructions|consignes|invites)(?: (?:précédentes|ci-dessus|antérieures))\b",
    r"\bignor(?:a|e|ar) (?:todas )?las instrucciones (?:anteriores|previas)\b",
    r"(?:игнорируй(?:те)?|проигнорируй(?:те)?) (?:все )?(?:предыдущие|прежние) (?:инструкции|указания)",
)
_ADDRESS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)

_AROUND = 60  # letters shown behind the words; a third of that before them


class Instructions:
    """What a paper asks of its machine reader is told to the editor; drafting itself takes it for text.

    Page texts tell nothing of colour or size: that a line is white or tiny cannot be seen here, so that every such
    line counts, also in a paper about such lines, which only has to be dismissed once.
    """

    id = "instructions"

    def run(self, subject: Subject) -> Iterator[Finding]:
        for page in subject.pages:
            if found := first_address(page.text):
                yield self._finding(page, found)

    def _finding(self, page: PageText, words: str) -> Finding:
        notice = Notice(ADDRESSED, {"page": page.number, "words": words})
        judged = fingerprint(str(page.number), page.text)
        return Finding(self.id, Severity.WARNING, notice, field="", source=words, judged=judged)


def first_address(text: str) -> str | None:
    """The first words of a page that speak to a model, with some of what stands around them."""
    folded = " ".join(text.split())
    found = _ADDRESS.search(folded)
    if found is None:
        return None
    return folded[max(0, found.start() - _AROUND // 3) : found.end() + _AROUND].strip()
