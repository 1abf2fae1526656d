"""The worker's door to the work."""

# TODO, step 1: a Celery task `welcome` that takes a primary key and calls work.send_welcome.
# TODO, step 3: it must survive a worker that dies.
# TODO, step 5: it must try again when the mail server is away.
