"""What is told at the end of a show: which one comes next."""

from datetime import datetime

from django.db.models import Case, QuerySet, Value, When

from events.models import Event


def next_show(event: Event, *, now: datetime) -> Event | None:
    """The soonest coming show of the same brand; without one, the soonest of one of its hosts."""
    theirs = Event.objects.filter(event_hosts__host__in=event.hosts.values("pk")).values("pk")
    coming: QuerySet[Event] = Event.objects.upcoming(now).filter(starts_at__gt=now).exclude(pk=event.pk)
    near = coming.filter(brand=event.brand_id) | coming.filter(pk__in=theirs)
    brand_first = Case(When(brand=event.brand_id, then=Value(0)), default=Value(1))
    return near.select_related("brand").order_by(brand_first, "starts_at", "pk").first()
