"""Q&As in plain values say what Wagtail's blocks say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from papers.models import PaperPage
from papers.presenting import plain_questions, questions
from tests.factories import make_paper, make_qa

pytestmark = pytest.mark.django_db


def told(value: Any) -> dict[str, Any]:
    return {
        **value,
        "citations": [dict(citation) for citation in value["citations"]],
        "provenance": dict(value["provenance"]),
    }


def kept(raw: list[dict[str, Any]]) -> PaperPage:
    """A page with Q&As as an older release, or code, may have written them."""
    page = make_paper()
    PaperPage.objects.filter(pk=page.pk).update(qa=json.dumps(raw))
    return PaperPage.objects.get(pk=page.pk)


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "method", "question": "Q?"},
        {"kind": "method", "question": "Q?", "answer": None, "citations": []},
        {"question": "Q?", "citations": [{"page": 3, "quote": "q"}]},
        {"question": "Q?", "citations": [{"type": "item", "id": "a", "value": {"quote": "q", "verified": True}}]},
        {"question": "Q?", "provenance": {"backend": "openai"}},
    ],
)
def test_what_is_missing_is_what_the_blocks_fill_in(value: dict[str, Any]) -> None:
    page = kept([{"type": "qa", "id": "b1-2", "value": value}, {"type": "gone", "value": {}}])
    ((key, block),), ((other_key, plain),) = questions(page), plain_questions(page)
    assert (other_key, plain.id, plain.value) == (key, block.id, told(block.value))


def test_drafted_questions_are_the_same_in_both() -> None:
    page = PaperPage.objects.get(pk=make_paper(qa=[make_qa(1), make_qa(2)]).pk)
    plain = [(key, block.id, block.value) for key, block in plain_questions(page)]
    assert plain == [(key, block.id, told(block.value)) for key, block in questions(page)] != []
