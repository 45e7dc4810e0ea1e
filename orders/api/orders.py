"""Orders: reading, paying again, cancelling, refunding."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from orders.api.base import KEY_HEADER, ShopView
from orders.api.checkout import order_body
from orders.domain.closing import cancel_order
from orders.domain.idempotency import Answer
from orders.domain.payments import settle_if_due, start_payment
from orders.domain.refunds import refund_order
from orders.models import Order
from orders.rules import can_refund, read_brands
from orders.serializers import OrderOut, PayIn, RefundIn, RefundOut, lines_with_numbers


class OrderList(ListAPIView[Order]):
    """One's own orders; staff see those of their brands too. Newest first."""

    serializer_class = OrderOut
    permission_classes = [IsAuthenticated]

    def get_queryset(self):  # type: ignore[no-untyped-def]  # DRF's stub cannot name a plain QuerySet here
        user = self.request.user
        mine_or_ours = Q(user=user.pk) | Q(brand__in=read_brands(user))
        return (
            Order.objects.filter(mine_or_ours)
            .select_related("brand")
            .prefetch_related(lines_with_numbers(), "payments")
        )


class OrderView(ShopView):
    @extend_schema(responses=OrderOut)
    def get(self, request: Request, public_id: str) -> Response:
        """One order, for its buyer and its brand. An unfinished payment is asked after when due."""
        order = self.readable_order(public_id)
        settle_if_due(order, now=timezone.now())
        return Response(order_body(order))


class PayView(ShopView):
    @extend_schema(request=PayIn, responses=OrderOut, parameters=[KEY_HEADER])
    def post(self, request: Request, public_id: str) -> Response:
        """Try to pay an open order again."""
        order, given = self.own_order(public_id), self.given(PayIn)
        url = request.build_absolute_uri(reverse("order-returned", args=[public_id]))

        def work(key: str, now: datetime) -> Answer:
            method, scenario = given["method"], given["scenario"]
            start_payment(order, method=method, scenario=scenario, return_url=url, key=key, now=now)
            return Answer(status.HTTP_200_OK, order_body(order))

        return self.act_once(work)


class CancelView(ShopView):
    @extend_schema(request=None, responses=OrderOut, parameters=[KEY_HEADER])
    def post(self, request: Request, public_id: str) -> Response:
        """Cancel an order that is not paid."""
        order = self.own_order(public_id)

        def work(key: str, now: datetime) -> Answer:
            cancel_order(order, now=now)
            return Answer(status.HTTP_200_OK, order_body(order))

        return self.act_once(work)


class RefundView(ShopView):
    @extend_schema(request=RefundIn, responses={201: RefundOut}, parameters=[KEY_HEADER])
    def post(self, request: Request, public_id: str) -> Response:
        """Give money back; for producers and care agents of the order's brand."""
        order = self.readable_order(public_id)
        if self.person is None:
            raise NotAuthenticated
        if not can_refund(self.person, order):
            raise PermissionDenied
        given, by = self.given(RefundIn), self.person
        asked = given.get("pieces")
        pieces = None if asked is None else {p["line"]: p["quantity"] for p in asked}

        def work(key: str, now: datetime) -> Answer:
            refund = refund_order(
                order,
                pieces=pieces,
                delivery=given["delivery"],
                reason=given["reason"],
                by=by,
                key=key,
                now=now,
            )
            return Answer(status.HTTP_201_CREATED, dict(RefundOut(refund).data))

        return self.act_once(work)
