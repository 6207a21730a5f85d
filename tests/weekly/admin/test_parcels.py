"""A week travels through the import's forms unchanged, and nobody can change it on the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import signing

from papers.errors import Notice, SourceUnavailable, UnknownPaper
from papers.paper import ArxivId, Paper
from weekly.admin.parcels import SALT, Parcel, pack, unpack
from weekly.importers.base import Entry, Link, Week
from weekly.importing import Metadata, Source

LINKS = (Link("Paper", "https://arxiv.org/abs/2405.00001"),)
ENTRY = Entry(1, "Title", "Text with <think> and $x$.", LINKS, "2405.00001", 2, (Notice("odd: %(what)s", {"what": 1}),))
WEEK = Week(date(2024, 5, 6), date(2024, 5, 12), "Heading", (ENTRY,), (Notice("short"),))
PARCEL = Parcel(WEEK, Source("dair-ai", "The list", "https://example.org/list.md"), "ja")
PAPER = Paper("Title", "Abstract", ArxivId("2405.00001", 2), ("Ada",), date(2024, 5, 7), categories=("cs.CL",))


def test_a_week_comes_out_as_it_went_in() -> None:
    assert unpack(pack(PARCEL)) == PARCEL


def test_what_arxiv_said_travels_along() -> None:
    parcel = unpack(pack(PARCEL.with_metadata(Metadata({"2405.00001v2": PAPER}))))
    assert parcel.metadata.of(ENTRY) == PAPER


def test_an_error_of_arxiv_stays_the_error_it_was() -> None:
    parcel = unpack(pack(PARCEL.with_metadata(Metadata({"2405.00001v2": UnknownPaper(id="2405.00001")}))))
    error = parcel.metadata.of(ENTRY)
    assert isinstance(error, UnknownPaper)
    assert str(error) == "arXiv knows no paper 2405.00001."


def test_that_arxiv_said_nothing_travels_along() -> None:
    problem = SourceUnavailable(host="arXiv", reason="closed").notice
    assert unpack(pack(PARCEL.with_metadata(Metadata(problem=problem)))).metadata.problem == problem


def test_only_the_weeks_own_papers_travel_with_it() -> None:
    others = Metadata({"2405.00001v2": PAPER, "2405.00009": PAPER})
    assert list(PARCEL.with_metadata(others).papers) == ["2405.00001v2"]


def test_a_changed_text_is_refused() -> None:
    with pytest.raises(signing.BadSignature):
        unpack(pack(PARCEL)[:-1] + "x")


def test_a_text_of_another_shape_is_refused() -> None:
    with pytest.raises(signing.BadSignature):
        unpack(signing.dumps({"week": 1}, salt=SALT))
