"""Addresses of the digest in the admin."""

from django.urls import path

from weekly.admin import (
    comment_queue,
    correction,
    deciding,
    decisions,
    desk,
    importing,
    lesson,
    mailings,
    publishing,
    queue,
    report,
    report_desk,
    subscribers,
    week_letter,
)

app_name = "weekly_admin"
urlpatterns = [
    path("import/", importing.SourceView.as_view(), name="import"),
    path("import/preview/", importing.PreviewView.as_view(), name="preview"),
    path("import/confirm/", importing.ConfirmView.as_view(), name="confirm"),
    path("report/", report.ReportView.as_view(), name="report"),
    path("readers/", queue.QueueView.as_view(), name="readers"),
    path("readers/comments/", comment_queue.CommentsView.as_view(), name="comments"),
    path("readers/decisions/", decisions.HistoryView.as_view(), name="readers_history"),
    path("readers/passages/<int:page>/", report_desk.PassageView.as_view(), name="passage"),
    path("readers/corrections/<int:pk>/", correction.CorrectionView.as_view(), name="correction"),
    path("readers/corrections/<int:pk>/term/", lesson.LessonView.as_view(), name="lesson"),
    path("mail/", mailings.MailingsView.as_view(), name="mail"),
    path("mail/<int:pk>/", mailings.MailingView.as_view(), name="mailing"),
    path("mail/subscribers/", subscribers.SubscribersView.as_view(), name="subscribers"),
    path("weeks/<int:pk>/", desk.DeskView.as_view(), name="desk"),
    path("weeks/<int:pk>/progress/", desk.ProgressView.as_view(), name="progress"),
    path("weeks/<int:pk>/draft/", deciding.DraftView.as_view(), name="draft"),
    path("weeks/<int:pk>/retry/<int:run>/", deciding.RetryView.as_view(), name="retry"),
    path("weeks/<int:pk>/suggestions/<int:offer>/", deciding.OfferView.as_view(), name="offer"),
    path("weeks/<int:pk>/conflicts/", deciding.ConflictView.as_view(), name="conflict"),
    path("weeks/<int:pk>/publish/", publishing.PublishView.as_view(), name="publish"),
    path("weeks/<int:pk>/letter/", week_letter.WeekLetterView.as_view(), name="week_letter"),
]
