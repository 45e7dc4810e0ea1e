"""The pages of bag, checkout and order, as a browser without JavaScript meets them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.domain.pricing import set_price
from events.enums import EventState
from events.models import Event
from livechat.domain.touches import read_touch
from orders.domain.letters import order_url
from orders.domain.sandbox import sandbox
from orders.enums import AttributionReason, OrderState
from orders.forms import whole
from orders.models import Attribution, BagLine, Order, Payment
from orders.payments import registry
from tests.factories.accounts import make_user
from tests.factories.catalog import make_image, make_product, make_stocked_variant, stock_of
from tests.factories.events import make_event
from tests.factories.livechat import as_viewer
from tests.factories.orders import make_order, make_paid_order, make_shown, pay

pytestmark = pytest.mark.django_db

CONTACT = {
    "email": "mina@test.example",
    "name": "Mina Bell",
    "street": "4 Rue du Fil",
    "postcode": "75003",
    "city": "Paris",
    "country": "FR",
    "phone": "",
}


def put_in_bag(client, variant, **more):
    return client.post(reverse("bag-add"), {"variant": variant.public_id, "quantity": 1, **more})


def checkout_form(client, variant, **over):
    """What the browser would send from the checkout page as it is now."""
    page = client.get(f"/checkout/?brand={variant.product.brand.slug}&currency=EUR")
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))
    hidden.pop("csrfmiddlewaretoken", None)
    return {**hidden, **CONTACT, "delivery": "standard", "method": "card", "scenario": "approve", **over}


def seconds_pass():
    """A customer spends more time at the provider than lies before the first look at a payment."""
    Payment.objects.update(check_at=timezone.now())


def test_an_empty_bag_says_so(client):
    assert "Your bag is empty" in client.get("/bag/").content.decode()


def test_a_piece_goes_into_the_bag_and_comes_out_again(client):
    variant = make_stocked_variant(product=make_product(max_per_order=3))
    make_image(variant.product)
    assert put_in_bag(client, variant).url == "/bag/"
    assert variant.product.name in client.get("/bag/").content.decode()
    client.post(reverse("bag-change", args=[variant.public_id]), {"quantity": "2", "currency": "EUR"})
    assert "€250.00" in client.get("/bag/").content.decode()
    client.post(reverse("bag-change", args=[variant.public_id]), {"quantity": "0", "currency": "EUR"})
    assert "Your bag is empty" in client.get("/bag/").content.decode()


def test_more_than_the_limit_is_refused_kindly(client):
    variant = make_stocked_variant(product=make_product(max_per_order=1))
    put_in_bag(client, variant)
    put_in_bag(client, variant)
    assert "more than one order of this piece may hold" in client.get("/bag/").content.decode()


def test_a_piece_that_is_gone_is_marked_in_the_bag(client):
    variant = make_stocked_variant(on_hand=0)
    put_in_bag(client, variant)
    assert "This piece is gone for now." in client.get("/bag/").content.decode()


def test_a_bag_with_a_piece_that_is_gone_asks_for_it_to_be_taken_out_before_it_can_be_bought(client):
    gone, there = make_stocked_variant(on_hand=0), make_stocked_variant()
    for variant in (gone, there):
        put_in_bag(client, variant)
    page = client.get("/bag/").content.decode()
    assert page.count("Take out what is gone, or fewer of it") == 1
    assert re.findall(r"/checkout/\?brand=([\w-]+)", page) == [there.product.brand.slug]


def test_the_bag_never_sends_people_to_another_site(client):
    variant = make_stocked_variant()
    assert put_in_bag(client, variant, next="https://evil.example/").url == "/bag/"
    assert put_in_bag(client, variant, next="/products/x/").url == "/products/x/"


def test_nonsense_in_the_bag_form_is_answered_kindly(client):
    assert client.post(reverse("bag-add"), {"variant": ""}).url == "/bag/"
    assert client.post(reverse("bag-add"), {"variant": "nothing"}).status_code == 404


def test_a_guest_buys_on_one_page_without_javascript(client):
    variant = make_stocked_variant(on_hand=2, price=12_500)
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant))
    order = Order.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/orders/{order.public_id}/")
    assert (order.state, order.total_amount, order.email) == (OrderState.PAID, 13_400, "mina@test.example")
    assert "thank you." in client.get(answer.url).content.decode()
    assert "Your bag is empty" in client.get("/bag/").content.decode()


def test_the_same_form_sent_twice_is_one_order(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    form = checkout_form(client, variant)
    first, second = client.post("/checkout/", form), client.post("/checkout/", form)
    assert first.url == second.url
    assert Order.objects.count() == 1


def test_a_checkout_of_nothing_goes_to_the_bag(client):
    assert client.get("/checkout/").url == "/bag/"
    assert client.post("/checkout/", {**CONTACT, "key": "k"}).url == "/bag/"


def test_a_wrong_field_is_shown_and_nothing_is_ordered(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant, email="nobody"))
    assert (answer.status_code, Order.objects.count()) == (400, 0)
    assert "Some fields need another look." in answer.content.decode()


def test_a_price_that_changed_is_shown_anew_before_paying(client):
    variant = make_stocked_variant(price=12_500)
    put_in_bag(client, variant)
    form = checkout_form(client, variant)
    set_price(variant, amount=13_000, currency="EUR", now=timezone.now())
    answer = client.post("/checkout/", form)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "The price has changed" in answer.content.decode()
    assert client.post("/checkout/", checkout_form(client, variant)).status_code == 302


def test_a_total_made_up_by_the_client_is_never_charged(client):
    variant = make_stocked_variant(price=12_500)
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant, **{"agreed-standard": "1"}))
    assert (answer.status_code, Order.objects.count()) == (409, 0)


def test_a_wallet_goes_to_the_provider_and_comes_back_paid(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant, method="wallet"))
    payment = Payment.objects.get()
    assert answer.url == f"http://testserver/sandbox/pay/{payment.reference}/"
    assert "Approve" in client.get(answer.url).content.decode()
    back = client.post(answer.url, {"answer": "approve"})
    order = Order.objects.get()
    seconds_pass()
    assert back.url == f"http://testserver/orders/{order.public_id}/returned/"
    assert client.get(back.url).url == f"/orders/{order.public_id}/"
    order.refresh_from_db()
    assert order.state == OrderState.PAID
    assert "Paid. You can close this page" in client.get(answer.url).content.decode()


def test_a_qr_code_is_shown_and_its_page_declines(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant, method="qr"))
    assert "data:image/svg+xml" in client.get(answer.url).content.decode()
    payment = Payment.objects.get()
    page = reverse("sandbox-pay", args=[payment.reference])
    assert Client().post(page, {"answer": "decline"}).url == page
    seconds_pass()
    client.get(f"{answer.url}returned/")
    assert "The payment was declined." in client.get(answer.url).content.decode()


def test_a_declined_card_can_be_paid_again_from_the_order(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    answer = client.post("/checkout/", checkout_form(client, variant, scenario="insufficient_funds"))
    assert "not enough funds" in client.get(answer.url).content.decode()
    paid = client.post(f"{answer.url}pay/", {"method": "card", "scenario": "approve", "key": "again"})
    assert paid.url == answer.url
    assert Order.objects.get().state == OrderState.PAID


def test_paying_without_a_method_or_for_a_closed_order_is_told(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    url = client.post("/checkout/", checkout_form(client, variant)).url
    client.post(f"{url}pay/", {"key": "k"})
    client.post(f"{url}pay/", {"method": "card", "key": "k"})
    page = client.get(url).content.decode()
    assert "Choose how to pay." in page
    assert "This order can no longer be paid." in page


def test_an_open_order_is_cancelled_once_and_its_pieces_go_back(client):
    variant = make_stocked_variant(on_hand=2)
    put_in_bag(client, variant)
    url = client.post("/checkout/", checkout_form(client, variant, scenario="decline")).url
    client.post(f"{url}cancel/", {"key": "c1"})
    assert "this order was cancelled" in client.get(url).content.decode()
    assert stock_of(variant) == (2, 0, 0)
    client.post(f"{url}cancel/", {"key": "c2"})
    assert "can no longer be cancelled" in client.get(url).content.decode()


def test_an_order_is_not_there_for_anybody_else(client):
    order = make_paid_order()
    stranger = Client()
    stranger.force_login(make_user())
    for each in (client, stranger):
        assert each.get(f"/orders/{order.public_id}/").status_code == 404
        assert each.post(f"/orders/{order.public_id}/cancel/", {"key": "k"}).status_code == 404
        assert each.post(f"/orders/{order.public_id}/pay/", {"key": "k"}).status_code == 404


def test_the_link_of_the_letter_opens_the_order_and_leaves_the_address_bar(client):
    order = make_paid_order()
    link = order_url(order).removeprefix("https://shop.test")
    assert client.get(link).url == f"/orders/{order.public_id}/"
    assert client.get(f"/orders/{order.public_id}/").status_code == 200
    assert Client().get(f"{link}x").status_code == 404
    assert Client().get(f"/orders/{order.public_id}/?key=").status_code == 404


def test_people_find_their_orders_and_guests_sign_in_first(client):
    user = make_user()
    order = make_paid_order(viewer=as_viewer(user))
    assert client.get("/account/orders/").status_code == 302
    client.force_login(user)
    assert f"/orders/{order.public_id}/" in client.get("/account/orders/").content.decode()
    assert client.get(f"/orders/{order.public_id}/").status_code == 200


def test_the_page_of_an_order_with_a_slow_payment_asks_to_wait(client):
    user = make_user()
    now = timezone.now()
    order = make_order(viewer=as_viewer(user), now=now)
    pay(order, scenario="slow", now=now)
    client.force_login(user)
    assert "asking the payment provider" in client.get(f"/orders/{order.public_id}/").content.decode()


@pytest.mark.parametrize("reason", ["expired", "sold_out", "customer"])
def test_a_closed_order_says_why(client, reason):
    user = make_user()
    order = make_order(viewer=as_viewer(user))
    Order.objects.filter(pk=order.pk).update(state="cancelled", closed_reason=reason)
    client.force_login(user)
    assert client.get(f"/orders/{order.public_id}/").status_code == 200


def test_the_provider_page_of_an_unknown_charge_is_not_there(client, settings):
    assert client.get(reverse("sandbox-pay", args=["nothing"])).status_code == 404
    order = make_order(now=timezone.now() - timedelta(seconds=1))
    payment = pay(order, method="wallet")
    settings.PAYMENT_PROVIDERS = []
    assert client.get(reverse("sandbox-pay", args=[payment.reference])).status_code == 404
    assert sandbox().charge(payment.reference).state == "action"


def test_a_returning_guest_finds_their_contact_filled_in(client):
    variant = make_stocked_variant(on_hand=5)
    put_in_bag(client, variant)
    client.post("/checkout/", checkout_form(client, variant))
    put_in_bag(client, variant)
    page = client.get(f"/checkout/?brand={variant.product.brand.slug}&currency=EUR").content.decode()
    assert 'value="4 Rue du Fil"' in page


def test_a_refunded_order_reads_so(client):
    user = make_user()
    order = make_paid_order(viewer=as_viewer(user))
    Order.objects.filter(pk=order.pk).update(state="refunded")
    client.force_login(user)
    assert "refunded in full" in client.get(f"/orders/{order.public_id}/").content.decode()


def test_a_way_to_pay_that_nobody_offers_leaves_no_order(client, monkeypatch):
    variant = make_stocked_variant(on_hand=2)
    put_in_bag(client, variant)
    form = checkout_form(client, variant, method="qr")
    monkeypatch.setattr(registry.get("sandbox"), "methods", ("card",), raising=False)
    answer = client.post("/checkout/", form)
    assert answer.status_code == 400
    assert "Choose another way to pay." in answer.content.decode()
    assert (Order.objects.count(), stock_of(variant)) == (0, (2, 0, 0))


def test_a_quantity_of_5000_digits_is_refused_and_changes_nothing(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    url = reverse("bag-change", args=[variant.public_id])
    for nonsense in ("9" * 5_000, "-1", "two"):
        assert client.post(url, {"quantity": nonsense, "currency": "EUR"}).status_code == 302
    page = client.get("/bag/").content.decode()
    assert variant.product.name in page
    assert "Give a whole number of pieces" in page


def test_a_total_of_5000_digits_is_not_what_anybody_was_shown(client):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    form = checkout_form(client, variant) | {"agreed-standard": "9" * 5_000}
    assert client.post("/checkout/", form).status_code == 409
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("9999999", 9_999_999), ("10000000", None), ("", None), ("-1", None), ("²", None)],
)
def test_a_whole_number_has_a_few_plain_digits(text, number):
    assert whole(text) == number


def test_coming_back_again_and_again_asks_the_provider_once_in_a_while(client, monkeypatch):
    variant = make_stocked_variant()
    put_in_bag(client, variant)
    client.post("/checkout/", checkout_form(client, variant, method="wallet"))
    order, asked = Order.objects.get(), []
    monkeypatch.setattr(registry.get("sandbox"), "fetch", lambda key, now: asked.append(key), raising=False)
    seconds_pass()
    for _ in range(3):
        client.get(f"/orders/{order.public_id}/returned/")
    assert len(asked) == 1


def shown_live():
    variant = make_stocked_variant()
    event = make_event(state=EventState.LIVE, brand=variant.product.brand)
    make_shown(variant, event=event, pinned_at=timezone.now())
    return event, variant


def test_a_piece_taken_in_the_room_without_script_is_credited_to_its_show(client):
    event, variant = shown_live()
    page = client.get(f"/events/{event.slug}/").content.decode()
    (form,) = re.findall(rf'<form method="post" action="/events/{event.slug}/want/">(.*?)</form>', page, re.S)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert (fields["variant"], variant.product.name in page) == (variant.public_id, True)
    landed = client.post(f"/events/{event.slug}/want/", fields, follow=True)
    assert [status for _, status in landed.redirect_chain] == [307, 302]
    assert read_touch(BagLine.objects.get().touch_token).room.event == event
    client.post("/checkout/", checkout_form(client, variant))
    credit = Attribution.objects.get()
    assert (credit.event, credit.reason) == (event, AttributionReason.PIN)


def test_a_room_gives_away_no_piece_it_does_not_show(client):
    event, _variant = shown_live()
    other = make_stocked_variant()
    answers = [
        client.post(f"/events/{event.slug}/want/", {"variant": wanted}).status_code
        for wanted in (other.public_id, "none", "")
    ]
    assert (answers, BagLine.objects.count()) == ([404, 404, 404], 0)


def test_nobody_takes_a_piece_of_a_draft(client):
    event, variant = shown_live()
    Event.objects.filter(pk=event.pk).update(state=EventState.DRAFT)
    refused = client.post(f"/events/{event.slug}/want/", {"variant": variant.public_id})
    assert refused.status_code == 404
