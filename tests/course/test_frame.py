"""The frame of the site: headers, errors that help, settings that fail loudly."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from course.environment import database, env_flag, env_int, site_url

PAGES = ["/", "/labs/", "/labs/email-in-request/", "/lessons/redis-as-a-message-broker/perf/", "/quizzes/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(path):
    answer = Client().get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert " style=" not in page
    assert " onclick=" not in page


def test_a_mistyped_address_names_the_nearest_that_exists():
    answer = Client().get("/labs/email-in-reqest/")
    assert answer.status_code == 404
    assert b'href="/labs/email-in-request/"' in answer.content
    assert Client().get("/lessons/redis-as-message-broker/perf/").status_code == 404


def test_an_error_in_our_own_code_says_that_it_is_ours(monkeypatch):
    monkeypatch.setattr("course.views.health", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
    assert b"It is not something you did" in answer.content


def test_healthz_names_the_part_that_is_away(db):
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"]["ok"]
    assert answer.json()["broker"] == {"ok": False, "state": "refuses connections"}
    assert "unknown" in answer.json()["worker"]["state"]


def test_the_home_page_is_honest_about_what_is_written(db):
    page = Client().get("/").content.decode()
    assert page.count(">planned<") == 11
    assert 'href="/lessons/redis-as-a-message-broker/"' in page


@pytest.mark.parametrize("bad", ["course.example.org", "ftp://x", "https://x/path", "https://"])
def test_a_site_url_that_is_none_is_refused_with_an_example(monkeypatch, bad):
    monkeypatch.setenv("SITE_URL", bad)
    with pytest.raises(ImproperlyConfigured, match=r"https://course\.example\.org"):
        site_url()


def test_numbers_and_flags_from_the_environment_have_bounds(monkeypatch):
    monkeypatch.setenv("MEASURING_SLOTS", "many")
    with pytest.raises(ImproperlyConfigured, match="MEASURING_SLOTS is 'many'; write a whole number from 1 to 64"):
        env_int("MEASURING_SLOTS", 2, 1, 64)
    monkeypatch.setenv("AUTHOR", "yes")
    with pytest.raises(ImproperlyConfigured, match="AUTHOR is 'yes'; write 1 or 0"):
        env_flag("AUTHOR")


def test_database_urls(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:p%40ss@db:5433/course")
    settings = database(tmp_path)
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"], settings["PORT"]) == ("ada", "p@ss", "db", "5433")
    assert "pool" in str(settings["OPTIONS"])
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    with pytest.raises(ImproperlyConfigured, match="postgres://user:password@host:5432/name"):
        database(tmp_path)


SHOW = """
import json
from django.conf import settings as s
print(json.dumps([s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
                  s.SECURE_HSTS_SECONDS, s.LEARNER_COOKIE, s.DEBUG]))
"""


@pytest.mark.parametrize(
    ("url", "host", "secure", "cookie"),
    [
        ("https://course.example.org", "course.example.org", True, "learner"),
        ("http://127.0.0.1:8001", "127.0.0.1", False, "learner_8001"),
        ("http://192.168.1.7:8000", "192.168.1.7", False, "learner_8000"),
    ],
)
def test_site_url_alone_decides(url, host, secure, cookie):
    environment = os.environ | {"SITE_URL": url, "DJANGO_SETTINGS_MODULE": "course.settings"}
    said = subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=True)
    hosts, origins, cookie_secure, redirects, hsts_s, name, debug = json.loads(said.stdout)
    assert hosts[0] == host
    assert origins == [url]
    assert cookie_secure == redirects == secure
    assert (hsts_s > 0) == secure
    assert name == cookie
    assert debug is False
