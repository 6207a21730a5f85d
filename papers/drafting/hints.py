"""What a call is told about words and numbers of its own text: terms, names to keep, number forms."""

from __future__ import annotations

from collections.abc import Sequence

from papers.drafting import prompts
from papers.drafting.base import Context
from papers.drafting.names import keep_words
from papers.drafting.number_forms import number_forms
from papers.glossary import Term, find_terms

MOST_NAMES = 16


def hints(text: str, context: Context, names_at_least: int = 1) -> str:
    """Lines for the end of a prompt, only about what occurs in the text; empty where nothing does."""
    terms = _occurring(text, context.terms)
    names = [term.source for term in terms if term.keep]
    translated = {term.source.lower() for term in terms if not term.keep}
    names += [n for n in keep_words(text, MOST_NAMES, names_at_least) if n not in names and n.lower() not in translated]
    lines = [_rendering(term) for term in terms if not term.keep]
    lines += [f"{said} ⇒ {form}" for said, form in number_forms(text, context.language)]
    blocks = [
        "\n".join([prompts.phrase("render"), *lines]) if lines else "",
        prompts.phrase("keep", names=", ".join(names)) if names else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _occurring(text: str, terms: Sequence[Term]) -> list[Term]:
    """A plain search first: a site's glossary is long, and a paper's text too."""
    folded = text.casefold()
    return find_terms(text, [term for term in terms if term.source.casefold() in folded])


def _rendering(term: Term) -> str:
    wrong = f" (not: {', '.join(term.forbidden)})" if term.forbidden else ""
    return f"{term.source} ⇒ {term.target}{wrong}"
