"""Tags in the admin: the list, descriptions, merging."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from papers.models import PaperTag, TagDescription, TaggedPaper
from tests.factories import make_paper
from tests.weekly.reading import text_of

pytestmark = pytest.mark.django_db

INDEX, ADD = "wagtailsnippets_papers_papertag:list", "wagtailsnippets_papers_papertag:add"
CHOOSE = "wagtailsnippetchoosers_papers_papertag:choose_results"


def make_tag(name: str, **fields: Any) -> PaperTag:
    return PaperTag.objects.create(name=name, **fields)


def edit_address(tag: PaperTag) -> str:
    return reverse("wagtailsnippets_papers_papertag:edit", args=[tag.pk])


def filled(tag: PaperTag | str, into: PaperTag | None = None, **described: str) -> dict[str, str]:
    rows = [{"language": language, "text": text} for language, text in described.items()]
    fields = {"name": str(tag), "merged_into": into.pk if into else "", "descriptions": inline_formset(rows)}
    return nested_form_data(fields)


def save(client: Client, tag: PaperTag, *args: Any, **described: str) -> str:
    return client.post(edit_address(tag), filled(tag, *args, **described), follow=True).content.decode()


def listed(client: Client, query: str = "") -> list[list[str]]:
    soup = BeautifulSoup(client.get(f"{reverse(INDEX)}?{query}").content, "html.parser")
    rows = [[text_of(cell) for cell in row.select("td")[1:]] for row in soup.select("table.listing tbody tr")]
    return [[row[0].split()[0], *row[1:]] for row in rows]


# The list


def test_the_list_counts_the_public_papers_of_all_languages(alice: Client) -> None:
    make_paper(live=True, tags=["rag"])
    make_paper(live=True, tags=["rag"], code="ko")
    make_paper(tags=["rag", "draft"])
    assert [row[:2] for row in listed(alice)] == [["draft", "0"], ["rag", "2"]]


def test_the_list_names_what_a_tag_is_merged_into_and_where_it_is_described(alice: Client) -> None:
    rag = make_tag("rag")
    make_tag("retrieval", merged_into=rag)
    for language in ("ko", "ja"):
        TagDescription.objects.create(tag=rag, language=language, text="…")
    assert listed(alice) == [["rag", "0", "", "ja, ko"], ["retrieval", "0", "rag", ""]]


@pytest.mark.parametrize(("kind", "names"), [("used", ["rag"]), ("unused", ["draft"]), ("merged", ["old"])])
def test_the_list_can_be_narrowed(alice: Client, kind: str, names: list[str]) -> None:
    make_paper(live=True, tags=["rag"])
    make_paper(tags=["draft"])
    make_tag("old", merged_into=PaperTag.objects.get(name="rag"))
    assert [row[0] for row in listed(alice, f"kind={kind}")] == names


def test_the_list_is_searched_by_any_part_of_a_name(alice: Client) -> None:
    for name in ("情報検索", "検索拡張生成", "整列"):
        make_tag(name)
    assert [row[0] for row in listed(alice, "q=検索")] == ["情報検索", "検索拡張生成"]


def test_the_list_is_sorted_by_use(alice: Client) -> None:
    make_paper(live=True, tags=["a", "b"])
    make_paper(live=True, tags=["b"])
    assert [row[0] for row in listed(alice, "ordering=-papers")] == ["b", "a"]


# Descriptions


def test_a_description_is_written_for_each_language(alice: Client) -> None:
    tag = make_tag("rag")
    save(alice, tag, ja="検索で補う生成。", ko="검색 증강 생성.")
    assert dict(tag.descriptions.values_list("language", "text")) == {"ja": "検索で補う生成。", "ko": "검색 증강 생성."}


def test_two_descriptions_in_one_language_are_refused_and_kept(alice: Client) -> None:
    fields = filled("rag", ja="一つ目。") | {"descriptions-TOTAL_FORMS": "2"}
    fields |= {f"descriptions-1-{name}": value for name, value in {"language": "ja", "text": "二つ目。"}.items()}
    shown = alice.post(edit_address(make_tag("rag")), fields).content.decode()
    assert not TagDescription.objects.exists()
    assert "二つ目。" in shown


# Merging


def test_merging_moves_the_papers_and_says_how_many(alice: Client) -> None:
    paper = make_paper(live=True, tags=["retrieval"])
    rag, retrieval = make_tag("rag"), PaperTag.objects.get(name="retrieval")
    assert "“retrieval” means “rag” from now on; 1 paper was moved." in save(alice, retrieval, rag)
    assert TaggedPaper.objects.get(content_object=paper).tag == rag


def test_a_synonym_can_be_made_before_anybody_uses_it(alice: Client) -> None:
    rag = make_tag("rag")
    alice.post(reverse(ADD), filled("retrieval", rag))
    assert PaperTag.objects.get(name="retrieval").merged_into == rag


def test_saving_a_synonym_again_moves_nothing(alice: Client) -> None:
    rag = make_tag("rag")
    shown = save(alice, make_tag("retrieval", merged_into=rag), rag)
    assert "moved" not in shown
    assert "updated" in shown


def test_a_synonym_can_stand_for_itself_again(alice: Client) -> None:
    old = make_tag("old", merged_into=make_tag("rag"))
    save(alice, old)
    assert PaperTag.objects.get(pk=old.pk).merged_into is None


def test_a_tag_is_not_merged_into_itself_nor_into_its_synonym(alice: Client) -> None:
    rag = make_tag("rag")
    for target in (rag, make_tag("old", merged_into=rag)):
        assert "itself or into its own synonym" in save(alice, rag, target)
    assert PaperTag.objects.get(pk=rag.pk).merged_into is None


def test_only_what_is_no_synonym_can_be_chosen_the_most_used_first(alice: Client) -> None:
    make_paper(live=True, tags=["情報検索"])
    make_tag("検索")
    make_tag("検索語", merged_into=make_tag("整列"))
    soup = BeautifulSoup(alice.get(reverse(CHOOSE) + "?q=検索").content, "html.parser")
    assert [text_of(link) for link in soup.select("[data-chooser-modal-choice]")] == ["情報検索", "検索"]


def test_a_form_speaks_the_editors_language(alice: Client) -> None:
    shown = alice.get(edit_address(make_tag("rag"))).content.decode()
    assert "Choose a tag" in shown


def test_who_may_not_change_tags_is_turned_away(client: Client) -> None:
    assert client.get(edit_address(make_tag("rag"))).status_code == 302
