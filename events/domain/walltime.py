"""Wall time and instants: what a clock on the wall shows and when that really is, summer time or not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """Naive `wall` time in a zone as the UTC instant it means; the first of two when clocks go back.

    `skipped` says that clocks jumped over `asked`; `wall` is then the next time they showed.
    """

    asked: datetime
    wall: datetime
    utc: datetime
    twice: bool

    @property
    def skipped(self) -> bool:
        return self.wall != self.asked


def moment(wall: datetime, zone: str) -> Moment:
    """The moment naive `wall` means in the IANA `zone`; a time clocks skip becomes the next they showed."""
    place = ZoneInfo(zone)
    first = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    shown = first.astimezone(place).replace(tzinfo=None)
    if shown == wall:
        return Moment(wall, wall, first, twice=first != second)
    after = _first_after_gap(second, first, place)
    return Moment(wall, after.astimezone(place).replace(tzinfo=None), after, twice=False)


def _first_after_gap(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    """When clocks jump between UTC `low` (before it) and `high` (after it), to the second."""
    old = low.astimezone(place).utcoffset()
    while (high - low).total_seconds() > 1:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high


def at(day: date, clock: time, zone: str) -> Moment:
    """The moment the clock of `zone` shows `clock` on `day`."""
    return moment(datetime.combine(day, clock), zone)


def wall_of(instant: datetime, zone: str) -> datetime:
    """What the clock of `zone` shows at `instant`, naive."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def around(first: date, last: date) -> tuple[datetime, datetime]:
    """UTC instants between which the days from `first` to `last` lie in every zone; for asking by index."""
    midnight = datetime.combine(first, time(), tzinfo=UTC)
    return midnight - timedelta(days=1), midnight + (last - first) + timedelta(days=2)
