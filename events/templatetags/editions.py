"""Editions on the pages of events: `{% load editions %}`."""

from django import template
from django.utils import timezone

from events.domain.whats_left import editions_of
from events.models import Assortment, Event

register = template.Library()


@register.simple_tag
def event_editions(event: Event) -> list[Assortment]:
    """`{% event_editions event as editions %}`: the public editions and seasons this event shows."""
    return editions_of(event, now=timezone.now())
