"""A guest signs in: the bag, the kept pieces and the orders come along, and the touches still count."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.signals import guest_signed_in
from catalog.domain.stock import hold
from catalog.models import Hold
from orders.domain.bags import add_to_bag, merge_bags
from orders.domain.checkout import Wanted, hold_piece, place_order
from orders.errors import LimitReached
from orders.models import Attribution, BagLine, Order
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_stocked_variant, stock_of
from tests.factories.livechat import as_viewer, make_guest
from tests.factories.orders import make_order, make_request, make_shown, pay, touch
from tests.orders.api.test_buying import send, wish

pytestmark = pytest.mark.django_db


def sign_in(guest, user, *, now):
    guest_signed_in.send(sender=get_user_model(), guest_key=guest.key, user=user, now=now)
    return as_viewer(user)


def put(variant, holder, *, now, **over):
    add_to_bag(variant, holder=holder, quantity=1, currency="EUR", now=now, **over)


def test_kept_pieces_stay_kept_until_the_same_moment(now):
    variant, guest = make_stocked_variant(on_hand=1), make_guest()
    held = hold_piece(variant, holder=guest.key, quantity=1, now=now)
    buyer = sign_in(guest, make_user(), now=now)
    order = place_order(make_request(Wanted(variant, 1)), viewer=buyer, now=now + timedelta(minutes=1))
    assert order.pay_until == held.expires_at
    assert stock_of(variant) == (1, 1, 0)


def test_a_piece_the_account_keeps_already_is_not_kept_twice(now):
    variant, guest, user = make_stocked_variant(on_hand=2), make_guest(), make_user()
    hold(variant, holder=guest.key, quantity=1, now=now)
    hold(variant, holder=as_viewer(user).key, quantity=1, now=now)
    sign_in(guest, user, now=now)
    assert Hold.objects.live().get().holder == as_viewer(user).key
    assert stock_of(variant) == (2, 1, 0)


def test_the_guests_orders_become_the_accounts_and_nobody_elses(now):
    guest, user = make_guest(), make_user()
    mine, theirs = make_order(viewer=guest), make_order()
    sign_in(guest, user, now=now)
    assert list(Order.objects.filter(user=user)) == [mine]
    theirs.refresh_from_db()
    assert theirs.user is None


def test_the_browser_that_ordered_as_a_guest_still_sees_the_order_signed_in():
    client, variant, user = Client(), make_stocked_variant(), make_user()
    order = send(client, "/api/v1/checkout/", wish(variant)).json()
    client.force_login(user)
    assert client.get(f"/orders/{order['id']}/").status_code == 200
    assert [o["id"] for o in client.get("/api/v1/orders/").json()["results"]] == [order["id"]]


def test_pieces_ordered_as_a_guest_count_towards_the_limit_after_signing_in(now):
    variant, guest = make_stocked_variant(product=make_product(max_per_order=1)), make_guest()
    make_order(Wanted(variant, 1), viewer=guest)
    buyer = sign_in(guest, make_user(), now=now)
    with pytest.raises(LimitReached):
        make_order(Wanted(variant, 1), viewer=buyer)


@pytest.mark.parametrize("signed", [True, False])
def test_an_order_paid_after_signing_in_is_credited_for_the_guests_touch(signed, now):
    variant, guest = make_stocked_variant(), make_guest()
    event, _ = make_shown(variant)
    token = touch(event, variant, guest, now=now)
    order = make_order(Wanted(variant, 1, token if signed else ""), viewer=guest, now=now)
    sign_in(guest, make_user(), now=now)
    order.refresh_from_db()
    pay(order)
    assert Attribution.objects.get().event == event


def test_a_bag_filled_without_a_token_still_finds_the_guests_touch(now):
    variant, guest = make_stocked_variant(), make_guest()
    event, _ = make_shown(variant)
    touch(event, variant, guest, now=now)
    put(variant, guest.key, now=now)
    buyer = sign_in(guest, make_user(), now=now)
    line = BagLine.objects.get()
    pay(make_order(Wanted(variant, 1, line.touch_token, line.touched_as), viewer=buyer, now=now))
    assert Attribution.objects.get().event == event


def test_a_touch_made_after_signing_in_replaces_the_guests_and_verifies(now):
    variant, guest = make_stocked_variant(product=make_product(max_per_order=3)), make_guest()
    event, _ = make_shown(variant)
    put(variant, guest.key, touch_token=touch(event, variant, guest, now=now), now=now)
    buyer = sign_in(guest, make_user(), now=now)
    put(variant, buyer.key, touch_token=touch(event, variant, buyer, now=now), now=now)
    line = BagLine.objects.get()
    pay(make_order(Wanted(variant, 2, line.touch_token, line.touched_as), viewer=buyer, now=now))
    assert (Attribution.objects.get().event, Attribution.objects.get().touch.viewer_key) == (event, buyer.key)


def test_the_accounts_newer_token_verifies_in_a_joined_line(now):
    variant, guest, buyer = make_stocked_variant(), make_guest(), as_viewer(make_user())
    event, _ = make_shown(variant)
    put(variant, guest.key, touch_token=touch(event, variant, guest, now=now), now=now)
    newer = touch(event, variant, buyer, now=now + timedelta(seconds=1))
    put(variant, buyer.key, touch_token=newer, now=now)
    merge_bags(guest=guest.key, into=buyer.key, now=now)
    line = BagLine.objects.get()
    at = now + timedelta(seconds=2)
    pay(make_order(Wanted(variant, 1, line.touch_token, line.touched_as), viewer=buyer, now=at))
    assert (line.touch_token, Attribution.objects.get().event) == (newer, event)
