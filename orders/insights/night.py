"""A show on the night: orders by the minute, and what needs somebody's hand now, each with what to do.

Numbers are of people only; the rehearsal crowd is in none of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce, TruncMinute
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain import heartbeat
from accounts.models import Mail
from catalog.models import Stock
from events.enums import EventState, StreamState
from events.models import Event, Segment, Stream
from livechat.models import ChatMessage, LineState, Question, Room
from orders.enums import AttributionKind, PaymentState
from orders.models import Attribution, Payment

MINUTES = 30
LOW = 3
LOOK_BACK = timedelta(minutes=15)
# So many declined payments, and more than were captured: not people's cards but ours.
MANY_DECLINED = 3
# A mail that failed once is tried again within two minutes; what waits longer is stuck.
STUCK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Minute:
    at: datetime
    orders: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong now; `urgent` is what viewers or buyers feel, `href` where it is mended."""

    code: str
    title: str
    todo: str
    href: str
    urgent: bool


def orders_by_minute(event: Event, *, now: datetime, minutes: int = MINUTES) -> list[Minute]:
    """Paid orders credited to the show, by the minute they were paid; the last one is still running."""
    first = now.replace(second=0, microsecond=0) - timedelta(minutes=minutes - 1)
    credited = Attribution.objects.filter(
        event=event,
        kind=AttributionKind.CREDIT,
        line__order__rehearsal=False,
        line__order__paid_at__gte=first,
    )
    rows = credited.order_by().annotate(minute=TruncMinute("line__order__paid_at")).values_list("minute")
    found = dict(rows.annotate(orders=Count("line__order", distinct=True)))
    every = (first + timedelta(minutes=n) for n in range(minutes))
    return [Minute(at, found.get(at, 0)) for at in every]


def problems(event: Event, *, now: datetime, money: bool) -> list[Problem]:
    """What is wrong with the show, the urgent first. `money`: the reader may know of payments and letters."""
    found = [*_picture(event), *_chat(event), *_shelf(event), *_time(event, now), *_worker(now)]
    if money:
        found += [*_payments(event, now), *_letters(now)]
    return sorted(found, key=lambda problem: not problem.urgent)


def _picture(event: Event) -> Iterator[Problem]:
    if not event.is_open:
        return
    state = Stream.objects.filter(event=event).values_list("state", flat=True).first()
    console = reverse("host-console", args=[event.slug])
    if state == StreamState.LOST:
        todo = _("Viewers see a slate; chat and shop go on. Ask the host to go on air again.")
        yield Problem("feed_lost", _("The picture is gone"), todo, console, urgent=True)
    elif event.is_live and state != StreamState.LIVE:
        todo = _("The host goes on air in the host console, with the camera's button.")
        yield Problem("no_feed", _("No picture yet"), todo, console, urgent=True)


def _chat(event: Event) -> Iterator[Problem]:
    room = Room.objects.filter(event=event).values_list("pk", flat=True).first()
    lines = ChatMessage.objects.filter(room=room, state=LineState.HELD, deleted_at=None).count()
    questions = Question.objects.filter(room=room, state=Question.State.HELD).count()
    if waiting := lines + questions:
        title = ngettext("%(n)d line waits for a moderator", "%(n)d lines wait for a moderator", waiting)
        where = f"{reverse('moderator', args=[event.slug])}?view=waiting"
        todo = _("Let them through or refuse them in the moderation.")
        yield Problem("chat_held", title % {"n": waiting}, todo, where, urgent=False)


def _shelf(event: Event) -> Iterator[Problem]:
    free = (
        Stock.objects.filter(variant__product__in=event.lineup.values("product"), variant__active=True)
        .order_by()
        .values_list("variant__product__name", "variant__product__slug", "variant__product__brand")
        .annotate(left=Coalesce(Sum(F("on_hand") - F("held") - F("sold")), 0))
        .filter(left__lte=LOW)
        .order_by("left", "variant__product__name")
    )
    for name, slug, brand, left in free:
        # Another brand's piece is mended by its own people; ours only see it.
        where = reverse("studio-product" if brand == event.brand_id else "product", args=[slug])
        if left <= 0:
            todo = _("Say so on the air, or put more on the shelf.")
            yield Problem(
                f"sold_out:{slug}", _("%(name)s is gone") % {"name": name}, todo, where, urgent=False
            )
        else:
            title = ngettext("%(n)d left of %(name)s", "%(n)d left of %(name)s", left)
            todo = _("Say it before it is gone; have the next piece ready.")
            yield Problem(f"low:{slug}", title % {"n": left, "name": name}, todo, where, urgent=False)


def _time(event: Event, now: datetime) -> Iterator[Problem]:
    if event.state != EventState.LIVE:
        return
    studio = reverse("studio-event", args=[event.slug])
    if now > event.ends_at:
        minutes = int((now - event.ends_at).total_seconds()) // 60
        title = ngettext("%(n)d minute past the planned end", "%(n)d minutes past the planned end", minutes)
        todo = _("Come to the end, or plan a later one in the studio.")
        yield Problem("overrun", title % {"n": minutes}, todo, studio, urgent=False)
    on = Segment.objects.filter(event=event, started_at__isnull=False, ended_at=None).first()
    if on and on.started_at and now > on.started_at + timedelta(seconds=on.planned_seconds):
        todo = _("Begin the next segment; what follows has been put back.")
        title = _("“%(title)s” runs over") % {"title": on.title}
        yield Problem("segment_over", title, todo, reverse("run-actual", args=[event.slug]), urgent=False)


def _worker(now: datetime) -> Iterator[Problem]:
    last = heartbeat.last_beat()
    if last is None or now - last > heartbeat.STALE_AFTER:
        todo = _(
            "Holds do not expire and letters wait. Ask whoever runs the installation to start the worker."
        )
        yield Problem("worker", _("The worker gives no sign of life"), todo, reverse("healthz"), urgent=True)


def _payments(event: Event, now: datetime) -> Iterator[Problem]:
    lately = Payment.objects.filter(
        order__brand=event.brand_id, order__rehearsal=False, created_at__gt=now - LOOK_BACK
    )
    counts = dict(lately.order_by().values_list("state").annotate(n=Count("pk")))
    declined = counts.get(PaymentState.DECLINED, 0)
    if declined >= MANY_DECLINED and declined > counts.get(PaymentState.CAPTURED, 0):
        title = ngettext("%(n)d payment failed", "%(n)d payments failed", declined) % {"n": declined}
        todo = _("More fail than pass. Look at the last orders and at the payment provider's own news.")
        yield Problem("payments", title, todo, f"{reverse('studio-orders')}?state=open", urgent=True)


def _letters(now: datetime) -> Iterator[Problem]:
    stuck = Mail.objects.filter(sent_at=None, attempts__gt=0, created_at__lt=now - STUCK)
    if waiting := stuck.count():
        title = ngettext("%(n)d letter cannot be sent", "%(n)d letters cannot be sent", waiting)
        todo = _("They are tried again. Ask whoever runs the installation to look at the mail server.")
        yield Problem("mail", title % {"n": waiting}, todo, reverse("healthz"), urgent=False)
