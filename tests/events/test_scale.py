"""However many shows and hosts there are, a page asks the database the same number of questions."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.crowded import PAGES, Crowded, make_crowded

pytestmark = [pytest.mark.django_db, pytest.mark.long_walk]
# Enough for a further page of every list; one that is full may ask whether there is another.
FULL = 1
FEW = {"events": 2_000, "hosts": 200}
MANY = {"events": 5_000, "hosts": 500}


def clients(shop: Crowded) -> dict[bool, Client]:
    """A guest, and somebody of the large brand."""
    user, staff = make_user(), Client()
    make_member(user, shop.brand)
    staff.force_login(user)
    return {False: Client(), True: staff}


def counted() -> None:
    """What a server does by itself after so many new rows; those of a test it never sees."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def questions(client: Client, path: str) -> tuple[int, int]:
    """(status, number of queries) of a page nobody asked for before."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        status = client.get(path).status_code
    return status, len(asked)


def all_questions(size: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Of every page, in a shop of that size, which is gone afterwards."""
    with transaction.atomic():
        shop = make_crowded(**size, now=timezone.now())
        people = clients(shop)
        counted()
        found = {
            name: questions(people[staff], path.format(**shop.words)) for name, (path, staff) in PAGES.items()
        }
        transaction.set_rollback(True)
    return found


def test_five_thousand_shows_and_five_hundred_hosts_take_no_more_queries_than_fewer() -> None:
    few, many = all_questions(FEW), all_questions(MANY)
    assert {name: status for name, (status, _) in many.items() if status != 200} == {}
    grown = {name: (few[name][1], asked) for name, (_, asked) in many.items() if asked > few[name][1] + FULL}
    assert grown == {}


def test_twin_a_question_per_show_is_seen(django_assert_num_queries: Any) -> None:
    from events.models import Event

    def per_show() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert [event.brand.name for event in Event.objects.all()]
        return len(asked)

    make_crowded(events=10, hosts=2, now=timezone.now())
    few = per_show()
    Event.objects.filter(slug__in=["crowd-1", "crowd-2"]).delete()
    assert per_show() < few
