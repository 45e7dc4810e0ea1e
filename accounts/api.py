"""`/api/v1/me/`: who one is here, guest or account, and which browsers take notifications."""

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import path
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain import push
from accounts.domain.preferences import YEAR, ZONE_COOKIE, prefer
from accounts.domain.users import rename
from accounts.domain.viewers import GUEST_NAME, Viewer, peek_viewer, viewer_of
from accounts.rules import is_platform_admin
from accounts.serializers import MeSerializer, PushEndSerializer, PushSerializer, PushStateSerializer


@method_decorator(never_cache, name="dispatch")
class MeView(APIView):
    """Guests are answered too: reading writes nothing, and a name they give is kept for their session."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(_me(peek_viewer(request._request))).data)

    @extend_schema(operation_id="change_me", request=MeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> HttpResponseBase:
        viewer = viewer_of(request._request)
        form = MeSerializer(data=request.data, context={"viewer": viewer})
        form.is_valid(raise_exception=True)
        _keep(request, viewer, form.validated_data)
        answer = Response(MeSerializer(_me(viewer_of(request._request)) | form.validated_data).data)
        if language := form.validated_data.get("language"):
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
        if zone := form.validated_data.get("time_zone"):
            answer.set_cookie(ZONE_COOKIE, zone, max_age=YEAR, samesite="Lax")
        return answer


def _keep(request: Request, viewer: Viewer, given: dict[str, Any]) -> None:
    if viewer.user is None:
        if "display_name" in given:
            request.session[GUEST_NAME] = given["display_name"]
        return
    prefer(viewer.user, language=given.get("language"), time_zone=given.get("time_zone"))
    if "display_name" in given:
        rename(viewer.user, given["display_name"])


def _me(viewer: Viewer | None) -> dict[str, Any]:
    user = viewer.user if viewer else None
    return {
        "guest": user is None,
        "id": user.public_id if user else None,
        "email": user.email if user else None,
        "display_name": viewer.name if viewer else "",
        "language": (user.language if user else "") or translation.get_language(),
        "time_zone": (user.time_zone if user else "") or timezone.get_current_timezone_name(),
        "admin": is_platform_admin(user),
    }


@method_decorator(never_cache, name="dispatch")
class PushView(APIView):
    """Notifications in this browser, for guests and accounts."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="push", responses=PushStateSerializer)
    def get(self, request: Request) -> Response:
        viewer = peek_viewer(request._request)
        return Response({"key": push.application_key(), "listens": bool(viewer and push.listens(viewer.key))})

    @extend_schema(operation_id="push_begin", request=PushSerializer, responses={201: PushStateSerializer})
    def post(self, request: Request) -> Response:
        form = PushSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        push.subscribe(
            viewer_of(request._request),
            endpoint=form.validated_data["endpoint"],
            **form.validated_data["keys"],
            language=translation.get_language(),
            now=timezone.now(),
        )
        return Response({"key": push.application_key(), "listens": True}, status=201)

    @extend_schema(operation_id="push_end", request=PushEndSerializer, responses=PushStateSerializer)
    def delete(self, request: Request) -> Response:
        form = PushEndSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if viewer := peek_viewer(request._request):
            push.unsubscribe(viewer, endpoint=form.validated_data["endpoint"])
        return self.get(request)


urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path("me/push/", PushView.as_view(), name="api-me-push"),
]
