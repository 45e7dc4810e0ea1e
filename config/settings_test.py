"""The settings of the test suite: the shipped ones, with quick hashing and files in a scratch folder."""

import atexit
import os
import shutil
import tempfile

_scratch = tempfile.mkdtemp(prefix="seenow-test-")
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ["SEENOW_VAR"] = _scratch
# Test processes share one Redis; each has a database of it (clearing a cache empties all of one).
_number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{_number}"

from config.settings import *  # noqa: E402, F403 - after the folder is known
from config.settings import CHANNEL_LAYERS, DATABASES, REDIS_URL  # noqa: E402 - same

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_AUTOREFRESH = True  # looks each file up instead of listing all of them for every test client

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads cannot share a database in memory and the race tests are made of threads.
    DATABASES["default"]["TEST"] = {"NAME": f"{_scratch}/test.sqlite3"}
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

if REDIS_URL:
    # What is published is heard in every database, so names keep it apart.
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{_number}"
