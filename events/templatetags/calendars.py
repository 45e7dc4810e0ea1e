"""Putting a show into a calendar program: `{% load calendars %}`."""

from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.urls import reverse

from events.models import Event

register = template.Library()


@register.simple_tag(takes_context=True)
def calendar_links(context: dict[str, Any], event: Event) -> dict[str, str]:
    """`{% calendar_links event as links %}`: `file`, `webcal`, `google` and `outlook`."""
    request = context["request"]
    page = request.build_absolute_uri(reverse("event", args=[event.slug]))
    file = request.build_absolute_uri(reverse("event-ics", args=[event.slug]))
    title = f"{event.title} · {event.brand.name}"
    times = f"{event.starts_at:%Y%m%dT%H%M%SZ}/{event.ends_at:%Y%m%dT%H%M%SZ}"
    google = {"action": "TEMPLATE", "text": title, "dates": times, "details": page, "location": page}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": event.starts_at.isoformat(),
        "enddt": event.ends_at.isoformat(),
        "body": page,
        "location": page,
    }
    compose = "https://outlook.live.com/calendar/0/deeplink/compose"
    return {
        "file": file,
        "webcal": f"webcal://{file.partition('://')[2]}",
        "google": f"https://calendar.google.com/calendar/render?{urlencode(google, quote_via=quote)}",
        "outlook": f"{compose}?{urlencode(outlook, quote_via=quote)}",
    }
