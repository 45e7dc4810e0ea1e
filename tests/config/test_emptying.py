"""A committing test leaves nothing to the next one, and takes nothing it needs."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounts.models import User
from tests import emptying
from tests.factories.livechat import make_message, make_room
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db(transaction=True)


def a_busy_evening():
    make_paid_order()
    make_message(make_room())


def test_rows_of_a_whole_evening_are_gone_whoever_points_at_whom():
    kept = (ContentType.objects.count(), Permission.objects.count())
    a_busy_evening()
    emptying.empty_tables()
    assert emptying.filled() == []
    assert (ContentType.objects.count(), Permission.objects.count()) == kept


def test_foreign_keys_are_looked_at_again_afterwards():
    a_busy_evening()
    emptying.empty_tables()
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO catalog_price (variant_id, currency, amount) VALUES (77, 'EUR', 1)")


def test_twin_without_it_a_person_would_still_be_there(monkeypatch):
    monkeypatch.setattr(emptying, "filled", list)
    User.objects.create(email="left@test.example")
    emptying.empty_tables()
    assert User.objects.count() == 1
