"""Rule 2026-1: who earned a line, on what evidence, and that the sums always add up."""

from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from django.db.models import Sum

from catalog.money import split
from orders.domain import attribution
from orders.domain.attribution import judge
from orders.domain.checkout import Wanted
from orders.domain.refunds import refund_order
from orders.enums import AttributionKind, AttributionReason
from orders.models import Attribution, LedgerIsAppendOnly, Order, Payment, Refund
from orders.queries import event_sales, real, revenues, unattributed_during
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import as_viewer, make_guest, make_room, make_touch
from tests.factories.orders import make_contact, make_order, make_paid_order, make_shown, pay, touch

pytestmark = pytest.mark.django_db
WINDOW = timedelta(seconds=settings.ATTRIBUTION_WINDOW_SECONDS)
MICROSECOND = timedelta(microseconds=1)


def shown(host=None):
    """A variant pinned at NOW by a host in a live event."""
    variant = make_stocked_variant(on_hand=50)
    event = make_event(state="live", brand=variant.product.brand)
    make_event_host(event, host=host or make_host(user=make_user()))
    _, pin = make_shown(variant, event=event, pinned_at=NOW)
    return event, pin, variant


def credited(order):
    return Attribution.objects.get(line__order=order, kind=AttributionKind.CREDIT)


def test_a_touched_pin_credits_its_event_and_host_with_the_evidence():
    event, pin, variant = shown()
    viewer = make_guest()
    token = touch(event, variant, viewer, now=NOW + timedelta(seconds=5))
    order = make_paid_order(Wanted(variant, 2, token), viewer=viewer, now=NOW + timedelta(seconds=42))
    row = credited(order)
    assert (row.reason, row.event, row.host, row.pin) == ("pin", event, pin.host, pin)
    assert (row.seconds_since_pin, row.rule, row.touch_token) == (42, "2026-1", token)
    assert (row.amount, row.currency) == (25_000, "EUR")


def test_a_touch_of_a_piece_that_was_not_pinned_credits_the_event_alone():
    event, pin, variant = shown()
    pin.unpinned_at = NOW + timedelta(seconds=1)
    pin.save()
    viewer = make_guest()
    token = touch(event, variant, viewer, now=NOW + timedelta(minutes=1))
    order = make_paid_order(Wanted(variant, 1, token), viewer=viewer, now=NOW + timedelta(minutes=2))
    row = credited(order)
    assert (row.reason, row.event, row.host, row.seconds_since_pin) == ("lineup", event, None, None)


@pytest.mark.parametrize(
    ("age", "reason"),
    [
        (timedelta(0), "lineup"),
        (WINDOW, "lineup"),
        (WINDOW + MICROSECOND, "no_touch"),
        (-MICROSECOND, "no_touch"),
    ],
)
def test_the_window_includes_both_its_ends_to_the_microsecond(age, reason):
    variant, viewer = make_stocked_variant(), make_guest()
    make_touch(make_room(), product=variant.product, viewer_key=viewer.key, at=NOW - age)
    assert credited(make_paid_order(Wanted(variant, 1), viewer=viewer)).reason == reason


def test_no_touch_is_a_value():
    row = credited(make_paid_order())
    assert (row.reason, row.event, row.host, row.amount) == ("no_touch", None, None, 12_500)


def test_the_last_touch_wins():
    first, _, variant = shown()
    second = make_event(state="live", brand=variant.product.brand)
    make_shown(variant, event=second, pinned_at=NOW)
    viewer = make_guest()
    early = touch(first, variant, viewer, now=NOW + timedelta(seconds=1))
    touch(second, variant, viewer, now=NOW + timedelta(seconds=30))
    order = make_paid_order(Wanted(variant, 1, early), viewer=viewer, now=NOW + timedelta(minutes=1))
    assert credited(order).event == second


@pytest.mark.parametrize("token", ["forged", "a:b:c", "x" * 400])
def test_a_forged_token_earns_nothing(token):
    event, _, variant = shown()
    viewer = make_guest()
    touch(event, variant, viewer, now=NOW)
    order = make_paid_order(Wanted(variant, 1, token), viewer=viewer, now=NOW + timedelta(minutes=1))
    assert (credited(order).reason, credited(order).event) == ("bad_touch", None)


def test_ten_thousand_forged_tokens_earn_nothing():
    event, _, variant = shown()
    viewer = make_guest()
    token = touch(event, variant, viewer)
    order = make_order(Wanted(variant, 1, token), viewer=viewer)
    line, random = order.lines.get(), Random(11)
    reasons = set()
    for _ in range(10_000):
        place = random.randrange(len(token))
        letter = random.choice([c for c in "abcXYZ019-_" if c != token[place]])
        line.touch_token = token[:place] + letter + token[place + 1 :]
        reasons.add(judge(line, order).reason)
    assert reasons == {AttributionReason.BAD_TOUCH}


def test_a_touch_of_another_viewer_or_product_earns_nothing():
    event, _, variant = shown()
    other = make_stocked_variant(product=make_product(brand=variant.product.brand))
    stranger, viewer = make_guest(), make_guest()
    theirs = touch(event, variant, stranger)
    mine = touch(event, variant, viewer)
    assert credited(make_paid_order(Wanted(variant, 1, theirs), viewer=viewer)).reason == "bad_touch"
    assert credited(make_paid_order(Wanted(other, 1, mine), viewer=viewer)).reason == "bad_touch"


def test_without_the_check_of_the_viewer_a_foreign_touch_would_earn(monkeypatch):
    event, _, variant = shown()
    stranger = make_guest()
    theirs = touch(event, variant, stranger)
    monkeypatch.setattr(attribution, "touchers", lambda line, order: {stranger.key})
    assert credited(make_paid_order(Wanted(variant, 1, theirs))).event == event


def test_a_host_earns_nothing_from_their_own_purchase():
    host = make_host(user=make_user(email="host@test.example"))
    event, _, variant = shown(host)
    viewer = as_viewer(host.user)
    token = touch(event, variant, viewer)
    assert credited(make_paid_order(Wanted(variant, 1, token), viewer=viewer)).reason == "self"
    guest = make_guest()
    disguised = touch(event, variant, guest)
    contact = make_contact(email="Host@test.example")
    order = make_paid_order(Wanted(variant, 1, disguised), viewer=guest, contact=contact)
    assert (credited(order).reason, credited(order).event) == ("self", None)


def test_a_touch_made_before_signing_in_still_counts():
    event, _, variant = shown()
    guest, buyer = make_guest(), as_viewer(make_user())
    token = touch(event, variant, guest)
    order = make_paid_order(Wanted(variant, 1, token, touched_as=guest.key), viewer=buyer)
    assert credited(order).event == event


def test_a_refund_writes_the_negative_and_leaves_the_credit_as_it_was():
    event, _, variant = shown()
    viewer = make_guest()
    token = touch(event, variant, viewer)
    order = make_paid_order(Wanted(variant, 2, token), viewer=viewer)
    line = order.lines.get()
    refund_order(order, pieces={line.public_id: 1}, reason="Torn", by=None, key="r1", now=NOW)
    rows = list(Attribution.objects.filter(line=line))
    assert [(r.kind, r.amount, r.event) for r in rows] == [
        ("credit", 25_000, event),
        ("reversal", -12_500, event),
    ]
    assert rows[1].reverses == rows[0]


def test_the_ledger_cannot_be_changed_or_deleted_through_its_manager():
    make_paid_order()
    with pytest.raises(LedgerIsAppendOnly):
        Attribution.objects.all().update(amount=1)
    with pytest.raises(LedgerIsAppendOnly):
        Attribution.objects.all().delete()


@pytest.mark.long_walk
def test_sums_per_event_and_host_and_unattributed_equal_revenue_over_random_carts():
    """A hundred and fifty orders through the whole path, with declines, partial and full refunds."""
    random = Random(11)
    brand = make_brand()
    events = [make_event(state="live", brand=brand) for _ in range(3)]
    variants = [
        make_stocked_variant(
            on_hand=10_000,
            price=random.randint(1, 90_000),
            product=make_product(brand=brand, max_per_order=9),
        )
        for _ in range(6)
    ]
    for event in events:
        make_event_host(event)
        for variant in variants[:4]:
            make_shown_slot(event, variant)
    for number in range(150):
        _random_order(random, events, variants, number)
    assert_ledger_adds_up()
    for event in events:
        sales = event_sales(event)
        assert sum(s.net for s in sales.by_host) == sales.total.net
        assert sum(s.net for s in sales.by_product) == sales.total.net
    assert sum(s.gross for s in revenues(unattributed_during(events[0]))) == sum(
        r.amount for r in Attribution.objects.filter(event=None, kind="credit")
    )


def make_shown_slot(event, variant):
    if event.lineup.count() < 3:
        make_shown(variant, event=event, pinned_at=NOW)


def _random_order(random, events, variants, number):
    viewer = make_guest()
    now = NOW + timedelta(seconds=number)
    wanted = []
    for variant in random.sample(variants, random.randint(1, 4)):
        event = random.choice(events)
        on_show = event.lineup.filter(product=variant.product).exists()
        token = touch(event, variant, viewer, now=now) if on_show and random.random() < 0.7 else ""
        wanted.append(Wanted(variant, random.randint(1, 5), token if random.random() < 0.9 else "forged"))
    order = make_order(*wanted, viewer=viewer, now=now, delivery=random.choice(["standard", "express"]))
    pay(order, scenario=random.choice(["approve"] * 5 + ["decline"]))
    order.refresh_from_db()
    if order.state == "paid" and random.random() < 0.5:
        _random_refunds(random, order)


def _random_refunds(random, order):
    for attempt in range(random.randint(1, 3)):
        pieces = {line.public_id: random.randint(0, line.kept) for line in order.lines.all()}
        if not any(pieces.values()):
            continue
        whole = random.random() < 0.2
        refund_order(
            order,
            pieces=None if whole else pieces,
            delivery=random.random() < 0.3,
            reason="Random",
            by=None,
            key=f"{order.public_id}:{attempt}",
            now=order.placed_at,
        )
        if whole:
            return


def assert_ledger_adds_up():
    """Σ ledger = Σ captured − Σ refunded − delivery kept, per order and in all, to the minor unit."""
    for order in Order.objects.filter(state__in=["paid", "refunded"]):
        rows = Attribution.objects.filter(line__order=order)
        net = rows.aggregate(n=Sum("amount"))["n"]
        payment = Payment.objects.get(order=order, state="captured")
        delivery_back = Refund.objects.filter(payment=payment).aggregate(n=Sum("delivery_amount"))["n"] or 0
        assert net == payment.amount - payment.refunded - (order.delivery_amount - delivery_back)
    total = sum(s.net for s in revenues(real(Attribution.objects.all())))
    by_event = sum(s.net for s in revenues(real(Attribution.objects.all()), by="event"))
    by_host = sum(s.net for s in revenues(real(Attribution.objects.all()), by="host"))
    assert total == by_event == by_host == Attribution.objects.aggregate(n=Sum("amount"))["n"]


@pytest.mark.long_walk
def test_shares_of_a_refund_add_up_over_thousands_of_random_carts():
    random = Random(11)
    for _ in range(20_000):
        left = [random.randint(0, 100_000) for _ in range(random.randint(1, 8))] + [1]
        amount = random.randint(1, sum(left))
        assert sum(split(amount, left)) == amount
