"""What the views share: CSRF for guests too, and acting once per Idempotency-Key."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.domain.viewers import Viewer, peek_viewer, signed_in, viewer_of
from accounts.models import User
from catalog.models import Variant
from orders.domain.idempotency import Answer, digest, once
from orders.models import Order
from orders.rules import can_read_orders, is_buyers
from orders.serializers import lines_with_numbers
from orders.views.common import OPENED, REFUSALS

KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="1 to 255 printable ASCII characters; the same key and body give the same answer for 7 days.",
)


class ShopView(APIView):
    """For guests and people with an account alike; what one may see is asked per object."""

    permission_classes = [AllowAny]

    @property
    def viewer(self) -> Viewer:
        """The viewer; a stranger becomes a guest."""
        return viewer_of(self.request)

    @property
    def known_viewer(self) -> Viewer | None:
        return peek_viewer(self.request)

    @property
    def person(self) -> User | None:
        return signed_in(self.request.user)

    def given(self, serializer: type[Serializer]) -> dict[str, Any]:
        """The validated body."""
        checked = serializer(data=self.request.data)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def act_once(self, work: Callable[[str, datetime], Answer]) -> Response:
        """Run `work(key, now)` once per Idempotency-Key, where `key` is what its rows are made unique by.

        A refusal is an answer too and is remembered with the key.
        """
        now, route = timezone.now(), self.request.path
        key = self.request.headers.get("Idempotency-Key", "")
        row_key = digest(self.viewer.key, route, key)
        answer = once(
            f"{self.viewer.key} {route}",
            key,
            body=self.request.data,
            work=lambda: _answered(work, row_key, now),
            now=now,
        )
        headers = {"Idempotent-Replayed": "true"} if answer.replayed else None
        return Response(answer.body, status=answer.status, headers=headers)

    def variant(self, public_id: str) -> Variant:
        rows = Variant.objects.select_related("product__brand", "stock")
        return get_object_or_404(rows, public_id=public_id)

    def own_order(self, public_id: str) -> Order:
        """The order, for its buyer; all others get 404."""
        order = get_object_or_404(_orders(), public_id=public_id)
        if self._is_buyers(order):
            return order
        raise Http404

    def readable_order(self, public_id: str) -> Order:
        """The order, for its buyer and for readers of its brand's orders."""
        order = get_object_or_404(_orders(), public_id=public_id)
        if self._is_buyers(order) or can_read_orders(self.request.user, order.brand):
            return order
        raise Http404

    def _is_buyers(self, order: Order) -> bool:
        opened = self.request.session.get(OPENED, [])
        return is_buyers(self.known_viewer, order) or order.public_id in opened


def _orders() -> Any:
    return Order.objects.select_related("brand").prefetch_related(lines_with_numbers(), "payments")


def _answered(work: Callable[[str, datetime], Answer], key: str, now: datetime) -> Answer:
    try:
        return work(key, now)
    except REFUSALS as refusal:
        error: dict[str, object] = {"code": refusal.code, "message": str(refusal)}
        if fields := getattr(refusal, "fields", None):
            error["fields"] = fields
        return Answer(getattr(refusal, "status", 409), {"error": error})
