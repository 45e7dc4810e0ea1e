"""One holiday for everybody: what it is, when it is next, how to give well, and its shows and editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog.rules import brands_of
from events import queries
from events.domain.calendar import dates_ahead
from events.enums import EventState
from events.holidays import HolidayInfo, load
from events.models import Assortment, Event, OwnDay

SHOWS, PAST_SHOWS, EDITIONS = 12, 4, 8


@require_safe
def holiday(request: HttpRequest, key: str) -> HttpResponse:
    """`/holidays/<key>/`. A brand's own day is found once a show on it is announced, or by its staff."""
    now, language = timezone.now(), get_language() or "en"
    own = OwnDay.objects.select_related("brand").filter(key=key).first()
    info = load().get(key) or _own_info(request, own)
    if info is None:
        raise Http404
    shows = Event.objects.public().filter(holiday__key=key)
    coming = (shows.live() | shows.upcoming(now)).order_by("starts_at")
    cards, past = queries.lists_of_cards(coming[:SHOWS], shows.past()[:PAST_SHOWS])
    editions = Assortment.objects.filter(holiday__key=key, published_at__isnull=False, closes_at__gt=now)
    context = {
        "info": info,
        "own_day": own,
        "who": info.who(language),
        "greeting": info.greeting_in(language),
        "customs": info.customs(language),
        "avoid": info.avoid(language),
        "dates": dates_ahead(info, today=timezone.localdate(now), brand=own.brand if own else None),
        "shows": cards,
        "past": past,
        "editions": editions.select_related("brand").order_by("opens_at", "pk")[:EDITIONS],
    }
    return render(request, "events/holiday.html", context)


def _own_info(request: HttpRequest, own: OwnDay | None) -> HolidayInfo | None:
    if own is None:
        return None
    announced = Event.objects.filter(holiday__own_day=own).exclude(state=EventState.DRAFT)
    if brands_of(request.user).filter(pk=own.brand_id).exists() or announced.exists():
        return own.info
    return None
