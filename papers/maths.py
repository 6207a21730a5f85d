"""Formulas as MathML, made here: readers need no script for them.

The converter's markup is not taken as it comes: it puts text and attributes into its output unescaped, knows macros
that grow without bound, and passes over what it does not know. So its elements are written out anew, each name from
a list, and what it could not read shows as its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from latex2mathml import exceptions
from latex2mathml.converter import Converter

from papers.formulas import Kind, Piece, depth_of, pieces_of

MAX_FORMULA = 500  # characters; a longer one shows as its source
KEPT = 4096  # formulas
WIDE = 24  # signs in a row, from where on a formula may break after a relation

# By element, how many children it must have; None where any number will do. What is not here is not written.
_ELEMENTS: dict[str, int | None] = {
    **dict.fromkeys(["mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose"]),
    **dict.fromkeys(["msqrt", "mtable", "mtr", "mtd"]),
    **dict.fromkeys(["msub", "msup", "munder", "mover", "mfrac", "mroot"], 2),
    **dict.fromkeys(["msubsup", "munderover"], 3),
}
# By attribute, what it may say. A length is of one digit, so that no formula leaves its place.
_WORD = re.compile(r"[a-z-]{1,20}")
_LENGTH = re.compile(r"[+-]?\d?(\.\d{1,4})?em|0|[+-]?[0-3]")
_ATTRIBUTES = {
    **dict.fromkeys(["stretchy", "fence", "form", "mathvariant", "movablelimits", "displaystyle"], _WORD),
    **dict.fromkeys(["accent", "accentunder", "largeop", "separator", "symmetric", "columnalign"], _WORD),
    **dict.fromkeys(["lspace", "rspace", "width", "minsize", "maxsize", "linethickness", "scriptlevel"], _LENGTH),
}
# The converter takes these for names, or for operators with space around them.
_OPERATORS = {"~": "∼", **{sign: sign for sign in "±⟂⟶⟵⟹⟺⧵•:;"}}
_NAMES = frozenset("∞∅⊤⊥")
_RELATIONS = frozenset("=≠<>≤≥≈∼≃≅≡∝∈∉⊂⊆→←↦⟶⇒⟹⇔⟺≜≔≪≫")
# The converter defines macros for all that follows; nobody writes them in an abstract.
_MACRO = re.compile(r"\\(?:re)?newcommand|\\(?:g|e|x)?def\b|\\let\b|\\DeclareMathOperator|\\providecommand")
_UNREADABLE = (
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type)),
    *(AttributeError, IndexError, KeyError, RecursionError, StopIteration, TypeError, ValueError),
)


class Unreadable(Exception):
    """A formula of which the converter made something else."""


def with_maths(text: str, *, display: bool = True) -> SafeString:
    """The text as HTML, escaped, its formulas as MathML; without `display`, none stands in a line of its own.

    What differs from the text it came from carries that in `data-tex`.
    """
    return mark_safe("".join(_shown(piece, display) for piece in pieces_of(text)))


def paragraphs(text: str) -> SafeString:
    """The text as HTML paragraphs: blank lines part them, as in Django's `linebreaks`, and formulas never cross one."""
    found = re.split(r"\n{2,}", re.sub(r"\r\n?", "\n", text))
    return mark_safe("\n\n".join(f"<p>{with_maths(one).replace(chr(10), '<br>')}</p>" for one in found))


def _shown(piece: Piece, display: bool) -> str:
    if piece.kind == Kind.TEXT:
        return escape(piece.source)
    source = escape(" ".join(piece.source.split()))
    if piece.kind == Kind.DOLLAR:
        return f'<span data-tex="{source}">$</span>'
    is_display = display and piece.kind == Kind.DISPLAY
    markup = mathml(" ".join(piece.body.split()), display=is_display)
    if markup is None:
        return f"<code>{source}</code>"
    return f'<span class="{"tex display" if is_display else "tex"}" data-tex="{source}">{markup}</span>'


@lru_cache(KEPT)
def mathml(formula: str, *, display: bool = False) -> str | None:
    """A formula of LaTeX, without its dollars, as MathML; in several parts where it may break between two lines.

    None where it cannot be read.
    """
    if len(formula) > MAX_FORMULA or _MACRO.search(formula) or depth_of(formula):
        return None
    try:
        tree = Converter().convert_to_element(formula)
        _mend(tree)
        opening = '<math displaystyle="true">' if display else "<math>"
        return "".join(f"{opening}{''.join(map(_written, part))}</math>" for part in _parts(list(tree[0])))
    except (Unreadable, *_UNREADABLE):
        return None


def _mend(tree: Element) -> None:
    """Make of each sign what it is, and one name of an upright word's letters."""
    for element in tree.iter():
        text = element.text = unescape(element.text or "")
        if element.tag == "mi" and text in _OPERATORS:
            element.tag, element.text = "mo", _OPERATORS[text]
        elif element.tag == "mo" and text in _NAMES:
            element.tag = "mi"
    for element in list(tree.iter("mrow")):
        _join_letters(element)


def _join_letters(row: Element) -> None:
    before: Element | None = None
    for child in list(row):
        is_letter = child.tag == "mi" and child.attrib == {"mathvariant": "normal"} and (child.text or "").isalpha()
        if is_letter and before is not None:
            before.text = f"{before.text}{child.text}"
            row.remove(child)
        else:
            before = child if is_letter else None


def _parts(row: list[Element]) -> Iterator[list[Element]]:
    """A long formula's parts, each up to a relation or, outside brackets, a comma."""
    if sum(len("".join(element.itertext())) for element in row) < WIDE:
        yield row
        return
    depth, part = 0, []
    for element in row:
        sign = element.text if element.tag == "mo" else ""
        depth += (sign in {"(", "[", "{"}) - (sign in {")", "]", "}"})
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
    inner = escape(text) + "".join(map(_written, element))
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _is_known(name: str, value: str) -> bool:
    return name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value) is not None
