from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from papers.errors import (
    MalformedArxivId,
    NotAPdf,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    TooLarge,
    UnexpectedAnswer,
    UnknownPaper,
)
from papers.paper import ArxivId, Paper
from papers.sources.arxiv import BATCH, fetch_papers, fetch_pdf
from papers.sources.http import HttpClient
from papers.sources.pacing import LocalPacer
from tests.servers import pdfs
from tests.servers.arxiv import ATOM, CAPTCHA, ArxivServer, Listed, answer, feed, malformed
from tests.servers.base import Answer

MAMMOTH = Listed("2405.03548", 2, "MAmmoTH2: Scaling Instructions from the Web")
XLSTM = Listed("2405.04517", 1, "xLSTM: Extended Long Short-Term Memory")
OLD = Listed("hep-th/9901001", 3, "Large N Field Theories")
KNOWN = (MAMMOTH, XLSTM, OLD)


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    with ArxivServer(*KNOWN) as server:
        yield server


def fetch(server: ArxivServer, http: HttpClient, *refs: str) -> dict[str, Paper | SourceError]:
    return fetch_papers([ArxivId.parse(ref) for ref in refs], http=http, api_url=server.api_url, pacer=None)


def one(server: ArxivServer, http: HttpClient, ref: str) -> Paper:
    found = fetch(server, http, ref)[ref]
    assert isinstance(found, Paper), found
    return found


# What a paper is


def test_a_paper_comes_with_all_that_arxiv_tells(http: HttpClient) -> None:
    listed = Listed("2405.03548", 3, "T", "A.", ("B C", "D E"), "2024-05-06T23:59:59Z", "2024-06-01T00:00:00Z", "9 p.")
    with ArxivServer(listed) as server:
        paper = one(server, http, "2405.03548")
    assert (paper.title, paper.abstract, paper.authors, paper.comment) == ("T", "A.", ("B C", "D E"), "9 p.")
    assert (paper.published, paper.updated) == (date(2024, 5, 6), date(2024, 6, 1))
    assert paper.arxiv_id == ArxivId("2405.03548", 3)


def test_line_breaks_and_indents_of_the_feed_do_not_get_through(http: HttpClient) -> None:
    listed = Listed(
        "2405.03548", title="A\n  Title", summary="  One\n two.\n  Three. ", authors=("A\n B",), comment=" 9\n p."
    )
    with ArxivServer(listed) as server:
        paper = one(server, http, "2405.03548")
    assert (paper.title, paper.abstract) == ("A Title", "One two. Three.")
    assert (paper.authors, paper.comment) == (("A B",), "9 p.")


def test_a_category_named_twice_is_kept_once_and_the_order_stays(http: HttpClient) -> None:
    with ArxivServer(Listed("2405.03548", categories=("cs.LG", "cs.CL", "cs.LG", "cs.AI"))) as server:
        assert one(server, http, "2405.03548").categories == ("cs.LG", "cs.CL", "cs.AI")


def test_letters_of_all_scripts_and_markup_survive(http: HttpClient) -> None:
    listed = Listed("2405.03548", title="R&D <b> in 日本 $x<y$", authors=("Aurora Ramírez", "王小明"))
    with ArxivServer(listed) as server:
        paper = one(server, http, "2405.03548")
    assert (paper.title, paper.authors) == ("R&D <b> in 日本 $x<y$", ("Aurora Ramírez", "王小明"))


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to a crucial error",
        "Withdrawn: the proof of lemma 2 fails",
        "The manuscript was withdrawn",
        "withdrawn by arXiv administrators",
    ],
)
def test_a_withdrawn_paper_is_known_by_its_comment(http: HttpClient, comment: str) -> None:
    with ArxivServer(Listed("2405.03548", comment=comment)) as server:
        assert one(server, http, "2405.03548").withdrawn


def test_a_withdrawn_paper_is_known_by_its_abstract(http: HttpClient) -> None:
    with ArxivServer(Listed("2405.03548", summary="This paper has been withdrawn by the author.")) as server:
        assert one(server, http, "2405.03548").withdrawn


@pytest.mark.parametrize("comment", ["", "12 pages, to appear in NeurIPS", "We study how users withdraw consent"])
def test_other_comments_withdraw_nothing(http: HttpClient, comment: str) -> None:
    summary = "We study papers that were withdrawn from journals."
    with ArxivServer(Listed("2405.03548", comment=comment, summary=summary)) as server:
        assert not one(server, http, "2405.03548").withdrawn


# Which paper it is


def test_many_ids_are_asked_for_in_one_request(arxiv: ArxivServer, http: HttpClient) -> None:
    found = fetch(arxiv, http, "2405.04517", "hep-th/9901001", "2405.03548")
    assert [paper.title for paper in found.values() if isinstance(paper, Paper)] == [
        XLSTM.title,
        OLD.title,
        MAMMOTH.title,
    ]
    assert arxiv.asked == [["2405.04517", "hep-th/9901001", "2405.03548"]]


def test_more_than_a_hundred_ids_take_several_requests(http: HttpClient) -> None:
    listed = [Listed(f"2405.{number:05}") for number in range(BATCH + 20)]
    with ArxivServer(*listed) as server:
        found = fetch(server, http, *(paper.id for paper in listed))
    assert [len(ids) for ids in server.asked] == [BATCH, 20]
    assert all(isinstance(paper, Paper) for paper in found.values())


def test_no_ids_make_no_request(arxiv: ArxivServer, http: HttpClient) -> None:
    assert fetch(arxiv, http) == {}
    assert arxiv.seen == []


def test_an_id_named_twice_is_asked_for_once(arxiv: ArxivServer, http: HttpClient) -> None:
    assert list(fetch(arxiv, http, "2405.03548", "2405.03548")) == ["2405.03548"]
    assert arxiv.asked == [["2405.03548"]]


def test_the_version_that_was_asked_for_is_chosen(http: HttpClient) -> None:
    first, third = Listed("2405.03548", 1, "First"), Listed("2405.03548", 3, "Third")
    with ArxivServer(first, third) as server:
        found = fetch(server, http, "2405.03548v1", "2405.03548")
    assert {ref: paper.title for ref, paper in found.items() if isinstance(paper, Paper)} == {
        "2405.03548v1": "First",
        "2405.03548": "Third",
    }


def test_another_version_of_the_same_paper_is_taken_and_says_so(arxiv: ArxivServer, http: HttpClient) -> None:
    arxiv.script(answer(MAMMOTH))
    assert one(arxiv, http, "2405.03548v1").arxiv_id == ArxivId("2405.03548", 2)


def test_a_version_that_is_not_there_is_unknown(arxiv: ArxivServer, http: HttpClient) -> None:
    error = fetch(arxiv, http, "2405.03548v9")["2405.03548v9"]
    assert isinstance(error, UnknownPaper)
    assert str(error) == "arXiv knows no paper 2405.03548v9."


def test_an_unknown_id_is_told_from_the_known_ones(arxiv: ArxivServer, http: HttpClient) -> None:
    found = fetch(arxiv, http, "2405.03548", "2405.99999")
    assert isinstance(found["2405.03548"], Paper)
    assert isinstance(found["2405.99999"], UnknownPaper)


def test_a_sound_empty_feed_means_unknown(arxiv: ArxivServer, http: HttpClient) -> None:
    assert isinstance(fetch(arxiv, http, "0000.0000")["0000.0000"], UnknownPaper)


def test_a_malformed_id_does_not_sink_the_others(http: HttpClient) -> None:
    with ArxivServer(*KNOWN, malformed_ids=("2413.00001", "2499.12345v2")) as server:
        found = fetch(server, http, "2405.03548", "2413.00001", "2405.04517", "2499.12345v2")
    kinds = [type(answered) for answered in found.values()]
    assert kinds.count(Paper) == kinds.count(MalformedArxivId) == 2
    assert server.asked[-1] == ["2405.03548", "2405.04517"]


def test_a_single_malformed_id_is_told(http: HttpClient) -> None:
    with ArxivServer(malformed_ids=("2413.00001",)) as server:
        assert isinstance(fetch(server, http, "2413.00001")["2413.00001"], MalformedArxivId)


# What is no answer


UNUSABLE = {
    "cut XML": Answer(feed(MAMMOTH)[:-400], content_type=ATOM),
    "captcha": CAPTCHA,
    "captcha in XHTML": Answer(b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', content_type=ATOM),
    "nothing": Answer(b"", content_type=ATOM),
    "another kind of XML": Answer(b"<rss><channel/></rss>", content_type=ATOM),
    "entity tricks": Answer(b'<!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>', content_type=ATOM),
    "no count": Answer(b'<feed xmlns="http://www.w3.org/2005/Atom"/>', content_type=ATOM),
    "forbidden": Answer(b"Rate exceeded.", status=403),
    "not found": Answer(b"", status=404),
    "bad request without reason": Answer(feed(), status=400, content_type=ATOM),
    "an error about something else": Answer(malformed("x").body, status=400, content_type=ATOM),
    "an impossible date": answer(Listed("2405.03548", date="yesterday")),
}


@pytest.mark.parametrize("sent", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_is_no_feed_is_never_read_as_no_such_paper(arxiv: ArxivServer, http: HttpClient, sent: Answer) -> None:
    arxiv.script(sent)
    with pytest.raises(UnexpectedAnswer) as error:
        fetch(arxiv, http, "2405.03548")
    assert error.value.retryable


DOUBTFUL = {
    "an empty page that promises results": answer(total=1),
    "an entry without a date": answer(Listed("2405.03548", date="")),
    "an entry without a title": answer(Listed("2405.03548", title=" ")),
    "another paper": answer(XLSTM),
    "another paper under a similar id": answer(Listed("2405.035481", title=MAMMOTH.title)),
    "an entry of nobody": Answer(feed(total=1, more="<entry><id>x</id></entry>"), content_type=ATOM),
    "fewer entries than promised": answer(XLSTM, total=2),
}


@pytest.mark.parametrize("sent", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_doubtful_feed_makes_the_id_retryable_and_not_unknown(
    arxiv: ArxivServer, http: HttpClient, sent: Answer
) -> None:
    arxiv.script(sent)
    error = fetch(arxiv, http, "2405.03548")["2405.03548"]
    assert isinstance(error, UnexpectedAnswer)
    assert len(arxiv.seen) == 1


def test_a_doubtful_feed_still_gives_the_papers_that_it_holds(arxiv: ArxivServer, http: HttpClient) -> None:
    arxiv.script(answer(MAMMOTH, Listed("2405.04517", date=""), total=5))
    found = fetch(arxiv, http, "2405.03548", "2405.04517", "hep-th/9901001")
    assert isinstance(found["2405.03548"], Paper)
    assert "has no date" in str(found["2405.04517"])
    assert "5 results promised, 2 sent" in str(found["hep-th/9901001"])


def test_a_gzip_bomb_for_a_feed_is_stopped(arxiv: ArxivServer, http: HttpClient) -> None:
    packed = gzip.compress(feed(MAMMOTH, more=" " * 11_000_000))
    arxiv.script(Answer(packed, headers={"Content-Encoding": "gzip"}, content_type=ATOM))
    with pytest.raises(UnexpectedAnswer, match="larger than 10 MB"):
        fetch(arxiv, http, "2405.03548")


def test_it_waits_when_arxiv_asks_for_a_pause(arxiv: ArxivServer, http: HttpClient, naps: list[float]) -> None:
    arxiv.script(Answer(b"Rate exceeded.", status=429, headers={"Retry-After": "5"}))
    assert one(arxiv, http, "2405.03548").title == MAMMOTH.title
    assert naps == [5]


def test_a_storm_of_429_is_not_no_such_paper(arxiv: ArxivServer, http: HttpClient) -> None:
    arxiv.script(*[Answer(status=429, headers={"Retry-After": "1"})] * 4)
    with pytest.raises(SourceUnavailable) as error:
        fetch(arxiv, http, "2405.03548")
    assert error.value.retry_after == 1


def test_a_hanging_api_is_left(arxiv: ArxivServer, hasty: HttpClient) -> None:
    arxiv.script(Answer(hang=True))
    with pytest.raises(SourceUnavailable):
        fetch(arxiv, hasty, "2405.03548")


def test_metadata_and_pdfs_share_one_pacer(http: HttpClient) -> None:
    pauses: list[float] = []
    pacer = LocalPacer(3, sleep=pauses.append)
    with ArxivServer(Listed("2405.03548", pdf=pdfs.pdf("x"))) as server:
        ref = ArxivId.parse("2405.03548")
        fetch_papers([ref], http=http, api_url=server.api_url, pacer=pacer)
        fetch_pdf(ref, http=http, pdf_url=server.pdf_url, pacer=pacer, max_bytes=10**6)
    assert len(pauses) == 1
    assert 2 < pauses[0] <= 3


# PDFs


def pdf_of(server: ArxivServer, http: HttpClient, ref: str, max_bytes: int = 10**6) -> bytes:
    return fetch_pdf(ArxivId.parse(ref), http=http, pdf_url=server.pdf_url, pacer=None, max_bytes=max_bytes)


def test_the_pdf_of_the_asked_version_is_fetched(http: HttpClient) -> None:
    data = pdfs.pdf("hello")
    with ArxivServer(Listed("2405.03548", 2, pdf=data)) as server:
        assert pdf_of(server, http, "2405.03548v2") == data
    assert server.seen[0].path == "/pdf/2405.03548v2"


def test_an_old_id_keeps_its_slash_in_the_address(http: HttpClient) -> None:
    with ArxivServer(Listed("hep-th/9901001", pdf=pdfs.pdf("hello"))) as server:
        pdf_of(server, http, "hep-th/9901001")
    assert server.seen[0].path == "/pdf/hep-th/9901001"


def test_a_web_page_in_place_of_the_pdf_is_told(arxiv: ArxivServer, http: HttpClient) -> None:
    arxiv.script(CAPTCHA)
    with pytest.raises(NotAPdf, match=r"/pdf/2405\.03548 is not a PDF \(it looks like a web page\)"):
        pdf_of(arxiv, http, "2405.03548")


def test_a_missing_pdf_is_refused(arxiv: ArxivServer, http: HttpClient) -> None:
    with pytest.raises(SourceRefused, match="HTTP 404"):
        pdf_of(arxiv, http, "2405.03548")


def test_a_pdf_over_the_limit_is_not_downloaded(http: HttpClient) -> None:
    with ArxivServer(Listed("2405.03548", pdf=pdfs.pdf("hello"))) as server, pytest.raises(TooLarge):
        pdf_of(server, http, "2405.03548", max_bytes=1000)


# Recorded answers


@pytest.fixture
def recorded(shared_data: Path) -> dict[str, Answer]:
    """Answers of the real API, by what was asked. They were kept as Latin-1 text; the bytes are UTF-8."""
    found = {}
    for path in sorted((shared_data / "arxiv").glob("id_*.json")):
        kept = json.loads(path.read_text())
        found[path.name.split("_s0_")[0]] = Answer(kept["body"].encode("latin-1"), status=kept["status_code"])
    return found


@pytest.mark.parametrize(
    ("name", "ref", "title"),
    [
        ("id_1605.08386", "1605.08386", "Heat-bath random walks with Markov bases"),
        ("id_2104.12255v1", "2104.12255v1", "0"),
        ("id_astro-ph_0601001", "astro-ph/0601001", "Frequency of Hot Jupiters"),
    ],
)
def test_real_answers_are_read(http: HttpClient, recorded: dict[str, Answer], name: str, ref: str, title: str) -> None:
    with ArxivServer().script(recorded[name]) as server:
        paper = one(server, http, ref)
    assert paper.title.startswith(title)
    assert paper.arxiv_id == ArxivId(ArxivId.parse(ref).id, 1)


def test_a_real_empty_answer_means_unknown(http: HttpClient, recorded: dict[str, Answer]) -> None:
    with ArxivServer().script(recorded["id_0000.0000"]) as server:
        assert isinstance(fetch(server, http, "0000.0000")["0000.0000"], UnknownPaper)


def test_real_names_keep_their_accents(http: HttpClient, recorded: dict[str, Answer]) -> None:
    with ArxivServer().script(recorded["id_1707.08567"]) as server:
        assert "Dirk Wübben" in one(server, http, "1707.08567").authors
