"""What a show wears, for templates: `{% load looks %}`."""

from typing import Any

from django import template

from events.domain import look_tokens, looks
from events.domain.looks import Look
from events.models import Event

register = template.Library()


@register.simple_tag
def look_of(event: Event) -> Look:
    """`{% look_of event as look %}`: page, poster, stage, picture and the address of its stylesheet."""
    return looks.of(event)


@register.inclusion_tag("events/_look_mark.html")
def look_mark(event: Event) -> dict[str, Any]:
    """`{% look_mark event %}`: a line in the colour of the show, drawn in place, without a stylesheet."""
    return {"colour": look_tokens.mark(looks.of(event).poster)}
