"""What the look's part of an event's page needs."""

from typing import Any

from django.http import HttpRequest

from events.domain import looks
from events.forms.look import LookForm, LookPictureForm
from events.models import Event


def pair_of(pair: looks.Pair) -> dict[str, Any]:
    """A pair as the page lists it."""
    return {
        "field": pair.field,
        "name": pair.name,
        "ratio": f"{pair.ratio:g}",
        "least": f"{pair.least:g}",
        "passes": pair.passes,
        "offer": pair.offer,
    }


def look_context(_request: HttpRequest, event: Event, bound: dict[str, Any]) -> dict[str, Any]:
    """What the part of the event's page needs."""
    mine = looks.own(event)
    return {
        "mine": mine,
        "look_form": bound.get("look") or LookForm(look=mine),
        "picture_form": bound.get("picture") or LookPictureForm(prefix="picture", label_suffix=""),
        "pairs": [pair_of(pair) for pair in looks.pairs(mine)],
        "hosts": [row.host for row in event.event_hosts.select_related("host")],
    }
