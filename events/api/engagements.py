"""The work of hosts over HTTP: inviting, answering, taking back, replacing."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.viewers import signed_in
from accounts.models import User
from events.api.producing import managed
from events.api.shapes import shown, valid
from events.domain import engagements
from events.models import Engagement
from events.rules import events_managed_by
from events.serializers import EventSerializer
from events.serializers.hosts import (
    EngagementAnswerSerializer,
    EngagementSerializer,
    InviteSerializer,
    ReplaceSerializer,
    terms_of,
)


def origin_of(request: Request) -> str:
    """The site's address as the caller reached it, for links in letters."""
    return request.build_absolute_uri("/").rstrip("/")


def person_of(request: Request) -> User:
    """The signed-in person; the permissions let nobody else in."""
    user = signed_in(request.user)
    if user is None:
        raise Http404
    return user


@method_decorator(never_cache, name="dispatch")
class EventEngagements(generics.ListAPIView):
    """Who was invited to a show and what they said; POST invites one more."""

    serializer_class = EngagementSerializer
    queryset = Engagement.objects.none()

    def get_queryset(self) -> QuerySet[Engagement]:
        event = managed(self.request, self.kwargs["slug"])
        return event.engagements.select_related("event", "host").order_by("pk")

    @extend_schema(request=InviteSerializer, responses={201: EngagementSerializer})
    def post(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(InviteSerializer(data=request.data))
        made = engagements.invite(
            event,
            data["host"],
            terms_of(data),
            person_of(request),
            timezone.now(),
            confirmed=data["confirmed"],
            origin=origin_of(request),
        )
        return Response(EngagementSerializer(made).data, status=status.HTTP_201_CREATED)


@method_decorator(never_cache, name="dispatch")
class EngagementDetail(APIView):
    """One engagement, for its host and the producers of its show; DELETE takes it back."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=EngagementSerializer)
    def get(self, request: Request, engagement: str) -> Response:
        user = person_of(request)
        row = _found(engagement, Q(host__user=user) | Q(event__in=events_managed_by(user)))
        return Response(EngagementSerializer(row).data)

    @extend_schema(responses=EngagementSerializer)
    def delete(self, request: Request, engagement: str) -> Response:
        row = _found(engagement, Q(event__in=events_managed_by(person_of(request))))
        engagements.withdraw(row, now=timezone.now(), origin=origin_of(request))
        return Response(EngagementSerializer(row).data)


@method_decorator(never_cache, name="dispatch")
class EngagementAnswer(APIView):
    """The host's own yes or no; saying the same twice is saying it once."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=EngagementAnswerSerializer, responses=EngagementSerializer)
    def post(self, request: Request, engagement: str) -> Response:
        user = person_of(request)
        row = _found(engagement, Q(host__user=user))
        data = valid(EngagementAnswerSerializer(data=request.data))
        answer = engagements.accept if data["accept"] else engagements.decline
        answer(row, by=user, now=timezone.now(), words=data["words"], origin=origin_of(request))
        return Response(EngagementSerializer(row).data)


class EventHostReplace(APIView):
    """Put another host in the place of one, before the show or during it."""

    @extend_schema(request=ReplaceSerializer, responses=EventSerializer)
    def post(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(ReplaceSerializer(data=request.data))
        engagements.replace_host(
            event,
            data["old"],
            data["host"],
            None if data["in_house"] else terms_of(data),
            person_of(request),
            timezone.now(),
            confirmed=data["confirmed"],
            origin=origin_of(request),
        )
        return Response(shown(event, request))


def _found(engagement: str, mine: Q) -> Engagement:
    rows = Engagement.objects.filter(mine).select_related("event__brand", "host__user", "invited_by")
    row = rows.filter(public_id=engagement).first()
    if row is None:
        raise Http404
    return row
