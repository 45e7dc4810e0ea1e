"""Celery tasks: each one domain call. They only make faster what the sweep would do."""
