"""A finding teaches the glossary: a new term, or one more wrong rendering of one that stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from papers.models import GlossaryTerm, PaperPage
from tests.factories import make_paper
from tests.papers.admin.conftest import url

pytestmark = pytest.mark.django_db


def add(client: Client, page: PaperPage | None = None, **fields: str) -> Any:
    return client.post(url("term", page or make_paper()), fields)


def make_term(**fields: Any) -> GlossaryTerm:
    defaults = {"source": "agent", "target": "エージェント", "language": "ja"}
    return GlossaryTerm.objects.create(**{**defaults, **fields})


def test_a_new_term_is_of_the_pages_language(alice: Client) -> None:
    assert add(alice, source="agent", wrong="代理人", target="エージェント").status_code == 200
    term = GlossaryTerm.objects.get()
    assert (term.source, term.target, term.forbidden, term.language) == ("agent", "エージェント", "代理人", "ja")


def test_a_term_can_be_kept_as_it_is(alice: Client) -> None:
    add(alice, source="Transformer", wrong="トランスフォーマー", keep="1", target="left over")
    term = GlossaryTerm.objects.get()
    assert (term.kind, term.target) == ("keep", "")


def test_a_known_term_learns_one_more_wrong_rendering(alice: Client) -> None:
    make_term(forbidden="代理店")
    add(alice, source="agent", wrong="代理人")
    term = GlossaryTerm.objects.get()
    assert (term.target, term.forbidden) == ("エージェント", "代理店\n代理人")


def test_the_same_wrong_rendering_is_listed_once(alice: Client) -> None:
    make_term(forbidden="代理人")
    add(alice, source="agent", wrong="代理人")
    assert GlossaryTerm.objects.get().forbidden == "代理人"


def test_a_term_of_another_language_is_another_term(alice: Client) -> None:
    make_term(language="ko", target="에이전트")
    add(alice, source="agent", target="エージェント")
    assert set(GlossaryTerm.objects.values_list("language", flat=True)) == {"ja", "ko"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": " "}, "Say which term of the paper it is."),
        ({"source": "agent", "wrong": "代理人"}, "Say how the term is rendered."),
        ({"source": "agent", "wrong": "代理人", "target": "代理人"}, "The right rendering cannot be a wrong one too."),
    ],
)
def test_what_makes_no_term_is_refused_in_words(alice: Client, fields: dict[str, str], said: str) -> None:
    answer = add(alice, **fields)
    assert (answer.status_code, answer.json()["error"]) == (400, said)
    assert not GlossaryTerm.objects.exists()


def test_the_answer_leads_to_the_term(alice: Client) -> None:
    answer = add(alice, source="agent", target="エージェント").json()
    assert str(GlossaryTerm.objects.get().pk) in answer["url"]
    assert alice.get(answer["url"]).status_code == 200


def test_a_term_that_matches_everything_is_not_saved_before_its_count_is_told(alice: Client) -> None:
    page = make_paper(abstract="We are first.")
    answer = add(alice, page, source="we", target="私たち").json()
    assert "occurs in 1 of 1 papers" in answer["ask"]
    assert not GlossaryTerm.objects.exists()


def test_after_the_count_it_is_added_all_the_same(alice: Client) -> None:
    assert "ask" not in add(alice, source="we", target="私たち", all_the_same="1").json()
    assert GlossaryTerm.objects.get().source == "we"


def test_one_more_wrong_rendering_that_matches_everything_is_asked_about_too(alice: Client) -> None:
    make_term(forbidden="代理店")
    assert "ask" in add(alice, source="agent", wrong="の").json()
    assert GlossaryTerm.objects.get().forbidden == "代理店"


def test_the_answer_tells_how_far_the_term_reaches(alice: Client) -> None:
    page = make_paper(abstract="An agent.")
    answer = add(alice, page, source="agent", target="エージェント").json()
    assert "occurs in 1 of 1 papers (texts: 1)" in answer["reach"]


def editor_without_glossary() -> Any:
    """May edit all pages, and nothing else."""
    group = Group.objects.create(name="Page editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    carol = get_user_model().objects.create_user("carol", password="secret-of-carol")
    carol.groups.add(group)
    return carol


def test_who_may_not_change_the_glossary_is_told_so(client: Client) -> None:
    page = make_paper()
    client.force_login(editor_without_glossary())
    answer = add(client, page, source="agent", target="エージェント")
    assert (answer.status_code, GlossaryTerm.objects.count()) == (403, 0)
