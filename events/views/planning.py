"""What planning a show shows beside its form: steps, suggestions, customs, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog.models import Brand, Product
from events.domain import checklist, conflicts, hosts
from events.domain.checklist import Dates
from events.domain.conflicts import Conflict, Plan
from events.domain.hosts import Suggestion
from events.domain.scheduling import zone_names
from events.domain.walltime import wall_of
from events.enums import VettingState
from events.forms import day_of_token
from events.holidays import Occurrence
from events.holidays.leadtime import Step
from events.models import Assortment, Event, Host, Vetting
from events.rules import events_managed_by
from events.views.access import produced_brands

Fields = QueryDict | dict[str, Any]
LONGEST = 720  # minutes of a show
MOST_HOSTS = 12
MOST_DIGITS = 10  # of a number that may be a row's


@dataclass(frozen=True, slots=True)
class Notes:
    """What staff should know of a holiday before they write a word, in their language."""

    who: str
    customs: Sequence[str]
    avoid: Sequence[str]
    greeting: str


def notes_on(day: Occurrence) -> Notes:
    language = get_language() or "en"
    info = day.info
    return Notes(
        who=info.who(language),
        customs=info.customs(language),
        avoid=info.avoid(language),
        greeting=info.greeting_in(language),
    )


def steps_on(day: Occurrence | None, show: date) -> list[Step]:
    """The lead-time plan of a show on `show`."""
    return checklist.steps_for(Dates(show, day))


def show_day(day: Occurrence, *, today: date) -> date:
    """When a show for the holiday is best given: as its lead-time plan says, while that is still to come."""
    usual = checklist.usual_day(day)
    if usual > today:
        return usual
    return max(today + timedelta(days=1), day.starts_on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggested host and how far the brand's own check of them is."""

    suggestion: Suggestion
    vetting: str
    cleared: bool


def candidates(
    brand: Brand, day: Occurrence | None, *, starts_at: datetime, ends_at: datetime, now: datetime
) -> list[Candidate]:
    """Hosts for a show of `brand`: known for what the day is about, free ones first."""
    sold = Product.objects.on_sale().filter(brand=brand).order_by().values_list("category", flat=True)
    categories = sorted(set(sold.distinct()))
    about = [one for one in categories if day and day.info.relevance(one)]
    found = hosts.suggest(
        brand=brand,
        now=now,
        categories=about or categories,
        market=day.market if day else "",
        starts_at=starts_at,
        ends_at=ends_at,
    )
    rows = Vetting.objects.filter(brand=brand, host__in=[one.host for one in found])
    states = dict(rows.values_list("host", "state"))
    return [_candidate(one, states.get(one.host.pk)) for one in found]


def _candidate(suggestion: Suggestion, state: str | None) -> Candidate:
    label = str(VettingState(state).label) if state else ""
    return Candidate(suggestion, label, state == VettingState.CLEARED)


def against(plan: Plan | None) -> list[Conflict]:
    """What speaks against `plan`, nothing while it is incomplete."""
    return conflicts.conflicts(plan, today=timezone.localdate()) if plan else []


def plan_of_event(event: Event) -> Plan:
    """An event as it is planned now."""
    return Plan(
        brand=event.brand,
        zone=event.time_zone,
        starts=wall_of(event.starts_at, event.time_zone),
        minutes=(event.ends_at - event.starts_at) // timedelta(minutes=1),
        hosts=[row.host for row in event.event_hosts.select_related("host")],
        holiday=event.holiday,
        edition=event.edition,
        pieces=list(Product.objects.filter(pk__in=event.lineup.values("product"))),
        except_event=event,
    )


def plan_of_fields(data: Fields, brands: Iterable[Brand], event: Event | None) -> Plan | None:
    """The plan a half-filled form describes; None while day, time, length or zone are missing or nonsense."""
    known = list(brands)
    brand = event.brand if event else next((one for one in known if one.slug == data.get("brand")), None)
    starts, minutes, zone = _starts(data), _minutes(data), str(data.get("time_zone", ""))
    if brand is None or starts is None or minutes is None or zone not in zone_names():
        return None
    edition = Assortment.objects.filter(public_id=str(data.get("edition", "")), brand=brand).first()
    return Plan(
        brand=brand,
        zone=zone,
        starts=starts,
        minutes=minutes,
        hosts=_hosts(data, event),
        holiday=day_of_token(str(data.get("holiday", "")), brands=[brand]),
        edition=edition,
        pieces=list(Product.objects.filter(pk__in=event.lineup.values("product"))) if event else [],
        except_event=event,
    )


@login_required
@require_safe
def conflicts_json(request: HttpRequest) -> JsonResponse:
    """`/studio/conflicts/`: what speaks against the plan in the query, each with code, severity and text.

    The query holds the fields of the form as they are typed, and `event` when it is about an existing show.
    """
    brands = produced_brands(request)
    event = None
    if slug := request.GET.get("event", ""):
        mine = events_managed_by(request.user).select_related("brand", "holiday")
        event = mine.filter(slug=slug).first()
        if event is None:
            raise Http404
    found = against(plan_of_fields(request.GET, brands, event))
    rows = [{"code": one.code, "severity": one.severity.value, "text": one.sentence} for one in found]
    return JsonResponse({"conflicts": rows})


def _hosts(data: Fields, event: Event | None) -> list[Host]:
    if event is not None:
        return [row.host for row in event.event_hosts.select_related("host")]
    sent = data.getlist("suggested") if isinstance(data, QueryDict) else data.get("suggested") or []
    slugs = [str(slug) for slug in sent][:MOST_HOSTS]
    numbers = [value for name, value in data.items() if name.startswith("hosts-") and name.endswith("-host")]
    keys = [int(text) for text in map(str, numbers) if text.isdecimal() and len(text) < MOST_DIGITS]
    found = Host.objects.filter(slug__in=slugs) | Host.objects.filter(pk__in=keys)
    return list(found.distinct()[:MOST_HOSTS])


def _starts(data: Fields) -> datetime | None:
    try:
        return datetime.combine(
            date.fromisoformat(str(data.get("day", ""))), time.fromisoformat(str(data.get("at", "")))
        ).replace(tzinfo=None)
    except ValueError:
        return None


def _minutes(data: Fields) -> int | None:
    text = str(data.get("minutes", ""))
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS and 0 < int(text) <= LONGEST else None
