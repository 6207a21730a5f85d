"""The sample weeks: notes, their PDFs, the local arXiv that serves them, the list, the finished week, the glossary."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import arxiv
import pypdfium2
import pytest

from digestsite.sample.make_pdfs import make_pdf
from digestsite.sample.notes import FOLDER, NOTICE, load_notes, parse_note
from digestsite.sample.server import serve_samples
from papers.drafting.questions import KINDS
from papers.glossary import Term, find_terms
from papers.paper import ArxivId

IDS = [f"0000.0000{n}" for n in range(1, 10)]
WEEK_A = IDS[:5]
ATOM = "{http://www.w3.org/2005/Atom}"
TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"

# What an entry of arXiv's own answers holds; a recorded one is compared below where it is at hand.
ENTRY_TAGS = {
    "id",
    "title",
    "updated",
    "link",
    "summary",
    "category",
    "published",
    "comment",
    "primary_category",
    "author",
}


def read_json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def week_a() -> dict[str, Any]:
    return read_json("week_a.json")


def questions(paper: str) -> list[dict[str, Any]]:
    return week_a()["papers"][paper]["qa"]


def all_questions() -> list[dict[str, Any]]:
    return [qa for paper in WEEK_A for qa in questions(paper)]


@cache
def page_texts(paper: str) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(load_notes()[paper].pdf) as pdf:
        return tuple(pdf[n].get_textpage().get_text_range() for n in range(len(pdf)))


def folded(text: str) -> str:
    """Without what a PDF does to text: ligatures, hyphens, line breaks; the case is kept."""
    return re.sub(r"\s+", "", re.sub(r"-\s*", "", unicodedata.normalize("NFKC", text)))


# Notes


def test_the_nine_ids_are_well_formed_and_of_a_month_that_never_was() -> None:
    assert list(load_notes()) == IDS
    assert [str(ArxivId.parse(ref)) for ref in IDS] == IDS


@pytest.mark.parametrize("paper", IDS)
def test_a_note_has_an_abstract_of_four_to_seven_sentences_and_a_limits_section(paper: str) -> None:
    note = load_notes()[paper]
    assert 4 <= len(re.findall(r"[a-z]\.(?=\s|$)|\d\.(?=\s|$)", note.abstract)) <= 7
    assert "## 6 Limits" in note.body


@pytest.mark.parametrize("paper", IDS)
def test_a_note_is_published_within_its_week(paper: str) -> None:
    first, last = (date(2026, 11, 2), date(2026, 11, 8)) if paper in WEEK_A else (date(2026, 11, 9), date(2026, 11, 15))
    note = load_notes()[paper]
    assert first <= note.published.date() <= last
    assert note.published.utcoffset() is not None


def test_a_note_without_a_title_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_note("---\nid: 0000.00001\n---\nText\n")


def test_a_title_may_hold_a_colon() -> None:
    assert load_notes()["0000.00008"].title.startswith("When RAT Becomes a Rat: ")


def test_a_note_of_the_second_week_holds_a_range_that_is_easily_translated_wrongly() -> None:
    assert "3 to 34 billion" in load_notes()["0000.00009"].abstract


# PDFs


@pytest.mark.parametrize("paper", IDS)
def test_the_pdf_in_the_repository_is_what_the_note_gives(paper: str) -> None:
    note = load_notes()[paper]
    assert note.pdf.read_bytes() == make_pdf(note)


@pytest.mark.parametrize("paper", IDS)
def test_the_first_page_says_that_the_note_is_a_sample(paper: str) -> None:
    first = page_texts(paper)[0]
    assert folded(NOTICE) in folded(first)
    assert f"The number {paper} was" in first


@pytest.mark.parametrize("paper", IDS)
def test_a_pdf_has_three_to_five_numbered_pages(paper: str) -> None:
    pages = page_texts(paper)
    assert 3 <= len(pages) <= 5
    assert [page.split()[-1] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]


@pytest.mark.parametrize("paper", IDS)
def test_the_text_of_a_pdf_reads_in_the_order_of_the_note(paper: str) -> None:
    note, text = load_notes()[paper], folded("".join(page_texts(paper)))
    headings = re.findall(r"^## (.*)$", note.body, flags=re.M)
    places = [text.find(folded(part)) for part in (note.title, NOTICE, note.abstract, *headings)]
    assert -1 not in places
    assert places == sorted(places)


def test_japanese_units_can_be_read_back_from_a_pdf() -> None:
    assert "So 34 billion is 340億, and 1.5 billion is 15億." in page_texts("0000.00005")[1]


def test_each_row_of_a_table_is_one_line_of_text() -> None:
    assert "1.8 trillion 1兆8000億 right 1" in page_texts("0000.00005")[2].splitlines()


# The local arXiv


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve_samples() as address:
        yield address


def client(base: str, page_size: int = 100) -> arxiv.Client:
    made = arxiv.Client(page_size=page_size, delay_seconds=0, num_retries=0)
    made.query_url_format = f"{base}/api/query?{{}}"
    return made


def ask(base: str, *refs: str, page_size: int = 100) -> list[arxiv.Result]:
    return list(client(base, page_size).results(arxiv.Search(id_list=list(refs))))


def get(url: str) -> bytes:
    with urlopen(url, timeout=60) as answer:
        return answer.read()


def refused(url: str) -> HTTPError:
    with pytest.raises(HTTPError) as caught:
        get(url)
    caught.value.close()
    return caught.value


def test_the_arxiv_package_reads_a_sample_note(base: str) -> None:
    (result,) = ask(base, "0000.00004")
    note = load_notes()["0000.00004"]
    assert (result.get_short_id(), result.title, result.summary) == ("0000.00004v1", note.title, note.abstract)
    assert (result.published, result.categories) == (note.published, ["cs.DB"])


def test_the_arxiv_package_reads_the_authors_and_the_notice(base: str) -> None:
    (result,) = ask(base, "0000.00001v1")
    assert [author.name for author in result.authors] == ["The digest contributors"]
    assert result.comment == NOTICE


def test_several_ids_come_in_the_order_asked_for_and_over_several_pages(base: str) -> None:
    found = ask(base, "0000.00007", "0000.00001", "0000.00005", page_size=2)
    assert [result.get_short_id()[:10] for result in found] == ["0000.00007", "0000.00001", "0000.00005"]


@pytest.mark.parametrize("unknown", ["0000.00099", "0000.00001v2"])
def test_an_unknown_id_or_version_gives_a_well_formed_feed_with_zero_results(base: str, unknown: str) -> None:
    feed = ET.fromstring(get(f"{base}/api/query?id_list={unknown}"))
    assert feed.findtext(TOTAL) == "0"
    assert ask(base, unknown) == []


def test_a_malformed_id_gives_http_400_and_an_entry_titled_error(base: str) -> None:
    with pytest.raises(HTTPError) as caught:
        get(f"{base}/api/query?id_list=no-id")
    with caught.value as answer:
        assert answer.code == 400
        assert ET.fromstring(answer.read()).findtext(f"{ATOM}entry/{ATOM}title") == "Error"


def test_an_unreadable_page_size_counts_as_the_default(base: str) -> None:
    feed = ET.fromstring(get(f"{base}/api/query?id_list=0000.00001&max_results=many&start=-1"))
    assert len(feed.findall(f"{ATOM}entry")) == 1


def test_an_entry_holds_the_elements_that_arxiv_sends(base: str) -> None:
    entry = ET.fromstring(get(f"{base}/api/query?id_list=0000.00001")).find(f"{ATOM}entry")
    assert entry is not None
    assert {element.tag.rpartition("}")[2] for element in entry} == ENTRY_TAGS


def test_a_recorded_answer_holds_the_same_elements(base: str, shared_data: Any) -> None:
    (record,) = (shared_data / "arxiv").glob("id_1605.08386*.json")
    theirs = ET.fromstring(json.loads(record.read_text())["body"].encode())
    ours = ET.fromstring(get(f"{base}/api/query?id_list=0000.00001"))
    assert {element.tag for element in ours.iter()} == {element.tag for element in theirs.iter()}


@pytest.mark.parametrize("ref", ["0000.00003", "0000.00003v1", "0000.00003.pdf"])
def test_a_pdf_is_served_with_and_without_its_version(base: str, ref: str) -> None:
    assert get(f"{base}/pdf/{ref}") == load_notes()["0000.00003"].pdf.read_bytes()


def test_the_pdf_address_in_the_feed_leads_to_the_pdf(base: str) -> None:
    (result,) = ask(base, "0000.00002")
    assert get(str(result.pdf_url)).startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["/pdf/0000.00099", "/pdf/0000.00001v2", "/pdf/..%2Fnotes.py", "/pdf/no-id", "/"])
def test_anything_else_is_not_found(base: str, path: str) -> None:
    assert refused(base + path).code == 404


def test_the_server_ends_with_its_block() -> None:
    with serve_samples() as address:
        assert get(f"{address}/pdf/0000.00001")
    with pytest.raises(URLError):
        get(f"{address}/pdf/0000.00001")


# The reading list

ROW = re.compile(r"^\| (\d+)\) \*\*(.+?)\*\* - (.+) \| (\[\w+\]\(.+\)) \|$", re.M)


def listed() -> list[tuple[str, ...]]:
    return ROW.findall((FOLDER / "reading_list.md").read_text(encoding="utf-8"))


def test_the_list_has_two_weeks_newest_first() -> None:
    text = (FOLDER / "reading_list.md").read_text(encoding="utf-8")
    weeks = re.findall(r"^## Top AI Papers of the Week \((.+)\) - 2026$", text, flags=re.M)
    assert weeks == ["November 9 - November 15", "November 2 - November 8"]


def test_the_list_names_each_note_once_and_one_entry_without_arxiv_link() -> None:
    links = [link for *_, link in listed()]
    assert sorted(re.findall(r"arxiv\.org/abs/(0000\.\d{5})", " ".join(links))) == IDS
    assert [link for link in links if "arxiv" not in link] == ["[Project](https://example.org/digest-checklist)"]


def test_a_listed_title_begins_the_title_of_the_note_it_links_to() -> None:
    for _, title, _, link in listed():
        if found := re.search(r"0000\.\d{5}", link):
            assert load_notes()[found[0]].title.startswith(title)


# The finished week


def test_the_finished_week_is_the_first_of_the_list() -> None:
    assert week_a()["start"] == "2026-11-02"
    assert list(week_a()["papers"]) == WEEK_A


def test_the_introduction_says_plainly_that_the_week_is_a_sample() -> None:
    assert "サンプル" in week_a()["intro"]
    assert "arXivには掲載されていません" in week_a()["intro"]


def test_the_overview_names_each_paper_of_the_week() -> None:
    overview = week_a()["overview"]
    starts = [re.split("[：か]", paper["title"])[0] for paper in week_a()["papers"].values()]
    assert all(start in overview for start in starts)
    assert 3 <= len(overview.split("\n\n")) <= 4


@pytest.mark.parametrize("paper", WEEK_A)
def test_a_paper_has_ten_questions_that_differ_and_spread_over_the_kinds(paper: str) -> None:
    asked = questions(paper)
    assert len({qa["question"] for qa in asked}) == len({qa["answer"] for qa in asked}) == 10
    assert {qa["kind"] for qa in asked} == set(KINDS)


def test_no_question_is_asked_of_two_papers() -> None:
    assert len({qa["question"] for qa in all_questions()}) == 50


@pytest.mark.parametrize("paper", WEEK_A)
def test_every_quote_stands_on_its_page(paper: str) -> None:
    pages = [folded(text) for text in page_texts(paper)]
    for citation in (citation for qa in questions(paper) for citation in qa["citations"]):
        assert folded(citation["quote"]) in pages[citation["page"] - 1], citation


def test_every_answer_has_one_or_two_quotes_of_eight_to_forty_words() -> None:
    for qa in all_questions():
        lengths = [len(citation["quote"].split()) for citation in qa["citations"]]
        assert 1 <= len(lengths) <= 2
        assert all(8 <= length <= 40 for length in lengths), qa["citations"]


def test_questions_and_answers_are_whole_polite_sentences() -> None:
    for qa in all_questions():
        assert qa["question"].endswith("か？")
        assert qa["answer"].endswith("。")
        assert not re.search(r"である。|だった。|あなた|本論文|\(p\.", qa["answer"])


@pytest.mark.parametrize("paper", WEEK_A)
def test_a_translated_abstract_leaves_no_sentence_out(paper: str) -> None:
    abstract = week_a()["papers"][paper]["abstract"]
    original = load_notes()[paper].abstract
    assert abstract.count("。") >= len(re.findall(r"\.(?=\s|$)", original))
    assert len(abstract) / len(original) > 0.28


def test_every_paper_has_three_or_four_tags_and_shares_one_with_another() -> None:
    tags = [set(paper["tags"]) for paper in week_a()["papers"].values()]
    assert all(3 <= len(own) <= 4 for own in tags)
    assert all(any(own & other for other in tags if other is not own) for own in tags)


# The glossary


def terms() -> list[Term]:
    return [
        Term(row["source"], row["target"], tuple(row["forbidden"]), row["case_sensitive"], row["note"])
        for row in read_json("glossary.json")
    ]


def test_both_terms_occur_in_the_notes() -> None:
    text = " ".join(note.body for note in load_notes().values())
    assert {term.source for term in find_terms(text, terms())} == {"RAT", "grounding"}


def test_the_method_is_told_from_the_animal() -> None:
    assert [term.source for term in find_terms("RATは計画を改善します", terms())] == ["RAT"]
    assert find_terms("a rat in a maze", terms()) == []


def test_the_finished_week_keeps_to_the_glossary() -> None:
    text = json.dumps(week_a(), ensure_ascii=False)
    assert "根拠付け" in text
    assert not [word for term in terms() for word in term.forbidden if word in text]
