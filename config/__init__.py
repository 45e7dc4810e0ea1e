"""Settings, addresses and processes. Loading it makes its Celery application the current one."""

from config.celery import app

__all__ = ["app"]
