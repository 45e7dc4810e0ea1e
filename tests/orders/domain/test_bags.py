"""Bags: what is put in, what is taken out, and what comes along when a guest signs in."""

from datetime import timedelta

import pytest

from accounts.domain.viewers import user_key
from accounts.models import User
from accounts.signals import guest_signed_in
from orders.domain.bags import add_to_bag, count_pieces, merge_bags, parcels, set_quantity
from orders.errors import LimitReached
from orders.models import Bag, BagLine
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_stocked_variant
from tests.factories.livechat import make_guest
from tests.factories.orders import make_shown, touch

pytestmark = pytest.mark.django_db


def put(variant, holder, *, quantity=1, now, **over):
    return add_to_bag(variant, holder=holder, quantity=quantity, currency="EUR", now=now, **over)


def test_the_same_piece_twice_is_one_line(now):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    put(variant, "guest:a", now=now)
    assert put(variant, "guest:a", quantity=2, now=now).quantity == 3
    with pytest.raises(LimitReached):
        put(variant, "guest:a", now=now)
    assert count_pieces("guest:a") == 3


def test_a_bag_is_shown_by_brand_and_currency_in_few_queries(now, django_assert_max_num_queries):
    for number in range(6):
        variant = make_stocked_variant(price=1_000 * (number + 1))
        put(variant, "guest:a", now=now)
    unpriced = make_stocked_variant(currency="USD")
    put(unpriced, "guest:a", now=now)
    with django_assert_max_num_queries(5):
        found = parcels("guest:a")
    assert sum(parcel.goods.amount for parcel in found) == 21_000
    assert {parcel.currency for parcel in found} == {"EUR"}


def test_the_newest_touch_of_a_line_is_kept(now):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    put(variant, "guest:a", touch_token="old", now=now)
    put(variant, "guest:a", now=now)
    assert BagLine.objects.get().touch_token == "old"
    put(variant, "guest:a", touch_token="new", now=now)
    assert BagLine.objects.get().touch_token == "new"


def test_setting_a_quantity_and_taking_out(now):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    put(variant, "guest:a", now=now)
    set_quantity(variant, holder="guest:a", currency="EUR", quantity=3, now=now)
    assert count_pieces("guest:a") == 3
    set_quantity(variant, holder="guest:a", currency="EUR", quantity=0, now=now)
    assert count_pieces("guest:a") == 0


def test_a_guests_bag_comes_along_when_they_sign_in(now):
    user, guest = make_user(), make_guest()
    variant = make_stocked_variant()
    put(variant, guest.key, touch_token="signed", now=now)
    guest_signed_in.send(sender=User, guest_key=guest.key, user=user, now=now)
    line = BagLine.objects.get(bag__holder=user_key(user))
    assert (line.variant, line.touched_as) == (variant, guest.key)
    assert not Bag.objects.filter(holder=guest.key).exists()


def test_two_bags_with_the_same_piece_become_one_within_the_limit_and_keep_the_newer_touch(now):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    event, _ = make_shown(variant)
    guest, buyer = make_guest(), make_guest()
    older = touch(event, variant, buyer, now=now)
    newer = touch(event, variant, guest, now=now + timedelta(minutes=1))
    put(variant, buyer.key, quantity=2, touch_token=older, now=now)
    put(variant, guest.key, quantity=2, touch_token=newer, now=now)
    merge_bags(guest=guest.key, into=buyer.key, now=now)
    line = BagLine.objects.get()
    assert (line.quantity, line.touch_token, line.touched_as) == (3, newer, guest.key)


def test_an_older_touch_of_the_guest_does_not_replace_a_newer_one(now):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    event, _ = make_shown(variant)
    guest, buyer = make_guest(), make_guest()
    older = touch(event, variant, guest, now=now)
    newer = touch(event, variant, buyer, now=now + timedelta(minutes=1))
    put(variant, buyer.key, touch_token=newer, now=now)
    put(variant, guest.key, touch_token=older, now=now)
    merge_bags(guest=guest.key, into=buyer.key, now=now)
    assert BagLine.objects.get().touch_token == newer
