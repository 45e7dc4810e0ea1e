"""Waiting for one's turn where no row of one's own could be locked."""

from django.db import connection


def wait_for_turn(holder: str) -> None:
    """Until this transaction ends, nobody else passes here for the same `holder`; others never wait.

    SQLite has one writer and needs nothing. PostgreSQL keeps the lock by name, so that no row has to exist.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"orders {holder}"])
