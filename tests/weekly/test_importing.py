"""From a list to drafts: idempotent, nothing published, no editor undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from wagtail.models import Page

from papers.errors import SourceError, UnknownPaper
from papers.models import PaperIndexPage, PaperPage
from papers.paper import ArxivId, Paper
from tests.factories import make_locale
from weekly.importers.base import Entry, Link, Week
from weekly.importing import Change, ImportedWeek, Metadata, Source, import_week
from weekly.models import DigestIndexPage, WeekIndexPage, WeekPage

pytestmark = pytest.mark.django_db
SOURCE = Source("dair-ai", "DAIR.AI reading list")
RAT = Entry(
    1, "RAT", "Retrieval Augmented Thoughts.", (Link("Paper", "https://arxiv.org/abs/2403.05313"),), "2403.05313"
)
CARD = Entry(2, "Command-R", "A model card.", (Link("Paper", "https://example.org/card"),))
PDF = Entry(3, "SIMA", "An agent.", (Link("Paper", "https://example.org/sima.pdf"), Link("Tweet", "https://x.com/1")))
FOUND = Paper(
    "RAT: Retrieval Augmented Thoughts", "We revise thoughts.", ArxivId("2403.05313", 2), ("Ada One",), date(2024, 3, 8)
)


def week(*entries: Entry) -> Week:
    return Week(date(2024, 3, 11), date(2024, 3, 17), "Top ML Papers of the Week (March 11 - March 17) - 2024", entries)


def run(*entries: Entry, metadata: Metadata | None = None, code: str = "ja", source: Source = SOURCE) -> ImportedWeek:
    return import_week(week(*entries), source, make_locale(code), metadata or Metadata())


def draft(imported: ImportedWeek) -> Any:
    return WeekPage.objects.get(pk=imported.page_id).get_latest_revision_as_object()


def changes(imported: ImportedWeek) -> list[Change]:
    return [entry.change for entry in imported.entries]


def edit_first_entry(imported: ImportedWeek, **fields: Any) -> None:
    page = draft(imported)
    entry = page.entries.all()[0]
    for name, value in fields.items():
        setattr(entry, name, value)
    page.entries.add(entry)
    page.save_revision()


def test_a_week_becomes_a_draft_with_its_papers() -> None:
    imported = run(RAT, CARD)
    assert changes(imported) == [Change.CREATED, Change.CREATED]
    page = draft(imported)
    assert [entry.title for entry in page.entries.all()] == ["RAT", "Command-R"]
    assert not WeekPage.objects.live().exists()
    assert not PaperPage.objects.live().exists()


def test_an_entry_without_arxiv_link_is_an_entry() -> None:
    run(CARD)
    paper = PaperPage.objects.get()
    assert (paper.arxiv_id, paper.source_url, paper.pdf_url) == (None, "https://example.org/card", "")


def test_a_link_that_is_a_pdf_by_its_look_is_kept_for_reading() -> None:
    run(PDF)
    assert PaperPage.objects.get().pdf_url == "https://example.org/sima.pdf"


def test_arxivs_metadata_goes_into_the_draft() -> None:
    run(RAT, metadata=Metadata({"2403.05313": FOUND}))
    paper = PaperPage.objects.get()
    assert (paper.title, paper.abstract, paper.arxiv_version) == (FOUND.title, FOUND.abstract, 2)
    assert paper.slug == "rat-retrieval-augmented-thoughts"


def test_the_same_list_again_changes_nothing() -> None:
    first = run(RAT, CARD)
    revisions = draft(first).revisions.count()
    again = run(RAT, CARD)
    assert changes(again) == [Change.SKIPPED, Change.SKIPPED]
    assert draft(again).revisions.count() == revisions
    assert PaperPage.objects.count() == 2


def test_a_change_of_the_list_is_taken_where_no_editor_wrote() -> None:
    run(RAT)
    again = run(replace(RAT, description="A better note."))
    assert changes(again) == [Change.UPDATED]
    assert draft(again).entries.all()[0].note == "A better note."


def test_an_editors_text_wins_over_a_change_of_the_list() -> None:
    first = run(RAT)
    edit_first_entry(first, note="編集者の注。")
    again = run(replace(RAT, description="A better note."))
    entry = draft(again).entries.all()[0]
    assert changes(again) == [Change.CONFLICT]
    assert (entry.note, entry.offered["note"]) == ("編集者の注。", "A better note.")


def test_a_mended_link_leads_to_the_right_paper() -> None:
    run(replace(RAT, arxiv_id="2403.00001"))
    again = run(RAT)
    assert changes(again) == [Change.UPDATED]
    assert draft(again).entries.all()[0].paper.arxiv_id == "2403.05313"


def test_a_row_that_left_the_list_stays_and_is_told() -> None:
    run(RAT, CARD)
    again = run(RAT)
    assert any("no longer in the list" in str(warning) for warning in again.warnings)
    assert draft(again).entries.count() == 2


def test_the_same_paper_in_two_weeks_has_one_page() -> None:
    run(RAT)
    other = replace(week(RAT), start=date(2024, 3, 18), end=date(2024, 3, 24))
    import_week(other, SOURCE, make_locale(), Metadata())
    assert PaperPage.objects.count() == 1
    assert WeekPage.objects.count() == 2


def test_the_same_id_twice_in_a_week_keeps_both_rows() -> None:
    imported = run(RAT, replace(RAT, rank=2, title="RAT again"))
    assert draft(imported).entries.count() == 2
    assert PaperPage.objects.count() == 1
    assert changes(run(RAT, replace(RAT, rank=2, title="RAT again"))) == [Change.SKIPPED, Change.SKIPPED]


def test_two_sources_can_have_a_week_with_the_same_start() -> None:
    run(RAT)
    run(CARD, source=Source("arxiv", "arXiv"))
    assert sorted(WeekPage.objects.values_list("slug", flat=True)) == ["2024-03-11", "2024-03-11-arxiv"]


def test_a_week_in_a_second_language_has_papers_of_its_own() -> None:
    run(RAT)
    run(RAT, code="ko")
    assert sorted(PaperPage.objects.values_list("language", flat=True)) == ["ja", "ko"]


def keys(model: type[Page]) -> list[set[Any]]:
    """The translation keys of all pages of a kind, by language."""
    pages = model.objects.order_by("locale__language_code")
    return [
        {page.translation_key for page in pages if page.locale.language_code == code} for code in ("en", "ja", "ko")
    ]


def test_a_week_and_its_papers_in_other_languages_are_translations() -> None:
    for code in ("ja", "en", "ko"):
        run(RAT, CARD, replace(CARD, rank=3, title="No link", links=()), code=code)
        run(RAT, code=code, source=Source("arxiv", "arXiv"))
    for model, number in ((WeekPage, 2), (PaperPage, 3), (WeekIndexPage, 1), (PaperIndexPage, 1), (DigestIndexPage, 1)):
        english, japanese, korean = keys(model)
        assert len(english) == len(japanese) == len(korean) == number
        assert len(english & japanese & korean) == (
            2 if model is PaperPage else number
        )  # one has nothing to know it by


def test_a_paper_without_arxiv_id_is_another_ones_in_another_week() -> None:
    """Its address may be that of a list of models, or of a firm's news."""
    run(CARD)
    later = Week(date(2024, 3, 18), date(2024, 3, 24), "Later", (replace(CARD, title="Another"),))
    import_week(later, SOURCE, make_locale("ko"), Metadata())
    _english, japanese, korean = keys(PaperPage)
    assert not japanese & korean


def test_what_editors_have_translated_themselves_stays_the_translation() -> None:
    """A week or paper that was translated in Wagtail and is no longer known for it, since somebody changed its facts."""
    run(RAT)
    ours = [WeekPage.objects.get(), PaperPage.objects.get()]
    for page, facts in zip(ours, ({"start": date(2024, 3, 12)}, {"arxiv_id": "2403.00001"}), strict=True):
        copy = page.copy_for_translation(make_locale("ko"), copy_parents=True)
        type(page).objects.filter(pk=copy.pk).update(**facts)
    imported = run(RAT, code="ko")
    assert changes(imported) == [Change.CREATED]
    assert [page.get_translation(make_locale("ko")).pk != imported.page_id for page in ours] == [True, True]
    assert [type(page).objects.count() for page in ours] == [3, 3]


def test_a_title_that_does_not_match_is_warned_of() -> None:
    other = replace(FOUND, title="Diffusion of Gases in Volcanic Rock", abstract="We study rock.")
    (entry,) = run(RAT, metadata=Metadata({"2403.05313": other})).entries
    assert "Is the link right?" in str(entry.warnings[-1])


def test_an_unknown_id_of_a_list_is_an_entry_with_a_warning() -> None:
    (entry,) = run(RAT, metadata=Metadata({"2403.05313": UnknownPaper(id="2403.05313")})).entries
    assert entry.change == Change.CREATED
    assert "knows no paper" in str(entry.warnings[-1])


def test_an_unknown_id_by_hand_makes_no_page() -> None:
    by_hand = replace(RAT, title="2403.05313")
    (entry,) = run(by_hand, metadata=Metadata({"2403.05313": UnknownPaper(id="2403.05313")})).entries
    assert (entry.change, entry.paper_id) == (Change.SKIPPED, None)
    assert not PaperPage.objects.exists()


def test_an_id_by_hand_gets_the_papers_title() -> None:
    imported = run(replace(RAT, title="2403.05313"), metadata=Metadata({"2403.05313": FOUND}))
    assert draft(imported).entries.all()[0].title == FOUND.title


def test_arxiv_being_down_does_not_stop_an_import() -> None:
    down = Metadata(problem=SourceError().notice)
    imported = run(RAT, metadata=down)
    assert changes(imported) == [Change.CREATED]
    assert "will be read when drafting" in str(imported.warnings[0])


def test_a_withdrawn_paper_is_told() -> None:
    (entry,) = run(RAT, metadata=Metadata({"2403.05313": replace(FOUND, withdrawn=True)})).entries
    assert "withdrawn" in str(entry.warnings[-1])
    assert PaperPage.objects.get().withdrawn


def test_papers_with_the_same_title_get_addresses_of_their_own() -> None:
    run(CARD, replace(CARD, rank=3, description="Another card."), replace(CARD, rank=4, title="Command R"))
    assert sorted(PaperPage.objects.values_list("slug", flat=True)) == ["command-r", "command-r-2", "command-r-3"]


def test_the_title_is_in_the_weeks_language() -> None:
    assert "2024년" in run(RAT, code="ko").title
    assert "2024年3月11日" in run(RAT).title


def test_a_conflict_that_is_known_makes_no_further_revision() -> None:
    imported = run(RAT)
    edit_first_entry(imported, note="私の注。")
    revisions = []
    for _time in range(2):
        assert changes(run(replace(RAT, description="Another note."))) == [Change.CONFLICT]
        revisions.append(WeekPage.objects.get(pk=imported.page_id).latest_revision_id)
    assert revisions[0] == revisions[1]


def test_a_conflict_ends_when_the_list_takes_its_change_back() -> None:
    imported = run(RAT)
    edit_first_entry(imported, note="私の注。")
    run(replace(RAT, description="Another note."))
    assert changes(run(RAT)) == [Change.SKIPPED]
    assert draft(imported).entries.all()[0].offered == {}


def test_a_title_longer_than_a_page_may_have_is_cut() -> None:
    long = replace(FOUND, title="Thoughts " * 40)
    page = PaperPage.objects.get(pk=run(RAT, metadata=Metadata({RAT.arxiv_id: long})).entries[0].paper_id)
    assert page.title == long.title[:255]
    assert page.is_untouched("title")
