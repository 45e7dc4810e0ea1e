"""What an event has sold, for its hosts and the brand's staff."""

from dataclasses import asdict

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from orders.queries import EventSales, event_sales
from orders.rules import can_read_sales, own_part
from orders.serializers import SalesOut


class EventSalesView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=SalesOut)
    def get(self, request: Request, slug: str) -> Response:
        """Gross, refunded and net from the ledger, a host's own part of it; held and left from the stock."""
        event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
        if can_read_sales(request.user, event):
            sales = event_sales(event, host_id=own_part(request.user, event))
            return Response(SalesOut(_told(event, sales)).data)
        if has_role(request.user, event.brand) or not is_staff_of_any(request.user):
            raise PermissionDenied
        raise Http404


def _told(event: Event, sales: EventSales) -> dict[str, object]:
    total = sales.total
    return {
        "event": event.slug,
        "currency": total.currency,
        "gross": total.gross,
        "refunded": total.refunded,
        "net": total.net,
        "orders": total.orders,
        "sold": total.pieces,
        **asdict(sales.shelf),
        "by_host": sales.by_host,
        "by_product": sales.by_product,
        "unattributed": sales.unattributed,
        "rehearsal": sales.rehearsal,
        "other_currencies": sales.other_currencies,
    }
