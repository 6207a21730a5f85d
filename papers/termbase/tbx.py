"""A glossary as TBX-Basic in the style DCT (ISO 30042:2019, tbxinfo.net), as terminology tools exchange it.

A concept has a language section for the papers' language and one for each of the readers'. Wrong renderings are
terms whose administrative status is deprecated. A term that is kept stands in both sections as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET
from xml.parsers import expat

from papers.errors import Notice, gettext_noop
from papers.termbase.base import NO_TEXT, Entry, Reading, UnreadableTermbase

CORE = "urn:iso:std:iso:30042:ed-2"
MIN = "http://www.tbxinfo.net/ns/min"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFERRED, DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
# Statuses of a wrong rendering; the picklist of the data category `administrativeStatus`.
WRONG = {DEPRECATED, "supersededTerm-admn-sts"}
SOURCE_LANGUAGE = "en"
CASE_SENSITIVE = "case-sensitive"

DOCTYPE = gettext_noop("it declares a document type or entities, which TBX does not need.")
BROKEN_XML = gettext_noop("line %(line)d is not well-formed XML (%(reason)s).")
NOT_TBX = gettext_noop("it is no TBX of ISO 30042:2019; its root is “%(root)s”.")
NO_READERS = gettext_noop("The concept has no term in a readers' language.")
NO_ORIGINAL = gettext_noop("The concept has no term in the papers' language (%(language)s).")


def read(data: bytes, language: str) -> Reading:
    """Read a file; `language` is that of a section which names none. Raises UnreadableTermbase."""
    reading = Reading()
    _Parser(lambda line, concept, original: _take(reading, line, concept, original, language)).parse(data)
    return reading


class _Parser:
    """Parses with expat, which tells the lines, and keeps one concept's elements at a time.

    `take` is called with each concept's first line, the concept and the papers' language.
    """

    def __init__(self, take: Callable[[int, ET.Element, str], None]) -> None:
        self.take = take
        self.source_language = SOURCE_LANGUAGE
        self.builder: ET.TreeBuilder | None = None
        self.line = 0
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = _refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def parse(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = Notice(BROKEN_XML, {"line": error.lineno, "reason": expat.ErrorString(error.code)})
            raise UnreadableTermbase(reason=reason) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not know, or one of several bytes
            raise UnreadableTermbase(reason=Notice(BROKEN_XML, {"line": 1, "reason": str(error)})) from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        given = {_tag(key): value for key, value in attributes.items()}
        if self.depth == 1:
            self._check_root(name, given)
        if self.builder is None and name == f"{CORE}}}conceptEntry":
            self.builder, self.line = ET.TreeBuilder(), self.parser.CurrentLineNumber
        if self.builder is not None:
            self.builder.start(_tag(name), given)

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        if name != f"{CORE}}}tbx":
            raise UnreadableTermbase(reason=Notice(NOT_TBX, {"root": name.rpartition("}")[2][:40]}))
        self.source_language = attributes.get(XML_LANG) or SOURCE_LANGUAGE

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.builder is not None:
            self.builder.end(_tag(name))
            if name == f"{CORE}}}conceptEntry":
                self.take(self.line, self.builder.close(), self.source_language)
                self.builder = None

    def text(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)


def _refuse(*_declaration: object) -> None:
    """Entities can grow without bounds or read files; a glossary needs none."""
    raise UnreadableTermbase(reason=Notice(DOCTYPE))


def _tag(name: str) -> str:
    return "{" + name if "}" in name else name


def _take(reading: Reading, line: int, concept: ET.Element, source_language: str, language: str) -> None:
    sections = [(section.get(XML_LANG, language), section) for section in concept.iterfind(f"{{{CORE}}}langSec")]
    head = next((section for code, section in sections if _is_in(code, source_language)), None)
    readers = [(code, section) for code, section in sections if section is not head]
    if head is None:
        reading.tell(line, Notice(NO_ORIGINAL, {"language": source_language}))
        return
    if not readers:
        reading.tell(line, Notice(NO_READERS))
    for code, section in readers:
        reading.add(line, *_row(concept, head, section, code))


def _is_in(code: str, language: str) -> bool:
    return code.lower().partition("-")[0] == language.lower().partition("-")[0]


def _row(concept: ET.Element, head: ET.Element, section: ET.Element, code: str) -> tuple[dict[str, str], list[str]]:
    terms = [(status, text) for status, text, _notes in _terms(section)]
    source, notes = next(((text, notes) for status, text, notes in _terms(head) if status not in WRONG), ("", []))
    target = next((text for status, text in terms if status not in WRONG), "")
    row = {"source": source, "target": "" if target == source else target, "language": code}
    row["kind"] = "keep" if target == source else "translate"
    row["case_sensitive"] = "yes" if CASE_SENSITIVE in notes else "no"
    row["note"] = "\n".join(_texts(section, "note") or _texts(concept, "note"))
    return row, [text for status, text in terms if status in WRONG]


def _terms(section: ET.Element) -> Iterator[tuple[str, str, list[str]]]:
    """(status, term, notes) of each term; the preferred one first."""
    found = []
    for term in section.iterfind(f"{{{CORE}}}termSec"):
        status = "".join(_texts(term, "administrativeStatus", MIN))
        found.append((status, "".join(_texts(term, "term")), _texts(term, "note")))
    yield from sorted(found, key=lambda one: one[0] != PREFERRED)


def _texts(parent: ET.Element, name: str, namespace: str = CORE) -> list[str]:
    return [text for child in parent.iterfind(f"{{{namespace}}}{name}") if (text := "".join(child.itertext()).strip())]


def write(entries: Sequence[Entry]) -> bytes:
    """The file: one concept for a term in all its languages."""
    names = {"xmlns": CORE, "xmlns:min": MIN, XML_LANG: SOURCE_LANGUAGE}
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dct", **names})
    description = _sub(_sub(_sub(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _sub(description, "p", "Glossary of a digest of research papers")
    body = _sub(_sub(root, "text"), "body")
    ordered = sorted(entries, key=lambda entry: (entry.term.source, entry.term.case_sensitive, entry.language))
    for number, (_key, group) in enumerate(groupby(ordered, lambda e: (e.term.source, e.term.case_sensitive)), start=1):
        _write_concept(body, number, list(group))
    ET.indent(root, " ")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _write_concept(body: ET.Element, number: int, entries: Sequence[Entry]) -> None:
    concept = _sub(body, "conceptEntry", id=f"c{number}")
    term = entries[0].term
    head = _write_term(_section(concept, SOURCE_LANGUAGE), term.source, PREFERRED)
    if term.case_sensitive:
        _sub(head, "note", CASE_SENSITIVE)
    for entry in entries:
        section = _section(concept, entry.language)
        if entry.term.note:
            _sub(section, "note", entry.term.note)
        _write_term(section, entry.term.target or entry.term.source, PREFERRED)
        for wrong in entry.term.forbidden:
            _write_term(section, wrong, DEPRECATED)


def _section(concept: ET.Element, language: str) -> ET.Element:
    section = _sub(concept, "langSec")
    section.set(XML_LANG, language)
    return section


def _write_term(section: ET.Element, text: str, status: str) -> ET.Element:
    written = _sub(section, "termSec")
    _sub(written, "term", text)
    _sub(written, "min:administrativeStatus", status)
    return written


def _sub(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = NO_TEXT.sub("", text) or None
    return child
