"""No show vanishes or doubles when clocks change: any wall time, any zone, any rhythm."""

import functools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from catalog.models import Brand
from events.domain import planner, series
from events.domain.scheduling import instant, zone_names
from events.domain.series import Every
from events.domain.walltime import moment, wall_of
from events.errors import BadTime
from events.models import Event
from tests.factories.catalog import make_brand

EVENTS = 1_000
SEED = 20_260_811
YEAR = 2027


@functools.cache
def changes(zone: str) -> list[datetime]:
    """The UTC days of the year on which the clocks of `zone` change."""
    place = ZoneInfo(zone)
    noon = [datetime(YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    offsets = [one.astimezone(place).utcoffset() for one in noon]
    return [
        day for day, before, after in zip(noon[1:], offsets, offsets[1:], strict=False) if before != after
    ]


def cases(count: int) -> Iterator[tuple[str, datetime]]:
    """Zones and wall times, every zone at least once, half of them in the night of a change."""
    dice = random.Random(SEED)
    zones = list(zone_names())
    for number in range(count):
        zone = zones[number % len(zones)]
        nights = changes(zone)
        day = (dice.choice(nights) if nights and dice.random() < 0.5 else _any_day(dice)).date()
        minutes = dice.randrange(24 * 60)
        clock = minutes % 240 if nights and dice.random() < 0.5 else minutes
        yield zone, datetime.combine(day, time(clock // 60, clock % 60))


def _any_day(dice: random.Random) -> datetime:
    return datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(365))


CASES = list(cases(EVENTS))


def there_and_back(zone: str, wall: datetime) -> datetime | None:
    """The wall time after saving and reading; None when the time was refused."""
    try:
        return wall_of(instant(wall, zone), zone)
    except BadTime:
        return None


def test_every_zone_is_asked() -> None:
    assert {zone for zone, _wall in CASES} == set(zone_names())
    assert len(CASES) == EVENTS


def test_a_wall_time_comes_back_as_it_was_typed_or_is_refused_because_clocks_skip_it() -> None:
    for zone, wall in CASES:
        back = there_and_back(zone, wall)
        assert back == (None if moment(wall, zone).skipped else wall), (zone, wall)


def test_some_were_refused_and_some_came_twice() -> None:
    skipped = [wall for zone, wall in CASES if moment(wall, zone).skipped]
    twice = [wall for zone, wall in CASES if moment(wall, zone).twice]
    assert (len(skipped) > 5, len(twice) > 5) == (True, True)


def test_of_two_such_times_the_first_is_meant() -> None:
    for zone, wall in CASES:
        found = moment(wall, zone)
        if found.twice:
            second = wall.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
            assert found.utc < second, (zone, wall)
            assert wall_of(second, zone) == wall


def test_a_skipped_time_moves_to_the_first_the_clocks_show_again() -> None:
    for zone, wall in CASES:
        found = moment(wall, zone)
        if found.skipped:
            before = wall_of(found.utc - timedelta(seconds=1), zone)
            assert before < wall < found.wall, (zone, wall)


def test_series_keep_their_count_and_their_clock() -> None:
    dice = random.Random(SEED)
    for number, (zone, wall) in enumerate(CASES[:250]):
        every = list(Every)[number % len(Every)]
        count = dice.randrange(2, 20)
        found = series.slots(
            series.rule_of(every, wall.date(), count),
            first_day=wall.date(),
            clock=wall.time(),
            minutes=60,
            zone=zone,
        )
        assert len({slot.day for slot in found}) == count, (zone, wall, every)
        assert len({slot.moment.utc for slot in found}) == count, (zone, wall, every)
        odd = [slot for slot in found if slot.moment.wall != datetime.combine(slot.day, wall.time())]
        assert all(slot.moment.skipped and slot.note for slot in odd), (zone, wall, every)


@pytest.fixture
def brand(db: None) -> Brand:
    return make_brand()


def test_calendars_by_day_hold_each_show_exactly_once_on_its_own_day(brand: Brand) -> None:
    starts = [(zone, moment(wall, zone)) for zone, wall in CASES]
    Event.objects.bulk_create(
        Event(
            brand=brand,
            slug=f"show-{number}",
            title=f"Show {number}",
            time_zone=zone,
            starts_at=start.utc,
            ends_at=start.utc + timedelta(hours=1),
        )
        for number, (zone, start) in enumerate(starts)
    )
    days: Counter[tuple[str, date]] = Counter()
    for month in range(1, 13):
        first = date(YEAR, month, 1)
        weeks = planner.month_weeks(
            first, markets=[], brands=[], events=Event.objects.all(), today=first, per_day=EVENTS
        )
        days.update(
            (show.slug, cell.day) for week in weeks for cell in week if cell.inside for show in cell.shows
        )
    expected = Counter((f"show-{n}", start.wall.date()) for n, (_zone, start) in enumerate(starts))
    kept = Counter({key: 1 for key in expected if key[1].year == YEAR})
    assert days == kept
