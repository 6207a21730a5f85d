"""Writes a text in the signs that a font has: a picture cannot borrow one from another font, as browsers do."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from weekly.sharing.fonts import Face, covers


def spelled(text: str, face: Face) -> str:
    """The text, with what the font lacks in signs alike: `ℓₚ` as `ℓp`, `2ⁿ` as `2^n`, `ő` as `o`. Emoji go."""
    if covers(face, text):
        return text
    return "".join(_run("".join(run), is_high, face) for is_high, run in groupby(text, _is_high))


def _is_high(sign: str) -> bool:
    return unicodedata.decomposition(sign).startswith("<super>")


def _run(run: str, is_high: bool, face: Face) -> str:
    """Signs side by side that are all exponents, or none: as numbers in the line they would say something else."""
    if covers(face, run):
        return run
    found = "".join(_sign(sign, face) for sign in (unicodedata.normalize("NFKC", run) if is_high else run))
    if not (is_high and found):
        return found
    return f"^{found}" if found.isalnum() else f"^({found})"


def _sign(sign: str, face: Face) -> str:
    """The sign, else its plain form, else its letter without accents, else nothing."""
    letters = (one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    alike = (sign, unicodedata.normalize("NFKC", sign), "".join(letters))
    return next((one for one in alike if covers(face, one)), "")
