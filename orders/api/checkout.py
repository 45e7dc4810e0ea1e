"""Buying: what is on offer, holding a piece, and the checkout itself."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Hold, Product
from catalog.queries import product_cards
from events.models import Event
from livechat.domain.rehearsal import HEADER, is_rehearsal
from orders.api.base import KEY_HEADER, ShopView
from orders.domain.checkout import Request as Wish
from orders.domain.checkout import Wanted, hold_piece, place_order
from orders.domain.delivery import delivery_options
from orders.domain.idempotency import Answer
from orders.domain.payments import start_payment
from orders.enums import PaymentMethod
from orders.models import Order
from orders.payments import registry
from orders.payments.providers.sandbox import SCENARIOS
from orders.serializers import CheckoutIn, ContactIn, HoldOut, OfferOut, OrderOut, PieceIn, lines_with_numbers
from orders.views.checkout import known_contact, remember_contact
from orders.views.common import currency_for, origin_of


def order_body(order: Order) -> dict[str, Any]:
    """The order as the API tells it, read anew."""
    fresh = (
        Order.objects.select_related("brand")
        .prefetch_related(lines_with_numbers(), "payments")
        .get(pk=order.pk)
    )
    return dict(OrderOut(fresh).data)


class OfferView(ShopView):
    @extend_schema(responses=OfferOut)
    def get(self, request: Request) -> Response:
        """Everything the buy sheet shows for `?product=<id>&event=<slug>`: price and stock of this moment."""
        products = Product.objects.on_sale()
        product = get_object_or_404(products, public_id=request.query_params.get("product", ""))
        currency = _currency(request.query_params.get("event", ""))
        viewer = self.known_viewer
        contact = known_contact(request, viewer) if viewer else None
        held = Hold.objects.live().filter(variant__product=product, holder=viewer.key if viewer else "-")
        sandbox = "sandbox" in settings.PAYMENT_PROVIDERS
        offer = {
            "product": product_cards([product], currency=currency)[0],
            "currency": currency,
            "deliveries": [
                {"method": d.value, "label": str(d.label), "amount": m.amount}
                for d, m in delivery_options(currency)
            ],
            "methods": [{"method": m, "label": str(PaymentMethod(m).label)} for m in registry.methods()],
            "scenarios": list(SCENARIOS) if sandbox else [],
            "contact": asdict(contact) if contact else None,
            "holds": [_hold(hold) for hold in held.filter(expires_at__gt=timezone.now())],
            "now": timezone.now(),
        }
        return Response(OfferOut(offer).data)


class HoldView(ShopView):
    @extend_schema(request=PieceIn, responses={201: HoldOut}, parameters=[KEY_HEADER])
    def post(self, request: Request) -> Response:
        """Hold a piece for the viewer; asking again keeps the first end."""
        given = self.given(PieceIn)
        variant = self.variant(given["variant"])

        def work(key: str, now: datetime) -> Answer:
            hold = hold_piece(variant, holder=self.viewer.key, quantity=given["quantity"], now=now)
            return Answer(status.HTTP_201_CREATED, dict(HoldOut(_hold(hold)).data))

        return self.act_once(work)


class CheckoutView(ShopView):
    @extend_schema(request=CheckoutIn, responses={201: OrderOut}, parameters=[KEY_HEADER])
    def post(self, request: Request) -> Response:
        """Order pieces of one brand and start to pay; the payment's state and action tell what comes next."""
        given = self.given(CheckoutIn)
        wanted = [Wanted(self.variant(p["variant"]), p["quantity"], p["touch"]) for p in given["pieces"]]
        contact = ContactIn().contact(given["contact"])

        def work(key: str, now: datetime) -> Answer:
            # Refused before anything is ordered: an order nobody can pay would keep its pieces.
            registry.provider_for(given["method"])
            wish = Wish(
                wanted=wanted,
                currency=currency_for(given["pieces"][0]["touch"]),
                contact=contact,
                delivery=given["delivery"],
                agreed=given["agreed"],
                key=key,
                origin=origin_of(request),
                language=get_language() or "en",
                rehearsal=is_rehearsal(request.headers.get(HEADER, "")),
            )
            order = place_order(wish, viewer=self.viewer, now=now)
            remember_contact(request, self.viewer, contact)
            self._pay(order, given, key=key, now=now)
            return Answer(status.HTTP_201_CREATED, order_body(order))

        return self.act_once(work)

    def _pay(self, order: Order, given: dict[str, Any], *, key: str, now: datetime) -> None:
        url = self.request.build_absolute_uri(reverse("order-returned", args=[order.public_id]))
        method, scenario = given["method"], given["scenario"]
        start_payment(order, method=method, scenario=scenario, return_url=url, key=key, now=now)


def _currency(slug: str) -> str:
    event = Event.objects.public().filter(slug=slug).first() if slug else None
    return event.currency if event else str(settings.DEFAULT_CURRENCY)


def _hold(hold: Hold) -> dict[str, object]:
    return {"variant": hold.variant.public_id, "quantity": hold.quantity, "until": hold.expires_at}
