"""Editions on the pages of events: `{% load editions %}`."""

from django import template
from django.utils import timezone

from events.domain import whats_left
from events.domain.whats_left import EditionCard
from events.enums import AssortmentKind
from events.models import Assortment, Event

register = template.Library()
SOONEST = 3


@register.simple_tag
def event_editions(event: Event) -> list[Assortment]:
    """`{% event_editions event as editions %}`: the public editions and seasons this event shows."""
    return whats_left.editions_of(event, now=timezone.now())


@register.simple_tag
def next_editions() -> list[EditionCard]:
    """`{% next_editions as editions %}`: the holiday editions that close next, for the first page."""
    now = timezone.now()
    found = whats_left.published(now).filter(kind=AssortmentKind.EDITION, closes_at__gt=now)
    return whats_left.edition_cards(found.order_by("closes_at", "pk")[:SOONEST], now=now)
