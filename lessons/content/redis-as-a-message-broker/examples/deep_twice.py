"""A task that may run twice and still sends one mail: it claims its row first, and gives the claim back on failure."""

import os
import sqlite3
import time

from celery import Celery
from celery.contrib.testing.worker import start_worker

app = Celery(broker=os.environ["REDIS_URL"])
database = sqlite3.connect("file:invoices?mode=memory&cache=shared", uri=True, check_same_thread=False)
database.execute("CREATE TABLE invoice (pk INTEGER PRIMARY KEY, state TEXT)")
database.execute("INSERT INTO invoice VALUES (7, 'open')")
database.commit()
starts, mails = [], []


def change(pk, old, new):
    """Whether this call changed it: of two rivals one gets True."""
    update = "UPDATE invoice SET state=? WHERE pk=? AND state=?"
    with database:
        return database.execute(update, (new, pk, old)).rowcount == 1


def mail_server(pk):
    if len(starts) == 1:
        raise ConnectionError("down, the first time")
    mails.append(pk)


@app.task(
    acks_late=True,
    ignore_result=True,
    autoretry_for=(OSError,),
    retry_backoff=True,
    max_retries=5,
)
def send_invoice(pk):
    starts.append(pk)
    if not change(pk, "open", "sending"):
        return
    try:
        mail_server(pk)
    except OSError:
        change(pk, "sending", "open")
        raise
    change(pk, "sending", "sent")


send_invoice.delay(7)
send_invoice.delay(7)  # a second click, or a message given out again
with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
    while len(starts) < 3:
        time.sleep(0.05)
print("messages 2, starts", len(starts), "mails", len(mails))
