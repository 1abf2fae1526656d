"""Addresses of the pages of staff."""

from django.urls import path

from course.staff import exchange, feedback, sign_in, views

app_name = "staff"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("feedback/", feedback.listed, name="feedback"),
    path("feedback/<int:pk>/", feedback.mark, name="mark-feedback"),
    path("questions/", views.questions, name="questions"),
    path("questions.csv", views.statistics_csv, name="statistics-csv"),
    path("questions/<slug:question_id>/", views.question, name="question"),
    path("responses/<slug:quiz_slug>.csv", views.responses_csv, name="responses-csv"),
    path("quizzes/", exchange.exchange, name="exchange"),
    path("quizzes/import/", exchange.import_quiz, name="import-quiz"),
    path("quizzes/import/text/", exchange.download_text, name="download-text"),
    path("quizzes/<slug:quiz_slug>/<slug:format_name>/", exchange.export, name="export-quiz"),
    path("quizzes/<slug:quiz_slug>/<slug:format_name>/file/", exchange.export_file, name="export-file"),
]
