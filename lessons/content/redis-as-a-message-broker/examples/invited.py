"""Who gets how many mails when the mail server turns the second of three people down, once."""

import os
import socket
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django
from aiosmtpd.controller import Controller
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import path

NAMES = ("Ada", "Ben", "Eva")


class MailServer:
    """Takes every mail, but turns Ben down the first time."""

    def __init__(self):
        self.asked, self.got = Counter(), Counter()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.partition("@")[0]
        self.asked[name] += 1
        if name == "Ben" and self.asked[name] == 1:
            return "450 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got[envelope.rcpt_tos[0].partition("@")[0]] += 1
        return "250 OK"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start_site(folder, smtp_port):
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/db"}},
        SECRET_KEY="only-for-this-example",
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF=__name__,
        EMAIL_PORT=smtp_port,
        DEFAULT_FROM_EMAIL="course@example.org",
        LOGGING={"version": 1, "loggers": {"django.request": {"level": "CRITICAL"}}},
    )
    django.setup()
    from invitations import people
    from invite_inside import invite as inside
    from invite_queued import invite as queued

    urlpatterns.extend([path("inside/", inside), path("queued/", queued)])
    call_command("migrate", verbosity=0)
    for name in NAMES:
        people().model.objects.create_user(name, f"{name}@example.org")


def press(way):
    return Client(raise_request_exception=False).post(f"/{way}/").status_code


def say(when, answer, mails):
    print(f"{when:26} {answer:>6} " + "".join(f"{mails[name]:>5}" for name in NAMES))


urlpatterns = []
sys.path.insert(0, str(Path(__file__).parent))
app = Celery("invited", broker=os.environ["REDIS_URL"], task_ignore_result=True)
app.set_default()
mail_server = MailServer()
smtp = Controller(mail_server, hostname="127.0.0.1", port=free_port())
smtp.start()

with tempfile.TemporaryDirectory() as folder:
    start_site(folder, smtp.port)
    print(f"{'':26} {'answer':>6} " + "".join(f"{name:>5}" for name in NAMES))
    say("in the view", press("inside"), mail_server.got)
    say("in the view, once more", press("inside"), mail_server.got)

    mail_server.__init__()
    say("queued", press("queued"), mail_server.got)
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
        while mail_server.got.total() < len(NAMES):
            time.sleep(0.05)
    say("queued, worker done", "", mail_server.got)
smtp.stop()
