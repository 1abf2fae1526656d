"""Django's entry for the site: binds the Celery app so that shared tasks find it."""

from django.apps import AppConfig


class CourseConfig(AppConfig):
    """Loads the Celery app once Django's apps are ready."""

    name = "course"

    def ready(self) -> None:
        from course import celery  # noqa: F401  (importing it makes it the current app)
