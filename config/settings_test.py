"""The settings of the test suite: the shipped ones, with quick hashing and files in a scratch folder."""

import os
import tempfile

os.environ.setdefault("SEENOW_VAR", tempfile.mkdtemp(prefix="seenow-test-"))

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
