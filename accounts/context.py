"""What every template may use."""

from django.http import HttpRequest

from accounts.domain.demo import BY_ROLE, demo_enabled


def site(request: HttpRequest) -> dict[str, object]:
    """`DEMO` tells templates that the one-click sign-in exists; `DEMO_PEOPLE` are its buttons."""
    if not demo_enabled():
        return {"DEMO": False}
    return {"DEMO": True, "DEMO_PEOPLE": BY_ROLE.values()}
