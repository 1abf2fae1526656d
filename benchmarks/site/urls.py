"""The addresses of the course, and under /benchmarks/ those that only benchmarks ask for."""

from django.urls import path

from benchmarks.site import views
from course import urls as course_urls

urlpatterns = [
    path("benchmarks/pages/<str:name>", views.page_file),
    path("benchmarks/fixed/<slug:slug>/<slug:mode>/", views.fixed),
    path("benchmarks/queries", views.queries),
    path("benchmarks/cpu", views.cpu),
    path("benchmarks/insert", views.insert),
    *course_urls.urlpatterns,
]

handler404 = course_urls.handler404
handler500 = course_urls.handler500
