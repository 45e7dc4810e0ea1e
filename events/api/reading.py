"""What anybody may ask: holidays, hosts, events."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.enums import Role
from catalog.models import Brand
from catalog.rules import brands_of, has_role
from events import queries
from events.api.shapes import shown, valid, with_holiday
from events.domain import scheduling
from events.domain.calendar import occurrences
from events.enums import EventState
from events.models import Event
from events.rules import events_managed_by
from events.serializers import (
    EventCreateSerializer,
    EventQuerySerializer,
    EventSerializer,
)
from events.serializers.holidays import HolidayNotesSerializer

# Python refuses to read figures that are thousands of digits long.
YEAR_DIGITS = 4


class HolidayList(APIView):
    """The holidays of one year in one market, all on one page."""

    @extend_schema(
        parameters=[
            OpenApiParameter("year", int, description="Gregorian year, 2000 to 2075; default this year"),
            OpenApiParameter("market", str, required=True, description="ISO 3166 code, e.g. CN"),
            OpenApiParameter(
                "brand", str, description="slug of a brand you work for: its own days and moves too"
            ),
        ],
        responses=HolidayNotesSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        raw = request.query_params.get("year", str(timezone.localdate().year))
        if not (raw.isascii() and raw.isdigit() and len(raw) == YEAR_DIGITS):
            raise ValidationError({"year": [_("Give a year in four digits.")]})
        if "market" not in request.query_params:
            raise ValidationError({"market": [_("Name a market by its ISO 3166 code, e.g. CN.")]})
        market = request.query_params["market"].upper()
        days = occurrences(year=int(raw), market=market, brand=_own_brand(request))
        return Response(
            {
                "count": len(days),
                "next": None,
                "previous": None,
                "results": HolidayNotesSerializer(days, many=True).data,
            }
        )


def _own_brand(request: Request) -> Brand | None:
    """The brand asked for by `?brand=`; ValidationError when the caller has no role there."""
    slug = request.query_params.get("brand", "")
    brand = brands_of(request.user).filter(slug=slug).first() if slug else None
    if slug and brand is None:
        raise ValidationError({"brand": [_("There is no such brand among yours.")]})
    return brand


class EventList(generics.ListCreateAPIView):
    """Events anybody may see, and your own drafts; POST makes a draft of a brand you produce for."""

    serializer_class = EventSerializer

    def get_queryset(self) -> QuerySet[Event]:
        mine = events_managed_by(self.request.user).values("pk")
        events = Event.objects.filter(~Q(state=EventState.DRAFT) | Q(pk__in=mine))
        asked = valid(EventQuerySerializer(data=self.request.query_params))
        return queries.with_programme(queries.narrowed(events, **asked).order_by("starts_at", "pk"))

    def get_serializer_context(self) -> dict[str, Any]:
        mine = set(events_managed_by(self.request.user).values_list("pk", flat=True))
        return {**super().get_serializer_context(), "staff_of": mine}

    @extend_schema(parameters=[EventQuerySerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=EventCreateSerializer, responses={201: EventSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        data = valid(EventCreateSerializer(data=request.data))
        brand = data.pop("brand")
        _need_producer_of(request, brand)
        event = scheduling.create_event(brand, title=data.pop("title"), data=with_holiday(data, brand))
        return Response(shown(event, request), status=status.HTTP_201_CREATED)


def _need_producer_of(request: Request, brand: Brand) -> None:
    if has_role(request.user, brand, Role.PRODUCER):
        return
    if brands_of(request.user).filter(pk=brand.pk).exists():
        raise PermissionDenied
    raise ValidationError({"brand": [_("There is no such brand among yours.")]})
