"""The glossary from files and into them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from papers.admin import glossary_files
from papers.models import GlossaryTerm, TermScan
from papers.termbase import tbx
from tests.editing import in_english
from tests.factories import make_editor
from tests.papers.test_rescanning import make_term

pytestmark = pytest.mark.django_db

IMPORT, CONFIRM = "papers_admin:glossary_import", "papers_admin:glossary_confirm"
CSV = "source,kind,target,forbidden\nattention head,translate,注意ヘッド,注意の頭\nLoRA,keep,,ローラ\n,keep,,\n"


def upload(client: Client, data: str | bytes, name: str = "terms.csv", language: str = "ja") -> str:
    given = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(reverse(IMPORT), {"file": given, "language": language}).content.decode()


def counts(shown: str) -> dict[str, int]:
    return {name: int(count) for name, count in re.findall(r'data-count="(\w+)">(\d+)<', shown)}


def key_of(shown: str) -> str:
    return re.search(r'name="key" value="(\w+)"', shown)[1]


def confirm(client: Client, shown: str, **fields: str) -> str:
    return client.post(reverse(CONFIRM), {"key": key_of(shown), **fields}, follow=True).content.decode()


def make_helper(*permissions: str) -> Any:
    """Bob, who has only these permissions."""
    bob = get_user_model().objects.create_user("bob", password="secret-of-bob")
    bob.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return in_english(bob)


def test_the_preview_counts_and_writes_nothing(alice: Client) -> None:
    make_term()
    make_term(source="LoRA", target="ローラ", forbidden="")
    shown = upload(alice, CSV + "KV cache,translate,KVキャッシュ,\n")
    assert counts(shown) == {"new": 1, "changed": 1, "same": 1, "broken": 1}
    assert GlossaryTerm.objects.count() == 2


def test_the_preview_tells_each_broken_row_with_its_reason(alice: Client) -> None:
    assert "Line 4: The term is empty." in upload(alice, CSV)


def test_after_confirming_the_good_rows_are_taken(alice: Client) -> None:
    shown = confirm(alice, upload(alice, CSV))
    assert [term.source for term in GlossaryTerm.objects.all()] == ["LoRA", "attention head"]
    assert "1 row was left out." in shown


def test_a_changed_term_keeps_its_row(alice: Client) -> None:
    term = make_term(target="頭部", note="old")
    confirm(alice, upload(alice, CSV))
    term.refresh_from_db()
    assert (term.target, term.forbidden, term.note) == ("注意ヘッド", "注意の頭", "")


def test_importing_twice_changes_nothing(alice: Client) -> None:
    confirm(alice, upload(alice, CSV))
    assert counts(upload(alice, CSV))["same"] == 2


def test_rows_without_a_language_take_the_chosen_one(alice: Client) -> None:
    confirm(alice, upload(alice, CSV, language="ko"))
    assert {term.language for term in GlossaryTerm.objects.all()} == {"ko"}


def test_tbx_is_taken_as_well(alice: Client) -> None:
    make_term()
    data = alice.get(reverse("papers_admin:glossary_export", args=["tbx"])).content
    GlossaryTerm.objects.all().delete()
    confirm(alice, upload(alice, data, "terms.tbx"))
    assert GlossaryTerm.objects.get().forbidden == "注意の頭"


@pytest.mark.parametrize(
    ("data", "reason"), [("a,b\n1,2\n", "names no column “source”"), ("<!DOCTYPE x><tbx/>", "document type")]
)
def test_a_file_that_is_no_glossary_is_refused_with_the_reason(alice: Client, data: str, reason: str) -> None:
    assert reason in upload(alice, data)


def test_a_file_that_is_too_large_is_refused(alice: Client) -> None:
    assert "The file is larger than" in upload(alice, CSV + "\n" * glossary_files.MAX_BYTES)


def test_an_empty_form_is_shown_again(alice: Client) -> None:
    assert "This field is required." in alice.post(reverse(IMPORT), {"language": "ja"}).content.decode()


def test_a_file_that_has_gone_is_asked_for_again(alice: Client) -> None:
    answer = alice.post(reverse(CONFIRM), {"key": "x" * 32}, follow=True)
    assert "The file is no longer there." in answer.content.decode()


def test_terms_are_only_imported_where_that_is_asked_for(alice: Client) -> None:
    confirm(alice, upload(alice, CSV))
    assert not TermScan.objects.exists()


def test_new_and_changed_terms_are_tried_on_all_pages_together(alice: Client) -> None:
    make_term(target="頭部")
    make_term(source="KV cache", target="KVキャッシュ", forbidden="")
    shown = confirm(alice, upload(alice, CSV + "KV cache,translate,KVキャッシュ,\n"), **{"try": "1"})
    assert {scan.term.source for scan in TermScan.objects.all()} == {"attention head", "LoRA"}
    assert "2 terms" in shown


def test_a_file_that_changes_nothing_has_nothing_to_try(alice: Client) -> None:
    confirm(alice, upload(alice, CSV))
    data = {"key": key_of(upload(alice, CSV)), "try": "1"}
    assert alice.post(reverse(CONFIRM), data).url == reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))


def test_the_preview_warns_of_terms_that_would_match_nearly_everything(alice: Client) -> None:
    shown = upload(alice, "source,target,forbidden\nwe,私たち,\nLoRA,ローラ適応,の\nagent,エージェント,\n")
    assert re.findall(r'<q lang="en">(\w+)</q>', shown) == ["we", "LoRA"]


def test_another_editors_file_is_not_taken(alice: Client) -> None:
    shown = upload(alice, CSV)
    carol = Client()
    carol.force_login(in_english(make_editor("carol")))
    confirm(carol, shown)
    assert not GlossaryTerm.objects.exists()


def test_a_file_is_taken_once(alice: Client) -> None:
    shown = upload(alice, CSV)
    confirm(alice, shown)
    assert "The file is no longer there." in confirm(alice, shown)


def test_the_glossary_is_exported_as_csv(alice: Client) -> None:
    make_term()
    answer = alice.get(reverse("papers_admin:glossary_export", args=["csv"]))
    assert "attention head,translate,注意ヘッド,注意の頭,no,ja," in answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="glossary.csv"'


def test_the_glossary_is_exported_as_tbx(alice: Client) -> None:
    make_term()
    answer = alice.get(reverse("papers_admin:glossary_export", args=["tbx"]))
    assert tbx.read(answer.content, "ja").entries[0].term.source == "attention head"


def test_another_kind_of_export_is_not_found(alice: Client) -> None:
    assert alice.get(reverse("papers_admin:glossary_export", args=["xls"])).status_code == 404


def test_the_listing_leads_to_import_and_export(alice: Client) -> None:
    shown = alice.get(reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))).content.decode()
    assert reverse(IMPORT) in shown
    assert reverse("papers_admin:glossary_export", args=["tbx"]) in shown


def test_an_import_needs_both_permissions(client: Client) -> None:
    client.force_login(make_helper("add_glossaryterm"))
    assert client.get(reverse(IMPORT)).status_code == 302


def test_who_may_only_view_exports(client: Client) -> None:
    client.force_login(make_helper("view_glossaryterm"))
    assert client.get(reverse("papers_admin:glossary_export", args=["csv"])).status_code == 200


def test_who_may_not_even_view_exports_nothing(client: Client) -> None:
    client.force_login(make_helper())
    assert client.get(reverse("papers_admin:glossary_export", args=["csv"])).status_code == 302
