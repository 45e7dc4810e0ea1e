"""What a show wears, for templates: `{% load looks %}`."""

from django import template

from events.domain import looks
from events.domain.looks import Look
from events.models import Event

register = template.Library()


@register.simple_tag
def look_of(event: Event) -> Look:
    """`{% look_of event as look %}`: page, poster, stage, picture and the address of its stylesheet."""
    return looks.of(event)
