"""Where providers knock. No session, no CSRF token: the signature over the raw bytes is the only proof."""

import logging

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.domain.webhooks import LARGEST, receive
from orders.payments.errors import BadMessage, BadSignature, UnknownProvider

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def payments(request: HttpRequest, provider: str) -> JsonResponse:
    """Keep the message and acknowledge it; what it means is acted on once, now or by the sweep."""
    # What is read counts, not what is announced: a chunked body announces nothing.
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return _refuse("too_large", 413)
    try:
        event = receive(provider, raw, request.headers, now=timezone.now())
    except UnknownProvider:
        return _refuse("unknown_provider", 404)
    except (BadSignature, BadMessage) as wrong:
        log.warning("webhook refused: %s", wrong.code)
        return _refuse(wrong.code, 400)
    return JsonResponse({"received": event.event_id})


def _refuse(code: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": code.replace("_", " ")}}, status=status)
