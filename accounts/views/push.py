"""The service worker: it must live at the root to speak for the whole site, and is read anew each time."""

import json

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

WORKER = "js/push/worker.js"
# What the offline page links: templates/errors/offline.html.
OFFLINE_FILES = ("css/tokens.css", "css/pages/offline.css", "img/mark.svg")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`: shows notifications, opens their pages, keeps the offline page and the release."""
    kept = settings.STATIC_ROOT / WORKER
    found = str(kept) if kept.is_file() else finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404
    with open(found, encoding="utf-8") as file:  # noqa: PTH123 - finders give plain names
        script = file.read()
    return HttpResponse(
        f"self.offline = {json.dumps(_offline())};\n{script}",
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": "no-cache",
            "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _offline() -> dict[str, object]:
    """What the worker keeps. Only the files of a named release never change: others are asked for anew."""
    return {
        "page": reverse("offline"),
        "files": [static(name) for name in OFFLINE_FILES],
        "folder": static("") if settings.PRODUCTION else "",
        "release": settings.RELEASE,
    }
