"""A source text and its rendering as a subject: how a tool outside asks for findings, one JSON object a line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from papers.checks.base import Item, Kind, Passage, Subject
from papers.checks.languages import language_of
from papers.checks.page_references import page_references
from papers.checks.sentences import ends_as_sentence, is_whole_clause, sentences
from papers.drafting.base import Citation
from papers.errors import DigestError, Notice, gettext_noop
from papers.glossary import Term
from papers.paper import PageText
from papers.quotes import QuoteIndex

NOT_UTF8 = gettext_noop("it is not UTF-8.")
NOT_JSON = gettext_noop("it is not a JSON object.")
NO_ID = gettext_noop("“id” is missing, or is neither a text nor a number.")
NO_TEXT = gettext_noop("“%(key)s” is missing or is no text.")
NO_LANGUAGE = gettext_noop("“language” is missing, or is no language tag (BCP 47) such as ja.")
NO_PAGES = gettext_noop("“pages” is not a list of texts.")
NO_GLOSSARY = gettext_noop("“glossary” is not a list of pairs of texts.")

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SHORT = 80  # letters; what has no full stop and is no longer than this may be a title


class BrokenPair(DigestError):
    template = gettext_noop("Line %(line)s cannot be used: %(reason)s")


class UnreadablePairs(DigestError):
    template = gettext_noop("%(name)s cannot be read: %(reason)s")


@dataclass(frozen=True, slots=True)
class Pair:
    """`pages` are the texts of the paper's pages from the first on; `glossary` has source terms and renderings."""

    id: str | int
    source: str
    target: str
    language: str
    pages: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()


def read_pair(line: bytes, number: int) -> Pair:
    """Read line `number` of a JSON Lines file. Raises BrokenPair."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # half a surrogate pair can be told in JSON and nowhere else
    except UnicodeError as error:
        raise BrokenPair(line=number, reason=Notice(NOT_UTF8)) from error
    except (ValueError, RecursionError) as error:
        raise BrokenPair(line=number, reason=Notice(NOT_JSON)) from error
    if reason := _fault(data):
        raise BrokenPair(line=number, reason=reason)
    pages, glossary = data.get("pages") or (), data.get("glossary") or ()
    terms = tuple((source, target) for source, target in glossary)
    return Pair(data["id"], data["source"], data["target"], data["language"], tuple(pages), terms)


def _fault(data: Any) -> Notice | None:
    """What is wrong with a line's object."""
    if not isinstance(data, dict):
        return Notice(NOT_JSON)
    if not isinstance(data.get("id"), str | int):
        return Notice(NO_ID)
    if missing := [key for key in ("source", "target") if not isinstance(data.get(key), str)]:
        return Notice(NO_TEXT, {"key": missing[0]})
    if not isinstance(data.get("language"), str) or not _TAG.fullmatch(data["language"]):
        return Notice(NO_LANGUAGE)
    if not _are_texts(data.get("pages") or []):
        return Notice(NO_PAGES)
    glossary = data.get("glossary") or []
    return None if isinstance(glossary, list) and all(map(_is_term, glossary)) else Notice(NO_GLOSSARY)


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _is_term(values: Any) -> bool:
    return _are_texts(values) and len(values) == 2 and bool(values[0].strip())


def pair_subject(pair: Pair) -> Subject:
    """The pair as checks see it. With pages, the target is an answer as well and its source a quote of the paper."""
    pages = tuple(PageText(number, text) for number, text in enumerate(pair.pages, start=1))
    terms = tuple(Term(source, target) for source, target in pair.glossary)
    target = Passage("target", pair.target, _kind(pair), source=pair.source, translates=True)
    if not pages:
        return Subject(pair.language, texts=(target,), terms=terms)
    # The target stands here alone and not among the texts too: whatever is wrong with it is told once.
    item = Item(1, Passage("question", "", Kind.QUESTION), target, _citations(pair, pages))
    return Subject(pair.language, items=(item,), pages=pages, terms=terms)


def _kind(pair: Pair) -> Kind:
    """A segment of one sentence may lack its full stop on either side; what breaks off in mid-sentence is prose."""
    language, source_language = language_of(pair.language), language_of("en")
    if ends_as_sentence(pair.target, language):
        return Kind.PROSE
    if ends_as_sentence(pair.source, source_language) and not is_whole_clause(pair.target, language):
        return Kind.PROSE
    if len(pair.target) <= _SHORT:
        return Kind.TITLE
    return Kind.PROSE if len(sentences(pair.target)) > 1 else Kind.LINE


def _citations(pair: Pair, pages: tuple[PageText, ...]) -> tuple[Citation, ...]:
    """The source as a quote of the page that the target names; of several, or of none, the one on which it stands."""
    if not pair.source.strip():
        return ()
    named = [page for reference in page_references(pair.target) for page in reference.pages]
    index = QuoteIndex(pages)
    places = [found for page in named or [None] if (found := index.find(pair.source, page)) and found.expected]
    page = places[0].page if places else next(iter(named), None)
    return (Citation(page, pair.source),)
