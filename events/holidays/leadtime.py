"""When a show for a holiday has to be prepared, counted back from the day and from the last dispatch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext as _

from accounts.dates import date_format
from events.enums import ChecklistKind
from events.holidays import HolidayInfo, days_of
from events.holidays.book import carriers

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan and its day; `note` is in the active language."""

    kind: ChecklistKind
    on: date
    note: str


def plan(info: HolidayInfo, market: str, starts_on: date, *, dispatch_days: int | None = None) -> list[Step]:
    """The steps for a show in `market` for the day that begins on `starts_on`, in order of time.

    `dispatch_days` are the working days a parcel is on its way; without it what is usual in the market. Gifts
    leave so that they are there before the day; what is sold on a shopping day leaves soon after it.
    """
    days = carriers()[market]["transit"] if dispatch_days is None else dispatch_days
    if info.lead.how == "sale":
        show = starts_on
        dispatch = _working_after(market, starts_on, 2)
        last = _("What was sold has left the house")
    else:
        arrival = starts_on - info.lead.arrive * DAY
        dispatch = last_dispatch(market, arrival, days)
        show = dispatch - info.lead.show * DAY
        last = _("Last parcels leave: %(days)d working days, there by %(arrival)s") % {
            "days": days,
            "arrival": date_format(arrival, "j M"),
        }
    steps = [
        Step(
            ChecklistKind.TEASE,
            show - info.lead.tease * DAY,
            _("First word of the show: date, host, one picture"),
        ),
        Step(ChecklistKind.PRESALE, show - info.lead.presale * DAY, _("Presale opens for those who follow")),
        Step(ChecklistKind.SHOW, show, _("The show")),
        Step(ChecklistKind.LAST_DISPATCH, dispatch, last),
    ]
    return sorted(steps, key=lambda step: step.on)


def last_dispatch(market: str, arrival: date, days: int) -> date:
    """The last day a parcel can leave that travels `days` working days and is there on `arrival`."""
    working = _working_back(market, arrival)
    return next(day for place, day in enumerate(working) if place >= days)


def is_working(market: str, day: date) -> bool:
    """Whether parcels are taken and moved on `day` in `market`."""
    rests = carriers()[market]["rest"]
    return f"{day:%A}".lower() not in rests and day not in _closed(market, day.year)


def _working_back(market: str, day: date) -> Iterator[date]:
    while True:
        if is_working(market, day):
            yield day
        day -= DAY


def _working_after(market: str, day: date, count: int) -> date:
    while count:
        day += DAY
        count -= is_working(market, day)
    return day


@cache
def _closed(market: str, year: int) -> frozenset[date]:
    """The days of `year` on which parcels stand still for a holiday, with those before and after it."""
    still = {one["key"]: one for one in carriers()[market]["closed"]}
    found: set[date] = set()
    for one in (year - 1, year, year + 1):
        for day in days_of(one, market):
            if rest := still.get(day.key):
                first, last = day.starts_on - rest.get("before", 0) * DAY, day.starts_on + rest["days"] * DAY
                found.update(first + step * DAY for step in range((last - first).days))
    return frozenset(found)
