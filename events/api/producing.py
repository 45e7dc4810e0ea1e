"""What producers do with one event: change it, advance it, put its line-up in order."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from catalog.rules import brands_of
from events import queries
from events.api.shapes import shown, valid, with_holiday
from events.domain import lifecycle, lineup, looks, revisions, scheduling
from events.enums import EventState
from events.models import Event, LineupItem
from events.rules import Person, can_manage, can_see
from events.serializers import (
    AdvanceSerializer,
    EventPatchSerializer,
    EventSerializer,
    LineupItemSerializer,
    SharesSerializer,
)
from events.serializers.segments import LineupAddSerializer, LineupEditSerializer


class EventDetail(APIView):
    """One event; PATCH changes what was planned."""

    @extend_schema(responses=EventSerializer)
    def get(self, request: Request, slug: str) -> Response:
        event = get_object_or_404(queries.with_programme(Event.objects.all()), slug=slug)
        if not can_see(request.user, event):
            raise Http404
        return Response(shown(event, request))

    @extend_schema(request=EventPatchSerializer(partial=True), responses=EventSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(EventPatchSerializer(data=request.data, partial=True))
        version, look = data.pop("version", event.version), data.pop("look", None)
        with _recorded(request, event, "details"):
            scheduling.edit_event(event, version=version, **with_holiday(data, event.brand))
            if look is not None:
                looks.set_look(event, **look)
        return Response(shown(event, request))


class EventAdvance(APIView):
    """Move an event to another state."""

    @extend_schema(request=AdvanceSerializer, responses=EventSerializer)
    def post(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        to = EventState(valid(AdvanceSerializer(data=request.data))["to"])
        lifecycle.advance(event, to, by=person(request), now=timezone.now())
        return Response(shown(event, request))


class EventHosts(APIView):
    """Replace the hosts of an event and their shares."""

    @extend_schema(request=SharesSerializer, responses=EventSerializer)
    def put(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        rows = valid(SharesSerializer(data=request.data))["hosts"]
        with _recorded(request, event, "hosts"):
            scheduling.set_hosts(event, [(row["host"], row["share"]) for row in rows], now=timezone.now())
        return Response(shown(event, request))


class EventLineup(APIView):
    """Append a product to the run of show."""

    @extend_schema(request=LineupAddSerializer, responses={201: LineupItemSerializer})
    def post(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(LineupAddSerializer(data=request.data))
        with _recorded(request, event, "lineup"):
            item = lineup.add_item(event, now=timezone.now(), **data)
        return Response(LineupItemSerializer(item).data, status=status.HTTP_201_CREATED)


class EventLineupItem(APIView):
    """Change or take out one piece of the run of show."""

    @extend_schema(request=LineupEditSerializer, responses=LineupItemSerializer)
    def patch(self, request: Request, slug: str, item: str) -> Response:
        piece = self._piece(request, slug, item)
        change = valid(LineupEditSerializer(data=request.data))
        with _recorded(request, piece.event, "lineup"):
            lineup.edit_item(piece, now=timezone.now(), **change)
        return Response(LineupItemSerializer(piece).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, item: str) -> Response:
        piece = self._piece(request, slug, item)
        with _recorded(request, piece.event, "lineup"):
            lineup.remove_item(piece, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _piece(self, request: Request, slug: str, item: str) -> LineupItem:
        event = managed(request, slug)
        return get_object_or_404(LineupItem.objects.select_related("event"), event=event, public_id=item)


def _recorded(request: Request, event: Event, what: str) -> AbstractContextManager[None]:
    """What changes inside can be taken back in the studio."""
    return revisions.recorded(event, what=what, by=person(request), now=timezone.now())


def managed(request: Request, slug: str) -> Event:
    """The event, if the caller may manage it; 401/403 for guests, 404 for other brands' people."""
    return allowed(request, slug, can_manage)


def allowed(request: Request, slug: str, rule: Callable[[Person, Event], bool]) -> Event:
    """The event, if `rule` lets the caller; else refused as by `managed`."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    event = get_object_or_404(Event.objects.select_related("brand", "holiday"), slug=slug)
    if rule(request.user, event):
        return event
    if brands_of(request.user).filter(pk=event.brand_id).exists():
        raise PermissionDenied
    raise Http404


def person(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None
