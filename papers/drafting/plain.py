"""What a model says becomes plain text before anything else looks at it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import nh3

# nh3 would take <think> and “a < b” for markup too, but papers speak of both: only HTML's own names open a tag.
# <s> stays: it is a token of many language models, and as HTML it only strikes through.
_HTML = (nh3.ALLOWED_TAGS - {"s"}) | {
    *("html", "head", "body", "title", "meta", "link", "base", "script", "style", "noscript", "template", "slot"),
    *("iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "source"),
    *("form", "input", "button", "select", "option", "textarea", "label", "fieldset", "legend", "font", "main"),
    *("section", "picture", "track", "param", "marquee", "dialog", "portal"),
}
_NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(_HTML))})(?:[\s/][^<>]*)?>|!(?:--|doctype))", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_PAGE_REFERENCE = re.compile(
    r"\s*[(（\[]\s*(?:pp?\.|pages?|ページ)\s*\d[\d\s,、–〜~-]*(?:ページ)?\s*[)）\]]", re.IGNORECASE
)
_REFERENCE_MARK = re.compile(r"\s?\[[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*\]")

_WITHOUT_SPACES = {"ja", "zh", "th", "lo", "km", "my"}


def plain(text: str) -> str:
    """Strip HTML, control and direction characters and lone surrogates.

    Paragraphs, mathematics and words in angle brackets stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while (stripped := _strip(text)) != text:  # markup may be escaped more than once
        text = stripped
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def answer_text(text: str) -> str:
    """Plain text without page references and reference marks: pages are shown from what we found ourselves."""
    return _REFERENCE_MARK.sub("", _PAGE_REFERENCE.sub("", plain(text)))


def line(text: str) -> str:
    """Plain text on one line."""
    return " ".join(plain(text).split())


def joined(sentences: Iterable[str], language: str) -> str:
    """Sentences as one paragraph, with spaces between them where the language has any."""
    space = "" if language.split("-")[0].lower() in _WITHOUT_SPACES else " "
    return space.join(" ".join(sentence.split()) for sentence in sentences)


def _strip(text: str) -> str:
    text = _SCRIPT.sub("", _CONTROL.sub("", html.unescape(text)))
    return html.unescape(nh3.clean(_NO_TAG.sub("&lt;", text), tags=set(), clean_content_tags=set()))
