"""Addresses of the review desk in the admin."""

from django.urls import path

from papers.admin import changes, desk, evidence, findings, glossary_files, joint_scans, redraft, scans, terms

app_name = "papers_admin"
urlpatterns = [
    path("<int:pk>/desk/", desk.DeskDataView.as_view(), name="desk"),
    path("<int:pk>/findings/<int:finding>/dismiss/", findings.DismissView.as_view(), name="dismiss"),
    path("<int:pk>/findings/<int:finding>/restore/", findings.RestoreView.as_view(), name="restore"),
    path("<int:pk>/terms/", terms.TermView.as_view(), name="term"),
    path("<int:pk>/evidence/", evidence.EvidenceView.as_view(), name="evidence"),
    path("<int:pk>/evidence/verify/", evidence.VerifyView.as_view(), name="verify"),
    path("<int:pk>/evidence/<int:number>.webp", evidence.PictureView.as_view(), name="evidence_picture"),
    path("<int:pk>/redraft/", redraft.RedraftView.as_view(), name="redraft"),
    path("<int:pk>/redraft/<int:run>/", redraft.RedraftRunView.as_view(), name="redraft_run"),
    path("<int:pk>/suggestions/<int:suggestion>/", redraft.SuggestionView.as_view(), name="suggestion"),
    path("<int:pk>/changes/", changes.ChangesView.as_view(), name="changes"),
    path("glossary/import/", glossary_files.ImportView.as_view(), name="glossary_import"),
    path("glossary/import/confirm/", glossary_files.ConfirmView.as_view(), name="glossary_confirm"),
    path("glossary/export/<str:kind>/", glossary_files.ExportView.as_view(), name="glossary_export"),
    path("glossary/<int:pk>/scans/", scans.ScanTermView.as_view(), name="scan_term"),
    path("glossary/scans/<int:first>-<int:last>/", joint_scans.ScansView.as_view(), name="scans"),
    path(
        "glossary/scans/<int:first>-<int:last>/progress/",
        joint_scans.ScansProgressView.as_view(),
        name="scans_progress",
    ),
    path("glossary/scans/<int:pk>/", scans.ScanView.as_view(), name="scan"),
    path("glossary/scans/<int:pk>/progress/", scans.ScanProgressView.as_view(), name="scan_progress"),
    path("glossary/scans/<int:pk>/decide/", scans.DecideView.as_view(), name="scan_decide"),
]
