"""The room over HTTP: tickets, snapshot, names, pins and touches. Each view is one domain call."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts.domain.names import clean_name
from accounts.domain.viewers import GUEST_NAME, peek_viewer, viewer_of
from catalog.models import Product
from events.models import LineupItem
from livechat.api.base import RoomView
from livechat.domain import hidden
from livechat.domain.pins import pin_card, place_pin, remove_pin
from livechat.domain.programme import host_for
from livechat.domain.rehearsal import HEADER, is_rehearsal, lets_in
from livechat.domain.rooms import is_open_to
from livechat.domain.snapshot import behind_the_curtain, snapshot
from livechat.domain.tickets import LIFE, issue_ticket
from livechat.domain.touches import record_touch
from livechat.errors import NotOpen
from livechat.models import Pin
from livechat.serializers import (
    NameIn,
    NameOut,
    PinIn,
    PinOut,
    RoomSnapshot,
    TicketOut,
    TouchIn,
    TouchOut,
)


class TicketThrottle(SimpleRateThrottle):
    """Tickets have a limit of their own: an audience behind one address comes back in one minute."""

    rate = "1200/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"throttle:ticket:{self.get_ident(request)}"


class SnapshotView(RoomView):
    permission_classes = [AllowAny]

    @extend_schema(responses=RoomSnapshot, operation_id="room")
    def get(self, request: Request, slug: str) -> Response:
        """The whole room as of now."""
        room = self.room(slug)
        card = snapshot(room, now=timezone.now())
        if viewer := peek_viewer(request._request):
            card = hidden.merged(card, room, viewer.key)
        if room.event.state == "rehearsal" and not is_open_to(self.person, room.event):
            card = behind_the_curtain(card)
        return Response(card)


class TicketView(RoomView):
    permission_classes = [AllowAny]
    throttle_classes = [TicketThrottle]

    @extend_schema(request=None, responses={201: TicketOut}, operation_id="room_ticket")
    def post(self, request: Request, slug: str) -> Response:
        """A one-time pass for the room's socket."""
        room = self.room(slug)
        header = request.headers.get(HEADER, "")
        if not (is_open_to(self.person, room.event) or lets_in(header, room.event)):
            raise NotOpen
        viewer = viewer_of(request._request)
        if request.session.session_key is None:
            request.session.save()
        ticket = issue_ticket(
            room,
            viewer=viewer,
            session_key=request.session.session_key or "",
            rehearsal=is_rehearsal(header),
            now=timezone.now(),
        )
        body = {"ticket": ticket, "expires_in": int(LIFE.total_seconds())}
        return Response(body, status=status.HTTP_201_CREATED)


class NameView(RoomView):
    permission_classes = [AllowAny]

    @extend_schema(request=NameIn, responses=NameOut, operation_id="room_name")
    def post(self, request: Request, slug: str) -> Response:
        """Choose the name that stands beside one's lines."""
        self.room(slug)
        name = clean_name(self.body(NameIn)["name"], user=self.person)
        if self.person:
            self.person.display_name = name
            self.person.save(update_fields=["display_name"])
        else:
            request.session[GUEST_NAME] = name
        return Response({"name": name})


class PinsView(RoomView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=PinIn, responses={201: PinOut}, operation_id="room_pin_place")
    def post(self, request: Request, slug: str) -> Response:
        """Lay a piece of the line-up on the stage (hosts of the event)."""
        room = self.stage(slug)
        item = get_object_or_404(
            LineupItem.objects.select_related("product"),
            event=room.event,
            public_id=self.body(PinIn)["item"],
        )
        host = host_for(item, self.member)
        pin = place_pin(room, item=item, by=self.member, host=host, now=timezone.now())
        return Response(pin_card(pin), status=status.HTTP_201_CREATED)


class PinView(RoomView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses={204: None}, operation_id="room_pin_remove")
    def delete(self, request: Request, slug: str, pin: str) -> Response:
        """Take a pin off (hosts of the event)."""
        found = get_object_or_404(Pin, room=self.stage(slug), public_id=pin)
        remove_pin(found, by=self.member, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class TouchesView(RoomView):
    permission_classes = [AllowAny]

    @extend_schema(request=TouchIn, responses={201: TouchOut}, operation_id="room_touch")
    def post(self, request: Request, slug: str) -> Response:
        """Say that this viewer took up a piece; the signed answer goes into the bag with it."""
        room = self.room(slug)
        product = get_object_or_404(Product, public_id=self.body(TouchIn)["product"])
        viewer = viewer_of(request._request)
        token = record_touch(room, product=product, viewer_key=viewer.key, now=timezone.now())
        return Response({"touch": token}, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("rooms/<slug:slug>/", SnapshotView.as_view(), name="api-room"),
    path("rooms/<slug:slug>/ticket/", TicketView.as_view(), name="api-room-ticket"),
    path("rooms/<slug:slug>/name/", NameView.as_view(), name="api-room-name"),
    path("rooms/<slug:slug>/pins/", PinsView.as_view(), name="api-room-pins"),
    path("rooms/<slug:slug>/pins/<str:pin>/", PinView.as_view(), name="api-room-pin"),
    path("rooms/<slug:slug>/touches/", TouchesView.as_view(), name="api-room-touches"),
]
