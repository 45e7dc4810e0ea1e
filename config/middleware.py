"""What the whole site needs around every request."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from csp.constants import HEADER, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from events.streaming.urls import media_origins


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves our own small files whole: a streamed file would be a blocking iterator under ASGI."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        response = HttpResponse(body, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


class LooserPagesMiddleware:
    """Third-party pages that cannot live under the site's content policy get the narrowest one they can."""

    # django-unfold's Alpine evaluates expressions; Swagger UI sets styles.
    LOOSER: ClassVar[dict[str, dict[str, list[str]]]] = {
        "/admin/": {
            "default-src": [SELF],
            "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
            "style-src": [SELF, UNSAFE_INLINE],
            "img-src": [SELF, "data:"],
            "frame-ancestors": [NONE],
            "base-uri": [SELF],
            "object-src": [NONE],
            "form-action": [SELF],
        },
        "/api/docs/": {
            "default-src": [SELF],
            "style-src": [SELF, UNSAFE_INLINE],
            "img-src": [SELF, "data:"],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
            "object-src": [NONE],
        },
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for prefix, policy in self.LOOSER.items():
            if request.path.startswith(prefix):
                response[HEADER] = build_policy(config=policy)
        return response


class MediaOriginMiddleware:
    """Pages that show or publish the picture may connect to the media process of their own host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if origins := media_origins(request):
            # Read by CSPMiddleware, which writes the header; the same that its decorators set.
            update = {"media-src": [origins[0]], "connect-src": list(origins)}
            cast(Any, response)._csp_update = update
        return response


class ErrorPagesMiddleware:
    """A page for the refusals Django answers with nothing at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "errors/405.html", status=response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response
