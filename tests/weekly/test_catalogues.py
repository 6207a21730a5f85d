"""The catalogues of the interface: complete, true to their messages, and compiled as they are written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import wagtail.admin
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

import weekly
from papers.checks.numbers import OTHER
from papers.checks.repeats import SAME_ANSWER
from papers.drafting.questions import KINDS
from papers.errors import DigestError, MalformedArxivId, NoSuchWeek, Notice, TooManyPages
from papers.messages import translated
from papers.models import Scope, Status
from papers.models.findings import Severity
from weekly.importers.rows import read_row
from weekly.importing import GONE
from weekly.templatetags.digest_admin import change_label, state_label

LOCALE = Path(weekly.__file__).parent / "locale"
TRANSLATED = ("ja", "ko")
TERMS = [
    ("paper", "論文", "논문"),
    ("week", "週", "주"),
    ("entr(y|ies)", "項目", "항목"),
    ("draft", "下書き", "초안"),
    ("suggestion", "提案", "제안"),
    ("glossary", "用語集", "용어집"),
    ("citation", "引用", "인용"),
    ("abstract", "要旨", "초록"),
    ("overview", "今週の動向", "이번 주 동향"),
    ("lock", "ロック", "잠"),
    ("findings?", "指摘", "지적"),
    ("evidence", "根拠", "근거"),
    ("(un)?approve", "承認", "승인"),
    ("rendering", "訳語", "번역어"),
]
_FIELD = re.compile(r'^(msg\w+)(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.M)
_PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|(%)")


@dataclass(frozen=True)
class Message:
    """One entry of a .po file. `text` is empty where it is not translated; Japanese and Korean have one form each."""

    id: str
    text: str
    plural: str = ""
    context: str = ""
    is_fuzzy: bool = False

    @classmethod
    def of(cls, block: str) -> Message:
        fields = {name: "".join(map(ast.literal_eval, text.splitlines())) for name, text in _FIELD.findall(block)}
        plural, context = fields.get("msgid_plural", ""), fields.get("msgctxt", "")
        return cls(fields["msgid"], fields["msgstr"], plural, context, bool(re.search(r"^#,.*\bfuzzy\b", block, re.M)))

    def looked_up(self, catalogue: gettext.NullTranslations) -> str:
        if self.plural:
            return catalogue.ngettext(self.id, self.plural, 2)
        return catalogue.pgettext(self.context, self.id) if self.context else catalogue.gettext(self.id)


def read_po(language: str) -> list[Message]:
    """The messages of a catalogue without its header."""
    _header, *blocks = source_of(language).strip().split("\n\n")
    return [Message.of(block) for block in blocks]


def source_of(language: str) -> str:
    return (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")


def compiled(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.mo"


def catalogue(folder: Path, language: str) -> gettext.GNUTranslations:
    with compiled(folder, language).open("rb") as file:
        return gettext.GNUTranslations(file)


def placeholders(text: str) -> list[tuple[str, ...]]:
    return sorted(_PLACEHOLDER.findall(text))


def errors(base: type[DigestError] = DigestError) -> list[type[DigestError]]:
    """An error of the product and all that derive from it."""
    derived = [error for child in base.__subclasses__() for error in errors(child)]
    return [error for error in (base, *derived) if error.__module__.startswith(("papers.", "weekly."))]


@pytest.fixture
def japanese() -> Iterator[None]:
    with translation.override("ja"):
        yield


# What the catalogues hold


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    messages = read_po(language)
    assert len(messages) > 300
    assert [message.id for message in messages if not message.text.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_out_of_use(language: str) -> None:
    assert [message.id for message in read_po(language) if message.is_fuzzy] == []
    assert "\n#~" not in source_of(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    differing = [
        message.id
        for message in read_po(language)
        if placeholders(message.text) != placeholders(message.plural or message.id)
    ]
    assert differing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_its_lines_as_its_message_does(language: str) -> None:
    assert [message.id for message in read_po(language) if message.text != message.text.strip()] == []
    assert [message.id for message in read_po(language) if "\n" in message.id + message.text] == []


def test_all_languages_have_the_same_messages() -> None:
    english, *others = [
        [(message.context, message.id, message.plural) for message in read_po(language)]
        for language in ("en", *TRANSLATED)
    ]
    assert others == [english, english]
    assert len(set(english)) == len(english)


def test_english_is_what_the_messages_say_themselves() -> None:
    assert {message.text for message in read_po("en")} == {""}


@pytest.mark.parametrize(("term", "ja", "ko"), TERMS)
def test_a_term_has_one_rendering_wherever_it_stands(term: str, ja: str, ko: str) -> None:
    for language, rendering in {"ja": ja, "ko": ko}.items():
        using = [message for message in read_po(language) if re.search(rf"(?<!\()\b{term}", message.id, re.I)]
        assert using
        assert [message.id for message in using if rendering not in message.text] == []


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_the_compiled_catalogue_says_what_its_source_says(language: str) -> None:
    found = catalogue(LOCALE, language)
    messages = [message for message in read_po(language) if message.text]
    assert [message.id for message in messages if message.looked_up(found) != message.text] == []
    strings = int.from_bytes(compiled(LOCALE, language).read_bytes()[8:12], "little")  # the count in the file's head
    assert strings == len(messages) + 1  # the header is one of them


def test_words_that_wagtail_has_as_well_stay_as_wagtail_says_them() -> None:
    """All catalogues of a site are one dictionary: a word of ours replaces Wagtail's in its own menus."""
    theirs = catalogue(Path(wagtail.admin.__file__).parent / "locale", "ja")
    shared = {m.id: m.text for m in read_po("ja") if not m.context and theirs.gettext(m.id) != m.id}
    assert "Pages" in shared
    assert {word: text for word, text in shared.items() if theirs.gettext(word).replace("...", "…") != text} == {}


# What people read


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_speaks_the_editors_language(error: type[DigestError]) -> None:
    for language in TRANSLATED:
        with translation.override(language):
            assert translation.gettext(error.template) != error.template


@pytest.mark.usefixtures("japanese")
def test_an_error_is_told_in_japanese() -> None:
    assert translated(MalformedArxivId(id="2405").notice) == "「2405」はarXiv IDではありません。"
    assert translated(TooManyPages(limit=200).notice) == "PDFが200ページを超えています。"
    missing = NoSuchWeek(start="2024-05-06", language="ja", count=0).notice
    assert translated(missing).startswith("2024-05-06に始まるjaの週は、ダイジェストに0件あります。")


def test_an_error_is_told_in_korean() -> None:
    with translation.override("ko"):
        assert translated(TooManyPages(limit=200).notice) == "PDF가 200쪽을 넘습니다."


def test_an_error_is_told_in_english_where_the_editor_reads_english() -> None:
    with translation.override("en"):
        assert translated(TooManyPages(limit=200).notice) == "The PDF has more than 200 pages."


@pytest.mark.usefixtures("japanese")
def test_a_warning_on_a_row_is_told_in_japanese() -> None:
    entry = read_row("| 1) **Untitled** - A note. | |", 1)
    assert entry is not None
    assert [translated(notice) for notice in entry.warnings] == ["行にリンクがありません。"]
    assert translated(Notice(GONE, {"title": "100 % sure"})) == "「100 % sure」はもうリストにありません。"


@pytest.mark.usefixtures("japanese")
def test_a_finding_is_told_in_japanese() -> None:
    other = Notice(OTHER, {"found": "3.5%", "said": "35%"})
    assert translated(other) == "「3.5%」は、原文の「35%」と違います。"
    twice = Notice(SAME_ANSWER, {"number": 2, "share": 80})
    assert translated(twice) == "この答えは、質問2の答えとほぼ同じです（80%が一致）。"


@pytest.mark.usefixtures("japanese")
def test_a_template_is_rendered_in_japanese() -> None:
    assert "まだ公開された週はありません。" in render_to_string("weekly/includes/no_weeks.html")
    assert "公開しません。" in render_to_string("weekly/admin/_readiness.html", {"chosen": False})


@pytest.mark.usefixtures("japanese")
@pytest.mark.parametrize("count", [1, 2])
def test_japanese_counts_one_and_many_alike(count: int) -> None:
    said = ngettext("%(count)d week was imported.", "%(count)d weeks were imported.", count) % {"count": count}
    assert said == f"{count}件の週をインポートしました。"


@pytest.mark.usefixtures("japanese")
def test_what_becomes_of_an_entry_has_its_own_words() -> None:
    labels = [change_label(change) for change in ("created", "updated", "skipped", "conflict")]
    assert labels == ["新規作成", "更新", "変更なし", "競合"]


@pytest.mark.usefixtures("japanese")
def test_the_states_of_a_text_and_the_findings_ranks_are_in_japanese() -> None:
    assert [state_label(state) for state in ("machine", "edited", "approved")] == ["機械のまま", "編集済み", "承認済み"]
    assert [str(label) for label in Severity.labels] == ["エラー", "警告", "参考"]


@pytest.mark.usefixtures("japanese")
def test_the_parts_and_states_of_a_draft_are_in_japanese() -> None:
    assert [str(label) for label in Scope.labels] == ["要旨", "質問と答え", "今週の動向", "1か所の文（書き直し）"]
    assert [str(label) for label in Status.labels] == ["待機中", "実行中", "完了", "失敗", "保留"]
    assert [translation.gettext(label) for label in KINDS.values()][:3] == ["課題", "手法", "データ"]
