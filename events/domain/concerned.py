"""Which shows and editions stand on a day that changes, and telling their hosts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.dates import date_format
from accounts.domain.mail import enqueue_mail
from accounts.models import User
from catalog.models import Brand
from events.domain.calendar import row_of
from events.enums import OVER, EventState
from events.holidays import HolidayInfo, Occurrence
from events.models import Assortment, Event, EventHost


@dataclass(slots=True)
class Concerned:
    """The shows not yet over, and the editions not yet closed, that stand on a day."""

    events: list[Event] = field(default_factory=list)
    editions: list[Assortment] = field(default_factory=list)

    def __add__(self, other: "Concerned") -> "Concerned":
        return Concerned(self.events + other.events, self.editions + other.editions)


def concerned(
    key: str,
    market: str,
    starts_on: date,
    brand: Brand | None,
    *,
    besides: tuple[int, ...] = (),
    now: datetime,
) -> Concerned:
    """What stands on that day for `brand`, or for everybody but the brands `besides`. Two queries."""
    place = Q(holiday__key=key, holiday__market=market, holiday__starts_on=starts_on)
    whose = Q(brand=brand) if brand else ~Q(brand__in=besides)
    events = (
        Event.objects.filter(place & whose)
        .exclude(state__in=OVER)
        .select_related("brand", "holiday__own_day")
    )
    editions = Assortment.objects.filter(place & whose, closes_at__gt=now)
    return Concerned(list(events.order_by("starts_at")), list(editions))


def repoint(found: Concerned, to: Occurrence | None) -> None:
    """Let them stand on `to`; without it they keep their row. A form opened before will see a conflict."""
    if to is None:
        return
    row = row_of(to)
    Event.objects.filter(pk__in=[event.pk for event in found.events]).update(
        holiday=row, version=F("version") + 1
    )
    Assortment.objects.filter(pk__in=[one.pk for one in found.editions]).update(
        holiday=row, version=F("version") + 1
    )


def tell_hosts(
    found: Concerned, info: HolidayInfo, before: date, after: date | None, *, origin: str, now: datetime
) -> int:
    """One letter to each host of these shows, in their language; return how many were written.

    Belongs inside the transaction of the change. Drafts are nobody's news yet.
    """
    shows = {event.pk: event for event in found.events if event.state != EventState.DRAFT}
    theirs: dict[User, list[Event]] = {}
    rows = EventHost.objects.filter(event__in=shows, host__user__is_active=True).select_related("host__user")
    for row in rows.order_by("event__starts_at", "pk"):
        if row.host.user is not None:
            theirs.setdefault(row.host.user, []).append(shows[row.event_id])
    told = [_tell(user, events, info, before, after, origin, now) for user, events in theirs.items()]
    return sum(told)


def _tell(
    user: User,
    events: list[Event],
    info: HolidayInfo,
    before: date,
    after: date | None,
    origin: str,
    now: datetime,
) -> bool:
    with override(user.language or None):
        name = info.name(get_language() or "en")
        words = {"holiday": name, "before": date_format(before, "j F Y")}
        if after is None:
            subject = _("%(holiday)s is not kept on %(before)s") % words
        else:
            subject = _("%(holiday)s moves from %(before)s to %(after)s") % (
                words | {"after": date_format(after, "j F Y")}
            )
        context = {
            "subject": subject,
            "shows": [(event, f"{origin}{reverse('event', args=[event.slug])}") for event in events],
        }
        text = render_to_string("emails/events/day.txt", context)
        html = render_to_string("emails/events/day.html", context)
    # The moment makes a second move of the same day a second letter; the same change is told once.
    key = f"day:{info.key}:{before}:{after or 'off'}:{now:%Y%m%d%H%M%S%f}:{user.public_id}"
    return enqueue_mail(to=user.email, subject=subject, text=text, html=html, key=key, now=now) is not None
