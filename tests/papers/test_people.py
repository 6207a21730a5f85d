"""People by name: the one they have set, else the one they log in with."""

from __future__ import annotations

import pytest

from papers.people import name_of
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def test_an_editor_goes_by_the_name_that_they_have_set() -> None:
    assert name_of(make_editor(first_name="Alice", last_name="Li")) == "Alice Li"


def test_an_editor_without_a_name_goes_by_the_one_they_log_in_with() -> None:
    assert name_of(make_editor(first_name="", last_name="")) == "alice"


def test_nobody_has_no_name() -> None:
    assert name_of(None) == ""
