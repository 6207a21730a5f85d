"""The desk's data anew, after a save."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from papers.admin.desk_data import desk_data
from papers.admin.permissions import DeskView


class DeskDataView(DeskView):
    """What a page that was just opened would get."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse(desk_data(self.page))
