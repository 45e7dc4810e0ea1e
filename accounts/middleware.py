"""The viewer's language and time zone, from the account or the browser."""

import zoneinfo
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts.domain.preferences import ZONE_COOKIE, language_or_blank, zone_or_blank
from accounts.domain.viewers import signed_in
from accounts.models import User


class ViewerPreferencesMiddleware:
    """Activates the account's language and zone for the request.

    A blank language leaves what `LocaleMiddleware` found (cookie, then Accept-Language); a blank zone falls
    back to the one the browser told, then to UTC.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _activate(request, request.user)
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def _activate(request: HttpRequest, person: User | AnonymousUser) -> None:
    user = signed_in(person)
    language = language_or_blank(user.language) if user else ""
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language
    told = zone_or_blank(request.COOKIES.get(ZONE_COOKIE))
    zone = (zone_or_blank(user.time_zone) if user else "") or told
    timezone.activate(zoneinfo.ZoneInfo(zone or "UTC"))
