"""The Markdown that reading lists use, reduced to plain text."""

from __future__ import annotations

import re

# [label](address): one pair of brackets may stand in the label, one pair of parentheses in the address. The address
# may be missing, and the closing parenthesis too where a comma, a cell's end or the next link follows.
_LABEL = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_ADDRESS = r"\(\s*(?P<url><[^<>\s]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\s*\)"
_UNCLOSED = r"\((?P<open>https?://[^\s|(),]+)(?=\s*(?:[,|\[]|$))"
LINK = re.compile(rf"!?(?P<label>{_LABEL})(?:\s+(?=\(\s*<?https?://))?(?:{_ADDRESS}|{_UNCLOSED})", re.I)

BREAK = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.I)
_BULLET = re.compile(r"(?:^|(?<=\s))●\s*")
_WEB_OR_RELATIVE = re.compile(r"https?:|[./#]", re.I)

# Formulas by Pandoc's rule (no space inside the dollars, no digit after), so that prices are none; and code.
_VERBATIM = re.compile(r"\$(?=\S)[^$\n]*?(?<=\S)\$(?!\d)|`[^`\n]+`")
_MARKED = re.compile(r"[*\[`$\\]")
_KEPT = re.compile(r"\0(\d+)\0")
_BOLD = re.compile(r"(?<![\w\\])\*{2,4}(?=\S)([^*]+)(?<=\S)\*{2,4}")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|&<>~$-])")


def link_label(link: re.Match[str]) -> str:
    return link["label"][1:-1]


def link_url(link: re.Match[str]) -> str:
    """The address of a match of LINK; empty where the list gives none."""
    return (link["url"] or link["open"] or "").strip("<>")


def plain_line(text: str) -> str:
    """One line of plain text: links, bold and italics give their words, all white space is one space."""
    return _inline(" ".join(BREAK.sub(" ", text).split()))


def plain_text(text: str) -> str:
    """Plain text with a line for each paragraph and each bullet (●). `<think>` and `$x_1$` stay as they are."""
    lines = _BULLET.sub("\n● ", BREAK.sub("\n", text)).split("\n")
    return "\n".join(line for line in map(plain_line, lines) if line not in ("", "●"))


def _inline(text: str) -> str:
    """Reduce inline markup, with formulas and code held out of the way."""
    if not _MARKED.search(text):
        return text
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    text = LINK.sub(_linked_words, _VERBATIM.sub(keep, text))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\1", _BOLD.sub(r"\1", text)))
    return _KEPT.sub(lambda found: kept[int(found[1])], text)


def _linked_words(link: re.Match[str]) -> str:
    """The words of a link; what only looks like one, such as `f[i](x)`, stays."""
    return link_label(link) if _WEB_OR_RELATIVE.match(link_url(link)) else link[0]
