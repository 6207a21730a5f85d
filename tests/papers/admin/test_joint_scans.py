"""The page of terms that were imported together: one progress, and each term with what it proposes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from papers.admin.scans import SILENCE
from papers.models import Decision, GlossaryTerm, TermScan
from papers.rescanning import begin, begin_all, scan_term
from tests.factories import make_editor
from tests.papers.test_rescanning import KEPT, make_broken, make_term

pytestmark = pytest.mark.django_db


def queued(*terms: GlossaryTerm, user: Any = None) -> str:
    """The page of these terms, whose scans nobody has begun yet."""
    scans = begin_all(terms, user)
    return reverse("papers_admin:scans", args=[scans[0].pk, scans[-1].pk])


def ended(*terms: GlossaryTerm) -> str:
    address = queued(*terms)
    scan_term(TermScan.objects.first().pk)
    return address


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def listed(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*"><span lang="en">([^<]+)</span>', html)


def test_it_shows_one_progress_for_all_terms(alice: Client) -> None:
    make_broken()
    html = shown(alice, queued(make_term(), make_term(**KEPT)))
    assert '<progress class="glossary-progress" max="2" value="0"' in html
    assert "0 % is read, all terms together." in html


def test_the_progress_can_be_asked_for_alone(alice: Client) -> None:
    make_broken()
    html = shown(alice, f"{queued(make_term())}progress/")
    assert html.lstrip().startswith("<div data-scan-part")
    assert 'data-active="1"' in html


def test_broken_terms_are_listed_with_their_places_and_lead_to_what_they_propose(alice: Client) -> None:
    make_broken()
    html = shown(alice, ended(make_term(), make_term(**KEPT)))
    assert listed(html) == ["attention head"]
    assert reverse("papers_admin:scan", args=[TermScan.objects.get(changes__isnull=False).pk]) in html


def test_the_term_with_the_most_open_places_comes_first(alice: Client) -> None:
    make_broken()
    for _number in range(2):
        make_broken(abstract="We use LoRA.", abstract_translated="ローラを使います。")
    address = ended(make_term(), make_term(**KEPT))
    assert listed(shown(alice, address)) == ["LoRA", "attention head"]
    TermScan.objects.last().changes.update(decision=Decision.TAKEN)
    assert listed(shown(alice, address)) == ["attention head", "LoRA"]


def test_where_nothing_is_broken_it_says_so(alice: Client) -> None:
    assert "No text breaks these terms." in shown(alice, ended(make_term(), make_term(**KEPT)))


def test_an_error_is_told(alice: Client) -> None:
    address = ended(make_term())
    TermScan.objects.update(error={"template": "It broke: %(error)s", "params": {"error": "so"}})
    assert "It broke: so" in shown(alice, address)


def test_scans_that_nobody_works_on_are_told(alice: Client) -> None:
    address = queued(make_term(), make_term(**KEPT))
    TermScan.objects.update(created_at=timezone.now() - SILENCE * 2)
    assert "Is a worker running?" in shown(alice, address)
    TermScan.objects.filter(pk=TermScan.objects.last().pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    assert "Is a worker running?" not in shown(alice, address)


def test_scans_that_somebody_else_queued_meanwhile_are_left_out(alice: Client) -> None:
    make_broken()
    carol = make_editor("carol")
    first = begin(make_term(**KEPT), carol)
    begin(make_term(source="other"), get_user_model().objects.get(username="alice"))
    last = begin(make_term(), carol)
    html = shown(alice, reverse("papers_admin:scans", args=[first.pk, last.pk]))
    assert 'max="2"' in html


@pytest.mark.parametrize(("first", "last"), [(0, -1), (99, 99)])
def test_scans_that_are_none_are_not_found(alice: Client, first: int, last: int) -> None:
    pk = begin(make_term()).pk
    assert alice.get(reverse("papers_admin:scans", args=[pk + first, pk + last])).status_code == 404


def test_more_terms_take_no_more_queries(alice: Client, django_assert_max_num_queries: Any) -> None:
    make_broken()
    address = ended(make_term())
    shown(alice, address)
    with CaptureQueriesContext(connection) as few:
        shown(alice, address)
    TermScan.objects.all().delete()
    more = ended(*(make_term(source=f"term {number}") for number in range(10)))
    with django_assert_max_num_queries(len(few)):
        shown(alice, more)


def test_who_has_nothing_to_do_with_the_glossary_stays_outside(client: Client) -> None:
    address = queued(make_term())
    assert client.get(address).status_code == 302
