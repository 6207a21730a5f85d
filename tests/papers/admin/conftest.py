"""The desk's tests: Alice's browser, and a paper with a wrong number in it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from papers.blocks import text_hash
from papers.models import Finding, PaperPage
from tests.factories import make_paper, make_qa

ABSTRACT = "The model has 34 billion parameters.\nWe study agents."
FAULTY = "このモデルは3.4億個のパラメータを持ちます。\nエージェントを調べました。"


def machine(text: str, **stamp: Any) -> dict[str, Any]:
    """The provenance of a text that a machine wrote."""
    return {"backend": "openai", "model": "tiny", "prompt": "p1", "hash": text_hash(text), **stamp}


def faulty_paper(**fields: Any) -> PaperPage:
    """Its abstract, as a machine translated it, is off by a power of ten."""
    stamps = {"abstract_translated": machine(FAULTY)}
    defaults = {"abstract": ABSTRACT, "abstract_translated": FAULTY, "provenance": stamps}
    return make_paper(**{**defaults, "qa": [make_qa(1)], **fields})


def the_number(page: PaperPage) -> Finding:
    return page.findings.current().get(rule="numbers")


def url(name: str, page: Any, *args: Any) -> str:
    return reverse(f"papers_admin:{name}", args=[page.pk, *args])


def dismiss(client: Client, finding: Finding, reason: str = "The paper is wrong.") -> Any:
    return client.post(url("dismiss", finding.page, finding.pk), {"reason": reason})


def newest(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
