"""A year of a market as staff see it: every day its rules give, what was made of it, and the shows on it."""

from dataclasses import dataclass, field
from datetime import date

from catalog.models import Brand
from events.domain.calendar import moves_in
from events.holidays import FIRST_YEAR, LAST_YEAR, Occurrence, Own, days_of, days_of_info
from events.models import Event, MovedDay, OwnDay


@dataclass(slots=True)
class YearDay:
    """One day by its rule; `starts_on` None is not kept. `everybody` is a move the platform made."""

    day: Occurrence
    starts_on: date | None
    ends_on: date | None
    move: MovedDay | None
    everybody: bool
    shows: list[Event] = field(default_factory=list)

    @property
    def on(self) -> date:
        """Where it stands in the year's order."""
        return self.starts_on or self.day.starts_on

    @property
    def own(self) -> Own:
        """How the market writes it."""
        return self.day.info.own(self.day.market)

    @property
    def tentative(self) -> bool:
        return self.day.tentative and self.move is None


def year_days(brand: Brand, market: str, year: int) -> list[YearDay]:
    """The days of `year` in `market` as `brand` keeps them, by date, with its shows. Three queries."""
    own = [row.info for row in OwnDay.objects.filter(brand=brand)]
    days = [*days_of(year, market), *(day for info in own for day in days_of_info(info, year, market))]
    moves = moves_in([max(year - 1, FIRST_YEAR), min(year + 1, LAST_YEAR)], brand)
    found = [_year_day(day, moves.get((day.key, day.market, day.starts_on))) for day in days]
    shows = Event.objects.filter(
        brand=brand,
        holiday__market=market,
        holiday__starts_on__range=(date(year - 1, 12, 1), date(year + 1, 1, 31)),
    )
    for event in shows.select_related("holiday").order_by("starts_at"):
        for one in found:
            if event.holiday and (one.day.key, one.on) == (event.holiday.key, event.holiday.starts_on):
                one.shows.append(event)
    return sorted(found, key=lambda one: (one.on, one.day.key))


def _year_day(day: Occurrence, move: MovedDay | None) -> YearDay:
    if move is None:
        return YearDay(day, day.starts_on, day.ends_on, None, everybody=False)
    return YearDay(day, move.starts_on, move.ends_on, move, everybody=move.brand_id is None)
