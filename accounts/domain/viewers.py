"""Who is looking: a person with an account, or a guest known by an id in the session."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.codes import new_public_id
from accounts.models import User

GUEST = "guest"
GUEST_NAME = "guest_name"
# What the viewer key of an account begins with.
USER_PREFIX = "user:"


@dataclass(frozen=True, slots=True)
class Viewer:
    """`key` (at most 64 characters) is what holds, bags, orders, touches and chat lines are kept under."""

    key: str
    user: User | None
    name: str


def user_key(user: User) -> str:
    """The viewer key of an account."""
    return f"{USER_PREFIX}{user.pk}"


def guest_key(guest: str) -> str:
    """The viewer key of a guest id."""
    return f"guest:{guest}"


def signed_in(user: User | AnonymousUser) -> User | None:
    """The account behind `request.user`, or None for a guest."""
    return user if isinstance(user, User) and user.is_authenticated else None


def peek_viewer(request: HttpRequest) -> Viewer | None:
    """The viewer if already known; never writes a session."""
    guest_name = request.session.get(GUEST_NAME, "")
    if user := signed_in(request.user):
        return Viewer(user_key(user), user, user.display_name or guest_name)
    if guest := request.session.get(GUEST):
        return Viewer(guest_key(guest), None, guest_name)
    return None


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer; a stranger becomes a guest with a fresh id in the session."""
    if viewer := peek_viewer(request):
        return viewer
    request.session[GUEST] = new_public_id()
    return Viewer(guest_key(request.session[GUEST]), None, request.session.get(GUEST_NAME, ""))
