"""The paper's page as readers see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from papers.models import PaperPage, PaperTag
from papers.tagging import merge_tag
from tests.factories import make_editor, make_paper, make_qa, make_week
from tests.weekly.reading import count_queries, language_of, links_of, read, read_draft, text_of

pytestmark = pytest.mark.django_db

EXTRACTIVE = {"backend": "extractive", "model": "extractive", "prompt": "p", "run": 1, "hash": "x", "problem": ""}


def page_of(client: Client, **fields: Any) -> BeautifulSoup:
    return read(client, make_paper(live=True, **fields))


def fact(soup: BeautifulSoup, name: str) -> Any:
    """What stands beside a name in the list of what is known of a paper."""
    return next(row.dd for row in soup.select(".facts > div") if text_of(row.dt) == name)


def citing(*citations: dict[str, Any]) -> list[dict[str, Any]]:
    return [make_qa(1, citations=list(citations))]


# Head and facts


def test_it_shows_the_translated_title_and_the_original_in_its_language(client: Client) -> None:
    soup = page_of(client, title="Attention", title_translated="注意機構")
    original = soup.select_one("h1 + .original-title")
    assert (text_of(soup.h1), language_of(soup.h1)) == ("注意機構", "ja")
    assert (text_of(original), language_of(original)) == ("Attention", "en")


def test_a_title_without_a_translation_is_marked_as_the_papers_language(client: Client) -> None:
    soup = page_of(client, title="Aufmerksamkeit", source_language="de")
    assert (text_of(soup.h1), language_of(soup.h1)) == ("Aufmerksamkeit", "de")
    assert soup.title.text == "Aufmerksamkeit – Paper Digest"


def test_authors_stand_in_the_papers_order(client: Client) -> None:
    soup = page_of(client, authors="Zoe Last\nAda First\n\n")
    assert [text_of(name) for name in fact(soup, "著者").select("li")] == ["Zoe Last", "Ada First"]


def test_a_long_list_of_authors_is_folded_behind_the_tenth(client: Client) -> None:
    authors = fact(page_of(client, authors="\n".join(f"Author {number}" for number in range(1, 14))), "著者")
    assert [text_of(name) for name in authors.select("dd > .authors li")][9:] == ["Author 10"]
    assert text_of(authors.summary) == "…ほか3名"
    assert [text_of(name) for name in authors.select("details li")] == ["Author 11", "Author 12", "Author 13"]


def test_dates_are_written_in_the_pages_language(client: Client) -> None:
    soup = page_of(client, published_on=date(2024, 5, 7), updated_on=date(2024, 6, 4))
    assert text_of(fact(soup, "公開日")) == "2024年5月7日"
    assert fact(soup, "最終更新日").time["datetime"] == "2024-06-04"


def test_the_paper_is_linked_with_its_version(client: Client) -> None:
    paper = fact(page_of(client, arxiv_id="2405.03548", arxiv_version=2), "論文")
    assert text_of(paper) == "arXiv:2405.03548v2 PDF"
    assert links_of(paper) == ["https://arxiv.org/abs/2405.03548v2", "https://arxiv.org/pdf/2405.03548v2"]


def test_a_paper_outside_arxiv_is_linked_where_it_stands(client: Client) -> None:
    soup = page_of(client, arxiv_id=None, source_url="https://example.org/card", pdf_url="https://example.org/card.pdf")
    assert links_of(fact(soup, "論文")) == ["https://example.org/card", "https://example.org/card.pdf"]


def test_an_address_outside_arxiv_is_shown_by_host_and_file(client: Client) -> None:
    paper = fact(page_of(client, arxiv_id=None, source_url="https://example.org/2024/<b>/card.pdf?id=1&page=2"), "論文")
    assert (text_of(paper.a), len(paper.select("wbr"))) == ("example.org/…/card.pdf?id=1&page=2", 2)
    near = fact(page_of(client, arxiv_id=None, source_url="https://example.org/card.pdf"), "論文")
    assert text_of(near.select_one(".address")) == "example.org/card.pdf"


def test_a_category_is_named_once(client: Client) -> None:
    names = fact(page_of(client, categories="cs.CL cs.LG stat.ML"), "分野")
    assert text_of(names) == "Computation and Language, Machine Learning"
    assert language_of(names) == "en"


def test_tags_lead_to_their_pages(client: Client) -> None:
    soup = page_of(client, tags=["情報検索", "rlhf"])
    assert [client.get(link).status_code for link in links_of(fact(soup, "タグ"))] == [200, 200]


def test_what_is_not_known_leaves_no_empty_row(client: Client) -> None:
    soup = page_of(client, arxiv_id=None, authors="", published_on=None, categories="")
    assert [text_of(row.dd) for row in soup.select(".facts > div")] == ["BibTeX RIS CSL JSON"]


# Abstract


def test_the_abstract_has_its_original_one_click_away(client: Client) -> None:
    soup = page_of(client, abstract="One.\n\nTwo.", abstract_translated="一。\n\n二。")
    original = soup.select_one("section[aria-labelledby=abstract] details .original")
    assert [text_of(p) for p in soup.select("section[aria-labelledby=abstract] > .prose p")] == ["一。", "二。"]
    assert ([text_of(p) for p in original.select("p")], language_of(original)) == (["One.", "Two."], "en")


# Questions and answers


def test_each_question_has_an_anchor_and_a_visible_link_to_it(client: Client) -> None:
    soup = page_of(client, qas=10)
    anchors = [link["href"] for link in soup.select(".qa > a.anchor")]
    assert anchors == [f"#qa-{number:08d}" for number in range(1, 11)]
    assert all(soup.select_one(f".qa[id='{anchor[1:]}']") for anchor in anchors)


def test_the_contents_name_every_question(client: Client) -> None:
    links = page_of(client, qas=3).select(".contents ol a")
    assert [text_of(link) for link in links] == [f"質問{number}は何ですか。" for number in (1, 2, 3)]


def test_the_contents_name_the_parts_that_the_page_has(client: Client) -> None:
    links = page_of(client, qas=1).select(".contents nav > ul > li > a")
    assert [link["href"] for link in links] == ["#abstract", "#questions", "#comments"]


@pytest.mark.parametrize(("qas", "offers"), [(1, 1), (0, 0)])
def test_quotes_are_originals_that_a_reader_chooses(client: Client, qas: int, offers: int) -> None:
    paper = make_paper(live=True, qas=qas, abstract="", abstract_translated="")
    assert len(read(client, paper).select(".texts-choice")) == offers


def test_the_papers_own_question_stands_with_its_translation(client: Client) -> None:
    heading = page_of(client, qa=[make_qa(1, question="何ですか。", question_original="What is it?")]).select_one(
        ".qa h3"
    )
    assert (text_of(heading), language_of(heading.select_one(".original"))) == ("何ですか。 What is it?", "en")


def test_every_answer_can_be_folded_by_its_own_button(client: Client) -> None:
    soup = page_of(client, qas=2)
    folded = [button["aria-controls"] for button in soup.select(".qa > .fold")]
    assert [soup.find(id=key)["class"] for key in folded] == [["qa-body"]] * 2


def test_an_answers_blank_lines_part_paragraphs(client: Client) -> None:
    soup = page_of(client, qa=[make_qa(1, answer="一。\n続き。\n\n二。")])
    assert [text_of(p) for p in soup.select(".answer p")] == ["一。続き。", "二。"]
    assert len(soup.select(".answer br")) == 1


def test_an_answer_keeps_its_original_one_click_away(client: Client) -> None:
    soup = page_of(client, qa=[make_qa(1, answer="答え。", answer_original="The answer.")])
    original = soup.select_one(".qa-body details blockquote")
    assert (text_of(original), language_of(original)) == ("The answer.", "en")


def test_an_extractive_answer_says_that_it_is_one(client: Client) -> None:
    qa = make_qa(1, answer="", answer_original="We prove it.", provenance=EXTRACTIVE)
    soup = page_of(client, qa=[qa])
    assert language_of(soup.select_one(".answer > blockquote")) == "en"
    assert "論文から一字一句そのまま抜き出した文です（未翻訳）。" in text_of(soup.select_one(".answer"))
    assert "ソフトウェアが論文から一字一句そのまま抜き出した" in text_of(soup.select_one(".provenance"))


def test_a_models_text_is_text_and_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script><b>&amp;。"
    fields = dict.fromkeys(("title", "title_translated", "summary", "abstract", "abstract_translated", "authors"), evil)
    soup = page_of(client, **fields, qa=[make_qa(1, question=evil, answer=evil, answer_original=evil)], tags=["<i>"])
    assert soup.select("script:not([src], [type$=json]), b, i") == []
    assert text_of(soup.h1) == evil


# Citations


def test_a_citation_leads_to_the_page_of_the_pdf(client: Client) -> None:
    cited = citing({"page": 7, "quote": "We measured it.", "verified": True})
    place = page_of(client, arxiv_id="2405.03548", arxiv_version=2, qa=cited).select_one(".evidence > li")
    assert (text_of(place.a), place.a["href"]) == ("p.7", "https://arxiv.org/pdf/2405.03548v2#page=7")
    assert (text_of(place.blockquote), language_of(place.blockquote)) == ("We measured it.", "en")


def test_a_quote_is_shown_on_demand(client: Client) -> None:
    cited = citing({"page": 7, "quote": "We measured it.", "verified": True})
    fold = page_of(client, qa=cited).select_one(".evidence blockquote").find_parent("details")
    assert not fold.has_attr("open")
    assert text_of(fold.summary) == "引用 p.7"


def test_an_unverified_citation_says_so(client: Client) -> None:
    sure, unsure = {"page": 1, "quote": "A.", "verified": True}, {"page": 2, "quote": "B.", "verified": False}
    first, second = page_of(client, qa=citing(sure, unsure)).select(".evidence > li")
    assert "未確認" not in text_of(first)
    assert "未確認" in text_of(second)
    assert second["class"] == ["unverified"]


def test_a_sentence_of_the_abstract_needs_no_page(client: Client) -> None:
    place = page_of(client, qa=citing({"page": None, "quote": "A.", "verified": True})).select_one(".evidence > li")
    assert text_of(place).startswith("要旨")
    assert links_of(place) == []


def test_a_page_of_a_paper_without_a_pdf_is_named_and_not_linked(client: Client) -> None:
    cited = citing({"page": 3, "quote": "A.", "verified": True})
    place = page_of(client, arxiv_id=None, qa=cited).select_one(".evidence > li")
    assert text_of(place).startswith("p.3")
    assert links_of(place) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org/x"])
def test_it_links_only_to_web_addresses(client: Client, address: str) -> None:
    paper = make_paper(live=True, arxiv_id=None, qa=citing({"page": 3, "quote": "A.", "verified": True}))
    PaperPage.objects.filter(pk=paper.pk).update(source_url=address, pdf_url=address)
    assert address not in str(read(client, paper))


# Notices and provenance


def test_a_withdrawn_paper_says_so_first(client: Client) -> None:
    notice = page_of(client, withdrawn=True, comment="Withdrawn: error in Theorem 2").select_one(".notice")
    assert text_of(notice).startswith("取り下げられた論文です。")
    assert language_of(notice.span) == "en"


def test_a_paper_drafted_from_its_abstract_says_so(client: Client) -> None:
    assert text_of(page_of(client, abstract_only=True).select_one(".notice")).startswith("要旨だけに基づきます。")


def test_an_ordinary_paper_has_no_notice(client: Client) -> None:
    assert page_of(client).select(".notice") == []


def test_it_names_the_model_and_who_reviewed(client: Client) -> None:
    paper = make_paper(qas=1)
    paper.get_latest_revision().publish(user=make_editor(first_name="Alice", last_name="Aoki"))
    note = text_of(read(client, paper).select_one(".provenance"))
    assert "言語モデルtinyが下書きしました" in note
    assert "Alice Aokiが確認して公開しました" in note


def test_an_editor_without_a_name_is_not_called_by_login(client: Client) -> None:
    paper = make_paper()
    paper.get_latest_revision().publish(user=make_editor("secretlogin"))
    soup = read(client, paper)
    assert "編集者が確認して公開しました" in text_of(soup.select_one(".provenance"))
    assert "secretlogin" not in str(soup)


def test_what_people_wrote_is_told_as_theirs(client: Client) -> None:
    assert "編集者が書きました。" in text_of(page_of(client).select_one(".provenance"))


# Ways on


def test_it_leads_back_to_the_weeks_that_list_it(client: Client) -> None:
    paper = make_paper(live=True)
    for day in (6, 13):
        make_week(paper, live=True, start=date(2024, 5, day))
    links = links_of(read(client, paper).select_one(".pager"))
    assert links == ["/weeks/2024-05-13/", "/weeks/2024-05-06/", "/papers/"]


def test_it_names_no_week_that_readers_cannot_see(client: Client) -> None:
    paper = make_paper(live=True)
    make_week(paper, live=True).unpublish()
    left_out = make_week(paper, live=True, start=date(2024, 5, 13))
    left_out.entries.update(chosen=False)
    assert "/weeks/2" not in str(read(client, paper))


# Drafts


def test_a_draft_is_not_served(client: Client) -> None:
    assert client.get(make_paper().get_url()).status_code == 404


def test_a_preview_shows_the_newest_draft_in_the_pages_language(client: Client) -> None:
    paper = make_paper(qas=1)
    draft = paper.get_latest_revision_as_object()
    draft.summary = "新しい要約。"
    draft.save_revision()
    soup = read_draft(paper)
    assert "新しい要約。" in text_of(soup)
    assert soup.html["lang"] == "ja"


def test_a_preview_shows_what_a_drafts_synonyms_mean() -> None:
    paper = make_paper(tags=["retrieval", "agents"])
    merge_tag(PaperTag.objects.get(name="retrieval"), PaperTag.objects.create(name="rag"))
    assert [text_of(link) for link in read_draft(paper).select(".tags:not(.cite) a")] == ["agents", "rag"]


def test_a_preview_tells_why_an_answer_is_empty() -> None:
    stamp = {**EXTRACTIVE, "problem": "The reply was cut off."}
    paper = make_paper(qa=[make_qa(1, answer="", provenance=stamp)])
    assert "The reply was cut off." in text_of(read_draft(paper).select_one(".qa"))


# Cost


def test_its_queries_stay_few_whatever_the_number_of_questions(client: Client) -> None:
    make_paper(live=True)  # a paper that stands alone has no neighbours to ask for
    counts = []
    for number in (2, 20):
        paper = make_paper(live=True, qas=number, tags=[f"tag{n}" for n in range(number)])
        make_week(paper, live=True, start=date(2024, 1, number))
        cache.clear()
        counts.append(count_queries(client, paper))
    assert counts[0] == counts[1]
    assert max(counts) <= 21
