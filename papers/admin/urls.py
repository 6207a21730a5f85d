"""Addresses of the review desk in the admin."""

from django.urls import path

from papers.admin import desk, findings, terms

app_name = "papers_admin"
urlpatterns = [
    path("<int:pk>/desk/", desk.DeskDataView.as_view(), name="desk"),
    path("<int:pk>/findings/<int:finding>/dismiss/", findings.DismissView.as_view(), name="dismiss"),
    path("<int:pk>/findings/<int:finding>/restore/", findings.RestoreView.as_view(), name="restore"),
    path("<int:pk>/terms/", terms.TermView.as_view(), name="term"),
]
