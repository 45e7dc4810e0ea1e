"""Following a host, for people with an account."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.viewers import signed_in
from accounts.models import User
from events.domain import following
from events.models import Host
from events.serializers import FollowSerializer


class HostFollowing(APIView):
    """Follow a host, or no more."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses={201: FollowSerializer}, operation_id="host_follow")
    def post(self, request: Request, slug: str) -> Response:
        host = get_object_or_404(Host, slug=slug)
        following.follow(host, user=_person(request), now=timezone.now())
        return Response({"follows": True}, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=FollowSerializer, operation_id="host_unfollow")
    def delete(self, request: Request, slug: str) -> Response:
        following.unfollow(get_object_or_404(Host, slug=slug), user=_person(request))
        return Response({"follows": False})


def _person(request: Request) -> User:
    person = signed_in(request.user)
    assert person is not None  # noqa: S101 - IsAuthenticated let nobody else in
    return person
