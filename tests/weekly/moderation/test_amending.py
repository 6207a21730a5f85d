"""What readers are told beside a correction is changed by who may publish its page."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from tests.factories import make_correction, make_paper
from tests.weekly.moderation.acting import again, make_helper
from weekly.models import Correction
from weekly.moderation.amending import amend
from weekly.moderation.deciding import Refused

pytestmark = pytest.mark.django_db
WORDS = {"reason": "A name.", "thanks": "", "is_typo": False}


@pytest.fixture
def made(db: None) -> Correction:
    return make_correction(make_paper(live=True))


def test_only_what_changes_is_written_and_named(made: Correction, alice: Any) -> None:
    assert amend(made, alice, **{**WORDS, "thanks": " Bob ", "is_typo": True}) == ["thanks", "is_typo"]
    assert (again(made).reason, made.thanks, made.is_typo) == ("A name.", "Bob", True)


def test_what_stands_already_changes_nothing(made: Correction, alice: Any) -> None:
    assert amend(made, alice, **WORDS) == []
    assert not ModelLogEntry.objects.exists()


def test_who_may_not_publish_changes_nothing(made: Correction) -> None:
    with pytest.raises(Refused, match="You may not decide this"):
        amend(made, make_helper("dave", "change"), **{**WORDS, "is_typo": True})
    assert not again(made).is_typo


def test_a_correction_that_is_gone_is_told_so(made: Correction, alice: Any) -> None:
    Correction.objects.all().delete()
    with pytest.raises(Refused, match="no longer there"):
        amend(made, alice, **WORDS)
