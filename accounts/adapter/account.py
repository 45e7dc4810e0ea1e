"""How sign-up and sign-in differ from allauth's own ways."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.domain.preferences import ZONE_COOKIE, language_or_blank, zone_or_blank
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """New accounts remember the name, the language and the zone they were made in."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.display_name = form.cleaned_data.get("display_name", "")
        user.language = language_or_blank(get_language())
        user.time_zone = zone_or_blank(request.COOKIES.get(ZONE_COOKIE))
        return super().save_user(request, user, form, commit)

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """A peer without an address (a Unix socket, a cut forwarding header) shares one rate limit."""
        try:
            return super().get_client_ip(request)
        except (PermissionDenied, ImproperlyConfigured):
            return "unknown"

    def format_email_subject(self, subject: str) -> str:
        return str(subject)
