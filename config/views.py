"""Pages that belong to no app: errors and uploaded pictures."""

import re
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils._os import safe_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.api import error_body

# What the image pipeline writes and what producers upload; anything else there is not for the public.
PICTURES = {".avif": "image/avif", ".webp": "image/webp", ".jpeg": "image/jpeg"}
MODELS = {".glb": "model/gltf-binary"}
FILMS = {".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8"}
# A film is handed over in parts of this size: players ask for the next.
PART_BYTES = 1_048_576
RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


@require_safe
def uploaded_picture(request: HttpRequest, path: str) -> HttpResponse:
    """Serve one rendition, model or film in the embedded installation; a web server does it in production.

    They are never rewritten, so they may be kept for ever. The sandbox keeps a file from acting as a page.
    """
    kind = (PICTURES | MODELS | FILMS).get(Path(path).suffix)
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except SuspiciousFileOperation as error:
        raise Http404 from error
    if kind is None or not file.is_file():
        raise Http404
    answer = _part(file, request.headers.get("Range", "")) if kind.startswith("video/") else None
    answer = answer or HttpResponse(file.read_bytes())
    answer["Content-Type"] = kind
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _part(file: Path, asked: str) -> HttpResponse | None:
    """The part of a film a player asks for (RFC 9110, 14); None when it asks for no part we can give."""
    wanted, size = RANGE.fullmatch(asked), file.stat().st_size
    if wanted is None:
        return None
    first = int(wanted[1])
    last = min(int(wanted[2] or size - 1), size - 1, first + PART_BYTES - 1)
    if last < first:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with file.open("rb") as film:
        film.seek(first)
        part = film.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(part, status=206, headers=headers)


def _error(request: HttpRequest, status: HTTPStatus, code: str, message: str) -> HttpResponseBase:
    if request.path.startswith("/api/"):
        return JsonResponse(error_body(code, message), status=status)
    return render(request, f"errors/{status}.html", {"message": message}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _error(request, HTTPStatus.BAD_REQUEST, "bad_request", _("This request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _error(request, HTTPStatus.FORBIDDEN, "forbidden", _("Your account may not do this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    message = _("This page was open for too long. Reload it and try again.")
    return _error(request, HTTPStatus.FORBIDDEN, "csrf_failed", message)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _error(request, HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The template stands alone: whatever broke may be what a full page would need."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = _("Something went wrong on our side. Nothing was charged twice; please try again.")
    if request.path.startswith("/api/"):
        return JsonResponse(error_body("server_error", message), status=status)
    return render(None, "errors/500.html", {"message": message}, status=status)
