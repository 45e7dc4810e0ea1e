"""What the OpenAPI generator cannot see by itself, and the description of the socket beside it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema

from livechat.wire.asyncapi import document


@require_safe
def asyncapi(request: HttpRequest) -> JsonResponse:
    """The room's socket for machines, as AsyncAPI 3.0."""
    return JsonResponse(document(host=request.get_host(), secure=request.is_secure()))


class PageSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]  # the library is untyped
    """Every authenticator of ours is the session cookie."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    match_subclasses = True
    priority = 1


class MomentExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # same
    target_class = "events.serializers.MomentField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return {"type": "string", "description": "An instant (ISO 8601) or a day (YYYY-MM-DD)."}
