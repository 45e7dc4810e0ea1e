"""Buying over the API: one sheet's worth of calls, each with its key."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from catalog.domain.pricing import set_price
from livechat.domain.rehearsal import HEADER, rehearsal_header
from orders.enums import OrderState
from orders.models import Attribution, Order, SandboxCharge
from orders.payments import registry
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product, make_stocked_variant, stock_of
from tests.factories.livechat import as_viewer
from tests.factories.orders import make_paid_order, make_shown

pytestmark = pytest.mark.django_db

CONTACT = {
    "email": "mina@test.example",
    "name": "Mina Bell",
    "street": "4 Rue du Fil",
    "city": "Paris",
    "country": "FR",
}


def send(client, url, body=None, *, key="k1", method="post", **headers):
    more = {"HTTP_IDEMPOTENCY_KEY": key} if key is not None else {}
    return getattr(client, method)(
        url, json.dumps(body or {}), content_type="application/json", **more, headers=headers or None
    )


def wish(variant, *, touch="", **over):
    piece = {"variant": variant.public_id, "quantity": 1, "touch": touch}
    body = {"pieces": [piece], "contact": CONTACT, "delivery": "standard", "method": "card", "agreed": 13_400}
    return body | over


def code_of(answer):
    return answer.json()["error"]["code"]


def test_the_offer_has_all_the_sheet_needs(client):
    variant = make_stocked_variant(on_hand=3)
    event, _ = make_shown(variant)
    offer = client.get(
        f"/api/v1/checkout/offer/?product={variant.product.public_id}&event={event.slug}"
    ).json()
    assert offer["product"]["variants"][0]["free"] == 3
    assert [d["method"] for d in offer["deliveries"]] == ["standard", "express"]
    assert [m["method"] for m in offer["methods"]] == ["card", "wallet", "qr"]
    assert (offer["currency"], offer["contact"], offer["holds"]) == ("EUR", None, [])


def test_an_unknown_product_has_no_offer(client):
    assert client.get("/api/v1/checkout/offer/?product=x").status_code == 404


def test_a_guest_touches_holds_and_buys_in_the_room(client):
    variant = make_stocked_variant(on_hand=2)
    event, pin = make_shown(variant, pinned_at=timezone.now())
    product = variant.product.public_id
    touched = send(client, f"/api/v1/rooms/{event.slug}/touches/", {"product": product}, key=None)
    held = send(client, "/api/v1/checkout/hold/", {"variant": variant.public_id, "quantity": 1})
    assert held.status_code == 201
    offer = client.get(f"/api/v1/checkout/offer/?product={product}&event={event.slug}").json()
    assert offer["holds"] == [held.json()]
    body = wish(variant, touch=touched.json()["touch"])
    order = send(client, "/api/v1/checkout/", body, key="k2").json()
    assert (order["state"], order["total_amount"]) == ("paid", 13_400)
    assert stock_of(variant) == (2, 0, 1)
    row = Attribution.objects.get()
    assert (row.event, row.pin, row.reason, row.amount) == (event, pin, "pin", 12_500)
    assert client.get(f"/api/v1/orders/{order['id']}/").json() == order
    again = client.get(f"/api/v1/checkout/offer/?product={product}&event={event.slug}").json()
    assert again["contact"]["street"] == "4 Rue du Fil"


def test_the_same_key_gives_the_stored_answer(client):
    variant = make_stocked_variant()
    first = send(client, "/api/v1/checkout/", wish(variant))
    second = send(client, "/api/v1/checkout/", wish(variant))
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Idempotent-Replayed"] == "true"
    assert (Order.objects.count(), SandboxCharge.objects.count()) == (1, 1)


def test_the_same_key_with_another_body_is_refused(client):
    variant = make_stocked_variant()
    send(client, "/api/v1/checkout/", wish(variant))
    other = send(client, "/api/v1/checkout/", wish(variant, delivery="express", agreed=14_900))
    assert (other.status_code, code_of(other)) == (422, "idempotency_key_reused")


def test_one_persons_key_is_not_anothers(client):
    variant = make_stocked_variant()
    send(client, "/api/v1/checkout/", wish(variant))
    assert send(Client(), "/api/v1/checkout/", wish(variant)).status_code == 201
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", [None, "", "x" * 256, "schlüssel"])
def test_a_write_of_money_needs_a_key(client, key):
    variant = make_stocked_variant()
    answer = send(client, "/api/v1/checkout/", wish(variant), key=key)
    assert (answer.status_code, code_of(answer)) == (400, "idempotency_key_missing")


def test_a_refusal_is_remembered_with_its_key(client):
    variant = make_stocked_variant(on_hand=0)
    first = send(client, "/api/v1/checkout/", wish(variant))
    assert (first.status_code, code_of(first)) == (409, "sold_out")
    variant.stock.on_hand = 5
    variant.stock.save()
    assert send(client, "/api/v1/checkout/", wish(variant)).json() == first.json()


def test_a_changed_price_is_409_with_the_new_total(client):
    variant = make_stocked_variant(price=12_500)
    set_price(variant, amount=13_000, currency="EUR", now=timezone.now())
    answer = send(client, "/api/v1/checkout/", wish(variant))
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "price_changed"
    assert answer.json()["error"]["fields"] == {"amount": 13_900, "currency": "EUR"}


def test_made_up_fields_change_nothing(client):
    variant = make_stocked_variant()
    extra = {"price": 1, "currency": "JPY", "state": "paid", "host": 1, "event": 1, "total_amount": 1}
    order = send(client, "/api/v1/checkout/", wish(variant, scenario="decline") | extra).json()
    assert (order["state"], order["currency"], order["total_amount"]) == ("open", "EUR", 13_400)


@pytest.mark.parametrize(
    "body",
    [
        {"pieces": []},
        {"agreed": -1},
        {"method": "shells"},
        {"delivery": "balloon"},
        {"contact": {}},
        {"contact": {**CONTACT, "country": "XX"}},
        {"pieces": [{"variant": "x", "quantity": 0}]},
    ],
)
def test_an_unclear_wish_is_400(client, body):
    assert send(client, "/api/v1/checkout/", wish(make_stocked_variant(), **body)).status_code == 400


def test_a_declined_payment_is_paid_again_and_cancelled_orders_are_not(client):
    variant = make_stocked_variant()
    order = send(client, "/api/v1/checkout/", wish(variant, scenario="decline")).json()
    assert order["payments"][-1]["state"] == "declined"
    url = f"/api/v1/orders/{order['id']}/"
    paid = send(client, f"{url}pay/", {"method": "card"}, key="k2").json()
    assert paid["state"] == "paid"
    refused = send(client, f"{url}cancel/", key="k3")
    assert (refused.status_code, code_of(refused)) == (409, "not_cancellable")


def test_an_open_order_is_cancelled(client):
    variant = make_stocked_variant(on_hand=2)
    order = send(client, "/api/v1/checkout/", wish(variant, method="qr")).json()
    assert order["payments"][-1]["action"]["kind"] == "qr"
    gone = send(client, f"/api/v1/orders/{order['id']}/cancel/", key="k2").json()
    assert (gone["state"], gone["closed_reason"]) == ("cancelled", "customer")
    assert stock_of(variant) == (2, 0, 0)


def test_an_order_of_somebody_else_is_not_there(client):
    order = make_paid_order()
    url = f"/api/v1/orders/{order.public_id}/"
    assert client.get(url).status_code == 404
    for verb, body in [("pay", {"method": "card"}), ("cancel", {}), ("refund", {"reason": "x"})]:
        assert send(client, f"{url}{verb}/", body).status_code == 404


def test_the_list_is_ones_own_and_staff_see_their_brands(client):
    user, staff = make_user(), make_user()
    mine = make_paid_order(viewer=as_viewer(user))
    make_paid_order()
    assert client.get("/api/v1/orders/").status_code in {401, 403}
    client.force_login(user)
    assert [o["id"] for o in client.get("/api/v1/orders/").json()["results"]] == [mine.public_id]
    make_member(staff, mine.brand, "agent")
    client.force_login(staff)
    assert [o["id"] for o in client.get("/api/v1/orders/").json()["results"]] == [mine.public_id]


def test_staff_refund_by_pieces_and_buyers_may_not(client):
    user, staff = make_user(), make_user()
    order = make_paid_order(viewer=as_viewer(user))
    url = f"/api/v1/orders/{order.public_id}/refund/"
    body = {"reason": "Torn", "pieces": [{"line": order.lines.get().public_id, "quantity": 1}]}
    client.force_login(user)
    assert send(client, url, body).status_code == 403
    make_member(staff, order.brand, "producer")
    client.force_login(staff)
    answer = send(client, url, body)
    assert (answer.status_code, answer.json()["state"], answer.json()["amount"]) == (201, "done", 12_500)
    assert send(client, url, {"reason": "Rest"}, key="k2").json()["amount"] == 900
    order.refresh_from_db()
    assert order.state == OrderState.REFUNDED
    assert code_of(send(client, url, {"reason": "More"}, key="k3")) == "nothing_to_refund"


def test_a_guest_who_could_read_an_order_still_may_not_refund_it(client):
    variant = make_stocked_variant()
    order = send(client, "/api/v1/checkout/", wish(variant)).json()
    assert send(client, f"/api/v1/orders/{order['id']}/refund/", {"reason": "x"}, key="k2").status_code in {
        401,
        403,
    }


def test_the_bag_over_the_api(client):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    assert client.get("/api/v1/bag/").json() == {"count": 0, "parcels": []}
    bag = send(client, "/api/v1/bag/", {"variant": variant.public_id, "quantity": 2}).json()
    assert (bag["count"], bag["parcels"][0]["goods"]) == (2, {"amount": 25_000, "currency": "EUR"})
    body = {"quantity": 0, "currency": "EUR"}
    assert send(client, f"/api/v1/bag/{variant.public_id}/", body, method="patch").json()["count"] == 0


def test_guests_need_the_csrf_token_too():
    variant = make_stocked_variant()
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, "/api/v1/checkout/", wish(variant)).status_code == 403
    assert Order.objects.count() == 0


def test_rehearsal_orders_are_marked_and_counted_apart(client, settings):
    settings.DEMO = True
    variant = make_stocked_variant()
    event, _ = make_shown(variant, pinned_at=timezone.now())
    product = variant.product.public_id
    touched = send(client, f"/api/v1/rooms/{event.slug}/touches/", {"product": product}, key=None).json()
    body = wish(variant, touch=touched["touch"])
    order = send(client, "/api/v1/checkout/", body, **{HEADER: rehearsal_header()}).json()
    assert order["rehearsal"] is True
    staff = make_user()
    make_member(staff, event.brand, "producer")
    client.force_login(staff)
    sales = client.get(f"/api/v1/events/{event.slug}/sales/").json()
    assert (sales["gross"], sales["orders"], sales["rehearsal"]["gross"]) == (0, 0, 12_500)


def test_a_way_to_pay_that_nobody_offers_leaves_no_order(client, monkeypatch):
    variant = make_stocked_variant(on_hand=2)
    monkeypatch.setattr(registry.get("sandbox"), "methods", ("card",), raising=False)
    answer = send(client, "/api/v1/checkout/", wish(variant, method="qr"))
    assert (answer.status_code, code_of(answer)) == (400, "unknown_method")
    assert (Order.objects.count(), stock_of(variant)) == (0, (2, 0, 0))
