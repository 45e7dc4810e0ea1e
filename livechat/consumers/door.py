"""Who comes in: the origin of the page, the ticket, and how many sockets one session or address may hold."""

import ipaddress
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from accounts.domain.viewers import Viewer
from accounts.models import User
from events.enums import EventState
from livechat.domain import attendance
from livechat.domain.authors import Origin, origin_of
from livechat.domain.presence import is_viewer
from livechat.domain.returning import Arrival, is_pass, redeem_pass, return_pass
from livechat.domain.rooms import is_open_to, works_here
from livechat.domain.standing import you_card
from livechat.domain.tickets import redeem_ticket
from livechat.wire.seats import Pass
from livechat.wire.throttle import Buckets

Scope = dict[str, Any]
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
DEFAULT_PORTS = {"http": "80", "https": "443"}
SOCKETS_PER_SESSION = 5
SOCKETS_PER_ADDRESS = 20
# A minute, from one address, however many sessions it makes up.
LINES_PER_ADDRESS = 60
MAX_QUERY = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A socket that was let in."""

    room: int
    viewer_key: str
    right: Pass
    you: dict[str, Any]
    crowd: bool
    audience: bool
    origin: Origin
    counted: bool
    again: str


def header(scope: Scope, name: bytes) -> str | None:
    """The header when it came exactly once."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if len(found) == 1 else None


def is_own_origin(scope: Scope) -> bool:
    """Whether the page that opens the socket is ours: scheme, host and port, all three.

    A missing, `null`, foreign or doubled Origin is refused; so is a Host that is not ours (DNS rebinding).
    """
    origin, host = header(scope, b"origin"), header(scope, b"host")
    if not origin or not host:
        return False
    if _normal(origin) in {_normal(allowed) for allowed in settings.SOCKET_ORIGINS}:
        return True
    allowed_hosts = settings.ALLOWED_HOSTS or (LOCAL_HOSTS if settings.DEBUG else [])
    if not validate_host(split_domain_port(host)[0], allowed_hosts):
        return False
    return _normal(origin) == _normal(f"{_page_scheme(scope)}://{host}")


def _normal(origin: str) -> str | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.path or parts.query or parts.fragment or parts.username:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _page_scheme(scope: Scope) -> str:
    if proxy := settings.SECURE_PROXY_SSL_HEADER:
        name = proxy[0].removeprefix("HTTP_").replace("_", "-").lower().encode()
        return "https" if header(scope, name) == proxy[1] else "http"
    return "https" if scope.get("scheme") in {"wss", "https"} else "http"


def query(scope: Scope) -> dict[str, str]:
    """The query's first values; nonsense is an empty query."""
    raw = scope.get("query_string", b"")[:MAX_QUERY].decode("latin-1")
    return {name: values[0] for name, values in parse_qs(raw).items()}


def position(asked: dict[str, str]) -> tuple[str, int]:
    """(epoch, since) of a viewer who was here before; anything malformed means a fresh start."""
    since = asked.get("since", "")
    if asked.get("epoch") and since.isascii() and since.isdigit() and len(since) < 16:  # noqa: PLR2004
        return asked["epoch"][:32], int(since)
    return "", 0


def session_key(scope: Scope) -> str:
    """The browser session behind the handshake, empty without one."""
    cookies = parse_cookie(header(scope, b"cookie") or "")
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def address(scope: Scope) -> str | None:
    """The viewer's address, or None when it is a proxy's or a neighbour's and says nothing of a person."""
    try:
        found = ipaddress.ip_address(_forwarded(scope) or (scope.get("client") or ("", 0))[0])
    except ValueError:
        return None
    return None if found.is_private or found.is_loopback else str(found)


def _forwarded(scope: Scope) -> str:
    """Whom the outermost of our own proxies saw, as the API reads it; what stands before that is a claim."""
    if not settings.TRUSTED_PROXIES:
        return ""
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key == b"x-forwarded-for"]
    hops = ",".join(lines).split(",")
    return hops[-min(settings.TRUSTED_PROXIES, len(hops))].strip()


class Register:
    """Sockets per session and address in this process, and the lines of an address."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()
        self._lines = Buckets(rate=LINES_PER_ADDRESS / 60, burst=LINES_PER_ADDRESS)

    def enter(self, session: str, peer: str | None) -> bool:
        """Count a socket in; False (and nothing counted) when one limit is reached."""
        limit = getattr(settings, "SOCKETS_PER_SESSION", SOCKETS_PER_SESSION)
        per_address = getattr(settings, "SOCKETS_PER_ADDRESS", SOCKETS_PER_ADDRESS)
        if self._held[f"s:{session}"] >= limit or (peer and self._held[f"a:{peer}"] >= per_address):
            return False
        self._held.update(_names(session, peer))
        return True

    def leave(self, session: str, peer: str | None) -> None:
        """Count a socket out."""
        self._held.subtract(_names(session, peer))
        self._held += Counter()

    def may_say(self, peer: str | None, *, now: float) -> bool:
        """Whether one more line of this address may pass; `now` is monotonic seconds."""
        return peer is None or self._lines.take(peer, now)


def _names(session: str, peer: str | None) -> list[str]:
    return [f"s:{session}", *([f"a:{peer}"] if peer else [])]


def admit(slug: str, *, ticket: str, session: str, peer: str | None = None) -> Entry | None:
    """Use the ticket up and say who came in; None when the door stays shut. Runs in a database thread."""
    if not ticket or not session:
        return None
    now = timezone.now()
    by = redeem_pass if is_pass(ticket) else _by_ticket
    arrival = by(ticket, slug=slug, session_key=session, now=now)
    # Rights are asked again at the door: half a minute is long enough to lose them.
    if arrival is None or not _may_enter(arrival):
        return None
    return _entry(arrival, session=session, peer=peer, now=now)


def _may_enter(arrival: Arrival) -> bool:
    event = arrival.room.event
    # Nobody but the crowd that was sent there got its ticket.
    sent = arrival.crowd and event.state == EventState.REHEARSAL
    return sent or is_open_to(arrival.viewer.user, event)


def _by_ticket(ticket: str, *, slug: str, session_key: str, now: datetime) -> Arrival | None:
    admission = redeem_ticket(ticket, slug=slug, session_key=session_key, now=now)
    if admission is None:
        return None
    user = active_user(admission.user_id)
    if admission.user_id and user is None:
        return None
    viewer = Viewer(admission.viewer_key, user, name_of(user, session=session_key))
    return Arrival(admission.room, viewer, admission.rehearsal)


def _entry(arrival: Arrival, *, session: str, peer: str | None, now: datetime) -> Entry:
    room, viewer, facts = arrival.room, arrival.viewer, arrival.facts
    user, event = viewer.user, arrival.room.event
    any_sanction, any_poll = (facts.any_sanction, facts.any_poll) if facts else (True, True)
    counted = is_viewer(user, event)
    # Whoever comes back with a pass was written down when they came.
    if counted and facts is None and not arrival.crowd:
        attendance.note(room, viewer_key=viewer.key, now=now)
    return Entry(
        room=room.pk,
        viewer_key=viewer.key,
        right=Pass(session, user.pk if user else None, user.get_session_auth_hash() if user else ""),
        you=you_card(room, viewer, now=now, any_sanction=any_sanction, any_poll=any_poll),
        crowd=arrival.crowd,
        audience=not works_here(user, event),
        counted=counted,
        origin=origin_of(session_key=session, address=peer),
        again=return_pass(room, viewer_key=viewer.key, session_key=session, crowd=arrival.crowd),
    )


def active_user(pk: int | None) -> User | None:
    """The account, if there is one and it is open."""
    return None if pk is None else User.objects.filter(pk=pk, is_active=True).first()


def name_of(user: User | None, *, session: str) -> str:
    """The name a person's lines carry now: the account's, or the one chosen for this session."""
    if user is not None and user.display_name:
        return user.display_name
    engine = import_module(settings.SESSION_ENGINE)
    return str(engine.SessionStore(session).get("guest_name", ""))
