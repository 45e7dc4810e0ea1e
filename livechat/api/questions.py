"""The question lane over HTTP: asking, raising, answering, and how much talk is about the pieces."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts.domain.viewers import peek_viewer, viewer_of
from catalog.models import Product
from catalog.rules import has_role
from events.models import Host
from events.rules import can_moderate
from livechat.api.base import RoomView, origin_of_request
from livechat.domain import claims, lane, talk, verdicts
from livechat.domain.answers import answer_on_air, answer_question, can_answer, let_through, remove_question
from livechat.domain.lane import own_card
from livechat.domain.log import milliseconds
from livechat.domain.questions import ask_question, raise_question
from livechat.domain.rehearsal import HEADER, is_rehearsal
from livechat.domain.rooms import badge_of, is_open_to
from livechat.errors import NotAllowed
from livechat.models import Question, Room
from livechat.serializers import (
    AnswerIn,
    ClaimIn,
    ClaimOut,
    QuestionIn,
    QuestionOut,
    QuestionVotesOut,
    ReasonIn,
    TalkOut,
    VerdictIn,
    VerdictOut,
)

PRODUCT = OpenApiParameter("product", str, description="Id of a product: only questions about it.")
STATE = OpenApiParameter(
    "state", str, enum=["open", "answered", "held"], description="Held: moderators only."
)


class RaiseThrottle(SimpleRateThrottle):
    """An audience behind one address raises its hand within one minute."""

    rate = "1200/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"throttle:raise:{self.get_ident(request)}"


class LaneView(RoomView):
    """A view of one room's questions."""

    def question(self, room: Room, public_id: str) -> Question:
        """One that the room sees, or one's own, or any to those who moderate."""
        found = get_object_or_404(Question.objects.select_related("product"), room=room, public_id=public_id)
        viewer = peek_viewer(self.request._request)
        mine = viewer is not None and viewer.key == found.author_key
        if found.hidden and not mine and not can_moderate(self.person, room.event):
            raise Http404
        found.room = room
        return found

    def counter(self, slug: str) -> Room:
        """The room for those who answer in it: care agents are at home here, too."""
        room = self.room(slug)
        return room if can_answer(self.person, room.event) else self.stage(slug)


class QuestionsView(LaneView, GenericAPIView):
    permission_classes = [AllowAny]
    serializer_class = QuestionOut
    queryset = Question.objects.none()

    @extend_schema(parameters=[PRODUCT, STATE], operation_id="room_questions")
    def get(self, request: Request, slug: str) -> Response:
        """The questions of a room and one's own, the most wanted first."""
        room, viewer = self.room(slug), peek_viewer(request._request)
        key = viewer.key if viewer else ""
        page = self.paginate_queryset(self._wanted(room, key)) or []
        return self.get_paginated_response(lane.cards(page, viewer_key=key))

    @extend_schema(request=QuestionIn, responses={201: QuestionOut}, operation_id="room_question_ask")
    def post(self, request: Request, slug: str) -> Response:
        """Ask about a piece of the line-up. The same `id` again is the same question."""
        room, asked = self.room(slug), self.body(QuestionIn)
        viewer = viewer_of(request._request)
        question = ask_question(
            room,
            viewer=viewer,
            product=get_object_or_404(Product, public_id=asked["product"]),
            text=asked["text"],
            client_id=asked["id"],
            now=timezone.now(),
            badge=badge_of(self.person, room.event),
            origin=origin_of_request(request._request),
            rehearsal=is_rehearsal(request.headers.get(HEADER, "")),
        )
        return Response(own_card(question, mine=True, raised=True), status=status.HTTP_201_CREATED)

    def _wanted(self, room: Room, key: str) -> QuerySet[Question]:
        if room.event.state == "rehearsal" and not is_open_to(self.person, room.event):
            return Question.objects.none()
        found = lane.visible(room, viewer_key=key, moderates=can_moderate(self.person, room.event))
        if product := self.request.query_params.get("product"):
            found = found.filter(product__public_id=product)
        if state := self.request.query_params.get("state"):
            found = found.filter(state=state)
        return found


class RaiseView(LaneView):
    permission_classes = [AllowAny]
    throttle_classes = [RaiseThrottle]

    @extend_schema(request=None, responses=QuestionVotesOut, operation_id="room_question_raise")
    def post(self, request: Request, slug: str, question: str) -> Response:
        """Want the answer, too. Once per viewer; again changes nothing."""
        room = self.room(slug)
        if not is_open_to(self.person, room.event):
            raise NotAllowed
        found = self.question(room, question)
        viewer = viewer_of(request._request)
        votes = raise_question(found, viewer_key=viewer.key, now=timezone.now())
        return Response({"id": found.public_id, "votes": votes})


class VerdictView(LaneView):
    permission_classes = [AllowAny]
    throttle_classes = [RaiseThrottle]

    @extend_schema(request=VerdictIn, responses=VerdictOut, operation_id="room_question_verdict")
    def post(self, request: Request, slug: str, question: str) -> Response:
        """Say whether the answer helped. Once per viewer; a later word replaces the one before."""
        found = self.question(self.room(slug), question)
        viewer = viewer_of(request._request)
        verdicts.judge(
            found,
            viewer=viewer,
            helpful=self.body(VerdictIn)["helpful"],
            now=timezone.now(),
            rehearsal=is_rehearsal(request.headers.get(HEADER, "")),
        )
        said = verdicts.of([found], viewer_key=viewer.key)[found.pk]
        return Response({"id": found.public_id, "yes": said.yes, "no": said.no, "mine": said.mine})


class ClaimsView(LaneView):
    permission_classes = [AllowAny]
    throttle_classes = [RaiseThrottle]

    @extend_schema(request=ClaimIn, responses={201: ClaimOut}, operation_id="room_claim_report")
    def post(self, request: Request, slug: str) -> Response:
        """Report that a host's claim about a piece was not right; the brand's staff decide about it."""
        room, told = self.room(slug), self.body(ClaimIn)
        about = told["question"]
        given = claims.report(
            room,
            host=get_object_or_404(Host, slug=told["host"]),
            product=get_object_or_404(Product, public_id=told["product"]),
            question=self.question(room, about) if about else None,
            viewer=viewer_of(request._request),
            text=told["text"],
            now=timezone.now(),
            rehearsal=is_rehearsal(request.headers.get(HEADER, "")),
        )
        return Response({"id": given.public_id, "state": given.state}, status=status.HTTP_201_CREATED)


class AnswerView(LaneView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=AnswerIn, responses=QuestionOut, operation_id="room_question_answer")
    def post(self, request: Request, slug: str, question: str) -> Response:
        """Answer in words (hosts, care, moderators); a later answer replaces the one before."""
        found = self.question(self.counter(slug), question)
        done = answer_question(found, text=self.body(AnswerIn)["text"], by=self.member, now=timezone.now())
        return Response(own_card(done))


class OnAirView(LaneView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses=QuestionOut, operation_id="room_question_on_air")
    def post(self, request: Request, slug: str, question: str) -> Response:
        """Answered on the air at this moment (hosts, care, moderators)."""
        found = self.question(self.counter(slug), question)
        return Response(own_card(answer_on_air(found, by=self.member, now=timezone.now())))


class QuestionView(LaneView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses=QuestionOut, operation_id="room_question_approve")
    def put(self, request: Request, slug: str, question: str) -> Response:
        """Let a question that waits through (moderators)."""
        found = self.question(self.stage(slug), question)
        return Response(own_card(let_through(found, by=self.member, now=timezone.now())))

    @extend_schema(request=ReasonIn, responses={204: None}, operation_id="room_question_remove")
    def delete(self, request: Request, slug: str, question: str) -> Response:
        """Take a question away, words and answer (moderators)."""
        found = self.question(self.stage(slug), question)
        reason = self.body(ReasonIn)["reason"]
        remove_question(found, by=self.member, now=timezone.now(), reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TalkView(LaneView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=TalkOut, operation_id="room_talk")
    def get(self, request: Request, slug: str) -> Response:
        """Product and fan lines of the last sixty minutes (people at work)."""
        room, now = self.counter(slug), timezone.now()
        event = room.event
        if not (can_answer(self.member, event) or has_role(self.member, event.brand)):
            raise NotAllowed
        return Response(_talk(talk.per_minute(room, now=now)))


def _talk(minutes: list[talk.Minute]) -> dict[str, Any]:
    rows = [asdict(minute) | {"at": milliseconds(minute.at)} for minute in minutes]
    totals = {name: sum(row[name] for row in rows) for name in talk.COUNTED}
    return {"minutes": rows, **totals}


urlpatterns = [
    path("rooms/<slug:slug>/questions/", QuestionsView.as_view(), name="api-room-questions"),
    path("rooms/<slug:slug>/questions/<str:question>/", QuestionView.as_view(), name="api-room-question"),
    path(
        "rooms/<slug:slug>/questions/<str:question>/raise/",
        RaiseView.as_view(),
        name="api-room-question-raise",
    ),
    path(
        "rooms/<slug:slug>/questions/<str:question>/answer/",
        AnswerView.as_view(),
        name="api-room-question-answer",
    ),
    path(
        "rooms/<slug:slug>/questions/<str:question>/on-air/",
        OnAirView.as_view(),
        name="api-room-question-on-air",
    ),
    path(
        "rooms/<slug:slug>/questions/<str:question>/verdict/",
        VerdictView.as_view(),
        name="api-room-question-verdict",
    ),
    path("rooms/<slug:slug>/claims/", ClaimsView.as_view(), name="api-room-claims"),
    path("rooms/<slug:slug>/talk/", TalkView.as_view(), name="api-room-talk"),
]
