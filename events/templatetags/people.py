"""Hosts and what they know, in templates: `{% load people %}`."""

from django import template

from accounts.models import User
from catalog.money import Money
from events.domain.lifecycle import percent as written_percent
from events.enums import OVER, EngagementState
from events.holidays.regions import language_name as name_of_language
from events.models import Engagement, Event, Host, Niche
from events.queries_hosts import niche_name as name_of_niche

register = template.Library()


@register.filter
def niche_name(niche: Niche) -> str:
    """The niche as the viewer says it."""
    return name_of_niche(niche)


@register.filter
def language_name(tag: str) -> str:
    """`zh-Hans` as the viewer says it."""
    return name_of_language(tag)


@register.filter
def percent(basis_points: int) -> str:
    """`3350` as `33.5`."""
    return written_percent(basis_points)


@register.filter
def points(basis_points: int) -> int:
    """A score in basis points as whole points of a hundred."""
    return round(basis_points / 100)


@register.filter
def floor_money(engagement: Engagement) -> str:
    """What is guaranteed, as money; empty when nothing is."""
    if not engagement.floor_amount:
        return ""
    return Money(engagement.floor_amount, engagement.floor_currency).format()


@register.simple_tag
def engagements_of(event: Event) -> list[Engagement]:
    """`{% engagements_of event as engaged %}`: who was invited to the show, the newest word first."""
    rows = event.engagements.exclude(state=EngagementState.WITHDRAWN).select_related("host")
    return list(rows.order_by("-pk"))


@register.simple_tag
def own_profile_of(user: object) -> Host | None:
    """`{% own_profile_of user as own %}`: the host profile of the person, if they have one."""
    return Host.objects.filter(user=user).first() if isinstance(user, User) else None


@register.simple_tag
def invitations_of(host: Host) -> list[Engagement]:
    """`{% invitations_of host as invitations %}`: what the host has not answered, the soonest show first."""
    open_rows = host.engagements.filter(state=EngagementState.INVITED).exclude(event__state__in=OVER)
    return list(open_rows.select_related("event__brand").order_by("event__starts_at"))


@register.filter
def any_told(told: list[tuple[Host, str]]) -> bool:
    """Whether viewers must be told anything of these hosts."""
    return any(words for _host, words in told)
