"""Makes due work happen sooner. Broker and limits are settings; what is due is in `config/sweep.py`."""

import os

from celery import Celery
from celery.signals import worker_init

from config.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("seenow")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def guard_worker(**_: object) -> None:
    """A worker holds to the same rules as the web processes."""
    refuse_unsafe_start()
