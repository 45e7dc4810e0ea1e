"""What the views of this package share."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from catalog.models import Brand
from events import queries
from events.domain.calendar import occurrence_row
from events.models import Event
from events.serializers import EventSerializer


def valid(serializer: BaseSerializer) -> dict[str, Any]:
    """The checked data; raises ValidationError."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def with_holiday(data: dict[str, Any], brand: Brand) -> dict[str, Any]:
    """Turn the named holiday into its row; ValidationError when `brand` keeps none on that day."""
    if data.get("holiday"):
        row = occurrence_row(**data["holiday"], brand=brand)
        if row is None:
            raise ValidationError({"holiday": [_("No such holiday on that day in that market.")]})
        data = data | {"holiday": row}
    return data


def shown(event: Event, request: Request) -> dict[str, Any]:
    """`event` as it is in the database now."""
    fresh = queries.with_programme(Event.objects.filter(pk=event.pk)).get()
    return EventSerializer(fresh, context={"request": request}).data
