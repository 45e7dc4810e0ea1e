"""The language an address asks for: `?hl=zh-hans` on any page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.domain.preferences import language_or_blank
from accounts.domain.viewers import signed_in
from config.discovery.addresses import PARAMETER


class AddressLanguageMiddleware:
    """Answers in the language of the address, whatever the browser, the cookie or the account say.

    Readers who never chose a language keep that one while their browser is open, so that the next page does
    not fall back. Whoever sends no `Accept-Language`, as search engines do, is given nothing to keep.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_or_blank(request.GET.get(PARAMETER, "").lower())
        if not language:
            return self.get_response(request)
        own = _chosen(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if not own and request.method == "GET" and request.headers.get("Accept-Language"):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=request.is_secure()
            )
            patch_vary_headers(response, ["Cookie"])
        return response


def _chosen(request: HttpRequest) -> str:
    """The language the reader chose before: on the account or in this browser."""
    user = signed_in(request.user)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return (user.language if user else "") or language_or_blank(cookie)
