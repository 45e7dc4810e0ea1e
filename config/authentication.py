"""How the API knows people: by the session of the page, with its CSRF token, guests included."""

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from accounts.models import User


class PageSession(SessionAuthentication):
    """DRF asks only signed-in people for the CSRF token; a guest's bag is worth forging, too."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, None] | None:
        self.enforce_csrf(request)
        return super().authenticate(request)
