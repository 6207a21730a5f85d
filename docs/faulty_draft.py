"""What the pictures of the review desk show: a draft with faults of many kinds, put into the demo as a machine's.

Run by docs/make_screenshots.py in `manage.py shell`; prints the paper's pk.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from digestsite.sample.load import as_draft
from papers.applying import Changes, apply_changes, base_hashes, park
from papers.errors import Notice
from papers.models import DRAFTED_FIELDS, DraftRun, PaperPage, Scope, Status
from papers.quotes import QuoteIndex
from papers.reading import read_pages

PAPER = "0000.00009"
MODEL = "gpt-5-mini"
TEXTS = {
    "title_translated": "30億から340億のパラメーターに必要なメモリーはどれほどか：手計算による見積もり",
    "summary": "3から34億パラメーターのモデルがメモリーに収まるかどうかを、掛け算だけで見積もります。",
    "abstract_translated": "公開されているモデルには、30億から3400億パラメーターのものが多くあります。"
    "動かしたい人が最初に知りたいのは、それがメモリーに収まるかどうかである。このノートは掛け算で答えを導きます。1パラメーターあたり2バイトでは"
    "重みに6〜68ギガバイト、半バイトでは1.5〜17ギガバイトが必要です。これにキーと値のキャッシュが加わり、32層の例では"
    "4,096トークンで2GiBになります。Adamによる混合精度の学習では、活性化を除いても1パラメーターあたり16バイトが必要で、"
    "340億では500ギガバイトです。どの数値も式から導いた下限であり、測定したものではありません。",
}
ITEMS: tuple[dict[str, Any], ...] = (
    {
        "kind": "method",
        "question": "必要なメモリーは、どのような考え方で計算されますか？",
        "answer": "値の個数に、1つの値が占めるバイト数を掛けます。"
        "Furthermore、同じ計算を重み、キャッシュ、学習の順に行います。",
        "citations": [
            {
                "page": 1,
                "quote": "The core idea of the method is to multiply a number of values by the bytes of one value.",
            }
        ],
    },
    {
        "kind": "result",
        "question": "1パラメーターあたり2バイトのとき、重みにはどれだけのメモリーが必要ですか？",
        "answer": "30億から340億パラメーターのモデルでは、6〜68GB、つまり5.6〜66.3GiBが必要です。",
        "citations": [
            {"page": 2, "quote": "the weights at 2 bytes need 6 to 68 GB, or 5.6 to 66.3 GiB."},
        ],
    },
    {
        "kind": "result",
        "question": "学習には、どれだけのメモリーが必要ですか？",
        "answer": "30億パラメーターの学習には少なくとも48GB、340億パラメーターでは少なくとも544GBが必要です[2]",
        "citations": [
            {"page": 1, "quote": "Training 3 billion parameters needs at least 48 GB"},
            {"page": 3, "quote": "all estimates are lower bounds"},
        ],
    },
    {
        "kind": "limits",
        "question": "この見積もりには、どのような限界がありますか？",
        "answer": "見積もりはすべて下限です。"
        "プログラムは活性化やバッファーのためのメモリーも必要とし、その割合はプログラムによって異なります。",
        "citations": [{"page": 3, "quote": "The main limitation is that all estimates are lower bounds."}],
    },
)
EDITED = "30億から340億パラメーターのモデルがメモリーに収まるかどうかを、掛け算だけで見積もります。"
OFFERED = "30億から340億パラメーターのモデルに必要なメモリーを、掛け算で見積もるノートです。"
ASKED = "%(name)s asked for this draft."


def run_of(page: PaperPage, scope: str, draft: PaperPage) -> DraftRun:
    fields = {"backend": "openai", "model": MODEL, "prompt_version": "5f0c9d2ab7e1", "status": Status.DONE}
    used = {"prompt_tokens": 4210, "completion_tokens": 1180, "calls": 1, "cost": Decimal("0.0034"), "seconds": 11.4}
    group = DraftRun.objects.filter(page=page).exclude(group="").first().group
    base = base_hashes(draft, DRAFTED_FIELDS)
    return DraftRun.objects.create(page=page, scope=scope, group=group, base=base, **fields, **used)


@transaction.atomic
def stage() -> int:
    """Draft the paper, let an editor mend its summary, and park a newer draft of it."""
    page = PaperPage.objects.get(arxiv_id=PAPER)
    draft = page.get_latest_revision_as_object()
    run = run_of(page, Scope.ABSTRACT, draft)
    stamp = {"backend": run.backend, "model": run.model, "prompt": run.prompt_version, "run": run.pk}
    index = QuoteIndex(read_pages(draft)[0])
    apply_changes(page, Changes(TEXTS, [as_draft(item, index) for item in ITEMS]), run, stamp)
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    draft.summary = EDITED
    draft.save_revision(user=get_user_model().objects.get(username="editor"))
    park(run, "summary", OFFERED, stamp, Notice(ASKED, {"name": "Demo Editor"}))
    return page.pk


print(stage())  # noqa: T201
