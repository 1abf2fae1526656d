"""Loaded by pytest before Django: no test touches the data of a course that somebody runs from this clone."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="brokered-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["DATA_DIR"] = FOLDER
os.mkdir(os.path.join(FOLDER, "static"))
os.environ["SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
OTHERS = (
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "SMTP_BASE_PORT",
    "MEASURING_SLOTS",
    "AUTHOR",
    "LESSONS_DIR",
    "QUIZZES_DIR",
)
for name in OTHERS:
    os.environ.pop(name, None)
