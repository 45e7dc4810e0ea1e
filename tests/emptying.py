"""Emptying the database after a test that really commits.

Django's own way costs more the more tables there are, whatever was written: it truncates every one (130 ms on
PostgreSQL) and then writes all content types and permissions anew (70 ms). Here one question finds the tables
that hold rows, mostly a handful of over a hundred, and only those are emptied.
"""

import functools

from django.db import connection, transaction
from django.test import TransactionTestCase

# What the migrations wrote and no test changes.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
# Foreign keys are not looked at: in the end nothing is left that could point anywhere.
LOOK_AWAY = {"postgresql": "SET LOCAL session_replication_role = replica"}


@functools.cache
def tables() -> list[str]:
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)


def filled() -> list[str]:
    """The tables with rows, found by one query."""
    quote = connection.ops.quote_name
    names = tables()
    questions = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in names]  # noqa: S608 - tables' own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        return [name for (name,) in cursor.fetchall()]


@transaction.atomic
def empty_tables() -> None:
    """Delete every row a test may have left. Sequences go on, as after Django's flush."""
    with connection.cursor() as cursor:
        if connection.vendor in LOOK_AWAY:
            cursor.execute(LOOK_AWAY[connection.vendor])
        for name in filled():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - a table's own name


def empty_quickly() -> None:
    """Have every committing test of this run emptied this way."""
    TransactionTestCase._fixture_teardown = lambda _case: empty_tables()
