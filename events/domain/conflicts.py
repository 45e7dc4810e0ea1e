"""What speaks against a plan, told while it is typed. Stops keep it from being saved, warnings do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.dates import date_format
from catalog.models import Brand, Product, Stock
from events.domain import checklist, hosts
from events.domain.calendar import Occurrence
from events.domain.checklist import Dates
from events.domain.walltime import Moment, moment, wall_of
from events.enums import OVER, ChecklistKind, EventState
from events.models import Assortment, Event, HolidayOccurrence, Host

MOST_SHOWS = 5  # named per plan


class Severity(StrEnum):
    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing against the plan: a stable code, how grave it is, and a sentence for people."""

    code: str
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: naive wall time `starts` in `zone`, its length, and whatever else is known so far."""

    brand: Brand
    zone: str
    starts: datetime
    minutes: int
    hosts: Sequence[Host] = ()
    holiday: Occurrence | HolidayOccurrence | None = None
    edition: Assortment | None = None
    pieces: Sequence[Product] = ()
    except_event: Event | None = None


def conflicts(plan: Plan, *, today: date) -> list[Conflict]:
    """Everything against `plan`, the stops first. A bounded number of queries."""
    start = moment(plan.starts, plan.zone)
    _starts_at, ends_at = _span(plan)
    found = [
        *_of_the_clock(plan, start, today),
        *_of_hosts(plan, start.utc, ends_at),
        *_of_shows(plan, start.utc, ends_at),
        *_of_the_holiday(plan, start, today),
        *_of_the_stock(plan),
    ]
    return sorted(found, key=lambda one: one.severity != Severity.STOP)


def stops(found: Sequence[Conflict]) -> list[Conflict]:
    """Those that keep the plan from being saved."""
    return [one for one in found if one.severity == Severity.STOP]


def _stop(code: str, sentence: str) -> Conflict:
    return Conflict(code, Severity.STOP, sentence)


def _warn(code: str, sentence: str) -> Conflict:
    return Conflict(code, Severity.WARN, sentence)


def _of_the_clock(plan: Plan, start: Moment, today: date) -> list[Conflict]:
    if start.skipped:
        words = _(
            "%(time)s does not exist on that day in %(zone)s: clocks go forward. Choose %(next)s or later."
        )
        values = {"time": f"{start.asked:%H:%M}", "zone": plan.zone, "next": f"{start.wall:%H:%M}"}
        return [_stop("time_skipped", words % values)]
    found = []
    if start.twice:
        words = _("Clocks show %(time)s twice that night. The first is meant.")
        found.append(_warn("time_twice", words % {"time": f"{start.asked:%H:%M}"}))
    if start.wall.date() < today:
        found.append(_warn("day_past", _("This day has passed.")))
    return found


def _of_hosts(plan: Plan, starts_at: datetime, ends_at: datetime) -> list[Conflict]:
    if not plan.hosts:
        return []
    clashes = hosts.clashes_of(plan.hosts, starts_at, ends_at, plan.except_event, brand=plan.brand)
    found = []
    for host in plan.hosts:
        for clash in clashes[host.pk]:
            booked = clash.hard and clash.kind == "show"
            code = "host_booked" if clash.kind == "show" else f"host_{clash.kind}"
            sentence = f"{host.name}: {clash.reason}"
            found.append(_stop(code, sentence) if booked else _warn(code, sentence))
    return found


def _of_shows(plan: Plan, starts_at: datetime, ends_at: datetime) -> list[Conflict]:
    """Shows of the brand at the same time, drafts too; of its rivals only what everybody may know."""
    shows = _near(plan, starts_at, ends_at)
    if plan.except_event:
        shows = shows.exclude(pk=plan.except_event.pk)
    return [_show_at_once(show, plan) for show in shows[:MOST_SHOWS]]


def shows_at_once(plans: Sequence[Plan]) -> list[list[Conflict]]:
    """For each of several plans of one brand the shows at the same time, read at once."""
    spans = [_span(plan) for plan in plans]
    if not spans:
        return []
    near = list(_near(plans[0], min(first for first, _end in spans), max(end for _first, end in spans)))
    return [
        [_show_at_once(show, plan) for show in near if show.starts_at < end and show.ends_at > first][
            :MOST_SHOWS
        ]
        for plan, (first, end) in zip(plans, spans, strict=True)
    ]


def _span(plan: Plan) -> tuple[datetime, datetime]:
    start = moment(plan.starts, plan.zone).utc
    return start, start + timedelta(minutes=plan.minutes)


def _near(plan: Plan, starts_at: datetime, ends_at: datetime) -> QuerySet[Event]:
    at_once = Event.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exclude(state__in=OVER)
    theirs = Q(brand__in=plan.brand.rivals.all()) & ~Q(state=EventState.DRAFT)
    return at_once.filter(Q(brand=plan.brand) | theirs).select_related("brand").order_by("starts_at", "pk")


def _show_at_once(show: Event, plan: Plan) -> Conflict:
    values = {"show": show.title, "brand": show.brand.name, "when": _clock(show, plan.zone)}
    if show.brand_id == plan.brand.pk:
        return _warn("show_at_once", _("“%(show)s” is on at the same time: %(when)s.") % values)
    return _warn("rival_at_once", _("%(brand)s is on at the same time with “%(show)s”: %(when)s.") % values)


def _clock(show: Event, zone: str) -> str:
    start, end = wall_of(show.starts_at, zone), wall_of(show.ends_at, zone)
    return f"{date_format(start, 'j M')}, {start:%H:%M}–{end:%H:%M}"


def _of_the_holiday(plan: Plan, start: Moment, today: date) -> list[Conflict]:
    day = plan.holiday
    if day is None:
        return []
    found = []
    if day.tentative:
        words = _("The date of the holiday is expected, not certain: it may move by a day.")
        found.append(_warn("holiday_tentative", words))
    if moved := getattr(day, "moved_from", None):
        words = _("The holiday was moved from %(day)s.")
        found.append(_warn("holiday_moved", words % {"day": date_format(moved, "j M Y")}))
    if start.wall.date() > day.ends_on:
        words = _("The holiday is over by then: it ends on %(day)s.")
        found.append(_warn("holiday_over", words % {"day": date_format(day.ends_on, "j M Y")}))
    return found + _of_the_lead_time(day, start.wall.date(), today)


def _of_the_lead_time(day: Occurrence | HolidayOccurrence, show: date, today: date) -> list[Conflict]:
    found = []
    for step in checklist.steps_for(Dates(show, day)):
        label = {"step": ChecklistKind(step.kind).label, "day": date_format(step.on, "j M")}
        if step.kind == ChecklistKind.LAST_DISPATCH and step.on < show:
            words = _("The last dispatch for the day is %(day)s: what is sold in the show comes too late.")
            found.append(_warn("dispatch_before_show", words % label))
        elif step.on < today and step.kind in {ChecklistKind.TEASE, ChecklistKind.PRESALE}:
            words = _("The lead time has begun: “%(step)s” was due on %(day)s.")
            found.append(_warn("lead_time_passed", words % label))
    return found


def _of_the_stock(plan: Plan) -> list[Conflict]:
    """Pieces of the edition, or planned ones that are numbered, of which fewer are there than promised."""
    of_edition = Product.objects.filter(pk__in=plan.edition.pieces.values("product")) if plan.edition else []
    promised = {piece.pk: piece for piece in [*of_edition, *plan.pieces] if piece.edition_size is not None}
    counted = Stock.objects.filter(variant__product__in=promised, variant__active=True)
    left = counted.values("variant__product").annotate(left=Sum(F("on_hand") - F("held") - F("sold")))
    free: dict[int, int] = {row["variant__product"]: row["left"] for row in left}
    words = _("“%(piece)s”: %(free)s free, %(size)s promised as an edition.")
    return [
        _warn(
            "stock_small", words % {"piece": piece.name, "free": free.get(pk, 0), "size": piece.edition_size}
        )
        for pk, piece in promised.items()
        if free.get(pk, 0) < (piece.edition_size or 0)
    ]
