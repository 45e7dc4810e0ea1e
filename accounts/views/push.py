"""The service worker: it must live at the root to speak for the whole site, and is read anew each time."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WORKER = "js/push/worker.js"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`: shows notifications and opens their pages. It keeps nothing and stands in no page's way."""
    kept = settings.STATIC_ROOT / WORKER
    found = str(kept) if kept.is_file() else finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404
    with open(found, encoding="utf-8") as file:  # noqa: PTH123 - finders give plain names
        script = file.read()
    return HttpResponse(
        script,
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": "no-cache",
            "Content-Security-Policy": "default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
