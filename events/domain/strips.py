"""A month as a strip of 31 columns: holidays as bands with their names, shows as marks, in few rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from events.domain.calendar import NextHoliday
from events.enums import EventState

LABEL_DAYS = 5  # columns of the year's strip a title needs to be read
NAME_DAYS = 8  # columns the name of a short band takes beside it
COLUMNS = 31
LANES = 3  # rows of shows per month in the year; the rest is a number
LONG = 4  # days from which a band carries its own name

# How many shows stand on a holiday, by its key, market and first day.
Taken = dict[tuple[str, str, date], int]


class Show(NamedTuple):
    """What the planner knows of a show, thousands of them at times. `wall` is its start on its own clock."""

    wall: datetime
    slug: str
    title: str
    state_value: str
    brand: str

    @property
    def day(self) -> date:
        return self.wall.date()

    @property
    def clock(self) -> str:
        return f"{self.wall:%H:%M}"

    @property
    def state(self) -> EventState:
        return EventState(self.state_value)


@dataclass(frozen=True, slots=True)
class Band:
    """A holiday as far as it lies in a month: columns `at` to `at + run - 1`, its name at `name_at` for
    `name_run` columns. `places` are its markets with the values that plan a show there; `shows` stand on it.
    """

    holiday: NextHoliday
    places: list[tuple[str, str]]
    at: int
    run: int
    name_at: int
    name_run: int
    shows: int

    @property
    def begins(self) -> int:
        return min(self.at, self.name_at)

    @property
    def ends(self) -> int:
        return max(self.at + self.run, self.name_at + self.name_run)

    @property
    def side(self) -> str:
        """Where the name stands: `on` a long band, `after` a short one, `before` it at the month's end."""
        if self.name_at == self.at:
            return "on"
        return "after" if self.name_at > self.at else "before"


@dataclass(frozen=True, slots=True)
class Mark:
    """A show in the strip of a month: the column it begins in and the columns its title may take."""

    show: Show
    at: int
    room: int


def band_in(
    day: NextHoliday,
    first: date,
    last: date,
    taken: Taken,
) -> Band:
    """The band of a holiday that lies in the month from `first` to `last`, at least in part."""
    at, end = max(day.starts_on, first).day, min(day.ends_on, last).day
    run = end - at + 1
    name_at, name_run = at, run
    if run < LONG:
        after = end + 1
        name_at, name_run = (
            (after, NAME_DAYS) if after + NAME_DAYS <= COLUMNS + 1 else (at - NAME_DAYS, NAME_DAYS)
        )
    shows = sum(taken.get((day.key, market, day.starts_on), 0) for market in day.markets)
    return Band(day, places_of(day), at, run, name_at, name_run, shows)


def places_of(day: NextHoliday) -> list[tuple[str, str]]:
    """The markets of a day, each with the value that chooses it there."""
    return [(market, f"{day.key}.{market}.{day.starts_on}") for market in day.markets]


def in_lanes(bands: list[Band]) -> list[list[Band]]:
    """Bands in as few rows as they and their names need."""
    lanes: list[list[Band]] = []
    for band in sorted(bands, key=lambda band: (band.begins, -band.run)):
        lane = next((lane for lane in lanes if lane[-1].ends <= band.begins), None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(band)
    return lanes


def marks_of(shows: list[Show]) -> tuple[list[list[Mark]], int]:
    """Shows in as few rows as their titles need, and how many found no place."""
    lanes: list[list[Mark]] = []
    free: list[int] = []
    more = 0
    for show in shows:
        at = show.wall.day
        lane = next((number for number, until in enumerate(free) if until <= at), None)
        if lane is None and len(lanes) < LANES:
            lanes.append([])
            free.append(0)
            lane = len(lanes) - 1
        if lane is None:
            more += 1
            continue
        lanes[lane].append(Mark(show, at, min(LABEL_DAYS, COLUMNS + 1 - at)))
        free[lane] = at + LABEL_DAYS
    return lanes, more
