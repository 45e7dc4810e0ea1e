"""The bag: what a viewer means to buy."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.domain.viewers import Viewer
from orders.api.base import ShopView
from orders.domain.bags import add_to_bag, parcels, set_quantity
from orders.serializers import BagOut, PieceIn, QuantityIn
from orders.views.common import currency_for


def bag_body(viewer: Viewer | None) -> dict[str, Any]:
    """The bag as JSON, prices and stock of this moment."""
    found = parcels(viewer.key) if viewer else []
    count = sum(piece.quantity for parcel in found for piece in parcel.pieces)
    return dict(BagOut({"count": count, "parcels": found}).data)


class BagView(ShopView):
    @extend_schema(responses=BagOut)
    def get(self, request: Request) -> Response:
        """The viewer's bag."""
        return Response(bag_body(self.known_viewer))

    @extend_schema(request=PieceIn, responses={201: BagOut})
    def post(self, request: Request) -> Response:
        """Put a piece into the bag. Nothing is held by that."""
        given = self.given(PieceIn)
        add_to_bag(
            self.variant(given["variant"]),
            holder=self.viewer.key,
            quantity=given["quantity"],
            currency=currency_for(given["touch"]),
            touch_token=given["touch"],
            now=timezone.now(),
        )
        return Response(bag_body(self.viewer), status=status.HTTP_201_CREATED)


class BagPieceView(ShopView):
    @extend_schema(request=QuantityIn, responses=BagOut)
    def patch(self, request: Request, variant: str) -> Response:
        """Set how many pieces lie in the bag; 0 takes the line out."""
        given = self.given(QuantityIn)
        set_quantity(
            self.variant(variant),
            holder=self.viewer.key,
            currency=given["currency"],
            quantity=given["quantity"],
            now=timezone.now(),
        )
        return Response(bag_body(self.viewer))
