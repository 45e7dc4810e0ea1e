"""Polls and reactions over HTTP: asking, closing, and what came of it. Each view is one domain call."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.domain.viewers import peek_viewer
from livechat.api.base import RoomView
from livechat.domain import polls, reactions
from livechat.domain.rooms import is_open_to, works_here
from livechat.errors import NotAllowed
from livechat.models import Poll


class PollIn(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=polls.MAX_QUESTION)
    options = serializers.ListField(
        child=serializers.CharField(max_length=polls.MAX_OPTION),
        min_length=polls.OPTIONS.start,
        max_length=polls.OPTIONS.stop - 1,
    )


class PollOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    question = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())
    counts = serializers.ListField(
        child=serializers.IntegerField(), help_text="Votes in the order of the options."
    )
    open = serializers.BooleanField()
    yours = serializers.IntegerField(allow_null=True, help_text="The option you chose, from 0.")
    opened_at = serializers.IntegerField(help_text="Milliseconds UTC.")
    closed_at = serializers.IntegerField(allow_null=True, help_text="Milliseconds UTC.")


class ReactionsOut(serializers.Serializer[Any]):
    minute = serializers.IntegerField(help_text="Its first millisecond, UTC.")
    counts = serializers.DictField(child=serializers.IntegerField())


class PollsView(RoomView):
    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.request.method in SAFE_METHODS else IsAuthenticated()]

    @extend_schema(responses=PollOut(many=True), operation_id="room_polls")
    def get(self, request: Request, slug: str) -> Response:
        """Every poll of the show with its votes, and what you chose."""
        room = self.room(slug)
        # A rehearsal's polls are for those who rehearse.
        if room.event.state == "rehearsal" and not is_open_to(self.person, room.event):
            return Response([])
        viewer = peek_viewer(request._request)
        return Response(polls.results(room, viewer_key=viewer.key if viewer else ""))

    @extend_schema(request=PollIn, responses={201: PollOut}, operation_id="room_poll_open")
    def post(self, request: Request, slug: str) -> Response:
        """Ask the room (hosts of the event); one poll is open at a time."""
        room, wanted = self.stage(slug), self.body(PollIn)
        poll = polls.open_poll(room, **wanted, by=self.member, now=timezone.now())
        return Response(_one(poll), status=status.HTTP_201_CREATED)


class PollCloseView(RoomView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses=PollOut, operation_id="room_poll_close")
    def post(self, request: Request, slug: str, poll: str) -> Response:
        """Write the result (hosts of the event); closing twice changes nothing."""
        found = get_object_or_404(Poll, room=self.stage(slug), public_id=poll)
        polls.close_poll(found, by=self.member, now=timezone.now())
        return Response(_one(found))


class ReactionsView(RoomView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=ReactionsOut(many=True), operation_id="room_reactions")
    def get(self, request: Request, slug: str) -> Response:
        """How often each reaction was given, minute by minute (people who work on the event)."""
        room = self.stage(slug)
        if not works_here(self.member, room.event):
            raise NotAllowed
        return Response(reactions.per_minute(room))


def _one(poll: Poll) -> dict[str, Any]:
    return next(card for card in polls.results(poll.room) if card["id"] == poll.public_id)


urlpatterns = [
    path("rooms/<slug:slug>/polls/", PollsView.as_view(), name="api-room-polls"),
    path("rooms/<slug:slug>/polls/<str:poll>/close/", PollCloseView.as_view(), name="api-room-poll-close"),
    path("rooms/<slug:slug>/reactions/", ReactionsView.as_view(), name="api-room-reactions"),
]
