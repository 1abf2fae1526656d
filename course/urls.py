"""Every address of the site."""

from django.urls import include, path

from course import feedback, me, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", include("learners.urls")),
    path("claims/", include("labs.bench.claims.urls")),
    path("feedback/", feedback.feedback, name="feedback"),
    path("labs/", include("labs.bench.urls")),
    path("lessons/", include("lessons.urls")),
    path("me/", me.me, name="me"),
    path("me/code/", me.make_code, name="me-code"),
    path("me/resume/", me.resume, name="me-resume"),
    path("me/everything.json", me.everything, name="me-everything"),
    path("me/delete/", me.delete, name="me-delete"),
    path("notebook/", views.notebook, name="notebook"),
    path("notebook.md", views.notebook_markdown, name="notebook-markdown"),
    path("notebook.json", views.notebook_json, name="notebook-json"),
    path("quizzes/", include("quizzes.urls")),
    path("review/", include("quizzes.review.urls")),
    path("staff/", include("course.staff.urls")),
    path("", views.home, name="home"),
]

handler404 = "course.errors.not_found"
handler500 = "course.errors.server_error"
