"""The settings of the test suite: the shipped ones, with quick hashing and files in a scratch folder."""

import os
import tempfile

os.environ.setdefault("SEENOW_VAR", tempfile.mkdtemp(prefix="seenow-test-"))

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because threads cannot share a database in memory and the race tests are made of threads.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
