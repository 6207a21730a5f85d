"""Tags in the admin: how much each is used, what it means in each language, and what it is merged into."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from papers.models import PaperTag, TagCount
from papers.tagging import merge_tag


def counted(tags: QuerySet[PaperTag]) -> QuerySet[PaperTag]:
    """Tags with the number of public papers in all languages, as `papers`."""
    counts = TagCount.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(total=Sum("papers"))
    return tags.annotate(papers=Coalesce(Subquery(counts.values("total")), 0))


class TagForm(WagtailAdminModelForm):
    moved: int | None = None  # papers, where saving merged the tag

    def save(self, commit: bool = True) -> PaperTag:
        tag = super().save(commit)
        if tag.merged_into and "merged_into" in self.changed_data:
            self.moved = merge_tag(tag, tag.merged_into)
        return tag


class _ToldOfMerging:
    """After merging, the editor reads where the papers are now."""

    form: TagForm

    def get_success_message(self, *args: Any) -> str | None:
        if self.form.moved is None:
            return super().get_success_message(*args)  # type: ignore[misc]
        tag = PaperTag.objects.select_related("merged_into").get(pk=self.form.instance.pk)
        said = ngettext(
            "“%(source)s” means “%(target)s” from now on; %(count)d paper was moved.",
            "“%(source)s” means “%(target)s” from now on; %(count)d papers were moved.",
            self.form.moved,
        )
        return said % {"source": tag, "target": tag.meaning, "count": self.form.moved}


class TagCreateView(_ToldOfMerging, CreateView):
    pass


class TagEditView(_ToldOfMerging, EditView):
    pass


class TagFilters(WagtailFilterSet):
    kind = ChoiceFilter(
        label=pgettext_lazy("of a tag", "Use"),
        method="of_kind",
        choices=[("used", _("On public papers")), ("unused", _("On no public paper")), ("merged", _("Merged"))],
    )

    class Meta:
        model = PaperTag
        fields: list[str] = []

    def of_kind(self, tags: QuerySet[PaperTag], name: str, kind: str) -> QuerySet[PaperTag]:
        if kind == "merged":
            return tags.filter(merged_into__isnull=False)
        return tags.filter(papers__gt=0) if kind == "used" else tags.filter(papers=0, merged_into=None)


class TagSearchForm(BaseFilterForm):
    """Any part of a name, in any script."""

    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects: QuerySet[PaperTag]) -> QuerySet[PaperTag]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.filter(name__icontains=self.search_query)


class _TagsToMeet:
    """What a tag can be merged into, the most used first; a synonym is no choice."""

    filter_form_class = TagSearchForm
    ordering = ("-papers", "name")

    def get_object_list(self) -> QuerySet[PaperTag]:
        return counted(PaperTag.objects.filter(merged_into=None))

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, NumberColumn("papers", label=_("Papers"))]  # type: ignore[misc]


class TagChooseView(_TagsToMeet, ChooseView):
    pass


class TagChooseResultsView(_TagsToMeet, ChooseResultsView):
    pass


class TagChooserViewSet(SnippetChooserViewSet):
    choose_view_class = TagChooseView
    choose_results_view_class = TagChooseResultsView


class TagChooser(AdminSnippetChooser):
    """In the editor's language: Wagtail's own words stay in that of whoever opened a form first."""

    model = PaperTag
    icon = "tag"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_one_text = _("Choose a tag")
        self.choose_another_text = _("Choose another tag")
        self.link_to_chosen_text = _("Edit this tag")


def _languages(tag: PaperTag) -> str:
    return ", ".join(sorted(description.language for description in tag.descriptions.all()))


class TagViewSet(SnippetViewSet):
    model = PaperTag
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 260
    add_to_admin_menu = True
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("merged_into", widget=TagChooser),
            InlinePanel(
                "descriptions",
                heading=_("Descriptions"),
                label=_("description"),
                panels=[FieldPanel("language"), FieldPanel("text")],
            ),
        ],
        base_form_class=TagForm,
    )
    list_display = [
        "name",
        NumberColumn("papers", label=_("Papers"), sort_key="papers"),
        Column("merged_into", label=_("Merged into"), sort_key="merged_into__name"),
        Column("described", label=_("Described in"), accessor=_languages),
    ]
    ordering = ("name",)
    search_fields = ["name"]
    filterset_class = TagFilters
    add_view_class = TagCreateView
    edit_view_class = TagEditView
    chooser_viewset_class = TagChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaperTag]:
        return counted(PaperTag.objects.select_related("merged_into").prefetch_related("descriptions"))
