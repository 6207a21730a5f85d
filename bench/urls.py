"""The reference site's addresses, and a view that does nothing: what the framework itself takes."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from digestsite.urls import urlpatterns as site_patterns


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("empty/", empty), *site_patterns]
