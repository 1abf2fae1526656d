"""The live course once more, with the addresses that benchmarks ask for."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

from apparatus.ports import free_port
from apparatus.probe import answers
from benchmarks.measuring import SETTINGS
from course.address import Address
from course.startup import start_web
from tests.live import LiveCourse


@contextmanager
def with_benchmarks(live_course: LiveCourse) -> Iterator[LiveCourse]:
    """The same parts, and a web process of its own, which is gone afterwards."""
    address = Address("127.0.0.1", free_port())
    environment = live_course.startup.environment | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    web = start_web(replace(live_course.startup, address=address, environment=environment))
    live_course.group.wait_for(web, lambda: answers(f"{address.url}/healthz", timeout_s=5), timeout_s=60)
    course = copy(live_course)
    course.url = address.url
    yield course
    live_course.group.kill(web)
