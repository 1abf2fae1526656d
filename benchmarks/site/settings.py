"""The course's own settings; only the addresses are more."""

from course.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.site.urls"
