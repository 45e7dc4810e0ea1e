"""The holidays' colours as stylesheets, since no page carries style attributes."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.holidays import HolidayInfo, load
from events.models import OwnDay

# The address changes with the release, so production may keep it for as long as the other styles.
MAX_AGE = 31_536_000 if settings.PRODUCTION else 60
# Brands change their days while the site runs; the studio adds what changed to the address.
OWN_MAX_AGE = 300 if settings.PRODUCTION else 0


def rules_of(holidays: Iterable[HolidayInfo]) -> str:
    """One rule per holiday; an element says `data-holiday="qixi"` and takes its ground and its writing."""
    rule = '[data-holiday="%s"] { --festival-ground: %s; --festival-writing: %s; }'
    return "\n".join(rule % (info.key, *info.colours) for info in holidays)


@cache
def _stylesheet() -> bytes:
    return rules_of(load().values()).encode()


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def festivals_css(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_stylesheet(), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=OWN_MAX_AGE, stale_while_revalidate=86_400)
def own_days_css(request: HttpRequest) -> HttpResponse:
    """The colours of the days brands made their own, under keys that say nothing of whose they are."""
    rule = '[data-holiday="%s"] { --festival-ground: %s; --festival-writing: %s; }'
    rows = OwnDay.objects.order_by("key").values_list("key", "ground", "ink")
    return HttpResponse(
        "\n".join(rule % row for row in rows).encode(), content_type="text/css; charset=utf-8"
    )
