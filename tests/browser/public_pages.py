"""Every type of page that readers come to, once: two sites, one with all that can stand on them, one with nothing yet.

A new type of page gets a line here, and is held to all rules at once: axe, markup, weight, stillness.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bs4 import BeautifulSoup
from django.test import Client
from playwright.sync_api import Page, Response
from wagtail.models import PageViewRestriction, Site

from papers.keyset import PAGE_SIZE
from papers.models import PaperPage, TagDescription
from tests.factories import (
    make_comment,
    make_correction,
    make_home,
    make_paper,
    make_qa,
    make_subscriber,
    make_week,
)
from weekly.letters import unsubscribe_token
from weekly.models import Comment, DiscussionSettings, WeekPage
from weekly.subscriptions import change_link, confirm_link, unsubscribe_link

REFUSED = 422
FAULTS = {"bad-request": 400, "forbidden": 403, "no-token": 403, "fault": 500}  # tests/browser/faulty_urls.py
FORMULA = r"計算量は $\tilde{O}(n \log n)$ に減ります。"
ORIGINAL = r"The cost falls to $\tilde{O}(n \log n)$. " + "We study how retrieval changes what a model says. " * 16
LETTERS = "検索文書学習評価方法結果根拠言語理由のはをにがとでへ"
OTHERS = {"en": "The study holds.", "ko": "한 가지를 조사했습니다."}
QUOTES = [
    {"page": page, "quote": "The result holds on all five seeds of the larger set.", "verified": page == 3}
    for page in (3, 4)
]


@dataclass(frozen=True)
class PublicPage:
    """A page type, and an address of one such page. `sends`: what its form answers when it is sent as it stands."""

    name: str
    address: str
    status: int = 200
    sends: bool = False


def visit(page: Page, public: PublicPage) -> Response:
    """Go there in a browser, as far as the page that is meant."""
    answer = page.goto(public.address)
    if public.sends:
        with page.expect_navigation() as sent:
            page.locator("main form[method=post] [type=submit]").click()
        answer = sent.value
    assert answer is not None
    assert answer.status == public.status, public
    return answer


def source(client: Client, public: PublicPage) -> str:
    """The page's markup as it is sent."""
    answer = client.post(public.address) if public.sends else client.get(public.address)
    assert answer.status_code == public.status, public
    return answer.content.decode()


# The site that has everything


def full_site() -> list[PublicPage]:
    """Three languages, a list of two pages, comments, corrections, and papers from whole to bare."""
    paper, bare = _whole_paper(), _bare_paper()
    listed = [
        make_paper(live=True, tags=["agents"], title="A listed paper", title_translated="一覧の論文")
        for _number in range(PAGE_SIZE)
    ]
    week = make_week(
        paper, bare, listed[0], make_paper(title="Draft"), live=True, overview=_answer(11), source_name="A list"
    )
    make_week(listed[1], live=True, start=week.start - timedelta(weeks=1))
    TagDescription.objects.create(tag=paper.tags.get(name="agents"), language="ja", text="自ら動くもの。\n\n続き。")
    thread = [_talk(page) for page in (week, paper)][1]
    for code, words in OTHERS.items():
        qa = [make_qa(1, question=f"{words}?", answer=words)]
        texts = {"title": "A title", "title_translated": words, "summary": words, "abstract_translated": words}
        other = make_paper(live=True, code=code, slug="other", tags=["agents"], qa=qa, **texts)
        make_week(other, live=True, code=code, theme=words, overview=words)
    return [*_lists(), *_searches(), *_forms(paper, thread), *_mail(), *_other_languages(), *_faults()]


def _answer(seed: int) -> str:
    """Some five hundred characters in two paragraphs, with a formula. No two seeds say the same: a check would find it."""
    chance = Random(seed)
    said = ["".join(chance.choices(LETTERS, k=24)) + "です。" for _number in range(18)]
    return f"{FORMULA}{''.join(said[:9])}\n\n{''.join(said[9:])}"


def _whole_paper() -> PaperPage:
    answers = enumerate((_answer(seed) for seed in range(10)), start=1)
    qa = [make_qa(n, answer=text, answer_original=ORIGINAL, citations=QUOTES) for n, text in answers]
    titles = {
        "title": r"On $\ell_p$ Norms",
        "title_translated": r"$\ell_p$ノルムについて：検索する言語モデルの新しい評価",
    }
    texts = {"summary": FORMULA, "abstract": ORIGINAL, "abstract_translated": _answer(10), "comment": "12 pages"}
    return make_paper(live=True, slug="whole", qa=qa, tags=["agents", "memory", "検索"], **titles, **texts)


def _bare_paper() -> PaperPage:
    """What software without a model leaves, of a paper whose PDF could not be read and that was withdrawn."""
    picked = [make_qa(1, answer="", answer_original=ORIGINAL, citations=[])]
    marks = {"abstract_only": True, "withdrawn": True, "comment": "Withdrawn: Lemma 2 is wrong."}
    return make_paper(live=True, slug="bare", qa=picked, **marks)


def _talk(page: PaperPage | WeekPage) -> Comment:
    """A thread and five corrections, the last of which stand folded."""
    thread = make_comment(page, state="approved", text="See https://example.org/" + "long" * 30)
    make_comment(page, state="approved", parent=thread, name="")
    for _number in range(4):
        make_correction(page, thanks="Bob")
    make_correction(page, before="", reason="")
    return thread


def _lists() -> list[PublicPage]:
    return [
        PublicPage("home", "/"),
        PublicPage("archive", "/weeks/"),
        PublicPage("week", "/weeks/2024-05-06/"),
        PublicPage("papers", "/papers/"),
        PublicPage("papers, second page", _second("/papers/")),
        PublicPage("paper", "/papers/whole/"),
        PublicPage("paper, bare", "/papers/bare/"),
        PublicPage("tags", "/tags/"),
        PublicPage("tag", "/tags/agents/"),
        PublicPage("tag, second page", _second("/tags/agents/")),
        PublicPage("corrections", "/corrections/"),
    ]


def _second(address: str) -> str:
    """Where a list's first page says that it goes on."""
    first = BeautifulSoup(Client().get(address).content, "html.parser")
    return address + first.select_one(".pager .next")["href"]


def _searches() -> list[PublicPage]:
    return [
        PublicPage("search", "/search/"),
        PublicPage("search, found", "/search/?q=論文 paper"),
        PublicPage("search, nothing found", "/search/?q=犬"),
        PublicPage("search, refused", "/search/?q=論文&tag=none&week=soon&category=x"),
        PublicPage("search, no words", "/search/?q=%22%3F%22"),
        PublicPage("search, too long", "/search/?q=" + "model+" * 300),
    ]


def _forms(paper: PaperPage, thread: Comment) -> list[PublicPage]:
    comment, report = f"/comments/new/?page={paper.pk}", f"/reports/new/?page={paper.pk}"
    stop = f"/comments/unsubscribe/{unsubscribe_token(thread)}/"
    return [
        PublicPage("comment", comment),
        PublicPage("comment, refused", comment, REFUSED, sends=True),
        PublicPage("answer", f"{comment}&reply={thread.pk}"),
        PublicPage("report", report),
        PublicPage("report of words", f"{report}&place=summary&quote=計算量"),
        PublicPage("report of what is gone", f"{report}&place=qa.none.answer"),
        PublicPage("report, refused", report, REFUSED, sends=True),
        PublicPage("report, thanks", f"/reports/thanks/?page={paper.pk}"),
        PublicPage("unsubscribe", stop),
        PublicPage("unsubscribe, done", stop, sends=True),
        PublicPage("unsubscribe, unknown", "/comments/unsubscribe/none/", 404),
    ]


def _mail() -> list[PublicPage]:
    bob, carol = make_subscriber("bob"), make_subscriber("carol")
    confirm = confirm_link(make_subscriber("dave", confirmed_at=None), "")
    change, end = change_link(bob, ""), unsubscribe_link(carol, "")
    return [
        PublicPage("by mail", "/subscribe/"),
        PublicPage("by mail, refused", "/subscribe/", REFUSED, sends=True),
        PublicPage("by mail, asked", "/subscribe/asked/"),
        PublicPage("by mail, confirm", confirm),
        PublicPage("by mail, confirmed", confirm, sends=True),
        PublicPage("by mail, confirm, unknown", "/subscribe/confirm/none/", 404),
        PublicPage("by mail, change", change),
        PublicPage("by mail, end", unsubscribe_link(bob, "")),
        PublicPage("by mail, ended", end, sends=True),
        PublicPage("by mail, change, ended", change_link(carol, "")),
        PublicPage("by mail, unknown", "/subscription/none/", 404),
    ]


def _other_languages() -> list[PublicPage]:
    places = ("", "weeks/2024-05-06/", "papers/other/", "tags/agents/", "search/?q=paper", "corrections/")
    return [PublicPage(f"{code}, {place}", f"/{code}/{place}") for code in OTHERS for place in places]


def _faults() -> list[PublicPage]:
    missing = [PublicPage(f"not found at {address}", address, 404) for address in ("/no/", "/ko/no/", "/tags/?after=x")]
    faults = [
        PublicPage(f"{prefix}{name}", f"{prefix}{name}/", status)
        for prefix in ("/", "/ko/")
        for name, status in FAULTS.items()
    ]
    return [*missing, *faults]


# The sites that have nothing


def empty_site() -> list[PublicPage]:
    """A home without weeks."""
    make_home()
    lists = [PublicPage(f"empty {name}", f"/{name}/") for name in ("weeks", "papers", "tags", "corrections", "search")]
    return [PublicPage("empty home", "/"), *lists, PublicPage("empty search, asked", "/search/?q=犬")]


def bare_site() -> list[PublicPage]:
    """Just migrated: no home yet. What stands beside the pages answers all the same."""
    roots = [PublicPage(f"{root} without a home", root) for root in ("/", "/ko/")]
    roots.append(PublicPage("by mail without a home", "/subscribe/", 404))
    return [*roots, *(PublicPage(f"{name} without a home", f"/{name}/") for name in ("tags", "corrections", "search"))]


def closed_site() -> list[PublicPage]:
    """Readers are heard no more, and one paper is for some of them only."""
    paper = make_paper(live=True, slug="quiet", qas=1)
    DiscussionSettings.objects.create(site=Site.objects.get(), comments_open=False, reports_open=False)
    restrict(make_paper(live=True, slug="locked", title="Secret"))
    login = PublicPage("login", "/_util/login/?next=/papers/members/")
    refused = PublicPage("login, refused", login.address, sends=True)
    forms = [PublicPage(f"closed {kind}s", f"/{kind}s/new/?page={paper.pk}") for kind in ("comment", "report")]
    locked = PublicPage("paper behind a password", "/papers/locked/")
    return [PublicPage("paper without voices", "/papers/quiet/"), locked, login, refused, *forms]


def restrict(page: PaperPage | WeekPage) -> None:
    """Readers need a password for it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="open")


SITES: dict[str, Callable[[], list[PublicPage]]] = {
    "full": full_site,
    "empty": empty_site,
    "bare": bare_site,
    "closed": closed_site,
}
