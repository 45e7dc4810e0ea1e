"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`DEMO` tells templates that the one-click sign-in exists."""
    return {"DEMO": settings.DEMO}
