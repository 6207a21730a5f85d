"""A formula of LaTeX as MathML.

The converter's markup is not taken as it comes: it puts text and attributes into its output unescaped, knows macros
that grow without bound, and passes over what it does not know. So its elements are written out anew, each name from
a list; and what it could not read is told, so that readers get the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from latex2mathml import exceptions
from latex2mathml.converter import Converter

from papers.formulas import FUNCTIONS, depth_of

MAX_FORMULA = 500  # characters; nobody reads a longer one in an abstract
KEPT = 4096  # formulas
WIDE = 24  # signs, from where on a formula may break after a relation

# By element, how many children it must have; None where any number will do. What is not here is not written.
_ELEMENTS: dict[str, int | None] = {
    **dict.fromkeys(["mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose"]),
    **dict.fromkeys(["msqrt", "mtable", "mtr", "mtd"]),
    **dict.fromkeys(["msub", "msup", "munder", "mover", "mfrac", "mroot"], 2),
    **dict.fromkeys(["msubsup", "munderover"], 3),
}
# By attribute, what it may say. A length has one digit, so that no formula leaves its place.
_WORD = re.compile(r"[a-z-]{1,20}")
_LENGTH = re.compile(r"[+-]?\d?(\.\d{1,4})?em|0|[+-]?[0-3]")
_ATTRIBUTES = {
    **dict.fromkeys(["stretchy", "fence", "form", "mathvariant", "movablelimits", "displaystyle"], _WORD),
    **dict.fromkeys(["accent", "accentunder", "largeop", "separator", "symmetric", "columnalign"], _WORD),
    **dict.fromkeys(["lspace", "rspace", "width", "minsize", "maxsize", "linethickness", "scriptlevel"], _LENGTH),
}
# What the converter takes for names, and what for operators with space around them.
_OPERATORS = {"~": "∼", **{sign: sign for sign in "±⟂⟶⟵⟹⟺⧵•:;"}}
_NAMES = frozenset("∞∅⊤⊥")
_RELATIONS = frozenset("=≠<>≤≥≈∼≃≅≡∝∈∉⊂⊆→←↦⟶⇒⟹⇔⟺≜≔≪≫")
_OPENING, _CLOSING, _SIGNED = frozenset("([{⟨"), frozenset(")]}⟩"), frozenset("−+±∓")
_THIN = ".17em"
# The converter defines macros for all that follows, as often as a formula says.
_MACRO = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def\b|let\b|DeclareMathOperator)")
_UNREADABLE = (
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type)),
    *(AttributeError, IndexError, KeyError, RecursionError, StopIteration, TypeError, ValueError),
)


class Unreadable(Exception):
    """A formula of which the converter made something else."""


@lru_cache(KEPT)
def mathml(formula: str, *, display: bool = False) -> str | None:
    """A formula, without its dollars, as MathML; in several parts where it may break between two lines.

    None where it cannot be read.
    """
    if len(formula) > MAX_FORMULA or _MACRO.search(formula) or depth_of(formula):
        return None
    opening = '<math displaystyle="true">' if display else "<math>"
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(formula)
        _mend(tree)
        return "".join(f"{opening}{''.join(map(_written, part))}</math>" for part in _parts(list(tree[0])))
    except (Unreadable, *_UNREADABLE):
        return None


def _mend(tree: Element) -> None:
    """Make of each sign what it is, and set it as TeX does."""
    for element in tree.iter():
        text = element.text = unescape(element.text or "")
        if element.tag == "mi" and text in _OPERATORS:
            element.tag, element.text = "mo", _OPERATORS[text]
        elif element.tag == "mo" and text in _NAMES:
            element.tag = "mi"
    for row in list(tree.iter("mrow")):
        _join_letters(row)
        _mend_signs(row)
        _set_functions_off(row)


def _join_letters(row: Element) -> None:
    """One name of a word's upright letters."""
    before: Element | None = None
    for child in list(row):
        is_letter = child.tag == "mi" and child.attrib == {"mathvariant": "normal"} and (child.text or "").isalpha()
        if is_letter and before is not None:
            before.text = f"{before.text}{child.text}"
            row.remove(child)
        else:
            before = child if is_letter else None


def _mend_signs(row: Element) -> None:
    """A minus after a bracket or a relation is a number's own; a relation at the beginning needs no space before it."""
    before = ""
    for child in row:
        sign = _sign_of(child)
        if sign in _SIGNED and before in {",", *_OPENING, *_RELATIONS}:
            child.attrib["form"] = "prefix"
        before = sign
    if len(row) and _sign_of(row[0]) in _RELATIONS:
        row[0].attrib["lspace"] = "0"
    if len(row) == 1 and _sign_of(row[0]):
        row[0].attrib |= {"lspace": "0", "rspace": "0"}


def _set_functions_off(row: Element) -> None:
    """A thin space beside `log` and the like, where neither operator nor bracket stands."""
    children = list(row)
    for number in reversed(range(len(children))):
        if not _is_function(children[number]):
            continue
        after = children[number + 1 : number + 2]
        if after and not _sign_of(after[0]):
            row.insert(number + 1, Element("mspace", {"width": _THIN}))
        if number and not _sign_of(children[number - 1]):
            row.insert(number, Element("mspace", {"width": _THIN}))


def _is_function(element: Element) -> bool:
    """Whether an element is the name of a function, with its scripts or without."""
    name = element[0] if element.tag in {"msub", "msup", "msubsup"} and len(element) else element
    return name.tag == "mi" and name.text in FUNCTIONS


def _sign_of(element: Element) -> str:
    return element.text or "" if element.tag == "mo" else ""


def _parts(row: list[Element]) -> Iterator[list[Element]]:
    """A long formula's parts, each up to a relation or a comma outside brackets."""
    if sum(len("".join(element.itertext())) for element in row) < WIDE:
        yield row
        return
    depth, part = 0, []
    for element in row:
        sign = _sign_of(element)
        depth += (sign in _OPENING) - (sign in _CLOSING)
        part.append(element)
        if depth <= 0 and (sign in _RELATIONS or sign == ",") and element is not row[-1]:
            element.attrib["form"] = "infix"
            yield part
            part = []
    yield part


def _written(element: Element) -> str:
    """An element and what it holds as markup. Raises Unreadable."""
    if element.tag not in _ELEMENTS or _ELEMENTS[element.tag] not in (None, len(element)):
        raise Unreadable(element.tag)
    text = element.text or ""
    if len(text) > 1 and ("\\" in text or "$" in text):  # a command that it does not know, dollars inside \text
        raise Unreadable(text)
    known = {name: value for name, value in element.attrib.items() if _is_known(name, value)}
    attributes = "".join(f' {name}="{value}"' for name, value in known.items())
    inner = escape(text, quote=False) + "".join(map(_written, element))
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _is_known(name: str, value: str) -> bool:
    return name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value) is not None
