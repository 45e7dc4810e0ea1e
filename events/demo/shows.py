"""The year of shows the demo plans from: each on a real holiday of a real market."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from events.domain.scheduling import instant
from events.holidays import Occurrence, days_of
from events.holidays.regions import ZONES

AURELE, HANAMI, SORREL = "maison-aurele", "hanami-atelier", "sorrel-and-vane"


@dataclass(frozen=True, slots=True)
class DemoShow:
    """A show that comes every year; `ahead` is how many days before the holiday, so that gifts arrive."""

    slug: str
    key: str
    market: str
    brand: str
    hosts: tuple[tuple[str, int], ...]
    title: str
    summary: str
    at: time = time(20, 0)
    minutes: int = 60
    ahead: int = 0
    pieces: int = 5


@dataclass(frozen=True, slots=True)
class Evening:
    """A show in one year."""

    show: DemoShow
    day: Occurrence
    starts_at: datetime

    @property
    def slug(self) -> str:
        return f"{self.show.slug}-{self.day.starts_on.year}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.show.minutes)


CAMILLE, HANA, OLIVER = ("camille-aubry", 10_000), ("hana-mori", 10_000), ("oliver-thorne", 10_000)
LIN, SAMIRA, PRIYA = ("lin-yue", 10_000), ("samira-el-idrissi", 10_000), ("priya-nair", 10_000)

SHOWS = (
    DemoShow(
        "noel-in-silk", "christmas", "FR", AURELE, (CAMILLE,), "Noël, in Silk",
        "Five pieces to give, each unfolded, held to the light and folded again the way it will arrive.",
        ahead=9,
    ),
    DemoShow(
        "frost-and-clove", "christmas", "GB", SORREL, (SAMIRA,), "Frost and Clove",
        "Winter scents beside a bowl of the raw spices they are made from.", ahead=12,
    ),
    DemoShow(
        "first-tea-of-the-year", "new-year", "JP", HANAMI, (HANA,), "First Tea of the Year",
        "Ōbukucha at home: the bowl, the plum, the kelp, and why the first tea is drunk in company.",
        at=time(19, 0), ahead=5,
    ),
    DemoShow(
        "red-gold-leather", "lunar-new-year", "CN", AURELE, (("lin-yue", 6_000), ("camille-aubry", 4_000)),
        "Red, Gold and Leather",
        "The New Year pieces, opened on the bench by a saddler and a printer. Two hosts, one table.",
        minutes=90, ahead=12, pieces=6,
    ),
    DemoShow(
        "two-initials", "valentines-day", "FR", AURELE, (LIN,), "Two Initials",
        "Small leather, marked by hand while you watch. Bring the letters.", ahead=7, pieces=4,
    ),
    DemoShow(
        "named-after-women", "women-day", "GB", SORREL, (SAMIRA,), "Named After Women",
        "Scents that carry a woman's name, and who she was.", at=time(19, 30), pieces=4,
    ),
    DemoShow(
        "oud-at-sunset", "eid-al-fitr", "AE", SORREL, (SAMIRA,), "Oud at Sunset",
        "Oud, rose and saffron for the evening of Eid, described by weight, warmth and time.",
        at=time(19, 0), ahead=3,
    ),
    DemoShow(
        "the-return-gift", "white-day", "JP", HANAMI, (OLIVER,), "The Return Gift",
        "What to give back on White Day: watches timed in four positions, result read out.",
        ahead=5, pieces=4,
    ),
    DemoShow(
        "seven-days-seven-bowls", "golden-week", "JP", HANAMI, (HANA,), "Seven Days, Seven Bowls",
        "One bowl for each day off, from rough to fine.", at=time(18, 0),
    ),
    DemoShow(
        "for-her-shoulders", "mothers-day", "FR", AURELE, (CAMILLE,), "For Her Shoulders",
        "Squares and stoles for Mother's Day, worn by three generations.", ahead=9,
    ),
    DemoShow(
        "the-belt-bench", "fathers-day", "FR", AURELE, (LIN,), "The Belt Bench",
        "Cut, edge and buckle: belts measured on screen and sewn within the week.", ahead=7, pieces=4,
    ),
    DemoShow(
        "star-dial", "tanabata", "JP", HANAMI, (OLIVER,), "Star Dial",
        "Dials of the summer sky on the night two stars meet.", pieces=4,
    ),
    DemoShow(
        "magpie-bridge", "qixi", "CN", AURELE, (CAMILLE,), "The Magpie Bridge",
        "Qixi pieces in pairs: one for each side of the river.", ahead=3,
    ),
    DemoShow(
        "time-for-elders", "respect-for-the-aged-day", "JP", HANAMI, (OLIVER,), "Time for Elders",
        "Watches that are easy to read, easy to wind and hard to lose.", at=time(17, 0), pieces=3,
    ),
    DemoShow(
        "moon-bowl", "mid-autumn-festival", "CN", HANAMI, (HANA,), "Moon Bowl",
        "White bowls for the full moon, and the oolong that belongs in them.", ahead=4,
    ),
    DemoShow(
        "nocturne", "halloween", "GB", SORREL, (PRIYA,), "Nocturne",
        "Plum, black and oxblood: dark colours that stay on through the night.", ahead=2, pieces=4,
    ),
    DemoShow(
        "marigold-evening", "diwali", "IN", SORREL, (("priya-nair", 7_000), ("samira-el-idrissi", 3_000)),
        "Marigold Evening",
        "Colour by lamplight, scent by flower: pigments and marigold for the festival of lights.", ahead=2,
    ),
    DemoShow(
        "singles-day-after-hours", "singles-day", "CN", AURELE, (LIN,), "Singles' Day After Hours",
        "Nothing is reduced. Twelve minutes a piece, and time to ask how each is made.", at=time(21, 0),
    ),
)  # fmt: skip

# What the live show may stand on; always the next of these in France.
LIVE_KEYS = ("christmas", "valentines-day", "easter", "mothers-day", "fathers-day")


def evenings(*, first: int, last: int) -> Iterator[Evening]:
    """Every show in every holiday year from `first` to `last`."""
    for year in range(first, last + 1):
        for show in SHOWS:
            for day in days_of(year, show.market):
                if day.key == show.key:
                    yield Evening(show, day, _start(show, day.starts_on))


def _start(show: DemoShow, holiday: date) -> datetime:
    wall = datetime.combine(holiday - timedelta(days=show.ahead), show.at)
    return instant(wall, ZONES[show.market])


def next_live_day(today: date) -> Occurrence:
    """The holiday the live show is keyed to."""
    days = [day for year in (today.year, today.year + 1) for day in days_of(year, "FR")]
    return next(day for day in days if day.key in LIVE_KEYS and day.starts_on >= today)
