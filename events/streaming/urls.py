"""Where browsers reach the media engine, seen from the page they are on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

ASKED = "_media_base_asked"


def media_base(request: HttpRequest) -> str:
    """The media origin for this page, no slash at its end: the configured one, or MEDIA_PORT of its host.

    Asking allows the page that is being answered to connect there; no other page may.
    """
    setattr(request, ASKED, True)
    if settings.MEDIA_PUBLIC_URL:
        return settings.MEDIA_PUBLIC_URL.rstrip("/")
    host = urlsplit(f"//{request.get_host()}").hostname or "127.0.0.1"
    host = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{host}:{settings.MEDIA_PORT}"


def media_origins(request: HttpRequest) -> tuple[str, str] | None:
    """For content policies: the origin over HTTP and over WebSockets, when this page was told of it."""
    if not getattr(request, ASKED, False):
        return None
    base = urlsplit(media_base(request))
    return f"{base.scheme}://{base.netloc}", f"{base.scheme.replace('http', 'ws', 1)}://{base.netloc}"


def socket_base(request: HttpRequest) -> str:
    """The same origin for WebSockets: ws or wss."""
    return media_base(request).replace("http", "ws", 1)


def playlist_url(request: HttpRequest, path: str) -> str:
    """The full address of a playback path; a whole URL stays as it is."""
    return path if "://" in path else media_base(request) + path
