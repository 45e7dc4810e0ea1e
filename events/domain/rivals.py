"""What binds a host to other brands, seen from one brand on one day. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.dates import date_format
from catalog.models import Brand
from events.enums import EventState
from events.models import EventHost, Host, HostTie
from events.queries_hosts import current_ties

SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a host may not suit a brand on a day. `exclusive`: a promise to another brand forbids it."""

    kind: str
    reason: str
    exclusive: bool = False


def conflicts_of(
    hosts: Sequence[Host], brand: Brand, *, on: date, categories: Iterable[str] = ()
) -> dict[int, list[Conflict]]:
    """What stands against `brand` around the day `on`, by the host's number: exclusive ties that touch
    `categories` (none given: any), ties to rivals, and announced or past shows for rivals within thirty days.
    Three queries."""
    found: dict[int, list[Conflict]] = {host.pk: [] for host in hosts}
    rivals = set(brand.rivals.values_list("pk", flat=True))
    wanted = set(categories)
    for tie in current_ties(on).filter(host__in=found).exclude(brand=brand):
        if tie.exclusive and _overlap(tie, wanted):
            found[tie.host_id].append(_exclusive(tie))
        elif tie.brand_id in rivals:
            found[tie.host_id].append(_tied(tie))
    for row in _rival_shows(found, rivals, on):
        found[row.host_id].append(_showed(row))
    return found


def _overlap(tie: HostTie, wanted: set[str]) -> bool:
    return not tie.categories or not wanted or bool(wanted & set(tie.categories))


def _rival_shows(hosts: Iterable[int], rivals: set[int], on: date) -> QuerySet[EventHost]:
    noon = datetime.combine(on, time(12), tzinfo=UTC)
    secret = (EventState.DRAFT, EventState.CANCELLED)
    near = EventHost.objects.filter(
        host__in=list(hosts), event__brand__in=rivals, event__starts_at__range=(noon - SPAN, noon + SPAN)
    )
    return near.exclude(event__state__in=secret).select_related("event__brand").order_by("event__starts_at")


def _exclusive(tie: HostTie) -> Conflict:
    words = _("Exclusive to %(brand)s (%(kind)s)%(until)s.") % _named(tie)
    return Conflict("exclusive", words, exclusive=True)


def _tied(tie: HostTie) -> Conflict:
    return Conflict("tie", _("Tied to your rival %(brand)s (%(kind)s)%(until)s.") % _named(tie))


def _named(tie: HostTie) -> dict[str, str]:
    until = _(" until %(day)s") % {"day": date_format(tie.until, "j M Y")} if tie.until else ""
    name = tie.brand.name if tie.brand else tie.brand_name
    return {"brand": name, "kind": tie.get_kind_display(), "until": until}


def _showed(row: EventHost) -> Conflict:
    words = _("Hosts “%(show)s” for your rival %(brand)s on %(day)s.") % {
        "show": row.event.title,
        "brand": row.event.brand.name,
        "day": date_format(row.event.starts_at, "j M Y"),
    }
    return Conflict("show", words)
