"""The same race as the domain's, through the whole of the API: one browser per buyer."""

from functools import partial

import pytest
from django.test import Client

from orders.models import Attribution, Order
from tests.catalog.racing import all_at_once
from tests.factories.catalog import make_stocked_variant, stock_of
from tests.orders.api.test_buying import code_of, send, wish

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_24_browsers_for_six_pieces_are_six_paid_orders_and_18_times_sold_out():
    variant = make_stocked_variant(on_hand=6)
    body = wish(variant)
    answers = all_at_once([partial(send, Client(), "/api/v1/checkout/", body) for _ in range(24)])
    told = [(a.status_code, code_of(a) if a.status_code == 409 else a.json()["state"]) for a in answers]
    assert sorted(told) == [(201, "paid")] * 6 + [(409, "sold_out")] * 18
    assert stock_of(variant) == (6, 0, 6)
    assert (Order.objects.count(), Attribution.objects.count()) == (6, 6)
