"""Moderation over HTTP: lines, people, the audit, settings, the announcement. One domain call per view.

Every write answers with its act, so that whoever did it can undo it: `{"act": {…}}`, or null when there was
nothing to do.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from livechat.api.base import RoomView
from livechat.domain import acts, blocklist, moderation, notices, people, review, sanctions, undoing
from livechat.domain.authors import Person, person_of
from livechat.domain.room_settings import change_settings
from livechat.domain.rooms import settings_card
from livechat.models import BlockedTerm, ChatMessage, ModerationAct, Room, Sanction, SanctionKind
from livechat.serializers import (
    Act,
    Author,
    BlockedTermIn,
    BlockedTermOut,
    DecideIn,
    Done,
    NoticeIn,
    ReasonIn,
    RoomSettingsIn,
    SanctionIn,
    SanctionOut,
    StarterDone,
    StarterIn,
    WaitingLine,
)


class ModerationView(RoomView):
    """A room as those see it who moderate it; who may do what is the domain's to say."""

    permission_classes = [IsAuthenticated]

    def author(self, room: Room, tag: str) -> Person:
        found = person_of(room, tag)
        if found is None:
            raise Http404
        return found

    def line(self, room: Room, message: str) -> ChatMessage:
        lines = ChatMessage.objects.select_related("author", "reply_to")
        found = get_object_or_404(lines, room=room, public_id=message)
        # The room that is at hand, with its event and brand.
        found.room = room
        return found

    def done(self, act: ModerationAct | None, *, created: bool = False) -> Response:
        body = {"act": people.act_for(act, self.member) if act else None}
        return Response(body, status=status.HTTP_201_CREATED if created and act else status.HTTP_200_OK)


class MessageView(ModerationView):
    @extend_schema(request=ReasonIn, responses=Done, operation_id="room_message_delete")
    def delete(self, request: Request, slug: str, message: str) -> Response:
        """Take a chat line away (moderators)."""
        line = self.line(self.stage(slug), message)
        reason = self.body(ReasonIn)["reason"]
        return self.done(moderation.delete_message(line, by=self.member, reason=reason, now=timezone.now()))


class DecideView(ModerationView):
    @extend_schema(request=DecideIn, responses=Done, operation_id="room_message_decide")
    def post(self, request: Request, slug: str, message: str) -> Response:
        """Let a waiting line through, or turn it down (moderators)."""
        line, wanted = self.line(self.stage(slug), message), self.body(DecideIn)
        return self.done(review.decide(line, **wanted, by=self.member, now=timezone.now()))


class ReviewView(ModerationView):
    @extend_schema(responses=WaitingLine(many=True), operation_id="room_review")
    def get(self, request: Request, slug: str) -> Response:
        """The lines that wait for a moderator, the oldest first (moderators)."""
        return Response({"results": review.queue(self.stage(slug), by=self.member)})


class AuthorView(ModerationView):
    @extend_schema(responses=Author, operation_id="room_author")
    def get(self, request: Request, slug: str, tag: str) -> Response:
        """One person of the room: last lines, what holds for them, what was done (moderators)."""
        room = self.stage(slug)
        acts.need_moderator(self.member, room)
        found = people.person_card(room, self.author(room, tag), by=self.member, now=timezone.now())
        return Response(found)


class ClearView(ModerationView):
    @extend_schema(request=ReasonIn, responses=Done, operation_id="room_author_clear")
    def post(self, request: Request, slug: str, tag: str) -> Response:
        """Take all lines of a person away (moderators)."""
        room = self.stage(slug)
        acts.need_moderator(self.member, room)
        reason = self.body(ReasonIn)["reason"]
        target = self.author(room, tag)
        return self.done(
            moderation.clear_lines(room, target=target, by=self.member, reason=reason, now=timezone.now())
        )


class AuthorSanctionsView(ModerationView):
    @extend_schema(request=SanctionIn, responses={201: Done}, operation_id="room_author_sanction")
    def post(self, request: Request, slug: str, tag: str) -> Response:
        """Time out (moderators), ban or hide (lead moderators) a person."""
        room = self.stage(slug)
        acts.need_moderator(self.member, room)
        wanted = self.body(SanctionIn)
        act = sanctions.impose(
            room,
            kind=SanctionKind(wanted["kind"]),
            target=self.author(room, tag),
            seconds=wanted.get("seconds"),
            brand_wide=wanted["scope"] == sanctions.BRAND,
            reason=wanted["reason"],
            by=self.member,
            now=timezone.now(),
        )
        return self.done(act, created=True)


class SanctionsView(ModerationView):
    @extend_schema(responses=SanctionOut(many=True), operation_id="room_sanctions")
    def get(self, request: Request, slug: str) -> Response:
        """The sanctions in force here, the last first (moderators)."""
        room = self.stage(slug)
        found = sanctions.in_force_here(room, by=self.member, now=timezone.now())
        return Response({"results": [people.sanction_for(one, room, self.member) for one in found]})


class SanctionView(ModerationView):
    @extend_schema(request=None, responses=Done, operation_id="room_sanction_lift")
    def delete(self, request: Request, slug: str, sanction: str) -> Response:
        """End a sanction before its time (lead moderators; moderators their own timeouts)."""
        room = self.stage(slug)
        reachable = Sanction.objects.at_room(room).select_related("room__event__brand", "brand")
        found = get_object_or_404(reachable, public_id=sanction)
        return self.done(undoing.lift_sanction(found, room, by=self.member, now=timezone.now()))


class ActsView(ModerationView, generics.ListAPIView):
    """The audit, the last act first: all of it for lead moderators, their own acts for moderators."""

    serializer_class = Act
    queryset = ModerationAct.objects.none()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(acts.visible_to(self.member, self.stage(kwargs["slug"])))
        return self.get_paginated_response([people.act_for(act, self.member) for act in page or []])


class UndoView(ModerationView):
    @extend_schema(request=ReasonIn, responses=Done, operation_id="room_act_undo")
    def post(self, request: Request, slug: str, act: str) -> Response:
        """Take an act back (lead moderators everybody's, moderators their own)."""
        room = self.stage(slug)
        acts.need_moderator(self.member, room)
        rows = ModerationAct.objects.select_related("message__reply_to", "sanction__room__event")
        found = get_object_or_404(rows, room=room, public_id=act)
        found.room = room
        reason = self.body(ReasonIn)["reason"]
        return self.done(undoing.undo(found, by=self.member, reason=reason, now=timezone.now()))


class SettingsView(ModerationView):
    @extend_schema(request=RoomSettingsIn, responses=RoomSettingsIn, operation_id="room_settings")
    def patch(self, request: Request, slug: str) -> Response:
        """Change who may write, and how (lead moderators); any subset. Answers with all of it."""
        room, wanted = self.stage(slug), self.body(RoomSettingsIn)
        act = change_settings(room, **wanted, by=self.member, now=timezone.now())
        return Response({**settings_card(room), "act": people.act_for(act, self.member) if act else None})


class NoticeView(ModerationView):
    @extend_schema(request=NoticeIn, responses=Done, operation_id="room_notice_place")
    def put(self, request: Request, slug: str) -> Response:
        """Announce something above the chat (moderators); it takes the place of what stood there."""
        room, text = self.stage(slug), self.body(NoticeIn)["text"]
        return self.done(notices.place_notice(room, text=text, by=self.member, now=timezone.now()))

    @extend_schema(request=None, responses=Done, operation_id="room_notice_remove")
    def delete(self, request: Request, slug: str) -> Response:
        """Take the announcement down (moderators)."""
        return self.done(notices.remove_notice(self.stage(slug), by=self.member, now=timezone.now()))


class BlocklistView(ModerationView):
    @extend_schema(responses=BlockedTermOut(many=True), operation_id="room_blocklist")
    def get(self, request: Request, slug: str) -> Response:
        """The brand's blocklist (lead moderators)."""
        found = blocklist.terms_of(self.stage(slug), by=self.member)
        return Response({"results": [blocklist.term_card(term) for term in found]})

    @extend_schema(request=BlockedTermIn, responses={201: Done}, operation_id="room_blocklist_add")
    def post(self, request: Request, slug: str) -> Response:
        """Put a word or phrase on it (lead moderators)."""
        room = self.stage(slug)
        acts.need_lead(self.member, room)
        wanted = self.body(BlockedTermIn)
        term, act = blocklist.add_term(room, **wanted, by=self.member, now=timezone.now())
        body = {"term": blocklist.term_card(term), "act": people.act_for(act, self.member)}
        return Response(body, status=status.HTTP_201_CREATED)


class BlockedTermView(ModerationView):
    @extend_schema(request=None, responses=Done, operation_id="room_blocklist_remove")
    def delete(self, request: Request, slug: str, term: str) -> Response:
        """Take a word off it (lead moderators)."""
        room = self.stage(slug)
        acts.need_lead(self.member, room)
        found = get_object_or_404(BlockedTerm, brand=room.event.brand_id, public_id=term)
        return self.done(blocklist.remove_term(room, found, by=self.member, now=timezone.now()))


class StarterView(ModerationView):
    @extend_schema(request=StarterIn, responses=StarterDone, operation_id="room_blocklist_starter")
    def post(self, request: Request, slug: str) -> Response:
        """Put a language's starter list onto it (lead moderators); how many words were new."""
        room = self.stage(slug)
        acts.need_lead(self.member, room)
        language = self.body(StarterIn)["language"]
        added, act = blocklist.add_starter(room, language=language, by=self.member, now=timezone.now())
        return Response({"added": added, "act": people.act_for(act, self.member) if act else None})


_ROOM = "rooms/<slug:slug>/"
urlpatterns = [
    path(f"{_ROOM}messages/<str:message>/", MessageView.as_view(), name="api-room-message"),
    path(f"{_ROOM}messages/<str:message>/decide/", DecideView.as_view(), name="api-room-decide"),
    path(f"{_ROOM}review/", ReviewView.as_view(), name="api-room-review"),
    path(f"{_ROOM}authors/<str:tag>/", AuthorView.as_view(), name="api-room-author"),
    path(f"{_ROOM}authors/<str:tag>/clear/", ClearView.as_view(), name="api-room-clear"),
    path(f"{_ROOM}authors/<str:tag>/sanctions/", AuthorSanctionsView.as_view(), name="api-room-sanction-new"),
    path(f"{_ROOM}sanctions/", SanctionsView.as_view(), name="api-room-sanctions"),
    path(f"{_ROOM}sanctions/<str:sanction>/", SanctionView.as_view(), name="api-room-sanction"),
    path(f"{_ROOM}acts/", ActsView.as_view(), name="api-room-acts"),
    path(f"{_ROOM}acts/<str:act>/undo/", UndoView.as_view(), name="api-room-undo"),
    path(f"{_ROOM}settings/", SettingsView.as_view(), name="api-room-settings"),
    path(f"{_ROOM}blocklist/", BlocklistView.as_view(), name="api-room-blocklist"),
    path(f"{_ROOM}blocklist/starter/", StarterView.as_view(), name="api-room-starter"),
    path(f"{_ROOM}blocklist/<str:term>/", BlockedTermView.as_view(), name="api-room-blocked-term"),
    path(f"{_ROOM}notice/", NoticeView.as_view(), name="api-room-notice"),
]
