"""What every view of a room's API starts from."""

import ipaddress
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.domain.viewers import signed_in
from accounts.models import User
from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from livechat.domain.authors import Origin, origin_of
from livechat.domain.rooms import may_know_of, room_of, works_here
from livechat.models import Room


class RoomView(APIView):
    """One room, found by the slug of its event; what a person may not know of does not exist."""

    def room(self, slug: str) -> Room:
        # Most rooms are there, and found with their event in one query; the first caller makes theirs.
        room = Room.objects.select_related("event__brand").filter(event__slug=slug).first()
        event = room.event if room else get_object_or_404(Event.objects.select_related("brand"), slug=slug)
        if not may_know_of(self.person, event):
            raise Http404
        return room or room_of(event)

    def stage(self, slug: str) -> Room:
        """The room for a privileged act: to people of other brands it does not exist."""
        room = self.room(slug)
        ours = works_here(self.member, room.event) or has_role(self.member, room.event.brand)
        if not ours and is_staff_of_any(self.member):
            raise Http404
        return room

    @property
    def person(self) -> User | None:
        return signed_in(self.request.user)

    @property
    def member(self) -> User:
        if person := self.person:
            return person
        raise NotAuthenticated

    def body(self, serializer: type[Any]) -> dict[str, Any]:
        checked = serializer(data=self.request.data)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)


def origin_of_request(request: HttpRequest) -> Origin:
    """Where a request came from; a proxy's or a neighbour's address says nothing of a person."""
    return origin_of(session_key=request.session.session_key or "", address=_public_address(request))


def _public_address(request: HttpRequest) -> str | None:
    try:
        # Reads META only, behind as many proxies as the throttles do.
        found = ipaddress.ip_address(BaseThrottle().get_ident(request))  # type: ignore[arg-type]
    except ValueError:
        return None
    return None if found.is_private or found.is_loopback else str(found)
