"""The lesson of a correction: the term that it suggests, saved, and looked for on all pages."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from papers.models import GlossaryTerm, TermKind, TermScan
from tests.factories import make_correction, make_paper
from weekly.models import Correction

pytestmark = pytest.mark.django_db


def correction(**fields: Any) -> Correction:
    page = make_paper(live=True, abstract="RAT helps.", abstract_translated="RATは役に立ちます。")
    words = {"place": "abstract_translated", "before": "ネズミは役に立ちます。", "after": "RATは役に立ちます。"}
    return make_correction(page, **{**words, **fields})


def address(made: Correction) -> str:
    return reverse("weekly_admin:lesson", args=[made.pk])


def look(client: Client, made: Correction) -> dict[str, str]:
    page = BeautifulSoup(client.get(address(made)).content, "html.parser")
    return {box["name"]: box.get("value", "") for box in page.select(".readers-lesson input[type=text]")}


def send(client: Client, made: Correction, **fields: str) -> Any:
    return client.post(address(made), fields)


def teacher(writer: Callable[..., Client]) -> Client:
    """Carol, who may edit and publish pages, and add to the glossary."""
    carol = writer("change_page", "publish_page")
    may = Permission.objects.filter(codename__in=("add_glossaryterm", "change_glossaryterm"))
    Group.objects.get(name="writers").permissions.add(*may)
    return carol


def test_the_correction_suggests_the_term(alice: Client) -> None:
    assert look(alice, correction()) == {"source": "RAT", "wrong": "ネズミ", "target": "RAT"}


def test_a_word_that_the_paper_has_is_to_be_kept(alice: Client) -> None:
    assert 'name="keep" id="id_keep" checked' in alice.get(address(correction())).content.decode()


def test_saving_makes_the_term_and_looks_on_all_pages(alice: Client) -> None:
    answer = send(alice, correction(), source="RAT", wrong="ネズミ", keep="on")
    term = GlossaryTerm.objects.get()
    assert (term.source, term.kind, term.forbidden, term.language) == ("RAT", TermKind.KEEP, "ネズミ", "ja")
    assert answer.url == reverse("papers_admin:scan", args=[TermScan.objects.get(term=term).pk])


def test_a_term_that_stands_is_added_to(alice: Client) -> None:
    GlossaryTerm.objects.create(source="RAT", kind=TermKind.KEEP, forbidden="ラット", language="ja")
    send(alice, correction(), source="RAT", wrong="ネズミ")
    assert GlossaryTerm.objects.get().forbidden == "ラット\nネズミ"


def test_a_term_that_contradicts_itself_is_refused_and_kept_in_the_form(alice: Client) -> None:
    html = unescape(send(alice, correction(), source="RAT", wrong="ネズミ", target="ネズミ").content.decode())
    assert "The right rendering cannot be a wrong one too." in html
    assert 'value="ネズミ"' in html


def test_a_term_without_its_source_is_refused(alice: Client) -> None:
    html = unescape(send(alice, correction(), source=" ", target="ラット").content.decode())
    assert "Say which term of the paper it is." in html
    assert not GlossaryTerm.objects.exists()


def test_a_term_that_matches_everything_is_asked_about_first(alice: Client) -> None:
    made = correction()
    html = send(alice, made, source="a", target="ラット").content.decode()
    assert 'name="all_the_same"' in html
    assert not GlossaryTerm.objects.exists()
    assert send(alice, made, source="a", target="ラット", all_the_same="on").status_code == 302


def test_who_may_teach_but_not_publish_the_page_is_turned_away(writer: Callable[..., Client]) -> None:
    foreign = make_correction(make_paper(live=True, code="ko"))
    carol = teacher(writer)
    assert carol.get(address(foreign)).status_code == 302
    assert carol.get(address(correction())).status_code == 200


def test_who_may_not_change_the_glossary_is_turned_away(writer: Callable[..., Client]) -> None:
    carol = writer("change_page", "publish_page")
    assert carol.get(address(correction())).status_code == 302
    send(carol, correction(), source="RAT", keep="on")
    assert not GlossaryTerm.objects.exists()


def test_a_correction_that_is_gone_is_not_found(alice: Client) -> None:
    assert alice.get(reverse("weekly_admin:lesson", args=[99])).status_code == 404


def test_a_passage_that_is_gone_still_teaches(alice: Client) -> None:
    assert (
        look(alice, correction(place="qa.gone.answer", before="ネズミです。", after="ラットです。"))["wrong"]
        == "ネズミ"
    )
